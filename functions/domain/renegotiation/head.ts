import { openErasures } from '../casefile/erasures.ts'
import { heldMails } from '../casefile/mails.ts'
import { undecidedUnplaced } from '../casefile/unplaced-mails.ts'
import { planRenegotiation, renegotiationMinistryWaits } from './plan.ts'
import { proposalEndsOn } from './proposal-end.ts'
import { affectedTargets, openCounters, type RenegotiationState } from './state.ts'
import { hasUndecidedMail } from './undecided-mail.ts'

/** Whose turn it is, for lists and daily mails. */
type RenegotiationTurn = 'municipality' | 'caseworker' | 'approver' | 'system' | 'nobody'

const renegotiationTurn = (state: RenegotiationState): RenegotiationTurn => {
  if (hasUndecidedMail(state) || state.unreachable.length > 0) return 'caseworker'
  switch (state.status) {
    case 'raised':
    case 'drafted':
      return 'approver'
    case 'opened':
      return 'caseworker'
    case 'approved':
    case 'proposed': {
      const plan = planRenegotiation(state, state.lastAt)
      const ministry: readonly string[] = renegotiationMinistryWaits
      return plan.next === 'wait' && ministry.includes(plan.kind) ? 'caseworker' : 'municipality'
    }
    case 'agreed':
    case 'ending':
      return 'system'
    case 'none':
    case 'settled':
      return 'nobody'
    default:
      return state.status satisfies never
  }
}

/** What lists show of a renegotiation. No decision reads it. */
interface RenegotiationSummary {
  readonly agreement: string
  readonly seq: number
  readonly year: number
  readonly title: string
  readonly caseNumber: string
  readonly status: RenegotiationState['status']
  readonly outcome: string
  readonly turn: RenegotiationTurn
  /** The first matter it belongs to; empty when it stands alone. */
  readonly matterId: string
  readonly matters: readonly string[]
  readonly causes: readonly string[]
  readonly municipalities: readonly string[]
  readonly targets: readonly string[]
  /** Until when the parties may answer; empty before delivery. */
  readonly dueOn: string
  readonly held: number
  readonly counterProposals: number
  /** Erasures of mails that another person is to decide. */
  readonly erasures: number
  readonly opened: boolean
  /** The municipality takes its wish back: a person records it, whatever else the question waits for. */
  readonly wishTakenBack: boolean
  readonly stuck: boolean
  readonly since: string
}

export const renegotiationHead = (
  state: RenegotiationState,
): { list: string; sort: string; summary: Readonly<Record<string, unknown>> } => {
  const matters = state.grounds.flatMap((ground) => (ground.matterId === null ? [] : [ground.matterId]))
  const summary: RenegotiationSummary = {
    agreement: state.agreement ?? '',
    seq: state.seq,
    year: state.year,
    title: state.content?.title ?? '',
    caseNumber: state.content?.caseNumber ?? '',
    status: state.status,
    outcome: state.outcome ?? '',
    turn: renegotiationTurn(state),
    matterId: matters[0] ?? '',
    matters,
    causes: [...new Set(state.grounds.map((ground) => ground.cause))],
    municipalities: state.parties.map((party) => party.municipality),
    targets: affectedTargets(state),
    dueOn: proposalEndsOn(state) ?? '',
    held: heldMails(state.mails).length + undecidedUnplaced(state.unplaced).length,
    counterProposals: openCounters(state).length,
    erasures: openErasures(state.mails).length,
    opened: state.opened !== null,
    wishTakenBack: state.wishTakenBack !== null,
    stuck: state.attempts.lost,
    since: state.lastAt,
  }
  return { list: 'renegotiations', sort: `${state.agreement ?? ''}#${state.seq}`, summary: { ...summary } }
}
