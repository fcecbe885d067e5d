import type { Failure, Frame } from '../turn/execution.ts'
import { exit } from '../kinds/exit.ts'
import type { JsonObject } from '../values/json.ts'
import type { Catcher, MapState, ParallelState, Retrier, TaskState } from '../language/machine.ts'
import type { Outcome } from '../turn/outcome.ts'
import type { Turn } from '../turn/turn.ts'

/**
 * Whether a list of error names takes a failure. Nothing takes States.Runtime. States.ALL takes all others, but not
 * States.DataLimitExceeded in a Retry or where a state's own output is too large: recorded executions show that a
 * Catch of States.ALL takes a task whose result is too large. States.TaskFailed takes what a Task can fail with but
 * States.Timeout.
 */
export const matches = (
  names: readonly string[],
  failure: Failure,
  where: { readonly ofTask: boolean; readonly inCatch: boolean },
): boolean => {
  const limited =
    failure.error === 'States.DataLimitExceeded' && !(where.inCatch && failure.ofResult === true)
  const reserved = failure.error === 'States.Runtime' || limited
  return names.some((name) => {
    if (name === failure.error) return name !== 'States.Runtime'
    if (name === 'States.HeartbeatTimeout') return failure.heartbeat === true
    if (name === 'States.ALL') return !reserved
    return name === 'States.TaskFailed' && where.ofTask && !reserved && failure.error !== 'States.Timeout'
  })
}

/** Milliseconds until the retry with the given number (from 0). */
export const retryDelayMs = (retrier: Retrier, used: number, random: () => number): number => {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** used
  const seconds = Math.min(grown, retrier.maxDelaySeconds ?? Number.MAX_SAFE_INTEGER / 2000)
  return Math.round((retrier.fullJitter ? random() * seconds : seconds) * 1000)
}

/** What a Catch and `$states.errorOutput` see; AWS gives null for what is missing, but a timeout an empty cause. */
export const errorOutput = (failure: Failure): JsonObject => ({
  Error: failure.error ?? null,
  Cause: failure.cause ?? (failure.error === 'States.Timeout' ? '' : null),
})

const handle = (turn: Turn, frame: Frame, catcher: Catcher, failure: Failure): Promise<Outcome> => {
  const output = errorOutput(failure)
  return exit(turn, frame, catcher, catcher.next, output, { errorOutput: output })
}

/**
 * Takes a failure to the state's Retry (milliseconds until the next attempt) and then to its Catch. Undefined when
 * neither takes it.
 */
export const recover = (
  turn: Turn,
  frame: Frame,
  state: TaskState | ParallelState | MapState,
  failure: Failure,
): { readonly retryMs: number } | { readonly caught: () => Promise<Outcome> } | undefined => {
  const ofTask = state.type === 'Task'
  const index = state.retry.findIndex((retrier) =>
    matches(retrier.errorEquals, failure, { ofTask, inCatch: false }),
  )
  const retrier = state.retry[index]
  const used = frame.retries[index] ?? 0
  if (retrier !== undefined && used < retrier.maxAttempts) {
    frame.retries = state.retry.map((_, other) => (frame.retries[other] ?? 0) + (other === index ? 1 : 0))
    return { retryMs: retryDelayMs(retrier, used, () => turn.chance.random()) }
  }
  const catcher = state.catch.find((entry) => matches(entry.errorEquals, failure, { ofTask, inCatch: true }))
  return catcher === undefined ? undefined : { caught: () => handle(turn, frame, catcher, failure) }
}
