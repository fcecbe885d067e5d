import { createServer, type ServerResponse } from 'node:http'
import { DynamoDBServiceException, ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb'
import { S3ServiceException } from '@aws-sdk/client-s3'
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { makeDynamoClient, makeTable } from '../../../functions/adapters/dynamodb/table.ts'
import { makeS3Archive, makeS3Client } from '../../../functions/adapters/s3.ts'
import { asThrown, patiently } from '../../../functions/adapters/service-fault.ts'
import { makeSfnClient } from '../../../functions/adapters/step-functions.ts'
import { LetterUncertain, NothingToDo, SendLater, ServiceFault } from '../../../workflows/errors.ts'

const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } })
const dynamo = (name: string, status: number) =>
  new DynamoDBServiceException({ name, $fault: 'client', ...answered(status), message: 'no' })
const withCode = (code: string) => Object.assign(new Error('socket'), { code })

describe('What a task throws for a failure of a service', () => {
  it.each([
    ['throttled', dynamo('ThrottlingException', 400)],
    [
      'throttled by the table',
      new ProvisionedThroughputExceededException({ ...answered(400), message: 'no' }),
    ],
    ['out of service', dynamo('InternalServerError', 500)],
    ['slowed down', new S3ServiceException({ name: 'SlowDown', $fault: 'server', ...answered(503) })],
    ['failed by a name nobody knows, with 500', dynamo('Whatever', 500)],
    ['too many', dynamo('Whatever', 429)],
    ['timed out', Object.assign(new Error('late'), { name: 'TimeoutError' })],
    ['not reached', withCode('ECONNREFUSED')],
    ['cut off', withCode('ECONNRESET')],
    [
      'answered in a way that cannot be read',
      Object.assign(new SyntaxError('Unexpected end'), answered(200)),
    ],
  ])('%s: transient, with its cause, and nothing of what was asked', (_what, failure) => {
    const thrown = asThrown(failure)
    expect(thrown).toBeInstanceOf(ServiceFault)
    expect(thrown).toMatchObject({ name: 'ServiceFault', cause: failure, message: `AWS: ${failure.name}` })
  })

  it.each([
    ['refused', dynamo('AccessDeniedException', 400)],
    ['a wrong request', dynamo('ValidationException', 400)],
    ['expected', new NothingToDo('over')],
    ['uncertain', new LetterUncertain('perhaps')],
    ['named already', new SendLater('later')],
    ['a fault of ours', new TypeError('undefined is not a function')],
  ])('%s: as it is', (_what, failure) => {
    expect(asThrown(failure)).toBe(failure)
  })
})

describe('The clients of what the handlers keep and start', () => {
  const answers: ((response: ServerResponse) => void)[] = []
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    request.resume()
    ;(answers.shift() ?? unavailable)(response)
  })
  const unavailable = (response: ServerResponse): void => {
    response.writeHead(503).end()
  }
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = z.object({ port: z.int() }).parse(server.address())
    for (const [name, value] of Object.entries({
      AWS_REGION: 'eu-north-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_MAX_ATTEMPTS: '1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    }))
      vi.stubEnv(name, value)
  })
  beforeEach(() => {
    asked = 0
    answers.length = 0
    // No part of a pause is waited.
    vi.spyOn(Math, 'random').mockReturnValue(0)
  })
  afterEach(() => {
    vi.mocked(Math.random).mockRestore()
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    server.closeAllConnections()
    server.close()
  })
  const archive = () => makeS3Archive({ client: makeS3Client(), bucket: 'archive', retentionDays: 1 })

  it.each([
    ['table', () => makeTable(makeDynamoClient(), 'record').get({ PK: 'a', SK: 'b' })],
    ['archive', () => archive().putOnce('a', new Uint8Array(), 'text/plain')],
    ['workflows', () => makeSfnClient().send(new ListStateMachinesCommand({}))],
  ])('%s: throw what time mends by its one name, without its endpoint or key', async (_which, call) => {
    const thrown = await call().then(
      () => null,
      (error: unknown) => error,
    )
    expect(thrown).toBeInstanceOf(ServiceFault)
    expect(String(thrown)).toMatch(/^ServiceFault: AWS: \w+$/)
    expect(asked).toBe(1)
  })

  it('an object whose body breaks off, or that is not answered for, is read again', async () => {
    answers.push(
      unavailable,
      (response) => {
        response.writeHead(200, { 'content-length': '4' })
        response.write('wh', () => response.destroy())
      },
      (response) => {
        response.writeHead(200).end('whole')
      },
    )
    expect(Buffer.from((await archive().get('a')) ?? []).toString()).toBe('whole')
    expect(asked).toBe(3)
  })

  it('who is patient tries five times in all, and never what time does not mend', async () => {
    await expect(archive().get('a')).rejects.toThrow(ServiceFault)
    expect(asked).toBe(5)
    const refused = vi.fn<() => Promise<never>>(() => Promise.reject(new NothingToDo('over')))
    await expect(patiently(refused)).rejects.toThrow(NothingToDo)
    expect(refused).toHaveBeenCalledTimes(1)
  })
})
