import { addWorkingDays, workingDaysFor } from '../../../domain/base/calendar.ts'
import { printDate } from '../../../domain/base/danish.ts'
import { caseworkerOf, type Directory } from '../../../domain/directory/directory.ts'
import { verdictLabels } from '../../../domain/judging/verdict-labels.ts'
import { dueOnOf } from '../../../domain/review/collection.ts'
import { pressingHearingDay } from '../../../domain/review/latest-hearing.ts'
import type { ReviewState } from '../../../domain/review/state.ts'
import { reviewStream } from '../../../domain/base/stream-id.ts'
import { isAfter, todayInCopenhagen } from '../../../domain/base/time.ts'
import { tasksOfReview } from '../../../web/review/review-tasks.ts'
import { kindWords, type Task } from '../../../web/tasks.ts'
import { heldReasonWords, municipalityNames, targetWord } from '../../../web/words.ts'
import type { Ports } from '../../../ports/ports.ts'
import { reviewCase } from '../../streams/review-case.ts'
import { reviewsThatMayWait } from '../../streams/waiting-cases.ts'
import { loadCase } from '../../record/perform.ts'
import { waitingLine, type WaitingLine } from './waiting-line.ts'

/** What waits for people in the reviews of some years. */
export const waitingInReviews = async (
  ports: Pick<Ports, 'heads' | 'streams'>,
  about: { readonly years: readonly number[]; readonly directory: Directory; readonly today: string },
): Promise<readonly WaitingLine[]> => {
  const { years, directory, today } = about
  const reviews = await reviewsThatMayWait(ports, years)
  const lines = await Promise.all(
    reviews.map(async (state) => {
      const tellsBefore = state.status === 'recommended' && years.includes(state.year - 1)
      const lastYear = tellsBefore ? await verdictsBefore(ports, state) : ''
      return linesOfReview(state, { directory, today, lastYear })
    }),
  )
  return lines.flat()
}

/** `sidste år: mål 1 ikke opfyldt`: what was not met the year before; empty when there is nothing to say. */
const verdictsBefore = async (ports: Pick<Ports, 'streams'>, state: ReviewState): Promise<string> => {
  if (state.agreement === null) return ''
  const before = await loadCase(ports, reviewCase, reviewStream(state.year - 1, state.agreement))
  const missed = (before.state.finals.at(-1)?.assessment.targets ?? []).filter(
    (target) => target.verdict !== 'met',
  )
  return missed.length === 0
    ? ''
    : `sidste år: ${missed.map((target) => `${targetWord(target.key)} ${verdictLabels.da[target.verdict]}`).join(', ')}`
}

interface About {
  readonly directory: Directory
  readonly today: string
  readonly lastYear: string
}

/** The lines of one review, from the tasks that the console shows of it. */
const linesOfReview = (state: ReviewState, about: About): readonly WaitingLine[] => {
  const { directory, today } = about
  const municipalities = state.parties.map((party) => party.municipality)
  const caseworker = caseworkerOf(directory, state.agreement ?? '', municipalities).id
  return tasksOfReview(state, { today, caseworker, href: '' }).flatMap((task) =>
    waitsForOf(state, task).map((waitsFor) =>
      lineOf(state, task, { ...about, waitsFor, caseworker, municipalities }),
    ),
  )
}

/** More time than the caseworker may give is the approver's to give; the caseworker may still refuse it. */
const waitsForOf = (state: ReviewState, task: Task): readonly WaitingLine['waitsFor'][] => {
  if (task.kind === 'approve' || task.kind === 'erasure') return ['approver']
  if (task.kind === 'money') return [task.roles.includes('approver') ? 'approver' : 'caseworker']
  if (task.kind === 'objection') return ['head-of-department']
  if (task.kind !== 'extension') return ['caseworker']
  const beyond = state.extensions.some(
    ({ decided, until, party }) =>
      decided === null &&
      until !== null &&
      isAfter(until, addWorkingDays(dueOnOf(state, party), workingDaysFor.extensionByCaseworker)),
  )
  return beyond ? ['caseworker', 'approver'] : ['caseworker']
}

const lineOf = (
  state: ReviewState,
  task: Task,
  about: About & {
    readonly waitsFor: WaitingLine['waitsFor']
    readonly caseworker: string
    readonly municipalities: readonly string[]
  },
): WaitingLine => {
  const { waitsFor, municipalities, today } = about
  const since = todayInCopenhagen(task.since)
  const approving = task.kind === 'approve'
  const judging = approving || task.kind === 'recommend'
  const pressing = approving ? pressingHearingDay(state.year, today) : null
  const held =
    task.kind === 'held-mail' ? state.mails.find((mail) => mail.receivedAt === task.since) : undefined
  return waitingLine({
    waitsFor,
    sinceOn: since,
    municipalities,
    municipality: municipalityNames(municipalities),
    caseworker: about.caseworker,
    notBy: task.notFor === null ? [] : [task.notFor],
    what: judging ? task.what : `${kindWords[task.kind]}: ${task.what}`,
    due: pressing === null ? '' : `høring skal sendes senest ${printDate(pressing)}`,
    lastYear: approving ? about.lastYear : '',
    withoutRemarks: judging && task.remarks.length === 0,
    held: held === undefined ? null : { receivedOn: since, why: heldReasonWords(held.reason) },
  })
}
