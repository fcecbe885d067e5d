import { describe, expect, it } from 'vitest'
import { failure, makeBench, task } from './support.ts'

const end = { Type: 'Pass', End: true }

describe('Retry and Catch', () => {
  it('retries by name with growing delays, then catches with the error output', async () => {
    const at: number[] = []
    const bench = makeBench({
      broken: (_, { now }) => {
        at.push(now())
        throw failure('Busy', 'try later')
      },
    })
    bench.put('m', {
      Call: {
        ...task('broken'),
        End: true,
        Retry: [
          { ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 10 },
        ],
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Next: 'Caught',
            Output: { caught: '{% $states.errorOutput.Error %}' },
          },
        ],
      },
      Caught: end,
    })
    const executionArn = await bench.start('m')
    await bench.pass(100)
    expect(at.map((ms) => (ms - at[0]!) / 1000)).toEqual([0, 2, 8, 18])
    expect((await bench.engine.describeExecution({ executionArn })).output).toBe('{"caught":"Busy"}')
  })

  it('does not catch what no entry names, and fails at the task itself', async () => {
    const bench = makeBench({
      broken: () => {
        throw failure('Unexpected', 'no')
      },
    })
    bench.put('m', {
      Call: {
        ...task('broken'),
        Catch: [{ ErrorEquals: ['Other', 'States.Timeout'], Next: 'Caught' }],
        End: true,
      },
      Caught: end,
    })
    const executionArn = await bench.start('m')
    await bench.quiet()
    const { status, error, cause } = await bench.engine.describeExecution({ executionArn })
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Unexpected' })
    expect(JSON.parse(cause!)).toMatchObject({ errorType: 'Unexpected', errorMessage: 'no' })
  })

  it('assigns in a Catch and keeps variables for later states', async () => {
    const bench = makeBench({
      broken: () => {
        throw failure('E')
      },
    })
    bench.put('m', {
      Set: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'Call' },
      Call: {
        ...task('broken'),
        End: true,
        Catch: [{ ErrorEquals: ['E'], Assign: { a: '{% $b %}', b: '{% $a %}' }, Next: 'Show' }],
      },
      Show: { Type: 'Pass', Output: '{% [$a, $b] %}', End: true },
    })
    const executionArn = await bench.start('m')
    await bench.quiet()
    expect((await bench.engine.describeExecution({ executionArn })).output).toBe('[2,1]')
  })
})
