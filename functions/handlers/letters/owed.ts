import type { BaseEvent } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { loadCase } from '../record/perform.ts'
import { passesGate } from './answer-gate.ts'
import type { LetterComposer } from './letter-composer.ts'
import { letterKeyOf } from './letter-sheet.ts'
import { sendOnce, type LetterPorts } from './send-once.ts'

/**
 * Sends the answers a case owes at once: receipts, notices, decisions on more time. Safe to repeat; whoever
 * made the commit does it, and what a crash left is taken up by the repetition of its command.
 * @returns the keys of those held back, while answers are stopped
 */
export const sendOwed = async <S, E extends BaseEvent>(
  ports: LetterPorts,
  composer: LetterComposer<S, E>,
  stream: StreamId,
): Promise<ReadonlySet<string>> => {
  const loaded = await loadCase(ports, composer.kind, stream)
  const held = new Set<string>()
  // Others know the case as it was before the first letter went.
  let read: typeof loaded | undefined = loaded
  for (const order of composer.owed(loaded.state)) {
    if (await passesGate(ports, stream, order)) {
      await sendOnce(ports, composer, stream, order, read)
      read = undefined
    } else held.add(letterKeyOf(ports, stream, order))
  }
  return held
}
