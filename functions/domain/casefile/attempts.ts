import * as z from 'zod'
import { slice } from '../base/slice.ts'
import { refuse, type Refusal, event } from '../base/stream.ts'

/**
 * An execution has taken the case up. Names only save work; the record decides (workflows/README.md, "Names save
 * work").
 */
const executionAttachedSchema = event('ExecutionAttached', {
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

/** An execution lost before it could attach (a higher attempt than the one attached) leaves the case stuck too. */
const evolveAttempts = (
  attempts: Attempts,
  change: z.infer<typeof executionAttachedSchema> | z.infer<typeof executionLostSchema>,
): Attempts =>
  change.type === 'ExecutionAttached'
    ? { attached: Math.max(attempts.attached, change.attempt), lost: false }
    : { ...attempts, lost: attempts.lost || change.attempt >= attempts.attached }

const initial: { readonly attempts: Attempts } = { attempts: noAttempts }

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
