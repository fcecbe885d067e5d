import type * as z from 'zod'
import { planRenegotiation } from '../../domain/renegotiation/plan.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import { attach, staleAttempt } from '../../domain/casefile/attempts.ts'
import type { CaseInput, tasks } from '../../../workflows/tasks.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import type { Ports } from '../../ports/ports.ts'
import type { Loaded } from '../record/case-kind.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { done, performTask } from './perform-task.ts'
import { renegotiationCase } from '../streams/cases.ts'

/** Loads the case; a lower attempt than the one attached has nothing to do. */
export const loadFor = async (
  ports: Pick<Ports, 'streams'>,
  input: CaseInput,
): Promise<Loaded<RenegotiationState>> => {
  const read = await loadCase(ports, renegotiationCase, input.stream)
  const stale = staleAttempt(read.state.attempts, input.attempt)
  if (stale !== null) throw new NothingToDo(stale.message)
  return read
}

/** Attaches the execution; one that is finished, or taken by a higher attempt, has nothing to do. */
export const makeAttachRenegotiation =
  (ports: RecordPorts) =>
  async (input: z.infer<typeof tasks.AttachRenegotiation.input>): Promise<Record<string, never>> => {
    const read = await loadFor(ports, input)
    const { state } = read
    if (planRenegotiation(state, ports.clock.now()).next === 'ended')
      throw new NothingToDo(`the renegotiation is ${state.status}`)
    return done(
      await performTask(ports, renegotiationCase, { task: 'AttachRenegotiation', input, read }, (current) =>
        attach(current, input.attempt, input.execution),
      ),
    )
  }
