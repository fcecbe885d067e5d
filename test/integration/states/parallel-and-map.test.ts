import { describe, expect, it } from 'vitest'
import { failure, makeBench, task, turns } from './support.ts'

const end = { Type: 'Pass', End: true }

describe('Parallel and Map', () => {
  it('aborts the other branches when one fails, and their late results do nothing', async () => {
    let release = (): void => {}
    const bench = makeBench({
      slow: () =>
        new Promise((resolve) => {
          release = () => resolve({})
        }),
      broken: () => {
        throw failure('E')
      },
    })
    bench.put('m', {
      Both: {
        Type: 'Parallel',
        End: true,
        Catch: [{ ErrorEquals: ['E'], Next: 'Caught', Output: 'caught' }],
        Branches: [
          { StartAt: 'Slow', States: { Slow: { ...task('slow'), End: true } } },
          { StartAt: 'Broken', States: { Broken: { ...task('broken'), End: true } } },
        ],
      },
      Caught: end,
    })
    const executionArn = await bench.start('m')
    while ((await bench.engine.describeExecution({ executionArn })).status === 'RUNNING') await turns(1)
    release()
    await bench.quiet()
    expect((await bench.engine.describeExecution({ executionArn })).output).toBe('"caught"')
    expect((await bench.types(executionArn)).filter((type) => type === 'TaskStateAborted')).toHaveLength(2)
  })

  it('runs at most forty iterations of an inline Map at a time and keeps the order of the outputs', async () => {
    let running = 0
    let most = 0
    const { promise: forty, resolve: fortyRun } = Promise.withResolvers<void>()
    const bench = makeBench({
      double: async (payload) => {
        running += 1
        most = Math.max(most, running)
        if (running === 40) fortyRun()
        await forty
        // A forty-first would start in these turns.
        await turns(5)
        running -= 1
        return (payload as { n: number }).n * 2
      },
    })
    bench.put('m', {
      Each: {
        Type: 'Map',
        Items: '{% [1..100] %}',
        End: true,
        ItemSelector: {
          n: '{% $states.context.Map.Item.Value %}',
          i: '{% $states.context.Map.Item.Index %}',
        },
        ItemProcessor: {
          StartAt: 'Double',
          States: { Double: { ...task('double', '{% $states.input %}'), End: true } },
        },
      },
    })
    const executionArn = await bench.start('m')
    await bench.quiet()
    const { output } = await bench.engine.describeExecution({ executionArn })
    expect(JSON.parse(output!)).toEqual(Array.from({ length: 100 }, (_, index) => (index + 1) * 2))
    expect(most).toBe(40)
  })

  it('shows branches the outer variables, and forgets theirs', async () => {
    const bench = makeBench()
    bench.put('m', {
      Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Next: 'Show',
        Branches: [
          {
            StartAt: 'In',
            States: {
              In: { Type: 'Pass', Assign: { inner: '{% $outer + 1 %}' }, Next: 'Out' },
              Out: { Type: 'Pass', Output: '{% $inner %}', End: true },
            },
          },
        ],
      },
      Show: { Type: 'Pass', Output: '{% [$states.input, $exists($inner)] %}', End: true },
    })
    const executionArn = await bench.start('m')
    await bench.quiet()
    expect((await bench.engine.describeExecution({ executionArn })).output).toBe('[2,false]')
  })
})
