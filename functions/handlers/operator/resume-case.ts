import * as z from 'zod'
import { executionName, hasWorkflow } from '../../domain/execution/execution.ts'
import { isStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import { loadCase, type RecordPorts, startAttempt } from '../record/perform.ts'
import { withWorkflow } from '../streams.ts'

/** The case by its stream: `REVIEW#2014#svendborg-rk`, `RENEGOTIATION#svendborg-rk#1`, `RUN#2014`. */
export const resumeInputSchema = z.object({
  stream: z.custom<StreamId>(
    (value) => typeof value === 'string' && isStreamId(value) && hasWorkflow(value),
    'the stream of a review, a renegotiation or a run',
  ),
})
export type ResumeInput = z.infer<typeof resumeInputSchema>

export type Resumed =
  | { readonly resumed: true; readonly attempt: number; readonly execution: string }
  | { readonly resumed: false; readonly reason: string }

/** Names used up by attempts that failed before they attached. */
const mostUsedUp = 50

/**
 * Starts the next attempt at a case, at any time, with today's definition (workflows/README.md, "Names save work"):
 * it takes over when it attaches, and PlanNext finds the place. Asked twice while the new one has not attached, it
 * starts one.
 */
export const makeResumeCase =
  (ports: RecordPorts) =>
  ({ stream }: ResumeInput): Promise<Resumed> =>
    withWorkflow(stream, async (kind): Promise<Resumed> => {
      const { state, seq } = await loadCase(ports, kind, stream)
      if (seq === 0) return { resumed: false, reason: `there is no ${stream} on the record` }
      const plan = await kind.plan(state, ports.clock.now(), ports)
      if (plan === null || plan.next === 'ended')
        return { resumed: false, reason: `${stream} has ended: there is nothing to do` }
      const first = kind.attempts(state).attached + 1
      for (let attempt = first; attempt < first + mostUsedUp; attempt += 1) {
        if ((await startAttempt(ports, stream, attempt)) === 'started')
          return { resumed: true, attempt, execution: executionName(stream, attempt) }
      }
      throw new Error(
        `${stream}: ${mostUsedUp} attempts from ${first} on have been used up without attaching`,
      )
    })
