import { sendingTime } from '../../base/office-hours.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { todayInCopenhagen } from '../../base/time.ts'
import { isFootnote } from '../late-correction.ts'
import { hearingThatGoesOn, takesHearingAnswers } from '../slices/hearing.ts'
import { planReview, questionEnd } from '../plan.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import { mayHappen, type ReviewStatus } from '../status.ts'
import { unreadWords } from '../slices/unread-prose.ts'
import { roleFor, type PersonCommand } from './commands.ts'
import { openDisputes } from '../slices/disputes.ts'
import { shareComment } from './share-comment.ts'
import { answerDispute, answerPromise } from './ministrys-part.ts'
import { decideFactCheck } from './fact-check.ts'
import { decideMoney } from './money.ts'
import { declineContact, enterContact } from './new-contact.ts'
import { decideProposal } from './proposal.ts'
import { typeFigures } from './type-figures.ts'
import { decideExtension, decideHeldMail } from './while-collecting.ts'
import type { Decider } from '../../base/command.ts'
import { distinctComments, holdsFigures } from '../slices/comments.ts'
import { decideObjection, disputedAnswers } from './objections.ts'

const needed: Partial<Record<PersonCommand['do'], ReviewStatus>> = {
  recommend: 'drafted',
  approve: 'recommended',
  'send-back': 'recommended',
  'decide-objection': 'answered',
}

/** Refuses what the person may not decide, or what is no longer the state of the record. */
const objection = (state: ReviewState, command: PersonCommand, who: Decider) => {
  if (!roleFor[command.do].some((role) => who.roles.includes(role)))
    return refuse('role', `${command.do} takes one of the roles ${roleFor[command.do].join(', ')}`)
  if (state.parties.some((party) => who.barredFrom.includes(party.municipality)))
    return refuse('barred', 'the person is barred from this case (inhabilitet)')
  const status = needed[command.do]
  if (status !== undefined && state.status !== status)
    return refuse('status', `${command.do} needs the status ${status}; the review is ${state.status}`)
  if ((command.do === 'recommend' || command.do === 'approve') && openDisputes(state).length > 0)
    return refuse('dispute', 'a remark on a value the ministry observed is not answered')
  if ('subject' in command && command.subject !== state.draft?.subject)
    return refuse('superseded', 'the draft decided on is no longer the draft of the record')
  return null
}

/** One person's decision on a review, or why it is refused. */
export const decidePerson = (
  state: ReviewState,
  command: PersonCommand,
  who: Decider,
  now: string,
): Decision<ReviewEvent> => {
  const refusal = objection(state, command, who)
  if (refusal !== null) return refusal
  switch (command.do) {
    case 'decide-held-mail':
      return decideHeldMail(state, command)
    case 'decide-extension':
      return decideExtension(state, command, who)
    case 'ask':
      return ask(state, command, who, now)
    case 'recommend':
      return recommend(state, command, who)
    case 'approve':
      return state.recommendation?.by === who.id
        ? refuse('same-person', 'the one who recommended may not approve')
        : approve(state, command.subject, who)
    case 'send-back':
      return command.reason.trim() === ''
        ? refuse('reason', 'sending back takes a reason')
        : accept<ReviewEvent>({
            type: 'SentBack',
            v: 1,
            subject: command.subject,
            by: who.id,
            private: { text: command.reason },
          })
    case 'mark-hearing-answer':
      return [...(state.hearing?.answers ?? []), ...state.earlyAnswers].some(
        (answer) => answer.mailKey === command.mailKey,
      ) && takesHearingAnswers(state)
        ? accept<ReviewEvent>({
            type: 'HearingAnswerMarked',
            v: 1,
            mailKey: command.mailKey,
            as: command.as,
            by: who.id,
          })
        : refuse('unknown-mail', 'no reply of this hearing has that key')
    case 'answer-comments':
      return answerComments(state, command, who, now)
    case 'decide-objection':
      return decideObjection(state, command, who)
    case 'decide-fact-check':
      return decideFactCheck(state, command, who)
    case 'draft-money':
    case 'approve-money':
    case 'return-money':
    case 'drop-money':
      return decideMoney(state, command, who, now)
    case 'share-comment':
      return shareComment(state, command, who)
    case 'answer-promise':
      return answerPromise(state, command, who)
    case 'answer-dispute':
      return answerDispute(state, command, who)
    case 'reopen':
    case 'leave-closed':
      return decideReopening(state, command, who)
    case 'stop':
      if (command.reason.trim() === '') return refuse('reason', 'stopping a review takes a reason')
      return mayHappen(state.status, 'Stopped')
        ? accept<ReviewEvent>({ type: 'Stopped', v: 1, by: who.id, private: { text: command.reason } })
        : refuse('status', `a review that is ${state.status} cannot be stopped`)
    case 'enter-contact':
      return enterContact(state, command, who)
    case 'decline-contact':
      return declineContact(state, command, who)
    case 'decide-proposal':
      return decideProposal(state, command, who)
    case 'type-figures':
      return typeFigures(state, command, who, now)
    case 'mark-read':
      return unreadWords(state).some(({ mailKey }) => mailKey === command.mailKey)
        ? accept<ReviewEvent>({ type: 'WordsRead', v: 1, mailKey: command.mailKey, by: who.id })
        : refuse('words-read', 'no unread mail of words alone has that key')
    case 'note':
      return accept<ReviewEvent>({
        type: 'Noted',
        v: 1,
        by: who.id,
        on: todayInCopenhagen(now),
        about: command.about,
        contactId: null,
        private: { text: command.text },
      })
    default:
      return command satisfies never
  }
}

/** Approved; a hearing that runs goes on with a draft that needs none of its own, to its old end. */
const approve = (state: ReviewState, subject: string, who: Decider): Decision<ReviewEvent> => {
  const approved: ReviewEvent = { type: 'Approved', v: 1, subject, by: who.id }
  const goesOn = hearingThatGoesOn(state)
  return goesOn === null
    ? accept(approved)
    : accept<ReviewEvent>(approved, { type: 'HearingBegun', v: 1, subject, ...goesOn })
}

const ask = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'ask' }>,
  who: Decider,
  now: string,
): Decision<ReviewEvent> => {
  if (!mayHappen(state.status, 'QuestionAsked'))
    return refuse('status', `a question is asked on a draft; the review is ${state.status}`)
  if (!state.parties.some((party) => party.municipality === command.party))
    return refuse('party', 'the municipality is no party of this agreement')
  if (command.text.trim() === '' || command.keys.length === 0)
    return refuse('reason', 'a question names at least one key and says what is asked')
  return accept<ReviewEvent>({
    type: 'QuestionAsked',
    v: 1,
    questionId: command.questionId,
    party: command.party,
    keys: [...command.keys],
    dueOn: questionEnd(todayInCopenhagen(sendingTime(todayInCopenhagen(now), now))),
    by: who.id,
    private: { text: command.text },
  })
}

const recommend = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'recommend' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  const known = new Set(state.draft?.assessment.targets.map((target) => target.key))
  for (const change of command.changes) {
    if (!known.has(change.target)) return refuse('target', `${change.target} is no target of this draft`)
    if (change.reason.trim() === '')
      return refuse('reason', `a changed verdict takes a reason (${change.target})`)
  }
  return accept<ReviewEvent>({
    type: 'Recommended',
    v: 1,
    subject: command.subject,
    by: who.id,
    changes: command.changes.map((change) => ({ ...change })),
    externalFactors: [...command.externalFactors],
    private: { text: command.text },
  })
}

/** Answered together, when nothing more can come: it ends the hearing, for every party. */
const answerComments = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'answer-comments' }>,
  who: Decider,
  now: string,
): Decision<ReviewEvent> => {
  const plan = planReview(state, now)
  if (plan.next !== 'wait' || plan.kind !== 'comments')
    return refuse('hearing-open', 'the hearing is not over, or an answer in it is undecided')
  const open = distinctComments(state)
  const answered = new Map(command.answers.map((answer) => [answer.mailKey, answer.text.trim()]))
  const missing = open.filter(({ answer }) => (answered.get(answer.mailKey) ?? '') === '')
  if (missing.length > 0) return refuse('unanswered', `${missing.length} comments have no answer`)
  if (command.answers.some(({ substance = '' }) => holdsFigures(substance)))
    return refuse('figures', 'the other parties are told the substance of an objection, not its figures')
  return accept<ReviewEvent>({
    type: 'CommentsAnswered',
    v: 1,
    subject: command.subject,
    by: who.id,
    disputed: disputedAnswers(state, command.answers),
    private: {
      answers: command.answers.map(({ unresolved: _public, ...answer }) => ({ changed: false, ...answer })),
    },
  })
}

const decideReopening = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'reopen' | 'leave-closed' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  if (state.reopen === null || state.reopen.decided)
    return refuse('nothing-raised', 'no question of reopening is open')
  if (command.reason.trim() === '') return refuse('reason', 'the decision on reopening takes a reason')
  if (command.do === 'reopen' && isFootnote(state))
    return refuse('footnote', 'the correction changes no verdict and moves no share by more than one point')
  return accept<ReviewEvent>(
    command.do === 'reopen'
      ? { type: 'Reopened', v: 1, by: who.id, private: { text: command.reason } }
      : { type: 'ReopenDeclined', v: 1, by: who.id, private: { text: command.reason } },
  )
}
