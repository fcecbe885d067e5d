import {
  asking,
  contactTasks,
  erasureTasks,
  isOpenOn,
  mailTasks,
  ministryTurn,
  type OpenTask,
  type TaskKind,
  type Turn,
} from '../casefile/open-task.ts'
import { renegotiationCommands } from './commands.ts'
import type { RenegotiationWaitKind } from './plan.ts'
import type { StatedGround } from './slices/question.ts'
import {
  openCounters,
  unmarkedAnswers,
  type RenegotiationState,
  mayHappen,
  type RenegotiationStatus,
} from './state.ts'

const ask = asking(renegotiationCommands.rolesFor)

/** What a renegotiation can wait for from the ministry, and the plan's wait that lasts as long; null: none. */
export const renegotiationHolds = {
  'held-mail': 'held-mail',
  'unplaced-mail': 'held-mail',
  contact: 'contact',
  matter: 'question',
  'rider-draft': 'proposal',
  'rider-approval': 'approval',
  'counter-proposal': 'counter-proposal',
  'proposal-answer': 'held-mail',
  'wish-taken-back': null,
  erasure: null,
} as const satisfies Partial<Record<TaskKind, RenegotiationWaitKind | null>>
export type RenegotiationTaskKind = keyof typeof renegotiationHolds
export type RenegotiationTask = OpenTask<RenegotiationTaskKind>

/** The ground whose matter the question is decided with: the last that joined it; null when it stands alone. */
export const matterGround = (
  state: RenegotiationState,
): (StatedGround & { readonly matterId: string }) | null => {
  const ground = state.grounds.findLast(({ matterId }) => matterId !== null)
  return ground === undefined || ground.matterId === null ? null : { ...ground, matterId: ground.matterId }
}

/** A question that no observation shares is a matter of its own. */
export const singlePrefix = 'sag'
export const singleMatter = (agreement: string, seq: number): string => `${singlePrefix}:${agreement}:${seq}`

/** One decision opens or declines all questions of a matter; a question has waited no longer than its matter. */
const matterTask = (state: RenegotiationState): RenegotiationTask => {
  const ground = matterGround(state)
  return ask('matter', 'open-renegotiation', {
    turn: ['approver'],
    since: ground?.at ?? state.raisedAt,
    about: ground?.matterId ?? singleMatter(state.agreement ?? '', state.seq),
  })
}

/** Two different persons, neither the drafter, one an approver: a colleague first, then the approver. */
const ofApproval = ({ proposal, lastAt }: RenegotiationState): readonly RenegotiationTask[] => {
  if (proposal === null) return []
  const [first] = proposal.approvals
  const approval = {
    since: lastAt,
    about: proposal.subject,
    notBy: [proposal.draftedBy, ...proposal.approvals.map(({ by }) => by)],
  }
  const asked = (more: Partial<RenegotiationTask>) => [
    ask('rider-approval', 'approve-proposal', { ...approval, ...more }),
  ]
  if (first === undefined) return asked({})
  return asked(
    first.approver ? { turn: ['approver', 'caseworker'] } : { turn: ['approver'], roles: ['approver'] },
  )
}

const ofAnswers = (state: RenegotiationState): readonly RenegotiationTask[] => [
  ...openCounters(state).map(({ mailKey, party, at }) =>
    ask('counter-proposal', 'draft-proposal', { since: at, mailKey, party }),
  ),
  ...unmarkedAnswers(state).map(({ mailKey, party, at }) =>
    ask('proposal-answer', 'mark-answer', { since: at, mailKey, party }),
  ),
]

const ofStatus = (state: RenegotiationState): readonly RenegotiationTask[] => {
  switch (state.status) {
    case 'raised':
      return [matterTask(state)]
    case 'opened':
      return [ask('rider-draft', 'draft-proposal', { since: state.opened?.at ?? state.lastAt })]
    case 'drafted':
      return ofApproval(state)
    case 'approved':
    case 'proposed':
      return ofAnswers(state)
    case 'none':
    case 'agreed':
    case 'ending':
    case 'settled':
      return []
    default:
      return state.status satisfies never
  }
}

const ofWish = ({
  status,
  wishTakenBack,
  mails,
  lastAt,
}: RenegotiationState): readonly RenegotiationTask[] =>
  wishTakenBack === null || !mayHappen(status, 'Withdrawn')
    ? []
    : [
        ask('wish-taken-back', 'record-withdrawal', {
          since: mails.find(({ mailKey }) => mailKey === wishTakenBack.mailKey)?.receivedAt ?? lastAt,
          ...wishTakenBack,
        }),
      ]

/** What waits; nothing here opens by time alone. */
const foreseenTasks = (state: RenegotiationState): readonly RenegotiationTask[] => [
  ...ofWish(state),
  ...mailTasks(state),
  ...contactTasks(state.unreachable, ['caseworker', 'approver']),
  ...ofStatus(state),
  ...erasureTasks(state.mails),
]

/** What a renegotiation waits for from the ministry's people, by its record. @param today Danish calendar date */
export const openTasks = (state: RenegotiationState, today: string): readonly RenegotiationTask[] =>
  foreseenTasks(state).filter(isOpenOn(today))

/** Whose turn it is where nothing waits for the ministry. */
const otherTurns: Readonly<Record<RenegotiationStatus, Turn>> = {
  none: 'nobody',
  raised: 'system',
  opened: 'system',
  drafted: 'system',
  approved: 'municipality',
  proposed: 'municipality',
  agreed: 'system',
  ending: 'system',
  settled: 'nobody',
}

/** Whose turn it is, for lists and pages. @param today Danish calendar date */
export const turnOf = (state: RenegotiationState, today: string): Turn =>
  ministryTurn(openTasks(state, today)) ?? otherTurns[state.status]
