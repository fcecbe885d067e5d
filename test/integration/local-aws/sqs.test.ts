import { join } from 'node:path'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { openSqs, type SqsOptions } from '../../../infra/local/aws/sqs.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { TestClock } from './test-clock.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

async function start() {
  const clock = new TestClock()
  const options: SqsOptions = {
    port: 0,
    file: join(temporaryFolder(), 'queues.sqlite'),
    clock,
    queues: {
      mail: { visibilityTimeoutSeconds: 360, maxReceiveCount: 3, deadLetterQueue: 'mail-dead' },
      'mail-dead': { visibilityTimeoutSeconds: 30 },
      events: { visibilityTimeoutSeconds: 30 },
    },
  }
  const sqs = await openSqs(options)
  const client = new SQSClient({ endpoint: sqs.url, region: 'eu-west-1', credentials, maxAttempts: 1 })
  onTestFinished(async () => {
    client.destroy()
    await sqs.close().catch(() => undefined)
  })
  const receive = async (queue: string, more: object = {}) =>
    (
      await client.send(
        new ReceiveMessageCommand({ QueueUrl: sqs.urlOf(queue), MaxNumberOfMessages: 10, ...more }),
      )
    ).Messages ?? []
  return { clock, options, sqs, client, receive }
}

test('a message is received once while it is hidden, again after the timeout, and not after the delete', async () => {
  const { clock, client, receive } = await start()
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'mail' }))
  const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'æøå {"a":1}' }))
  const [first] = await receive('mail', { MessageSystemAttributeNames: ['All'] })
  expect(first).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'æøå {"a":1}',
    Attributes: { ApproximateReceiveCount: '1', SentTimestamp: `${clock.now()}` },
  })
  expect(await receive('mail')).toEqual([])
  clock.advance(360)
  const [second] = await receive('mail')
  expect(second?.MessageId).toBe(sent.MessageId)
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }))
  clock.advance(3600)
  expect(await receive('mail')).toEqual([])
})

test('a message received too often moves to the dead-letter queue', async () => {
  const { clock, sqs, receive } = await start()
  sqs.queues.send('mail', 'poison')
  for (let n = 0; n < 3; n += 1) {
    expect(await receive('mail')).toHaveLength(1)
    clock.advance(360)
  }
  expect(await receive('mail')).toEqual([])
  expect(await receive('mail-dead')).toMatchObject([{ Body: 'poison' }])
})

test('delays and changed visibility pass on the moved clock', async () => {
  const { clock, sqs, client, receive } = await start()
  const QueueUrl = sqs.urlOf('events')
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }))
  expect([await receive('events'), sqs.queues.nextDue()]).toEqual([[], clock.now() + 900_000])
  clock.advance(900)
  const [message] = await receive('events')
  const hide = (VisibilityTimeout: number) =>
    client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout,
      }),
    )
  await hide(3600)
  expect(sqs.queues.nextDue()).toBe(clock.now() + 3_600_000)
  await hide(0)
  expect(await receive('events')).toMatchObject([{ Body: 'later' }])
  await expect(hide(5)).rejects.toMatchObject({ name: 'MessageNotInflight' })
})

test('a long poll ends when a message comes', async () => {
  const { sqs, receive } = await start()
  const waiting = receive('events', { WaitTimeSeconds: 20 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  sqs.queues.send('events', 'now')
  expect(await waiting).toMatchObject([{ Body: 'now' }])
})

test('a visible message holds the clock until it is received; a dead letter does not', async () => {
  const { clock, sqs } = await start()
  sqs.queues.send('mail-dead', 'for a person')
  expect([clock.holders, sqs.queues.nextDue()]).toEqual([[], undefined])
  sqs.queues.send('mail', 'one')
  sqs.queues.send('mail', 'two')
  expect(clock.holders).toEqual(['queue mail'])
  const [one] = sqs.queues.receive('mail', 1)
  expect(clock.holders).toEqual(['queue mail'])
  const [two] = sqs.queues.receive('mail', 1)
  expect(clock.holders).toEqual([])
  sqs.queues.remove('mail', one?.receiptHandle ?? '')
  expect(sqs.queues.nextDue()).toBe(clock.now() + 360_000)
  clock.advance(360)
  sqs.queues.clockMoved()
  expect(clock.holders).toEqual(['queue mail'])
  expect(two?.body).toBe('two')
})

test('a listener hears of what waits, of what comes and of what becomes visible', async () => {
  const { clock, sqs } = await start()
  const heard: string[] = []
  sqs.queues.send('events', 'before')
  sqs.queues.onMessage((queue) => heard.push(...sqs.queues.receive(queue, 1).map(({ body }) => body)))
  sqs.queues.send('events', 'after')
  await Promise.resolve()
  await Promise.resolve()
  expect(heard).toEqual(['before', 'after'])
  clock.advance(30)
  sqs.queues.clockMoved()
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toEqual(['before', 'after', 'before', 'after'])
})

test('a restart keeps messages, shows at once what was in flight, and does not count the cut reception', async () => {
  const { clock, sqs, options } = await start()
  sqs.queues.send('mail', 'in flight')
  sqs.queues.send('mail', 'delayed', { delaySeconds: 60 })
  sqs.queues.receive('mail')
  await sqs.close()
  expect(clock.holders).toEqual([])
  const again = await openSqs(options)
  onTestFinished(() => again.close())
  expect(clock.holders).toEqual(['queue mail'])
  const [message] = again.queues.receive('mail')
  expect([message?.body, message?.attributes.ApproximateReceiveCount]).toEqual(['in flight', '1'])
  expect(again.queues.nextDue()).toBe(clock.now() + 60_000)
})

test('a once key lets one message through, also after its delete and a restart', async () => {
  const { sqs, options } = await start()
  expect(sqs.queues.send('events', 'a', { onceKey: 'k' })).toBeTypeOf('string')
  const [message] = sqs.queues.receive('events')
  sqs.queues.remove('events', message?.receiptHandle ?? '')
  expect(sqs.queues.send('events', 'a', { onceKey: 'k' })).toBeUndefined()
  await sqs.close()
  const again = await openSqs(options)
  onTestFinished(() => again.close())
  expect(again.queues.send('events', 'a', { onceKey: 'k' })).toBeUndefined()
  expect(again.queues.count('events')).toEqual({ visible: 0, inFlight: 0, delayed: 0 })
})

test('what is unknown or not implemented is named', async () => {
  const { sqs, client } = await start()
  const QueueUrl = sqs.urlOf('mail')
  await expect(client.send(new GetQueueUrlCommand({ QueueName: 'other' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  })
  await expect(
    client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', MessageBody: 'x' }] })),
  ).rejects.toThrow('SendMessageBatch')
  await expect(
    client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageGroupId: 'g' })),
  ).rejects.toThrow('MessageGroupId')
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  )
  expect(JSON.parse(Attributes?.['RedrivePolicy'] ?? '')).toEqual({
    deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:000000000000:mail-dead',
    maxReceiveCount: 3,
  })
})
