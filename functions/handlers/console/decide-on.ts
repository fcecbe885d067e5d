import type { BaseEvent } from '../../domain/stream.ts'
import type { StreamId } from '../../domain/stream-id.ts'
import type { Ports } from '../../ports.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { perform, type Command, type Performed, type RecordPorts } from '../record/perform.ts'

/**
 * A command that no queue or schedule repeats: what is to be done is noted first, then committed, then its acts
 * are done, then the note is taken away. What a crash leaves in between, reconcile takes up (DESIGN.md 2).
 * @param acts beside waits and head: letters answered at once, workflow starts; safe to repeat
 */
export const decideOn = async <S, E extends BaseEvent>(
  ports: RecordPorts & Pick<Ports, 'todos'>,
  kind: CaseKind<S, E>,
  stream: StreamId,
  command: Command<S, E>,
  acts: (stream: StreamId) => Promise<void>,
): Promise<Performed<S, E>> => {
  await ports.todos.put({ commandId: command.id, stream, at: ports.clock.now() })
  const performed = await perform(ports, kind, stream, command)
  if (performed.outcome === 'committed' || performed.outcome === 'repeated') await acts(stream)
  await ports.todos.remove(command.id)
  return performed
}
