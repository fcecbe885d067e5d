import { outdateReport } from '../../domain/year-run/decide.ts'
import { noteCorrection } from '../../domain/year-run/corrections.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { accept } from '../../domain/base/stream.ts'
import { runStream, reviewStream, type StreamId } from '../../domain/base/stream-id.ts'
import { runCase, reviewCase } from '../streams/cases.ts'
import { perform, type RecordPorts, loadCase } from '../record/perform.ts'
import { reviewComposer } from '../letters/composers.ts'
import { sendOnce, type LetterPorts } from '../letters/send-once.ts'

const actor = (name: string) => ({ by: 'system', name }) as const

/**
 * Tells the run what a review changed of its report: a correction of the fact check makes an open report anew;
 * after the freeze it, and a new assessment, call for a correction sheet. Safe to repeat: each is told once.
 */
export const tellReport = async (ports: RecordPorts, review: ReviewState): Promise<void> => {
  const { agreement, year } = review
  if (agreement === null) return
  for (const { mailKey, decided } of review.factChecks)
    if (decided !== null)
      await perform(ports, runCase, runStream(year), {
        id: `fact-check/${agreement}/${mailKey}`,
        actor: actor('OutdateReport'),
        decide: (run) =>
          run.frozen === null
            ? outdateReport(run, agreement)
            : decided.as === 'corrected'
              ? noteCorrection(run, agreement, { is: 'fact-check', mailKey }, decided.at)
              : accept(),
      })
  for (const { version, at } of review.finals)
    if (version > 1)
      await perform(ports, runCase, runStream(year), {
        id: `assessed/${agreement}/${version}`,
        actor: actor('NoteCorrection'),
        decide: (run) => noteCorrection(run, agreement, { is: 'assessment', version }, at),
      })
}

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
