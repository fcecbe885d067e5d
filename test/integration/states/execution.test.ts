import { describe, expect, it } from 'vitest'
import { failure, machineArn, makeBench, task, turns, waitForToken } from './support.ts'

const end = { Type: 'Pass', End: true }

describe('executions', () => {
  it('start once for the same name and input while running, and not again for 90 days', async () => {
    const bench = makeBench()
    bench.put('m', { Wait: { Type: 'Wait', Seconds: 10, End: true } })
    const first = await bench.engine.startExecution({
      stateMachineArn: machineArn('m'),
      name: 'n',
      input: '{"a": 1}',
    })
    const again = await bench.engine.startExecution({
      stateMachineArn: machineArn('m'),
      name: 'n',
      input: '{"a":1}',
    })
    expect(again).toEqual(first)
    const other = { stateMachineArn: machineArn('m'), name: 'n', input: '{"a":2}' }
    await expect(bench.engine.startExecution(other)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' })
    await bench.pass(10)
    const same = { ...other, input: '{"a":1}' }
    await expect(bench.engine.startExecution(same)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' })
    await bench.pass(89 * 86_400)
    await expect(bench.engine.startExecution(same)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' })
    await bench.pass(2 * 86_400)
    await expect(bench.engine.startExecution(same)).resolves.toMatchObject({
      executionArn: first.executionArn,
    })
  })

  it('refuse a bad name, an unknown machine, and an input that is no JSON or over 256 KiB', async () => {
    const bench = makeBench()
    bench.put('m', { End: end })
    const start = (request: Record<string, string>): Promise<unknown> =>
      bench.engine.startExecution({ stateMachineArn: machineArn('m'), ...request })
    await expect(start({ name: 'a b' })).rejects.toMatchObject({ name: 'InvalidName' })
    await expect(start({ name: 'a'.repeat(81) })).rejects.toMatchObject({ name: 'InvalidName' })
    await expect(start({ input: '{' })).rejects.toMatchObject({ name: 'InvalidExecutionInput' })
    await expect(start({ input: JSON.stringify('a'.repeat(262_143)) })).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
    })
    await expect(start({ stateMachineArn: machineArn('other') })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    })
    expect((await bench.engine.listExecutions({ stateMachineArn: machineArn('m') })).executions).toEqual([])
  })

  it('time out as a whole', async () => {
    const bench = makeBench()
    bench.put('m', { Wait: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 5 })
    const executionArn = await bench.start('m')
    await bench.pass(5)
    expect((await bench.engine.describeExecution({ executionArn })).status).toBe('TIMED_OUT')
    expect((await bench.types(executionArn)).at(-1)).toBe('ExecutionTimedOut')
    expect(bench.engine.nextDue()).toBeUndefined()
  })

  it('end after one year at the latest', async () => {
    const bench = makeBench()
    bench.put('m', { Wait: { Type: 'Wait', Seconds: 99_999_999, End: true } })
    const executionArn = await bench.start('m')
    await bench.tick()
    expect((await bench.engine.describeExecution({ executionArn })).status).toBe('TIMED_OUT')
    expect(bench.now()).toBe(Date.UTC(2016, 0, 15, 8))
  })

  it('fail at 25,000 events', async () => {
    const bench = makeBench()
    bench.put('m', {
      Go: { Type: 'Pass', Next: 'On' },
      On: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }], Default: 'Go' },
      End: end,
    })
    const executionArn = await bench.start('m')
    await bench.quiet()
    const { events } = await bench.engine.getExecutionHistory({
      executionArn,
      reverseOrder: true,
      maxResults: 1,
    })
    expect(events[0]).toMatchObject({ id: 25_000, type: 'ExecutionFailed' })
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({ error: 'States.Runtime' })
  })

  it('keep the definition they started with', async () => {
    const bench = makeBench()
    bench.put('m', { Wait: { Type: 'Wait', Seconds: 10, Output: 'old', End: true } })
    const executionArn = await bench.start('m')
    await bench.quiet()
    bench.put('m', { Wait: { Type: 'Wait', Seconds: 10, Output: 'new', End: true } })
    const newer = await bench.start('m', 'two')
    await bench.pass(10)
    expect((await bench.engine.describeExecution({ executionArn })).output).toBe('"old"')
    expect((await bench.engine.describeExecution({ executionArn: newer })).output).toBe('"new"')
  })

  it('are redriven from the state that failed, within 14 days', async () => {
    let works = false
    const bench = makeBench({
      first: () => 'first',
      second: (payload) => {
        if (!works) throw failure('Broken')
        return payload
      },
    })
    bench.put('m', {
      First: { ...task('first'), Assign: { kept: 'kept' }, Next: 'Second' },
      Second: { ...task('second', { first: '{% $states.input %}', kept: '{% $kept %}' }), End: true },
    })
    const executionArn = await bench.start('m')
    await bench.quiet()
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'FAILED',
      redriveStatus: 'REDRIVABLE',
    })
    works = true
    await bench.engine.redriveExecution({ executionArn })
    await bench.quiet()
    const described = await bench.engine.describeExecution({ executionArn })
    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      output: '{"first":"first","kept":"kept"}',
    })
    expect(bench.calls.filter((call) => call.name === 'first')).toHaveLength(1)
    await expect(bench.engine.redriveExecution({ executionArn })).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    })
    works = false
    const late = await bench.start('m', 'late')
    await bench.quiet()
    bench.jump(15 * 86_400)
    await expect(bench.engine.redriveExecution({ executionArn: late })).rejects.toMatchObject({
      name: 'ExecutionNotRedrivable',
    })
  })

  it('are redriven with the definition they started with', async () => {
    let works = false
    const bench = makeBench({
      call: () => {
        if (!works) throw failure('Broken')
        return 'old'
      },
    })
    bench.put('m', { Call: { ...task('call'), End: true } })
    const executionArn = await bench.start('m')
    await bench.quiet()
    bench.put('m', { Call: { ...task('call'), Output: 'new', End: true } })
    works = true
    await bench.engine.redriveExecution({ executionArn })
    await bench.quiet()
    expect((await bench.engine.describeExecution({ executionArn })).output).toBe('"old"')
  })

  it('tell every change of status, and hold the clock until it was taken', async () => {
    const told: string[] = []
    const { promise: taken, resolve: take } = Promise.withResolvers<void>()
    const onStatusChange = async (event: { name: string; status: string }) => {
      told.push(`${event.name} ${event.status}`)
      await taken
    }
    const bench = makeBench({}, { onStatusChange })
    bench.put('m', { Fail: { Type: 'Fail', Error: 'E', Cause: 'c' } })
    bench.put('n', { End: end })
    await bench.start('m')
    await bench.start('n', 'two')
    await turns(10)
    expect(bench.engine.idle()).toBe(false)
    take()
    await bench.quiet()
    expect(bench.engine.idle()).toBe(true)
    expect(told.toSorted()).toEqual(['one FAILED', 'one RUNNING', 'two RUNNING', 'two SUCCEEDED'])
    expect(told.filter((one) => one.startsWith('one'))).toEqual(['one RUNNING', 'one FAILED'])
  })

  it('try again to tell a change that was not taken', async () => {
    let tries = 0
    const bench = makeBench(
      {},
      {
        onStatusChange: (event) => {
          if (event.status !== 'RUNNING' && (tries += 1) < 3) throw new Error('not now')
        },
      },
    )
    bench.put('m', { End: end })
    await bench.start('m')
    while (!bench.engine.idle()) await turns(1)
    expect(tries).toBe(3)
  })

  it('show an operator what they are doing, and until when', async () => {
    const bench = makeBench()
    bench.put('m', {
      Both: {
        Type: 'Parallel',
        End: true,
        Branches: [
          { StartAt: 'Token', States: { Token: waitForToken({ TimeoutSeconds: 60, End: true }) } },
          { StartAt: 'Pause', States: { Pause: { Type: 'Wait', Seconds: 10, End: true } } },
        ],
      },
    })
    const executionArn = await bench.start('m')
    await bench.quiet()
    const enteredAt = bench.now()
    expect(bench.engine.openStates(executionArn)).toEqual([
      {
        state: 'Token',
        within: [['Both', 0]],
        doing: 'waiting for a token',
        enteredAt,
        retryCount: 0,
        until: enteredAt + 60_000,
      },
      {
        state: 'Pause',
        within: [['Both', 1]],
        doing: 'waiting',
        enteredAt,
        retryCount: 0,
        until: enteredAt + 10_000,
      },
    ])
    await bench.engine.stopExecution({ executionArn })
    expect(bench.engine.openStates(executionArn)).toEqual([])
  })

  it('hold the clock while a function runs, and not while they wait', async () => {
    let release = (): void => {}
    const bench = makeBench({
      slow: () =>
        new Promise((resolve) => {
          release = () => resolve({})
        }),
    })
    bench.put('m', { Call: { ...task('slow'), Next: 'Wait' }, Wait: waitForToken({ End: true }) })
    await bench.start('m')
    while (bench.calls.length === 0) await turns(1)
    expect(bench.engine.idle()).toBe(false)
    release()
    await bench.quiet()
    expect(bench.engine.idle()).toBe(true)
  })
})
