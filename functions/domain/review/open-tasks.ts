import { addWorkingDays, workingDaysFor, latestHearingDay } from '../base/calendar.ts'
import { isAfter, laterInstant } from '../base/time.ts'
import {
  asking,
  contactTasks,
  erasureTasks,
  heldMailRoles,
  isOpenOn,
  mailTasks,
  ministryTurn,
  openTask,
  type OpenTask,
  type TaskKind,
  type Turn,
} from '../casefile/open-task.ts'
import { moneyHearingOverAt, openMoney } from './slices/money.ts'
import { dueOnOf, openAbsences } from './collection.ts'
import { reviewCommands } from './commands.ts'
import { openDisputes } from './slices/disputes.ts'
import { openCorrections } from './slices/facts.ts'
import { provisionalAnswers, takesHearingAnswers, hearingAnswers } from './slices/hearing.ts'
import { openContactWishes } from './slices/contacts.ts'
import { openObjections } from './slices/objections.ts'
import { openPromises, promisesDueOn } from './slices/promises.ts'
import { hearingToConclude, type ReviewWaitKind } from './plan.ts'
import { openProposals } from './slices/proposals.ts'
import { commentsToShare } from './slices/comments.ts'
import type { ExtensionRequest } from './slices/extensions.ts'
import type { ReviewState } from './state.ts'
import { mayHappen, type ReviewStatus } from './status.ts'
import { hasUndecidedMail } from './slices/proposals.ts'
import { unreadWords } from './slices/unread-prose.ts'

const ask = asking(reviewCommands.rolesFor)

/** What a review can wait for from the ministry, and the plan's wait that lasts as long; null: none, it is beside. */
export const reviewHolds = {
  'held-mail': 'held-mail',
  'unplaced-mail': 'held-mail',
  proposal: 'held-mail',
  'hearing-answer': 'held-mail',
  recommend: 'recommendation',
  approve: 'approval',
  comments: 'comments',
  objection: 'superior',
  dispute: 'dispute',
  contact: 'contact',
  words: null,
  extension: null,
  'hearing-comment': null,
  reopen: null,
  'fact-check': null,
  'new-contact': null,
  absence: null,
  promise: null,
  money: null,
  erasure: null,
} as const satisfies Partial<Record<TaskKind, ReviewWaitKind | null>>
export type ReviewTaskKind = keyof typeof reviewHolds
export type ReviewTask = OpenTask<ReviewTaskKind>

/** Of a held mail: a colleague's answer in a hearing that is over, which no contact has confirmed. */
export const unconfirmedAnswer = 'hearing'

/** More time than the caseworker may give is the approver's to give; the caseworker may still refuse it. */
const extensionTask = (state: ReviewState, { mailKey, party, until, requestedAt }: ExtensionRequest) => {
  const most = addWorkingDays(dueOnOf(state, party), workingDaysFor.extensionByCaseworker)
  return ask('extension', 'decide-extension', {
    turn: until !== null && isAfter(until, most) ? ['caseworker', 'approver'] : ['caseworker'],
    since: requestedAt,
    mailKey,
    party,
  })
}

const ofMail = (state: ReviewState): readonly ReviewTask[] => [
  ...mailTasks(state),
  ...openProposals(state).map(({ mail, index }) =>
    ask('proposal', 'decide-proposal', {
      since: mail.receivedAt,
      mailKey: mail.mailKey,
      party: mail.party,
      about: String(index),
    }),
  ),
  ...unreadWords(state).map(({ mailKey, party, receivedAt }) =>
    ask('words', 'mark-read', { since: receivedAt, mailKey, party }),
  ),
  ...state.extensions
    .filter(({ decided }) => decided === null)
    .map((request) => extensionTask(state, request)),
]

const ofDraft = (state: ReviewState): readonly ReviewTask[] => {
  const { draft, recommendation, status } = state
  if (draft === null) return []
  const until = latestHearingDay(state.year)
  if (mayHappen(status, 'Recommended'))
    return [ask('recommend', 'recommend', { since: state.sentBack?.at ?? draft.madeAt, until })]
  return recommendation !== null && mayHappen(status, 'Approved')
    ? [
        ask('approve', 'approve', {
          turn: ['approver'],
          notBy: [recommendation.by],
          since: recommendation.at,
          until,
        }),
      ]
    : []
}

/**
 * Answers in a hearing: those to be marked at once; when it is over those of colleagues that nobody has confirmed,
 * and then, with nothing undecided, the comments: until then more may come.
 */
const ofHearing = (state: ReviewState): readonly ReviewTask[] => {
  if (!takesHearingAnswers(state)) return []
  const concluded = hearingToConclude(state)
  const answers = hearingAnswers(state)
  return [
    ...(concluded === null
      ? []
      : provisionalAnswers(state).map(({ mailKey, party, receivedAt }) =>
          openTask({
            kind: 'held-mail',
            roles: heldMailRoles,
            since: laterInstant(concluded.overAt, receivedAt),
            mailKey,
            party,
            about: unconfirmedAnswer,
          }),
        )),
    ...answers
      .filter(({ answer }) => answer === 'unmarked')
      .map(({ mailKey, party, at }) =>
        ask('hearing-answer', 'mark-hearing-answer', { since: at, mailKey, party }),
      ),
    ...(concluded?.comments === true && !concluded.undecided
      ? [ask('comments', 'answer-comments', { since: concluded.overAt })]
      : []),
  ]
}

/** What the superior decides, with both sides' words on the page. */
const ofObjections = (state: ReviewState): readonly ReviewTask[] =>
  openObjections(state).map(({ mailKey, party, since }) =>
    ask('objection', 'decide-objection', { turn: ['head-of-department'], since, mailKey, party }),
  )

const ofReopening = (state: ReviewState): readonly ReviewTask[] => {
  const { reopen } = state
  if (reopen === null || reopen.decided) return []
  const mail = state.mails.find(({ mailKey }) => mailKey === reopen.mailKey)
  return [ask('reopen', 'reopen', { since: mail?.receivedAt ?? state.lastAt, mailKey: reopen.mailKey })]
}

const ofRemarks = (state: ReviewState): readonly ReviewTask[] => [
  ...openCorrections(state).map(({ mailKey, party, at }) =>
    ask('fact-check', 'decide-fact-check', { since: at, mailKey, party }),
  ),
  ...openDisputes(state).map(({ mailKey, party, assumption, receivedAt }) =>
    ask('dispute', 'answer-dispute', { since: receivedAt, mailKey, party, about: assumption }),
  ),
]

/** Who is written to, where a person must look. */
const ofContacts = (state: ReviewState): readonly ReviewTask[] => [
  ...openContactWishes(state).map(({ mailKey, party, receivedAt }) =>
    ask('new-contact', 'enter-contact', { since: receivedAt, mailKey, party }),
  ),
  ...contactTasks(state.unreachable, reviewCommands.rolesFor('note')),
  // The request has gone to the deputy by itself; somebody looks whether that is enough (MAIL 134).
  ...openAbsences(state).map(({ mailKey, party, receivedAt }) =>
    ask('absence', 'note', { since: receivedAt, mailKey, party }),
  ),
]

/** Comments to tell on while the others can still answer (Edge case 67), and the ministry's own part. */
const besideJudging = (state: ReviewState): readonly ReviewTask[] => [
  ...commentsToShare(state).map(({ mailKey, party, at }) =>
    ask('hearing-comment', 'share-comment', {
      since: at,
      until: state.hearing?.endsOn ?? null,
      mailKey,
      party,
    }),
  ),
  ...openPromises(state).map(({ id }) =>
    ask('promise', 'answer-promise', {
      since: state.draft?.madeAt ?? state.lastAt,
      until: promisesDueOn(state.year),
      about: id,
    }),
  ),
]

/** Decisions on money: the approver's, sent back, or with the time to comment out. */
const ofMoney = (state: ReviewState): readonly ReviewTask[] =>
  openMoney(state.money).flatMap((money): readonly ReviewTask[] => {
    const { caseId: about, since, status, draft } = money
    if (status === 'drafted')
      return [ask('money', 'approve-money', { turn: ['approver'], notBy: [draft.by], since, about })]
    const from = status === 'returned' ? since : moneyHearingOverAt(state, money)
    return from === null || (status !== 'returned' && hasUndecidedMail(state))
      ? []
      : [ask('money', 'draft-money', { since: from, about })]
  })

/** What waits, and what will by time alone: a hearing's comments when it is over. */
export const foreseenTasks = (state: ReviewState): readonly ReviewTask[] => [
  ...ofMail(state),
  ...ofDraft(state),
  ...ofHearing(state),
  ...ofObjections(state),
  ...ofReopening(state),
  ...ofRemarks(state),
  ...ofContacts(state),
  ...besideJudging(state),
  ...ofMoney(state),
  ...erasureTasks(state.mails),
]

/**
 * What a review waits for from the ministry's people, by its record. The role and the two-person rule are checked
 * again when it is decided.
 * @param today Danish calendar date
 */
export const openTasks = (state: ReviewState, today: string): readonly ReviewTask[] =>
  foreseenTasks(state).filter(isOpenOn(today))

/** Whose turn it is where nothing waits for the ministry. */
const otherTurns: Readonly<Record<ReviewStatus, Turn>> = {
  none: 'nobody',
  'not-asked': 'nobody',
  preparing: 'system',
  collecting: 'municipality',
  collected: 'system',
  drafted: 'system',
  recommended: 'system',
  asking: 'municipality',
  approved: 'system',
  hearing: 'municipality',
  answered: 'system',
  assessed: 'nobody',
  closed: 'nobody',
  stopped: 'nobody',
}

/** Whose turn it is, for lists and pages. @param today Danish calendar date */
export const turnOf = (state: ReviewState, today: string): Turn =>
  ministryTurn(openTasks(state, today)) ?? otherTurns[state.status]
