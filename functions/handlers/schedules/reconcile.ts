import * as z from 'zod'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { addMs, compareInstants } from '../../domain/base/time.ts'
import { LetterUncertain, TooBusy } from '../../../workflows/errors.ts'
import type { Ports } from '../../ports/ports.ts'
import type { ReadingPorts } from '../intake/read-mail.ts'
import { eraseContent, type ErasingPorts } from '../record/erase-content.ts'
import { startMissingExecutions } from './missing-executions.ts'
import { releaseHeldAnswers } from '../letters/held-answers.ts'
import { performOwedActs, performOwedLetters } from '../streams.ts'

export const reconcileInputSchema = z
  .object({
    /** Also looks for executions that were to be started and never were; reads all lists. */
    sweep: z.boolean().default(false),
  })
  .nullish()
  .transform((input) => ({ sweep: input?.sweep ?? false }))
export type ReconcileInput = z.infer<typeof reconcileInputSchema>

export interface Reconciled {
  /** Commands on the record whose acts are done now. */
  readonly done: readonly string[]
  /** Commands that were never committed: there is nothing to do. */
  readonly dropped: readonly string[]
  /** Left for the next time: perhaps still under way, or a letter that may have gone. */
  readonly left: readonly string[]
  /** Executions that were missing. */
  readonly started: readonly StreamId[]
}

/** Reading mail, doing what is owed, and erasing what two persons have decided to erase. */
export type ReconcilePorts = ReadingPorts & ErasingPorts & Pick<Ports, 'outbox'>

/** A command that is still under way has noted itself and not committed yet; none takes so long. */
const underWayMs = 60 * 1000

/**
 * Takes up what a crash left: commands that noted themselves (`TODO#<command id>`) and did not take the note away.
 * Whether the commit is there decides, never the note: there = do the acts, not there = delete the note once the
 * command cannot be under way any more. Answers held back go out, once a person has let them. Two queries when
 * there is nothing.
 */
export const makeReconcile =
  (ports: ReconcilePorts) =>
  async ({ sweep }: ReconcileInput): Promise<Reconciled> => {
    const done: string[] = []
    const dropped: string[] = []
    const left: string[] = []
    const failures: unknown[] = []
    for (const todo of await ports.outbox.list()) {
      const { commandId } = todo
      try {
        const outcome = await takeUp(ports, todo)
        if (outcome !== 'left') await ports.outbox.remove(commandId)
        const list = { done, dropped, left }[outcome]
        list.push(commandId)
      } catch (error) {
        // Both are expected, and the next time may find them over; anything else is told after the rest is done.
        if (error instanceof LetterUncertain || error instanceof TooBusy) left.push(commandId)
        else failures.push(error)
      }
    }
    await releaseHeldAnswers(ports, performOwedLetters).catch((error: unknown) => failures.push(error))
    const started = sweep ? await startMissingExecutions(ports) : []
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} commands could not be taken up`)
    return { done, dropped, left, started }
  }

const takeUp = async (
  ports: ReadingPorts & ErasingPorts,
  todo: { readonly commandId: string; readonly stream: StreamId; readonly at: string },
): Promise<'done' | 'dropped' | 'left'> => {
  const commits = await ports.streams.load(todo.stream)
  if (commits.some((commit) => commit.meta.commandId === todo.commandId)) {
    // Here alone: what faces the internet may not erase.
    await eraseContent(ports, todo.stream)
    await performOwedActs(ports, todo.stream)
    return 'done'
  }
  return compareInstants(addMs(todo.at, underWayMs), ports.clock.now()) <= 0 ? 'dropped' : 'left'
}
