import type { BaseEvent } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import { LetterUncertain } from '../../../workflows/errors.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { perform, type Command, type Performed, type RecordPorts } from '../record/perform.ts'

/**
 * A command that no queue or schedule repeats: what is to be done is noted first, then committed, then its acts
 * are done, then the note is taken away. What a crash leaves in between, reconcile takes up (DESIGN.md 2); so it
 * does with a letter that may have gone: the decision is made, and the note stays.
 * @param acts beside waits and head: letters answered at once, workflow starts; safe to repeat. `left`: what is
 * still to be done is reconcile's, and the note stays for it
 * @throws TooBusy when others wrote to the stream all the while
 */
export const decideOn = async <S, E extends BaseEvent>(
  ports: RecordPorts & Pick<Ports, 'todos'>,
  kind: CaseKind<S, E>,
  stream: StreamId,
  command: Command<S, E>,
  acts: (stream: StreamId) => Promise<'left' | void>,
): Promise<Performed<S, E>> => {
  await ports.todos.put({ commandId: command.id, stream, at: ports.clock.now() })
  const performed = await perform(ports, kind, stream, command)
  const owesActs = performed.outcome === 'committed' || performed.outcome === 'repeated'
  const isDone = !owesActs || (await acted(acts(stream)))
  if (isDone) await ports.todos.remove(command.id)
  return performed
}

const acted = (acts: Promise<'left' | void>): Promise<boolean> =>
  acts.then(
    (rest) => rest !== 'left',
    (error: unknown) => {
      if (error instanceof LetterUncertain) return false
      throw error
    },
  )
