import type { BaseEvent, Decision, Refusal } from '../../domain/base/stream.ts'
import { NothingToDo, AlreadySatisfied } from '../../../workflows/errors.ts'
import type { CaseInput, TaskName, PlanOutput, tasks } from '../../../workflows/tasks.ts'
import type { CaseKind, Loaded } from '../record/case-kind.ts'
import { perform, settle, type Performed, type RecordPorts, loadCase } from '../record/perform.ts'
import type * as z from 'zod'
import { expectation, waitSeconds } from '../../domain/casefile/plan.ts'
import { addMs, compareInstants } from '../../domain/base/time.ts'
import { withWorkflow, withLetters } from '../streams.ts'
import { sendOnce, settleOvertaken, type LetterPorts } from '../letters/send-once.ts'

/** One visit of a workflow to a task. */
interface Visit<S> {
  readonly task: TaskName
  readonly input: CaseInput
  /** The case as this visit found it. */
  readonly read: Loaded<S>
}

/**
 * What a workflow's task commits to its case. The command id is the same on every retry of the visit: task, attempt
 * and when the state was entered. On a clock that stands still a task that loops is entered twice in one instant:
 * the second visit finds the first one's id in the stream that it read, and its own rests on the commit it works
 * on as well. So the first visit has the id that streams of before already hold, and a retry after its commit
 * decides again on what is there, as every task does from the record: nothing, when it is done.
 */
export const performTask = async <S, E extends BaseEvent>(
  ports: RecordPorts,
  kind: CaseKind<S, E>,
  { task, input, read }: Visit<S>,
  decide: (state: S, now: string) => Decision<E>,
): Promise<Performed<S, E>> => {
  const first = `task/${task}/${input.attempt}/${input.entered}`
  const again = read.commandIds.has(first)
  const performed = await perform(ports, kind, input.stream, {
    id: again ? `${first}/${read.seq}` : first,
    actor: { by: 'system', name: task },
    decide,
  })
  // It may be a retry whose commit stands: what that commit owes is done again.
  if (again && performed.outcome === 'nothing') await settle(ports, kind, input.stream, performed.loaded)
  return performed
}

/**
 * The answer of a task whose refusals are faults.
 * @throws NothingToDo when a higher attempt is attached
 */
export const done = <S, E>(performed: Performed<S, E>): Record<string, never> => {
  if (performed.outcome !== 'refused') return {}
  const { kind, message } = performed.refusal
  if (kind === 'stale-attempt') throw new NothingToDo(message)
  throw new Error(`${kind}: ${message}`)
}

/** A lower attempt's commit is passed over: PlanNext ends that execution. Anything else is a fault. */
export const unlessStale = (refusal: Refusal): void => {
  if (refusal.kind !== 'stale-attempt') throw new Error(`${refusal.kind}: ${refusal.message}`)
}

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

/**
 * Sends the letter that the plan named, if the record still asks for it: no reminder goes out when a reply has
 * come between the plan and this. One that an earlier attempt may have sent is settled whatever the plan says.
 */
export const makeSendLetter =
  (ports: LetterPorts) =>
  (input: z.infer<typeof tasks.SendLetter.input>): Promise<Record<string, never>> =>
    withLetters(input.stream, async (composer) => {
      const loaded = await loadCase(ports, composer.kind, input.stream)
      const plan = await composer.kind.plan(loaded.state, ports.clock.now(), ports)
      const wanted = expectation({ next: 'letter', order: input.order })
      if (plan !== null && expectation(plan) === wanted)
        await sendOnce(ports, composer, input.stream, input.order, loaded)
      else await settleOvertaken(ports, composer, input.stream, input.order, loaded)
      return {}
    })

/**
 * Registers a wait: the token first, then the record. Whoever changes the record commits first, then reads the
 * waits: with this order on both sides at least one sees the other (workflows/README.md, "Waits").
 * @throws AlreadySatisfied when the record has gone on since the plan was made
 */
export const makeWaitForRecord =
  (ports: RecordPorts) =>
  (input: z.infer<typeof tasks.WaitForRecord.input>): Promise<Record<string, never>> =>
    withWorkflow(input.stream, async (kind) => {
      const wait = { kind: input.kind, expects: input.expects, token: input.token }
      await ports.waits.put(input.stream, wait)
      const { state } = await loadCase(ports, kind, input.stream)
      const plan = await kind.plan(state, ports.clock.now(), ports)
      const overtaken = kind.attempts(state).attached > input.attempt
      if (plan === null || overtaken || expectation(plan) !== input.expects) {
        await ports.waits.remove(input.stream, wait)
        throw new AlreadySatisfied(`${input.stream} no longer waits for ${input.kind}`)
      }
      return {}
    })
