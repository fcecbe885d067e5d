import * as z from 'zod'
import { addWorkingDays } from '../../../domain/base/calendar.ts'
import type { Directory } from '../../../domain/directory/directory.ts'
import { experiencesCaseworker } from '../../../domain/year-run/experience-letter.ts'
import type { RunState } from '../../../domain/year-run/state.ts'
import { planRun } from '../../../domain/year-run/plan.ts'
import { isBefore, todayInCopenhagen } from '../../../domain/base/time.ts'
import type { Head, Ports } from '../../../ports/ports.ts'
import { experiencesWords, heldReasonWords, municipalityName } from '../../../web/words.ts'
import { runCase } from '../../streams/run-case.ts'
import { inboxesThatMayWait } from '../../streams/waiting-cases.ts'
import { contactsOf } from '../../../domain/casefile/recipients.ts'
import { loadCase } from '../../record/perform.ts'
import { experiencesWaiting } from '../../report/experiences-waiting.ts'
import { waitingLine, type WaitingLine } from './waiting-line.ts'

/** Mail that belongs to no case yet waits for any caseworker. */
export const waitingInInboxes = async (
  ports: Pick<Ports, 'streams'>,
  heads: readonly Head[],
): Promise<readonly WaitingLine[]> => {
  const inboxes = await inboxesThatMayWait(ports, heads)
  return inboxes
    .flatMap(({ mails }) => mails)
    .filter((mail) => mail.decision === null)
    .map((mail) => {
      const receivedOn = todayInCopenhagen(mail.receivedAt)
      return waitingLine({
        waitsFor: 'caseworker',
        sinceOn: receivedOn,
        municipalities: [],
        municipality: mail.likely.length === 0 ? 'Uden sag' : `Uden sag (måske ${mail.likely.join(', ')})`,
        what: `mail fra ${mail.private?.from ?? 'ukendt'} er tilbageholdt`,
        held: { receivedOn, why: heldReasonWords(mail.reason) },
      })
    })
}

const runHeadSchema = z.object({ year: z.int(), status: z.string() })

/** Runs, those whose report is frozen too: its corrections and the year's experiences may still wait. */
export const allRuns = async (
  ports: Pick<Ports, 'streams'>,
  heads: readonly Head[],
): Promise<readonly RunState[]> => {
  const runs = await Promise.all(heads.map(({ stream }) => loadCase(ports, runCase, stream)))
  return runs.map(({ state }) => state).filter((run) => run.status !== 'none')
}

/** Years whose reviews may still wait for somebody: a review can go on after its report is frozen. */
export const yearsOf = (heads: readonly Head[]): readonly number[] =>
  heads.flatMap(({ summary }) => {
    const read = runHeadSchema.safeParse(summary)
    return read.success ? [read.data.year] : []
  })

/** The joint report before its approval. */
export const waitingInRun = (run: RunState, now: string): readonly WaitingLine[] => {
  const plan = planRun(run, 0, now)
  if (plan.next !== 'wait' || plan.kind !== 'report-approval' || run.report === null) return []
  return [
    waitingLine({
      waitsFor: 'approver',
      sinceOn: todayInCopenhagen(run.report.compiledAt),
      municipalities: [],
      municipality: `Året ${run.year}`,
      what: 'den samlede afrapportering skal godkendes',
    }),
  ]
}

/** Corrections of a frozen report: to be written, or to be approved by another person. */
export const waitingCorrections = ({ year, corrections }: RunState): readonly WaitingLine[] => {
  const { due, proposed } = corrections
  const shared = { municipalities: [], municipality: `Året ${year}` }
  if (proposed !== null)
    return [
      waitingLine({
        ...shared,
        waitsFor: 'approver',
        sinceOn: todayInCopenhagen(proposed.at),
        notBy: [proposed.by],
        what: `rettelsesblad nr. ${proposed.number} skal godkendes`,
      }),
    ]
  const [first] = due
  return first === undefined
    ? []
    : [
        waitingLine({
          ...shared,
          waitsFor: 'caseworker',
          sinceOn: todayInCopenhagen(first.at),
          what: 'den samlede afrapportering skal rettes',
        }),
      ]
}

/** The year's experiences: to be made cards of, then the letter with them to be released. */
export const waitingExperiences = async (
  ports: Pick<Ports, 'archive' | 'digest' | 'heads' | 'streams'>,
  run: RunState,
  directory: Directory,
): Promise<readonly WaitingLine[]> => {
  const waiting = await experiencesWaiting(ports, run)
  return waiting === null
    ? []
    : [
        waitingLine({
          waitsFor: waiting.for,
          caseworker: waiting.for === 'caseworker' ? experiencesCaseworker(directory, run.year).id : null,
          sinceOn: waiting.sinceOn,
          municipalities: [],
          municipality: `Året ${run.year}`,
          what: experiencesWords(waiting.for, run.year, waiting.count),
        }),
      ]
}

/** So many working days before the requests go, their release is asked for; from the day itself of deputies too. */
const releaseAskedDays = 10

/** What the mail about the release says: how many are ready, and what others lack. */
export interface ReleaseWaiting {
  readonly year: number
  readonly ready: number
  readonly lacking: readonly string[]
  /** From the day the requests should have gone. */
  readonly overdue: boolean
}

/** The release that is to be made; null when it is too early or nothing is left to release. */
export const releaseWaitingIn = async (
  ports: Pick<Ports, 'contacts'>,
  run: RunState,
  today: string,
): Promise<ReleaseWaiting | null> => {
  const left = run.asked.filter((entry) => !run.released.includes(entry.agreement))
  const releasing = run.status === 'prepared' || run.status === 'running'
  const early = isBefore(today, addWorkingDays(run.requestOn, -releaseAskedDays))
  if (!releasing || early || left.length === 0) return null
  const lacking: string[] = []
  for (const entry of left) {
    const contacts = await ports.contacts.of(entry.agreement)
    const without = entry.municipalities.filter(
      (code) => contactsOf(contacts, code, run.requestOn, 'contact', 'deputy').length === 0,
    )
    if (without.length > 0) lacking.push(`${without.map(municipalityName).join(', ')}: ingen kontakt`)
  }
  return {
    year: run.year,
    ready: left.length - lacking.length,
    lacking,
    overdue: !isBefore(today, run.requestOn),
  }
}
