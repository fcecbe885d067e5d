import { listed, mailTasks, type ListedTask, type Turn } from '../casefile/open-task.ts'
import { todayInCopenhagen } from '../base/time.ts'
import { askedUpTo, missingFields } from './asked.ts'
import { dueOnOf } from './collection.ts'
import { foreseenTasks, turnOf } from './open-tasks.ts'
import type { ReviewState } from './state.ts'
import { offeredIn } from './slices/facts.ts'

/** What lists show of a review. No decision reads it. */
export interface ReviewSummary {
  readonly agreement: string
  readonly year: number
  readonly title: string
  readonly caseNumber: string
  readonly status: ReviewState['status']
  /** On the day of the last change. */
  readonly turn: Turn
  readonly municipalities: readonly string[]
  readonly dueOn: string
  readonly missing: number
  /** Mails that a person decides on, here or in an inbox. */
  readonly held: number
  readonly extensions: number
  /** What waits for the ministry, and what will by time alone. */
  readonly tasks: readonly ListedTask[]
  readonly stuck: boolean
  readonly since: string
  /** Mails with an experience that their municipality shares. */
  readonly experiences: readonly { readonly mailKey: string; readonly receivedOn: string }[]
}

export const reviewListEntry = (
  state: ReviewState,
): { list: string; sort: string; summary: Readonly<Record<string, unknown>> } => {
  const tasks = foreseenTasks(state)
  const dueOn =
    state.parties
      .map((party) => dueOnOf(state, party.municipality))
      .sort()
      .at(-1) ?? ''
  const summary: ReviewSummary = {
    agreement: state.agreement ?? '',
    year: state.year,
    title: state.content?.title ?? '',
    caseNumber: state.content?.caseNumber ?? '',
    status: state.status,
    turn: turnOf(state, todayInCopenhagen(state.lastAt)),
    municipalities: state.parties.map((party) => party.municipality),
    dueOn,
    missing: state.parties.reduce(
      (count, party) => count + missingFields(state, party, askedUpTo(state, party.municipality)).length,
      0,
    ),
    held: mailTasks(state).length,
    extensions: tasks.filter(({ kind }) => kind === 'extension').length,
    tasks: listed(tasks),
    stuck: state.attempts.lost,
    since: state.lastAt,
    experiences: offeredIn(state).map(({ mailKey, receivedOn }) => ({ mailKey, receivedOn })),
  }
  return { list: `reviews-${state.year}`, sort: state.agreement ?? '', summary: { ...summary } }
}
