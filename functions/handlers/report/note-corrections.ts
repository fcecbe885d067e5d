import { outdateReport } from '../../domain/year-run/decide.ts'
import { noteCorrection } from '../../domain/year-run/decide-correction.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { accept } from '../../domain/base/stream.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { runCase } from '../streams/run-case.ts'
import { perform, type RecordPorts } from '../record/perform.ts'

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
