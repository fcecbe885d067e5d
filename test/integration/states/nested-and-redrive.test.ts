import { describe, expect, it } from 'vitest'
import { failure, machineArn, makeBench, task, turns } from './support.ts'

describe('nested executions', () => {
  const child = (output: unknown): Record<string, unknown> => ({
    Wait: { Type: 'Wait', Seconds: 5, Output: output, End: true },
  })
  const parent = (form: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
    Start: {
      Type: 'Task',
      Resource: `arn:aws:states:::states:startExecution${form}`,
      Arguments: { StateMachineArn: machineArn('child'), Input: { n: 1 }, Name: 'c' },
      End: true,
      ...more,
    },
  })

  it('are started without waiting, or waited for with .sync:2', async () => {
    const bench = makeBench()
    bench.put('child', child({ done: true }))
    bench.put('plain', parent(''))
    bench.put('waits', parent('.sync:2', { Output: '{% $states.result.Output.done %}' }))
    const plain = await bench.start('plain')
    await bench.quiet()
    expect((await bench.engine.describeExecution({ executionArn: plain })).status).toBe('SUCCEEDED')
    await bench.pass(5)
    bench.put(
      'waits',
      parent('.sync:2', {
        Arguments: { StateMachineArn: machineArn('child') },
        Output: '{% $states.result.Output.done %}',
      }),
    )
    const waits = await bench.start('waits')
    await bench.pass(5)
    expect((await bench.engine.describeExecution({ executionArn: waits })).output).toBe('true')
  })

  it('are stopped when the task that waits for them is over', async () => {
    const bench = makeBench()
    bench.put('child', child(null))
    bench.put('m', parent('.sync', { TimeoutSeconds: 2 }))
    await bench.start('m')
    await bench.pass(2)
    const executionArn = 'arn:aws:states:us-east-1:111111111111:execution:child:c'
    expect((await bench.engine.describeExecution({ executionArn })).status).toBe('ABORTED')
  })
})

describe('redriving a Parallel or Map state', () => {
  it.each([
    [
      'Parallel',
      {
        Type: 'Parallel',
        Branches: ['good', 'bad', 'slow'].map((name) => ({
          StartAt: name,
          States: { [name]: { ...task(name), End: true } },
        })),
        End: true,
      },
    ],
    [
      'Map',
      {
        Type: 'Map',
        Items: ['good', 'bad', 'slow'],
        ItemProcessor: {
          StartAt: 'Item',
          States: {
            Item: {
              ...task('x'),
              Arguments: { FunctionName: '{% $states.input %}', Payload: {} },
              End: true,
            },
          },
        },
        End: true,
      },
    ],
  ])('goes on with what had not succeeded: %s', async (_, state) => {
    let works = false
    const { promise: failed, resolve: tellFailed } = Promise.withResolvers<void>()
    const bench = makeBench(
      {
        good: () => 'good',
        // The first has ended, the last is still running when this one fails.
        bad: async () => {
          while (!(await bench.types(await started)).includes('TaskSucceeded')) await turns(1)
          if (!works) throw failure('Broken')
          return 'mended'
        },
        slow: async () => {
          await failed
          return 'slow'
        },
      },
      { onStatusChange: ({ status }) => (status === 'FAILED' ? tellFailed() : undefined) },
    )
    bench.put('m', { Each: state })
    const started = bench.start('m')
    const executionArn = await started
    await bench.quiet()
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'Broken',
    })
    expect(bench.engine.nextDue()).toBeUndefined()
    works = true
    await bench.engine.redriveExecution({ executionArn })
    await bench.quiet()
    const { output } = await bench.engine.describeExecution({ executionArn })
    expect(JSON.parse(output!)).toEqual(['good', 'mended', 'slow'])
    expect(bench.calls.map((call) => call.name).sort()).toEqual(['bad', 'bad', 'good', 'slow', 'slow'])
    expect(await bench.types(executionArn)).toContain('ExecutionRedriven')
  })
})
