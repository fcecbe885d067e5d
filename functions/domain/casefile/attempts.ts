import * as z from 'zod'
import { slice } from '../base/slice.ts'
import { accept, event, refuse, type Decision, type Refusal } from '../base/stream.ts'

/**
 * An execution has taken the case up. Names only save work; the record decides (workflows/README.md, "Names save
 * work").
 */
export const executionAttachedSchema = event('ExecutionAttached', {
  attempt: z.int().positive(),
  execution: z.string(),
})
/** The execution failed, timed out or was aborted: shown as stuck until the next attempt. */
const executionLostSchema = event('ExecutionLost', {
  attempt: z.int().positive(),
  execution: z.string(),
  status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
})

export interface Attempts {
  /** The highest attempt attached; 0 before the first. */
  readonly attached: number
  readonly lost: boolean
}
export const noAttempts: Attempts = { attached: 0, lost: false }

type AttemptEvent = z.infer<typeof executionAttachedSchema> | z.infer<typeof executionLostSchema>

/** An execution lost before it could attach (a higher attempt than the one attached) leaves the case stuck too. */
const evolveAttempts = (attempts: Attempts, change: AttemptEvent): Attempts =>
  change.type === 'ExecutionAttached'
    ? { attached: Math.max(attempts.attached, change.attempt), lost: false }
    : { ...attempts, lost: attempts.lost || change.attempt >= attempts.attached }

interface Attempted {
  readonly attempts: Attempts
}
const initial: Attempted = { attempts: noAttempts }

/** The executions that have taken the case up. */
export const attemptsSlice = slice({
  initial,
  events: [executionAttachedSchema, executionLostSchema],
  fold: {
    ExecutionAttached: ({ attempts }, change) => ({ attempts: evolveAttempts(attempts, change) }),
    ExecutionLost: ({ attempts }, change) => ({ attempts: evolveAttempts(attempts, change) }),
  },
})

/** A commit by a lower attempt than the one attached is refused. Callers without an attempt pass null. */
export const staleAttempt = (attempts: Attempts, attempt: number | null): Refusal | null =>
  attempt !== null && attempt < attempts.attached
    ? refuse('stale-attempt', `attempt ${attempt} is over: attempt ${attempts.attached} is attached`).refusal
    : null

/** Takes the execution on. A higher attempt takes over from a lower; a lower one is refused. */
export const attach = (
  { attempts }: Attempted,
  attempt: number,
  execution: string,
): Decision<AttemptEvent> => {
  const stale = staleAttempt(attempts, attempt)
  if (stale !== null) return { ok: false, refusal: stale }
  return attempt === attempts.attached && !attempts.lost
    ? accept()
    : accept({ type: 'ExecutionAttached', v: 1, attempt, execution })
}

/** Puts it on the record that the execution has ended without its case, once. */
export const executionLost = (
  { attempts }: Attempted,
  lost: Omit<z.infer<typeof executionLostSchema>, 'type' | 'v'>,
): Decision<AttemptEvent> =>
  attempts.lost || lost.attempt < attempts.attached
    ? accept()
    : accept({ type: 'ExecutionLost', v: 1, ...lost })

/**
 * Why a task commits nothing: it is refused when a higher attempt is attached, and there is nothing to do when the
 * record has gone on. Null: it is its turn.
 */
export const outOfTurn = (
  attempts: Attempts,
  attempt: number | null,
  isNext: () => boolean,
): Decision<never> | null => {
  const stale = staleAttempt(attempts, attempt)
  if (stale !== null) return { ok: false, refusal: stale }
  return isNext() ? null : accept()
}
