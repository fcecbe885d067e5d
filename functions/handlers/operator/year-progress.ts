import * as z from 'zod'
import { runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { entrySchema, entryTurn } from '../../domain/casefile/open-task.ts'
import { experienceLetters, isReleased } from '../../domain/year-run/experience-letter.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { Ports } from '../../ports/ports.ts'
import { runCase } from '../streams/run-case.ts'
import { loadCase } from '../record/perform.ts'
import { readExperiences } from '../report/experience-letter.ts'
import { experiencesWaiting } from '../report/experiences-waiting.ts'
import { makeYearSummary } from './year-summary.ts'

const renegotiationListEntry = z.object({ status: z.string() })

/** Are the year's experiences still to go out? Where nothing is shared there is no letter. */
const isLetterDue = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'listEntries' | 'streams'>,
  run: RunState,
): Promise<boolean> => {
  if ((await experiencesWaiting(ports, run)) !== null) return true
  if (run.experiences.released === null || experienceLetters(run).length > 0) return false
  return isReleased(run, (await readExperiences(ports, run)).letter)
}

/** How far a year has come: what a live display shows, and whether there is nothing left to play. */
export const makeYearProgress =
  (ports: Pick<Ports, 'streams' | 'register' | 'clock' | 'listEntries' | 'digest' | 'archive'>) =>
  async ({ year }: { readonly year: number }) => {
    const today = todayInCopenhagen(ports.clock.now())
    const { state } = await loadCase(ports, runCase, runStream(year))
    const [reviews, renegotiations] = await Promise.all([
      ports.listEntries.list(`reviews-${year}`),
      ports.listEntries.list('renegotiations'),
    ])
    const open = renegotiations.filter((entry) => {
      const summary = renegotiationListEntry.safeParse(entry.summary)
      return !summary.success || summary.data.status !== 'settled'
    })
    return {
      run: state.status,
      reviews: reviews.map(({ summary }) => ({
        ...summary,
        turn: entryTurn(entrySchema.parse(summary), today),
      })),
      openRenegotiations: open.length,
      over: state.status === 'frozen' && open.length === 0 && !(await isLetterDue(ports, state)),
    }
  }

/** The year's summary, for the command line and the end of the local run. */
export const makeSummariseYear =
  (ports: Pick<Ports, 'streams' | 'register' | 'clock'>) =>
  ({ year }: { readonly year: number }) =>
    makeYearSummary(ports)(year)
