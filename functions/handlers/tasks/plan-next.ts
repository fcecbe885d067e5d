import type * as z from 'zod'
import { expectation, waitSeconds } from '../../domain/casefile/plan.ts'
import { addMs, compareInstants } from '../../domain/base/time.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import type { PlanOutput, tasks } from '../../../workflows/tasks.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { withWorkflow } from '../streams.ts'

/** An execution lives a year at most; at 330 days the next attempt takes over. */
const renewAfterMs = 330 * 24 * 60 * 60 * 1000

/** Folds the record and answers what comes next. Writes nothing. */
export const makePlanNext =
  (ports: RecordPorts) =>
  (input: z.infer<typeof tasks.PlanNext.input>): Promise<PlanOutput> =>
    withWorkflow(input.stream, async (kind) => {
      const { state } = await loadCase(ports, kind, input.stream)
      if (kind.attempts(state).attached > input.attempt)
        throw new NothingToDo(`attempt ${input.attempt} is over: a higher one is attached`)
      const now = ports.clock.now()
      const plan = await kind.plan(state, now, ports)
      if (plan === null || plan.next === 'ended') return answer('ended')
      if (compareInstants(now, addMs(input.startedAt, renewAfterMs)) >= 0) return answer('renew')
      if (plan.next === 'letter') return { ...answer('letter'), order: plan.order }
      if (plan.next === 'step') return answer(plan.step)
      return {
        next:
          kind.ministryWaits.length === 0
            ? 'wait'
            : kind.ministryWaits.includes(plan.kind)
              ? 'wait-ministry'
              : 'wait-municipality',
        seconds: waitSeconds(plan.until, now),
        expects: expectation(plan),
        kind: plan.kind,
        order: null,
      }
    })

const answer = (next: string): PlanOutput => ({ next, seconds: 1, expects: '', kind: '', order: null })
