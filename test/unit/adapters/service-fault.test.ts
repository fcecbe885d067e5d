import { DynamoDBServiceException, ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb'
import { S3ServiceException } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { asThrown } from '../../../functions/adapters/service-fault.ts'
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
