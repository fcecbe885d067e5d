import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import * as z from 'zod'
import { ServiceError } from '../values/errors.ts'
import { commandSchemas, type ServiceOperations } from './operations.ts'
import { querySchemas } from './queries.ts'

const PREFIX = 'AWSStepFunctions.'
/** Largest request: a payload of 256 KiB, escaped as JSON text inside JSON. */
const MOST_BYTES = 2_000_000

interface Reply {
  readonly status: number
  readonly body: unknown
}

const failure = (status: number, type: string, message: string): Reply => ({
  status,
  body: { __type: type, message },
})

/** What AWS answers for an error: `__type` and message, 400 for the caller's mistakes. */
const replyTo = (error: unknown): Reply => {
  if (error instanceof ServiceError) return failure(400, error.name, error.message)
  if (error instanceof z.ZodError) {
    const text = error.issues
      .map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`)
      .join('; ')
    return failure(400, 'ValidationException', text)
  }
  return failure(500, 'InternalServerError', error instanceof Error ? error.message : String(error))
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue
    size += part.length
    if (size > MOST_BYTES) throw new ServiceError('ValidationException', 'The request is too large')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text === '' ? '{}' : text)
  } catch (error) {
    throw new ServiceError('SerializationException', `The request is no JSON: ${String(error)}`)
  }
}

type Operation = (request: unknown) => Promise<unknown>

const operationsByName = (operations: ServiceOperations): ReadonlyMap<string, Operation> => {
  const on =
    <T>(schema: z.ZodType<T>, run: (request: T) => Promise<unknown>): Operation =>
    (request) =>
      run(schema.parse(request))
  return new Map([
    ['StartExecution', on(commandSchemas.startExecution, (request) => operations.startExecution(request))],
    ['StopExecution', on(commandSchemas.stopExecution, (request) => operations.stopExecution(request))],
    [
      'RedriveExecution',
      on(commandSchemas.redriveExecution, (request) => operations.redriveExecution(request)),
    ],
    ['SendTaskSuccess', on(commandSchemas.sendTaskSuccess, (request) => operations.sendTaskSuccess(request))],
    ['SendTaskFailure', on(commandSchemas.sendTaskFailure, (request) => operations.sendTaskFailure(request))],
    [
      'SendTaskHeartbeat',
      on(commandSchemas.sendTaskHeartbeat, (request) => operations.sendTaskHeartbeat(request)),
    ],
    [
      'DescribeExecution',
      on(querySchemas.describeExecution, (request) => operations.describeExecution(request)),
    ],
    [
      'GetExecutionHistory',
      on(querySchemas.getExecutionHistory, (request) => operations.getExecutionHistory(request)),
    ],
    ['ListExecutions', on(querySchemas.listExecutions, (request) => operations.listExecutions(request))],
    [
      'DescribeStateMachine',
      on(querySchemas.describeStateMachine, (request) => operations.describeStateMachine(request)),
    ],
    [
      'DescribeStateMachineForExecution',
      on(querySchemas.describeStateMachineForExecution, (request) =>
        operations.describeStateMachineForExecution(request),
      ),
    ],
    [
      'ListStateMachines',
      on(querySchemas.listStateMachines, (request) => operations.listStateMachines(request)),
    ],
  ])
}

/**
 * Serves the operations as AWS JSON 1.0 on 127.0.0.1. Signatures are not checked: whoever reaches the loopback
 * address may use it. A browser's request is refused, so that no page on the internet can reach it either.
 */
export const listen = async (
  operations: ServiceOperations,
  port: number,
  hold: (reason: string) => () => void,
): Promise<{ url: string; close(): Promise<void> }> => {
  const byName = operationsByName(operations)
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    if (request.headers.origin !== undefined || request.method !== 'POST')
      return failure(403, 'AccessDeniedException', 'This endpoint is for SDK clients')
    const target = request.headers['x-amz-target']
    const name = typeof target === 'string' && target.startsWith(PREFIX) ? target.slice(PREFIX.length) : ''
    const operation = byName.get(name)
    if (operation === undefined)
      return failure(
        400,
        'UnknownOperationException',
        `'${String(target)}' is not implemented by this engine`,
      )
    const release = hold(`request ${name}`)
    try {
      return { status: 200, body: await operation(parseBody(await readBody(request))) }
    } catch (error) {
      return replyTo(error)
    } finally {
      release()
    }
  }
  const respond = (response: ServerResponse, { status, body }: Reply): void => {
    const text = JSON.stringify(body)
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(text),
      'x-amzn-requestid': crypto.randomUUID(),
    })
    response.end(text)
  }
  const server = createServer((request, response) => {
    answer(request)
      .catch(replyTo)
      .then((reply) => respond(response, reply))
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
