import * as z from 'zod'
import { refuse, type Refusal } from '../base/stream.ts'

/** An execution has taken the case up. Names only save work; the record decides (DESIGN.md 3). */
export const executionAttachedSchema = z.strictObject({
  type: z.literal('ExecutionAttached'),
  v: z.literal(1),
  attempt: z.int().positive(),
  execution: z.string(),
})
/** The execution failed, timed out or was aborted: shown as stuck until the next attempt. */
export const executionLostSchema = z.strictObject({
  type: z.literal('ExecutionLost'),
  v: z.literal(1),
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
export const evolveAttempts = (
  attempts: Attempts,
  event: z.infer<typeof executionAttachedSchema> | z.infer<typeof executionLostSchema>,
): Attempts =>
  event.type === 'ExecutionAttached'
    ? { attached: Math.max(attempts.attached, event.attempt), lost: false }
    : { ...attempts, lost: attempts.lost || event.attempt >= attempts.attached }

/** A commit by a lower attempt than the one attached is refused. Callers without an attempt pass null. */
export const staleAttempt = (attempts: Attempts, attempt: number | null): Refusal | null =>
  attempt !== null && attempt < attempts.attached
    ? refuse('stale-attempt', `attempt ${attempt} is over: attempt ${attempts.attached} is attached`).refusal
    : null
