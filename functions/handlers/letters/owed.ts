import type { LetterOrder } from '../../domain/casework/letters.ts'
import type { StreamId } from '../../domain/stream-id.ts'
import { loadCase } from '../record/perform.ts'
import { withDesk } from './desks.ts'
import { sendOnce, type LetterPorts } from './send-once.ts'

/**
 * Sends the answers a case owes at once: receipts, notices, decisions on more time. Safe to repeat; whoever
 * made the commit does it, and what a crash left is taken up by the repetition of its command.
 */
export const performOwedLetters = (ports: LetterPorts, stream: StreamId): Promise<readonly LetterOrder[]> =>
  withDesk(stream, async (kind, desk) => {
    const loaded = await loadCase(ports, kind, stream)
    const owed = desk.owed(loaded.state)
    for (const [index, order] of owed.entries())
      await sendOnce(ports, kind, desk, stream, order, index === 0 ? loaded : undefined)
    return owed
  })
