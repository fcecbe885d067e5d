import { accept, type BaseEvent, type Decision, type Refusal } from '../../domain/base/stream.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import type { CaseInput, TaskName } from '../../../workflows/tasks.ts'
import type { CaseKind, Loaded } from '../record/case-kind.ts'
import { loadCase, perform, settle, type Performed, type RecordPorts } from '../record/perform.ts'

/** One visit of a workflow to a task. */
export interface Visit<S> {
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

/** A task that takes one decision on its case as it stands. */
export const decisionTask =
  <S, E extends BaseEvent, I extends CaseInput>(
    task: TaskName,
    kind: CaseKind<S, E>,
    decide: (state: S, input: I, now: string) => Decision<E>,
  ) =>
  (ports: RecordPorts) =>
  async (input: I): Promise<Record<string, never>> => {
    const read = await loadCase(ports, kind, input.stream)
    return done(
      await performTask(ports, kind, { task, input, read }, (state, now) => decide(state, input, now)),
    )
  }

/** A visit that finds its work done, by itself or by another: what its commit owes is done, if need be again. */
export const finished = async <S, E extends BaseEvent>(
  ports: RecordPorts,
  kind: CaseKind<S, E>,
  visit: Visit<S>,
): Promise<Record<string, never>> => done(await performTask(ports, kind, visit, () => accept<E>()))

/** A lower attempt's commit is passed over: PlanNext ends that execution. Anything else is a fault. */
export const unlessStale = (refusal: Refusal): void => {
  if (refusal.kind !== 'stale-attempt') throw new Error(`${refusal.kind}: ${refusal.message}`)
}
