import { setImmediate } from 'node:timers/promises'
import { openEngine, type Engine } from '../../infra/local/states/engine.ts'
import type { HistoryEvent } from '../../infra/local/states/types.ts'
import type { Case } from './cases.ts'
import { makeWorld } from './world.ts'

/** What the engine made of a case. */
export interface Replayed {
  readonly status: string
  readonly output: unknown
  readonly error: string | undefined
  readonly cause: unknown
  readonly events: readonly Record<string, unknown>[]
}

const json = new Set(['input', 'output', 'parameters'])

const parsed = (text: unknown): unknown => {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** A cause is compared parsed where it is a JSON object, and as text otherwise. */
export const readCause = (cause: unknown): unknown => {
  const value = parsed(cause)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : cause
}

const readEvent = (event: HistoryEvent): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(event)
      .filter(([key]) => key !== 'timestamp')
      .map(([key, details]) => {
        if (typeof details !== 'object' || details === null) return [key, details]
        const fields = Object.entries(details).map(([name, value]): [string, unknown] => {
          if (json.has(name)) return [name, parsed(value)]
          if (name === 'cause') return [name, readCause(value)]
          if (name === 'assignedVariables' && typeof value === 'object' && value !== null)
            return [
              name,
              Object.fromEntries(Object.entries(value).map(([variable, text]) => [variable, parsed(text)])),
            ]
          return [name, value]
        })
        return [key, Object.fromEntries(fields)]
      }),
  )

/** Runs a case on an engine of its own, with its world, on a clock that is moved by hand. */
export const replay = async (recorded: Case): Promise<Replayed> => {
  let now = recorded.clock === undefined ? Date.UTC(2025, 0, 15, 9) : Date.parse(recorded.clock)
  let holds = 0
  const faults: unknown[] = []
  const world = makeWorld(
    recorded,
    () => now,
    async (request) => {
      const { StateMachineArn, Name, Input } = request as Record<string, string>
      const started = await engine.startExecution({
        stateMachineArn: StateMachineArn!,
        name: Name!,
        input: JSON.stringify(Input ?? {}),
      })
      return {
        ExecutionArn: started.executionArn,
        StartDate: new Date(started.startDate * 1000).toISOString(),
      }
    },
  )
  const engine: Engine = openEngine({
    file: ':memory:',
    seed: recorded.id,
    roleArn: 'snf_role_arn',
    integrations: world.integrations,
    onFault: (fault) => faults.push(fault),
    clock: {
      now: () => now,
      hold: () => {
        holds += 1
        return () => {
          holds -= 1
        }
      },
      changed: () => {},
    },
  })
  try {
    for (const [name, definition] of Object.entries(recorded.otherDefinitions ?? {}))
      engine.putStateMachine({ name, definition: JSON.stringify(definition) })
    const { stateMachineArn } = engine.putStateMachine({
      name: 'recorded',
      definition: JSON.stringify(recorded.definition),
    })
    engine.start()
    const { executionArn } = await engine.startExecution({
      stateMachineArn,
      input: JSON.stringify(recorded.input),
      name: recorded.executionName ?? 'execution',
    })
    for (let steps = 0; steps < 10_000; steps += 1) {
      while (holds > world.sleepers.length) await setImmediate()
      const { status } = await engine.describeExecution({ executionArn })
      if (status !== 'RUNNING') break
      const replies = world.takeReplies()
      for (const { token, entry } of replies) {
        if (entry.reply === 'success')
          await engine.sendTaskSuccess({ taskToken: token, output: JSON.stringify(entry.output) })
        else if (entry.reply === 'failure')
          await engine.sendTaskFailure({
            taskToken: token,
            ...(entry.error === undefined ? {} : { error: entry.error }),
            ...(entry.cause === undefined
              ? {}
              : { cause: typeof entry.cause === 'string' ? entry.cause : JSON.stringify(entry.cause) }),
          })
      }
      if (replies.length > 0) continue
      const next = Math.min(engine.nextDue() ?? Infinity, ...world.sleepers.map((sleeper) => sleeper.until))
      if (next === Infinity) break
      now = Math.max(now, next)
      engine.fireDue()
      for (const sleeper of world.sleepers.filter((one) => one.until <= now)) {
        world.sleepers.splice(world.sleepers.indexOf(sleeper), 1)
        sleeper.wake()
      }
    }
    if (faults.length > 0) throw faults[0]
    const end = await engine.describeExecution({ executionArn })
    const events: Record<string, unknown>[] = []
    let nextToken: string | undefined
    do {
      const page = await engine.getExecutionHistory({
        executionArn,
        maxResults: 1000,
        ...(nextToken === undefined ? {} : { nextToken }),
      })
      events.push(...page.events.map(readEvent))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    return {
      status: end.status,
      output: parsed(end.output),
      error: end.error,
      cause: readCause(end.cause),
      events,
    }
  } finally {
    for (const sleeper of world.sleepers.splice(0)) sleeper.wake()
    await engine.close()
  }
}
