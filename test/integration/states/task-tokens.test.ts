import { describe, expect, it } from 'vitest'
import { failure, makeBench, waitForToken, type Bench, type Functions } from './support.ts'

const after = { Type: 'Pass', Output: 'answered', End: true }
const late = { Type: 'Pass', Output: 'late', End: true }
const satisfied = { Type: 'Pass', Output: 'satisfied', End: true }
const waiting = {
  Wait: waitForToken({
    TimeoutSeconds: 60,
    Next: 'After',
    Catch: [
      { ErrorEquals: ['AlreadySatisfied'], Next: 'Satisfied' },
      { ErrorEquals: ['States.Timeout'], Next: 'Late' },
    ],
  }),
  After: after,
  Late: late,
  Satisfied: satisfied,
}

const outputOf = async (bench: Bench, executionArn: string): Promise<unknown> => {
  const { output } = await bench.engine.describeExecution({ executionArn })
  return output === undefined ? undefined : JSON.parse(output)
}

/** An execution that waits for its token. */
const waitingFor = async (functions?: Functions) => {
  const bench = makeBench(functions)
  bench.put('m', waiting)
  const arn = await bench.start('m')
  return { bench, arn }
}

const answerTo = (bench: Bench, taskToken = bench.tokens[0]!) =>
  bench.engine.sendTaskSuccess({ taskToken, output: '{}' })
const isOver = (answered: Promise<unknown>) =>
  expect(answered).rejects.toMatchObject({ name: 'TaskTimedOut' })

describe('a task that waits for a token', () => {
  it('goes on at once when the answer comes after the function has returned', async () => {
    const { bench, arn } = await waitingFor()
    await bench.quiet()
    await answerTo(bench)
    await bench.quiet()
    expect(await outputOf(bench, arn)).toBe('answered')
    expect(bench.now()).toBe(Date.UTC(2015, 0, 15, 8))
  })

  it('honours once an answer that comes before the function has returned', async () => {
    const bench = makeBench({
      register: async (payload, { engine }) => {
        await engine.sendTaskSuccess({
          taskToken: (payload as { token: string }).token,
          output: '{"early":true}',
        })
        return { registered: true }
      },
    })
    bench.put('m', { ...waiting, After: { Type: 'Pass', End: true } })
    const arn = await bench.start('m')
    await bench.quiet()
    expect(await outputOf(bench, arn)).toEqual({ early: true })
    expect(await bench.types(arn)).toEqual(expect.arrayContaining(['TaskSubmitted', 'TaskSucceeded']))
    await isOver(answerTo(bench))
  })

  it('honours an early answer even when the function then fails', async () => {
    const { bench, arn } = await waitingFor({
      register: async (payload, { engine }) => {
        await engine.sendTaskSuccess({ taskToken: (payload as { token: string }).token, output: '{}' })
        throw failure('Crash')
      },
    })
    await bench.quiet()
    expect(await outputOf(bench, arn)).toBe('answered')
  })

  it('leads a function that finds the wait already satisfied to its Catch', async () => {
    const { bench, arn } = await waitingFor({
      register: () => {
        throw failure('AlreadySatisfied')
      },
    })
    await bench.quiet()
    expect(await outputOf(bench, arn)).toBe('satisfied')
  })

  it('times out, and an answer after that is told so', async () => {
    const { bench, arn } = await waitingFor()
    await bench.pass(60)
    expect(await outputOf(bench, arn)).toBe('late')
    await isOver(answerTo(bench))
  })

  it('refuses an answer when the time is over, though nobody has fired the timer yet', async () => {
    const { bench, arn: executionArn } = await waitingFor()
    await bench.quiet()
    bench.jump(60)
    await isOver(answerTo(bench))
    await bench.tick()
    expect(await outputOf(bench, executionArn)).toBe('late')
  })

  it('answers a token that was used with TaskTimedOut and a made-up one with InvalidToken', async () => {
    const { bench } = await waitingFor()
    await bench.quiet()
    const taskToken = bench.tokens[0]!
    await bench.engine.sendTaskFailure({ taskToken, error: 'AlreadySatisfied', cause: 'by hand' })
    await expect(bench.engine.sendTaskSuccess({ taskToken, output: '{}' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    })
    await expect(answerTo(bench, `${taskToken}x`)).rejects.toMatchObject({ name: 'InvalidToken' })
  })

  it('gives every retry a token of its own; the old one is over', async () => {
    const bench = makeBench()
    bench.put('m', {
      Wait: waitForToken({
        Retry: [{ ErrorEquals: ['Again'], IntervalSeconds: 1, MaxAttempts: 1 }],
        End: true,
      }),
    })
    await bench.start('m')
    await bench.quiet()
    await bench.engine.sendTaskFailure({ taskToken: bench.tokens[0]!, error: 'Again' })
    await bench.pass(1)
    expect(new Set(bench.tokens).size).toBe(2)
    await isOver(answerTo(bench))
    expect(await answerTo(bench, bench.tokens[1])).toEqual({})
  })

  it('waits as long as heartbeats come in time, and States.HeartbeatTimeout catches their end', async () => {
    const bench = makeBench()
    bench.put('m', {
      Wait: waitForToken({
        TimeoutSeconds: 1000,
        HeartbeatSeconds: 10,
        End: true,
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Late' }],
      }),
      Late: late,
    })
    const arn = await bench.start('m')
    await bench.pass(9)
    await bench.engine.sendTaskHeartbeat({ taskToken: bench.tokens[0]! })
    await bench.pass(9)
    expect((await bench.engine.describeExecution({ executionArn: arn })).status).toBe('RUNNING')
    await bench.pass(1)
    expect(await outputOf(bench, arn)).toBe('late')
  })

  it('times out in spite of its heartbeats, which leave no event', async () => {
    const bench = makeBench()
    bench.put('m', {
      Wait: waitForToken({
        TimeoutSeconds: 25,
        HeartbeatSeconds: 10,
        End: true,
        Catch: [
          { ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Silent' },
          { ErrorEquals: ['States.Timeout'], Next: 'Late' },
        ],
      }),
      Silent: { Type: 'Pass', Output: 'silent', End: true },
      Late: late,
    })
    const arn = await bench.start('m')
    await bench.pass(9)
    const before = await bench.types(arn)
    await bench.engine.sendTaskHeartbeat({ taskToken: bench.tokens[0]! })
    await bench.pass(9)
    await bench.engine.sendTaskHeartbeat({ taskToken: bench.tokens[0]! })
    expect(await bench.types(arn)).toEqual(before)
    await bench.pass(7)
    expect(await outputOf(bench, arn)).toBe('late')
  })

  it('takes the seconds of a timeout from an expression, and fails for a fraction', async () => {
    const bench = makeBench()
    const computed = (seconds: number): Record<string, unknown> => ({
      Wait: waitForToken({ TimeoutSeconds: `{% ${seconds} %}`, End: true }),
    })
    bench.put('whole', computed(30))
    bench.put('fraction', computed(1.5))
    bench.put('none', computed(0))
    const [whole, fraction, none] = [
      await bench.start('whole'),
      await bench.start('fraction'),
      await bench.start('none'),
    ]
    await bench.quiet()
    expect(bench.engine.nextDue()).toBe(bench.now() + 30_000)
    expect((await bench.engine.describeExecution({ executionArn: whole })).status).toBe('RUNNING')
    for (const executionArn of [fraction, none])
      expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
        status: 'FAILED',
        error: 'States.QueryEvaluationError',
      })
  })

  it('tells the holder of a stopped execution’s token that the task is over', async () => {
    const { bench, arn: executionArn } = await waitingFor()
    await bench.quiet()
    await bench.engine.stopExecution({ executionArn, error: 'Stop', cause: 'by hand' })
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Stop',
      cause: 'by hand',
    })
    await isOver(answerTo(bench))
    expect(bench.engine.nextDue()).toBeUndefined()
  })

  it('refuses an output that is no JSON or too large, and goes on waiting', async () => {
    const { bench, arn: executionArn } = await waitingFor()
    await bench.quiet()
    const taskToken = bench.tokens[0]!
    await expect(bench.engine.sendTaskSuccess({ taskToken, output: '{' })).rejects.toMatchObject({
      name: 'InvalidOutput',
    })
    const large = JSON.stringify('a'.repeat(262_144))
    await expect(bench.engine.sendTaskSuccess({ taskToken, output: large })).rejects.toMatchObject({
      name: 'InvalidOutput',
    })
    expect((await bench.engine.describeExecution({ executionArn })).status).toBe('RUNNING')
  })
})
