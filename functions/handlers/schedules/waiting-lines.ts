import { addWorkingDays, pressingHearingDay } from '../../domain/base/calendar.ts'
import { printDate } from '../../domain/base/danish.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import { isBefore, todayInCopenhagen } from '../../domain/base/time.ts'
import { waitingOf, type Waiting } from '../../domain/casefile/waiting.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { openTasks } from '../../domain/year-run/open-tasks.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import type { WaitingCase } from '../../mail/ministry-mails.ts'
import type { Ports } from '../../ports/ports.ts'
import { isPlain, lineText, type Task } from '../../web/tasks.ts'
import { municipalityName, targetWord } from '../../web/words.ts'
import { contactsOf } from '../../domain/casefile/recipients.ts'
import { loadCase } from '../record/perform.ts'
import { reviewCase } from '../streams/cases.ts'

/** One line of the daily mails: what waits, for whom, and how it is told. */
export interface WaitingLine extends Waiting, WaitingCase {
  /** Questions raised by one observation are one line; null for everything else. */
  readonly matter: Task['matter']
  /** A held mail: untouched for two working days it is told apart (A4). Null for everything else. */
  readonly held: { readonly receivedOn: string; readonly why: string } | null
}

/** `sidste år: mål 1 ikke opfyldt`: what was not met the year before; empty when there is nothing to say. */
const verdictsBefore = async (
  ports: Pick<Ports, 'streams'>,
  { agreement, year }: ReviewState,
): Promise<string> => {
  if (agreement === null) return ''
  const before = await loadCase(ports, reviewCase, reviewStream(year - 1, agreement))
  const missed = (before.state.finals.at(-1)?.assessment.targets ?? []).filter(
    ({ verdict }) => verdict !== 'met',
  )
  return missed.length === 0
    ? ''
    : `sidste år: ${missed.map((target) => `${targetWord(target.key)} ${verdictLabels.da[target.verdict]}`).join(', ')}`
}

/** What the reviews to be approved missed the year before, as far as that is on record. */
export const lastYears = async (
  ports: Pick<Ports, 'streams'>,
  reviews: readonly ReviewState[],
  years: readonly number[],
): Promise<ReadonlyMap<string, string>> => {
  const told = reviews.filter(({ status, year }) => status === 'recommended' && years.includes(year - 1))
  return new Map(
    await Promise.all(
      told.map(
        async (state) => [`${state.year}/${state.agreement}`, await verdictsBefore(ports, state)] as const,
      ),
    ),
  )
}

/** The lines of a task, one for each whose turn it is. */
export const linesOf = (
  task: Task,
  on: string,
  lastYear: ReadonlyMap<string, string>,
): readonly WaitingLine[] => {
  const { agreement, held, kind, matter, since, whose, year } = task
  const approving = kind === 'approve'
  const pressing = approving && year !== null ? pressingHearingDay(year, on) : null
  return waitingOf(task).map((waiting) => ({
    ...waiting,
    municipality: whose,
    what: lineText(task),
    recommendation: '',
    due: pressing === null ? '' : `høring skal sendes senest ${printDate(pressing)}`,
    lastYear: approving ? (lastYear.get(`${year}/${agreement}`) ?? '') : '',
    withoutRemarks: isPlain(task),
    matter,
    held: held === null ? null : { receivedOn: todayInCopenhagen(since), why: held },
  }))
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
  const early = isBefore(today, addWorkingDays(run.requestOn, -releaseAskedDays))
  if (early || !openTasks(run, today, null).some(({ kind }) => kind === 'release')) return null
  const left = run.asked.filter((entry) => !run.released.includes(entry.agreement))
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
