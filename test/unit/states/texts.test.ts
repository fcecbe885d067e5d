import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeArns } from '../../../infra/local/states/store/arns.ts'
import { placeOf, tokenFor } from '../../../infra/local/states/service/paging.ts'
import { functionNameOf, readResource } from '../../../infra/local/states/language/resource.ts'
import { makeToken, readToken } from '../../../infra/local/states/work/task-token.ts'
import { readTimestamp } from '../../../infra/local/states/values/timestamp.ts'

const target = fc.record({ execution: fc.nat(), frame: fc.nat(), attempt: fc.nat() })

describe('a task token', () => {
  it('is read back with the secret it was made with, and with no other', () => {
    fc.assert(
      fc.property(target, fc.string(), fc.string(), (task, secret, other) => {
        const token = makeToken(secret, task)
        expect(token.length).toBeLessThanOrEqual(1024)
        expect(readToken(secret, token)).toEqual(task)
        if (other !== secret) expect(readToken(other, token)).toBeUndefined()
      }),
    )
  })

  it('is refused when anything in it was changed, and so is any other text', () => {
    fc.assert(
      fc.property(target, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (task, at, letter) => {
        const token = makeToken('s', task)
        const index = at % token.length
        const changed = token.slice(0, index) + letter + token.slice(index + 1)
        if (changed !== token) expect(readToken('s', changed)).toBeUndefined()
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readToken('s', text)).toBeUndefined()
      }),
    )
  })
})

describe('a timestamp', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
        expect(readTimestamp(date.toISOString())).toBe(date.getTime())
      }),
    )
    expect(readTimestamp('2015-01-15T09:00:00+01:00')).toBe(Date.UTC(2015, 0, 15, 8))
    expect(readTimestamp('2015-01-15T08:00:00.123456789Z')).toBe(Date.UTC(2015, 0, 15, 8, 0, 0, 123))
  })

  it.each([
    '2016-12-05 21:29:29Z',
    '2016-12-05T21:29:29',
    '2016-13-05T21:29:29Z',
    '2016-12-05T25:29:29Z',
    '2016-02-30T00:00:00Z',
    '',
  ])('is none: %s', (text) => {
    expect(readTimestamp(text)).toBeUndefined()
  })
})

describe('a resource', () => {
  const lambda = (): Promise<unknown> => Promise.resolve({})

  it.each([
    ['arn:aws:lambda:us-east-1:111111111111:function:f', { kind: 'lambda-arn', functionName: 'f' }],
    ['arn:aws:lambda:eu-north-1:111111111111:function:f:$LATEST', { kind: 'lambda-arn', functionName: 'f' }],
    [
      'arn:aws:states:::lambda:invoke',
      { kind: 'lambda-invoke', pattern: 'response', resourceType: 'lambda', resource: 'invoke' },
    ],
    ['arn:aws:states:::lambda:invoke.waitForTaskToken', { kind: 'lambda-invoke', pattern: 'token' }],
    ['arn:aws:states:::states:startExecution.sync:2', { kind: 'start-execution', pattern: 'sync2' }],
    [
      'arn:aws:states:::aws-sdk:s3:getObject',
      { kind: 'service', resourceType: 'aws-sdk:s3', resource: 'getObject' },
    ],
  ])('is read: %s', (arn, expected) => {
    expect(readResource(arn, { lambda, services: { 'aws-sdk:s3:getObject': lambda } })).toMatchObject(
      expected,
    )
  })

  it.each([
    'lambda:invoke',
    'arn:aws:states:::sqs:sendMessage',
    'arn:aws:states:::lambda:invoke.sync',
    'arn:aws:s3:::bucket',
    '',
  ])('is refused: %s', (arn) => {
    expect(readResource(arn, { lambda })).toHaveProperty('refused')
  })

  it('names a function by name, partial ARN or ARN', () => {
    for (const text of [
      'f',
      'f:1',
      '111111111111:function:f',
      'arn:aws:lambda:us-east-1:111111111111:function:f:$LATEST',
    ])
      expect(functionNameOf(text)).toBe('f')
  })
})

describe('names', () => {
  it('go into ARNs and come back', () => {
    const arns = makeArns('us-east-1', '111111111111')
    expect(arns.executionIn(arns.execution('m', 'e'))).toEqual({ machine: 'm', name: 'e' })
    expect(arns.machineIn(arns.stateMachine('m'))).toBe('m')
    expect(arns.machineIn(arns.execution('m', 'e'))).toBeUndefined()
    expect(arns.executionIn('arn:aws:states:us-east-1:222222222222:execution:m:e')).toBeUndefined()
  })

  it('of a page belong to one list', () => {
    expect(placeOf(tokenFor(7, 'a'), 'a')).toBe(7)
    expect(() => placeOf(tokenFor(7, 'a'), 'b')).toThrow('Invalid Token')
    expect(() => placeOf('x', 'a')).toThrow('Invalid Token')
  })
})
