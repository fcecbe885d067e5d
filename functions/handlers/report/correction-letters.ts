import { reviewStream, type StreamId } from '../../domain/base/stream-id.ts'
import { reviewCase } from '../streams/review-case.ts'
import { runCase } from '../streams/run-case.ts'
import { reviewComposer } from '../letters/composers.ts'
import { sendOnce, type LetterPorts } from '../letters/send-once.ts'
import { loadCase } from '../record/perform.ts'

/**
 * Tells every municipality of an issued correction sheet (L13b), on its own review. Safe to repeat:
 * each letter goes once.
 */
export const sendCorrectionSheets = async (ports: LetterPorts, stream: StreamId): Promise<void> => {
  const { state: run } = await loadCase(ports, runCase, stream)
  for (const { agreement, number, subject } of run.corrections.issued) {
    const review = reviewStream(run.year, agreement)
    const { state } = await loadCase(ports, reviewCase, review)
    for (const { municipality } of state.parties)
      await sendOnce(ports, reviewComposer, review, {
        kind: 'correction-sheet',
        party: municipality,
        seq: number,
        about: subject,
      })
  }
}
