import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../infra/local/states/turn/execution.ts'
import { errorOutput, matches, retryDelayMs } from '../../../infra/local/states/step/retry-and-catch.ts'

const error = (name: string | undefined, more: Partial<Failure> = {}): Failure => ({
  error: name,
  cause: undefined,
  ...more,
})
const inRetry = { ofTask: true, inCatch: false }
const inCatch = { ofTask: true, inCatch: true }

describe('error names', () => {
  it.each<[string, Failure, boolean]>([
    ['E', error('E'), true],
    ['E', error('F'), false],
    ['States.ALL', error('E'), true],
    ['States.ALL', error(undefined), true],
    ['States.ALL', error('States.Timeout'), true],
    ['States.ALL', error('States.QueryEvaluationError'), true],
    ['States.ALL', error('States.Runtime'), false],
    ['States.ALL', error('States.DataLimitExceeded'), false],
    ['States.Runtime', error('States.Runtime'), false],
    ['States.TaskFailed', error('E'), true],
    ['States.TaskFailed', error('States.Timeout'), false],
    ['States.Timeout', error('States.Timeout'), true],
    ['States.Timeout', error('States.Timeout', { heartbeat: true }), true],
    ['States.HeartbeatTimeout', error('States.Timeout', { heartbeat: true }), true],
    ['States.HeartbeatTimeout', error('States.Timeout'), false],
  ])('%s and %o', (name, failure, expected) => {
    expect(matches([name], failure, inRetry)).toBe(expected)
  })

  it('take a task’s too large result in a Catch of States.ALL, as recorded', () => {
    const failure = error('States.DataLimitExceeded', { ofResult: true })
    expect([matches(['States.ALL'], failure, inCatch), matches(['States.ALL'], failure, inRetry)]).toEqual([
      true,
      false,
    ])
  })
})

describe('the delay of a retry', () => {
  const retrier = fc.record({
    errorEquals: fc.constant(['E']),
    intervalSeconds: fc.integer({ min: 1, max: 1000 }),
    backoffRate: fc.double({ min: 1, max: 10, noNaN: true }),
    maxAttempts: fc.constant(3),
    maxDelaySeconds: fc.option(fc.integer({ min: 1001, max: 5000 }), { nil: undefined }),
    fullJitter: fc.boolean(),
  })

  it('grows, stays within its maximum, and jitter only shortens it', () => {
    fc.assert(
      fc.property(
        retrier,
        fc.nat({ max: 20 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (one, used, drawn) => {
          const plain = retryDelayMs({ ...one, fullJitter: false }, used, () => drawn)
          const delay = retryDelayMs(one, used, () => drawn)
          expect(delay).toBeGreaterThanOrEqual(0)
          expect(delay).toBeLessThanOrEqual(plain)
          expect(plain).toBeLessThanOrEqual((one.maxDelaySeconds ?? Infinity) * 1000)
          expect(plain).toBeLessThanOrEqual(
            retryDelayMs({ ...one, fullJitter: false }, used + 1, () => drawn),
          )
          expect(Number.isSafeInteger(delay)).toBe(true)
        },
      ),
    )
  })
})

describe('the error output', () => {
  it('has null for what is missing, and an empty cause for a timeout', () => {
    expect(errorOutput(error(undefined))).toEqual({ Error: null, Cause: null })
    expect(errorOutput(error('States.Timeout'))).toEqual({ Error: 'States.Timeout', Cause: '' })
  })
})
