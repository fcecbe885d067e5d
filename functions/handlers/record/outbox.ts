import type { BaseEvent } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import { isForLater } from '../../../workflows/errors.ts'
import type { CaseKind } from './case-kind.ts'
import { perform, type Command, type Performed, type RecordPorts } from './perform.ts'

export type OutboxPorts = RecordPorts & Pick<Ports, 'outbox'>

/**
 * A command that no queue or schedule repeats is noted first, then done, then the note is taken away. What a crash
 * leaves in between, reconcile takes up.
 * @param work `keep` leaves the note: what is still to be done is reconcile's
 */
export const withNote = async <R>(
  ports: Pick<Ports, 'clock' | 'outbox'>,
  note: { readonly commandId: string; readonly stream: StreamId },
  work: (keep: () => void) => Promise<R>,
): Promise<R> => {
  await ports.outbox.put({ ...note, at: ports.clock.now() })
  let isKept = false
  const result = await work(() => {
    isKept = true
  })
  if (!isKept) await ports.outbox.remove(note.commandId)
  return result
}

/**
 * One command on one stream: noted, committed, its acts done. A letter that may have gone, or goes later, leaves the
 * note: the decision is made, and reconcile looks again.
 * @param acts beside waits and list entry: letters answered at once, workflow starts; safe to repeat. `left`: what
 * is still to be done is reconcile's
 * @throws TooBusy when others wrote to the stream all the while
 */
export const performNoted = <S, E extends BaseEvent>(
  ports: OutboxPorts,
  kind: CaseKind<S, E>,
  stream: StreamId,
  command: Command<S, E>,
  acts: (stream: StreamId, commandId: string) => Promise<'left' | void>,
): Promise<Performed<S, E>> =>
  withNote(ports, { commandId: command.id, stream }, async (keep) => {
    const performed = await perform(ports, kind, stream, command)
    if (performed.outcome !== 'committed' && performed.outcome !== 'repeated') return performed
    const rest = await acts(stream, command.id).catch((error: unknown) => {
      if (isForLater(error)) return 'left'
      throw error
    })
    if (rest === 'left') keep()
    return performed
  })
