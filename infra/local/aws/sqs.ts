import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod'
import { headerText, createEndpoint, listenLocally, readBody, type Listening } from './http-endpoint.ts'
import { openQueues, UnknownQueueError, type LocalQueues, type QueuesOptions } from './sqs-queues.ts'

const largestMessageBytes = 1_048_576

export interface SqsOptions extends QueuesOptions {
  readonly port: number
}

export interface LocalSqs extends Listening {
  /** The same queues without HTTP: for event sources, SES's events and received mail. */
  readonly queues: LocalQueues
  urlOf(queue: string): string
}

class SqsError extends Error {
  override readonly name = 'SqsError'
  readonly code: string
  /** The code of the older Query protocol, which the SDK prefers as the exception's name where it differs. */
  readonly queryCode: string

  constructor(code: string, message: string, queryCode = code) {
    super(message)
    this.code = code
    this.queryCode = queryCode
  }
}

const queueUrl = z.string()
const seconds = (max: number): z.ZodOptional<z.ZodNumber> => z.number().int().min(0).max(max).optional()
const attributeNames = z.array(z.string()).optional()

// Strict: a parameter that is not here is refused by name instead of being forgotten.
const inputs = {
  SendMessage: z.strictObject({
    QueueUrl: queueUrl,
    MessageBody: z.string().min(1),
    DelaySeconds: seconds(900),
  }),
  ReceiveMessage: z.strictObject({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: z.number().int().min(1).max(10).optional(),
    VisibilityTimeout: seconds(43_200),
    WaitTimeSeconds: seconds(20),
    AttributeNames: attributeNames,
    MessageSystemAttributeNames: attributeNames,
  }),
  DeleteMessage: z.strictObject({ QueueUrl: queueUrl, ReceiptHandle: z.string() }),
  ChangeMessageVisibility: z.strictObject({
    QueueUrl: queueUrl,
    ReceiptHandle: z.string(),
    VisibilityTimeout: z.number().int().min(0).max(43_200),
  }),
  GetQueueUrl: z.strictObject({ QueueName: z.string() }),
  GetQueueAttributes: z.strictObject({ QueueUrl: queueUrl, AttributeNames: attributeNames }),
} as const

/**
 * SQS's JSON protocol over the queues of the options. Set `AWS_ENDPOINT_URL_SQS` to `url`.
 * Visibility and delays pass on the moved clock; `WaitTimeSeconds` waits in real time.
 */
export async function openSqs(options: SqsOptions): Promise<LocalSqs> {
  const queues = openQueues(options)
  const server = createEndpoint((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const failure = toSqsError(error)
      if (failure === undefined) console.error('sqs:', error)
      if (response.headersSent) {
        response.destroy()
        return
      }
      response.writeHead(failure === undefined ? 500 : 400, {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-query-error': `${failure?.queryCode ?? 'InternalFailure'};${failure === undefined ? 'Receiver' : 'Sender'}`,
      })
      const message = failure?.message ?? 'The endpoint failed'
      response.end(
        JSON.stringify({ __type: `com.amazonaws.sqs#${failure?.code ?? 'InternalFailure'}`, message }),
      )
    })
  })
  const listening = await listenLocally(server, options.port, 'SQS endpoint')
  const urlOf = (queue: string): string => `${listening.url}/000000000000/${queue}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = /^AmazonSQS\.(\w+)$/.exec(headerText(request.headers, 'x-amz-target'))?.[1]
    const body = (await readBody(request, largestMessageBytes * 6)).toString('utf8')
    if (operation === undefined)
      throw new SqsError('InvalidAction', 'Only the AWS JSON 1.0 protocol is spoken here')
    const aborted = new AbortController()
    response.once('close', () => aborted.abort())
    const result = await perform(operation, parseJson(body), aborted.signal)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(result))
  }

  async function perform(operation: string, input: unknown, signal: AbortSignal): Promise<object> {
    switch (operation) {
      case 'SendMessage': {
        const { QueueUrl, MessageBody, DelaySeconds } = parseInput(inputs.SendMessage, input)
        if (Buffer.byteLength(MessageBody) > largestMessageBytes) {
          throw new SqsError('InvalidParameterValue', `A message is at most ${largestMessageBytes} bytes`)
        }
        const id = queues.send(queueOf(QueueUrl), MessageBody, { delaySeconds: DelaySeconds ?? 0 })
        return { MessageId: id, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') }
      }
      case 'ReceiveMessage':
        return receive(parseInput(inputs.ReceiveMessage, input), signal)
      case 'DeleteMessage': {
        const { QueueUrl, ReceiptHandle } = parseInput(inputs.DeleteMessage, input)
        queues.remove(queueOf(QueueUrl), ReceiptHandle)
        return {}
      }
      case 'ChangeMessageVisibility': {
        const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parseInput(
          inputs.ChangeMessageVisibility,
          input,
        )
        if (!queues.changeVisibility(queueOf(QueueUrl), ReceiptHandle, VisibilityTimeout)) {
          const code = 'MessageNotInflight'
          throw new SqsError(code, 'The message is not in flight', `AWS.SimpleQueueService.${code}`)
        }
        return {}
      }
      case 'GetQueueUrl': {
        const { QueueName } = parseInput(inputs.GetQueueUrl, input)
        queues.settingsOf(QueueName)
        return { QueueUrl: urlOf(QueueName) }
      }
      case 'GetQueueAttributes': {
        const { QueueUrl, AttributeNames = [] } = parseInput(inputs.GetQueueAttributes, input)
        return { Attributes: chosen(attributesOf(queueOf(QueueUrl)), AttributeNames) }
      }
      default:
        throw new SqsError(
          'UnsupportedOperation',
          `${operation} is not implemented by the local SQS endpoint`,
        )
    }
  }

  async function receive(input: z.infer<typeof inputs.ReceiveMessage>, signal: AbortSignal): Promise<object> {
    const queue = queueOf(input.QueueUrl)
    const take = () => queues.receive(queue, input.MaxNumberOfMessages ?? 1, input.VisibilityTimeout)
    let records = take()
    if (records.length === 0 && (input.WaitTimeSeconds ?? 0) > 0) {
      await untilMessage(queue, (input.WaitTimeSeconds ?? 0) * 1000, signal)
      if (!signal.aborted) records = take()
    }
    if (records.length === 0) return {}
    const names = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])]
    const messages = records.map((record) => ({
      MessageId: record.messageId,
      ReceiptHandle: record.receiptHandle,
      MD5OfBody: record.md5OfBody,
      Body: record.body,
      ...(names.length === 0 ? {} : { Attributes: chosen({ ...record.attributes }, names) }),
    }))
    return { Messages: messages }
  }

  function untilMessage(queue: string, ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer)
        stop()
        signal.removeEventListener('abort', finish)
        resolve()
      }
      const timer = setTimeout(finish, ms)
      const stop = queues.onMessage((name) => {
        if (name === queue) finish()
      })
      signal.addEventListener('abort', finish)
    })
  }

  function attributesOf(queue: string): Record<string, string> {
    const { visibilityTimeoutSeconds, deadLetterQueue, maxReceiveCount } = queues.settingsOf(queue)
    const { visible, inFlight, delayed } = queues.count(queue)
    const arn = `arn:aws:sqs:${options.region ?? 'eu-west-1'}:000000000000:`
    return {
      QueueArn: arn + queue,
      VisibilityTimeout: `${visibilityTimeoutSeconds}`,
      ApproximateNumberOfMessages: `${visible}`,
      ApproximateNumberOfMessagesNotVisible: `${inFlight}`,
      ApproximateNumberOfMessagesDelayed: `${delayed}`,
      ...(deadLetterQueue === undefined
        ? {}
        : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn + deadLetterQueue, maxReceiveCount }) }),
    }
  }

  return {
    ...listening,
    queues,
    urlOf,
    close: async () => {
      await listening.close()
      queues.close()
    },
  }
}

// The port in a stored queue URL may be one of an earlier start: only the name counts.
function queueOf(url: string): string {
  const name = /\/000000000000\/([\w-]+)$/.exec(url)?.[1]
  if (name === undefined) throw new UnknownQueueError(`${url} is no queue's address`)
  return name
}

function chosen(all: Record<string, string>, names: readonly string[]): Record<string, string> {
  if (names.includes('All')) return all
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw new SqsError('SerializationException', `The body is not JSON: ${String(error)}`)
  }
}

function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new SqsError('InvalidParameterValue', z.prettifyError(parsed.error))
}

function toSqsError(error: unknown): SqsError | undefined {
  if (error instanceof SqsError) return error
  if (!(error instanceof UnknownQueueError)) return undefined
  return new SqsError('QueueDoesNotExist', error.message, 'AWS.SimpleQueueService.NonExistentQueue')
}
