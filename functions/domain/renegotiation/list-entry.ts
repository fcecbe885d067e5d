import { todayInCopenhagen } from '../base/time.ts'
import { listed, mailTasks, type ListedTask, type Turn } from '../casefile/open-task.ts'
import { openTasks, turnOf } from './open-tasks.ts'
import { proposalEndsOn } from './letters-due.ts'
import { affectedTargets, type RenegotiationState } from './state.ts'

/** What lists show of a renegotiation. No decision reads it. */
interface RenegotiationSummary {
  readonly agreement: string
  readonly seq: number
  readonly year: number
  readonly title: string
  readonly caseNumber: string
  readonly status: RenegotiationState['status']
  readonly outcome: string
  /** On the day of the last change. */
  readonly turn: Turn
  /** The first matter it belongs to; empty when it stands alone. */
  readonly matterId: string
  readonly matters: readonly string[]
  readonly causes: readonly string[]
  readonly municipalities: readonly string[]
  readonly targets: readonly string[]
  /** Until when the parties may answer; empty before delivery. */
  readonly dueOn: string
  /** Mails that a person decides on, here or in an inbox. */
  readonly held: number
  /** What waits for the ministry. */
  readonly tasks: readonly ListedTask[]
  readonly opened: boolean
  readonly stuck: boolean
  readonly since: string
}

export const renegotiationListEntry = (
  state: RenegotiationState,
): { list: string; sort: string; summary: Readonly<Record<string, unknown>> } => {
  const matters = state.grounds.flatMap((ground) => (ground.matterId === null ? [] : [ground.matterId]))
  const today = todayInCopenhagen(state.lastAt)
  const summary: RenegotiationSummary = {
    agreement: state.agreement ?? '',
    seq: state.seq,
    year: state.year,
    title: state.content?.title ?? '',
    caseNumber: state.content?.caseNumber ?? '',
    status: state.status,
    outcome: state.outcome ?? '',
    turn: turnOf(state, today),
    matterId: matters[0] ?? '',
    matters,
    causes: [...new Set(state.grounds.map((ground) => ground.cause))],
    municipalities: state.parties.map((party) => party.municipality),
    targets: affectedTargets(state),
    dueOn: proposalEndsOn(state) ?? '',
    held: mailTasks(state).length,
    tasks: listed(openTasks(state, today)),
    opened: state.opened !== null,
    stuck: state.attempts.lost,
    since: state.lastAt,
  }
  return { list: 'renegotiations', sort: `${state.agreement ?? ''}#${state.seq}`, summary: { ...summary } }
}
