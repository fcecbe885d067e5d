import { isForTyping } from '../../domain/casefile/held-for.ts'
import { heldMails } from '../../domain/casefile/mails.ts'
import { printDate } from '../../domain/base/danish.ts'
import type { TargetAssessment } from '../../domain/judging/assessment.ts'
import { verdictLabels } from '../../domain/judging/verdict-labels.ts'
import { roleFor } from '../../domain/review/decide/commands.ts'
import { openDisputes } from '../../domain/review/slices/disputes.ts'
import { openCorrections } from '../../domain/review/slices/facts.ts'
import { provisionalAnswers, takesHearingAnswers } from '../../domain/review/slices/hearing.ts'
import { planReview } from '../../domain/review/plan.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { openObjections } from '../../domain/review/slices/objections.ts'
import { openProposals } from '../../domain/review/slices/proposals.ts'
import { mayHappen } from '../../domain/review/status.ts'
import { atCopenhagen, endOfDay } from '../../domain/base/time.ts'
import { reviewStream } from '../../domain/base/stream-id.ts'
import { erasureTasks } from '../erasure/erasure-tasks.ts'
import { unreadWords } from '../../domain/review/slices/unread-prose.ts'
import { formId } from '../form.ts'
import { besideJudging } from './beside-judging.ts'
import { contactTasks } from './contact-tasks.ts'
import { objectionAction } from './objection-form.ts'
import { moneyTasks } from './money-tasks.ts'
import { remarksOn } from './review-remarks.ts'
import { proposalAction } from './proposal-forms.ts'
import type { Waiting } from './waiting.ts'
import type { Task } from '../tasks.ts'
import { wordsAction } from './words-forms.ts'
import { municipalityName, municipalityNames, targetWord } from '../words.ts'
import { distinctComments } from '../../domain/review/slices/comments.ts'

const verdictOf = (target: TargetAssessment, state: ReviewState): string => {
  const change = state.recommendation?.changes.find((candidate) => candidate.target === target.key)
  return `${targetWord(target.key)} ${verdictLabels.da[change?.verdict ?? target.verdict]}`
}

const verdictList = (state: ReviewState): string =>
  (state.draft?.assessment.targets ?? []).map((target) => verdictOf(target, state)).join(', ')

/**
 * Comments are answered when the hearing is over and nothing in it is undecided: until then more may come.
 * @param today Danish calendar date
 */
export const commentsAreDue = (state: ReviewState, today: string): boolean => {
  const plan = planReview(state, atCopenhagen(today, '12:00'))
  return plan.next === 'wait' && plan.kind === 'comments'
}

/**
 * A colleague's answer is the caseworker's to decide when the hearing is over and no contact has confirmed it.
 * @param today Danish calendar date
 */
export const confirmationsAreDue = (state: ReviewState, today: string): boolean => {
  const plan = planReview(state, atCopenhagen(today, '12:00'))
  return plan.next === 'wait' && plan.kind === 'held-mail' && provisionalAnswers(state).length > 0
}

const ofMail = (state: ReviewState): readonly Waiting[] => [
  ...heldMails(state.mails).map((mail) => ({
    kind: 'held-mail' as const,
    command: 'decide-held-mail' as const,
    action: `decide-held-mail/${mail.mailKey}`,
    since: mail.receivedAt,
    what: `mail fra ${mail.details?.from ?? 'ukendt'}${isForTyping(mail) ? ': tallene skal tastes ind fra en vedhæftet fil' : ''}`,
  })),
  ...openProposals(state).map(({ mail, index, proposal }) => ({
    kind: 'proposal' as const,
    command: 'decide-proposal' as const,
    action: proposalAction(mail.mailKey, index),
    since: mail.receivedAt,
    what: `»${proposal.written}« i en mail fra ${mail.details?.from ?? 'kommunen'}: er det et svar?`,
  })),
  ...unreadWords(state).map((mail) => ({
    kind: 'words' as const,
    command: 'mark-read' as const,
    action: wordsAction(mail.mailKey),
    since: mail.receivedAt,
    what: `${municipalityName(mail.party ?? '')} har skrevet uden tal: læses`,
  })),
  ...state.extensions
    .filter((request) => request.decided === null)
    .map((request) => ({
      kind: 'extension' as const,
      command: 'decide-extension' as const,
      action: `decide-extension/${request.mailKey}`,
      since: request.requestedAt,
      what: `${municipalityName(request.party)} beder om udsættelse${request.until === null ? '' : ` til ${printDate(request.until)}`}`,
    })),
]

const ofDraft = (state: ReviewState): readonly Waiting[] => {
  const { draft, recommendation, status } = state
  if (draft === null) return []
  const about = `bedømmelse af ${state.year}`
  const remarks = remarksOn(state)
  if (mayHappen(status, 'Recommended'))
    return [
      {
        kind: 'recommend',
        command: 'recommend',
        action: 'recommend',
        since: state.sentBack?.at ?? draft.madeAt,
        what: `${about} · beregnet: ${verdictList(state)}`,
        remarks,
      },
    ]
  return recommendation !== null && mayHappen(status, 'Approved')
    ? [
        {
          kind: 'approve',
          command: 'approve',
          action: 'approve',
          since: recommendation.at,
          what: `${about} · indstilling: ${verdictList(state)}`,
          remarks,
        },
      ]
    : []
}

const ofHearing = (state: ReviewState, today: string): readonly Waiting[] => {
  const { hearing } = state
  if (!takesHearingAnswers(state)) return []
  const answers = [...(hearing?.answers ?? []), ...state.earlyAnswers]
  const comments = distinctComments(state, answers)
  return [
    ...(confirmationsAreDue(state, today) ? provisionalAnswers(state) : []).map((mail) => ({
      kind: 'held-mail' as const,
      command: 'decide-held-mail' as const,
      action: `decide-held-mail/${mail.mailKey}`,
      since: endOfDay(hearing?.endsOn ?? today),
      what: `høringssvar fra ${mail.details?.from ?? 'en kollega'}, som kontakten ikke har bekræftet`,
    })),
    ...answers
      .filter((answer) => answer.answer === 'unmarked')
      .map((answer) => ({
        kind: 'hearing-answer' as const,
        command: 'mark-hearing-answer' as const,
        action: `mark-hearing-answer/${answer.mailKey}`,
        since: answer.at,
        what: `svar fra ${municipalityName(answer.party)}`,
      })),
    ...(hearing !== null && comments.length > 0 && commentsAreDue(state, today)
      ? [
          {
            kind: 'comments' as const,
            command: 'answer-comments' as const,
            action: 'answer-comments',
            since: endOfDay(hearing.endsOn),
            what: `høringssvar med bemærkninger: ${comments.length}`,
          },
        ]
      : []),
  ]
}

/** What the superior decides, with both sides' words on the page. */
const ofObjections = (state: ReviewState): readonly Waiting[] =>
  openObjections(state).map((objection) => ({
    kind: 'objection' as const,
    command: 'decide-objection' as const,
    action: objectionAction(objection.mailKey),
    since: objection.since,
    what: `indsigelse fra ${municipalityName(objection.party)} mod bedømmelsen af ${state.year}`,
  }))

const ofReopening = (state: ReviewState): readonly Waiting[] => {
  const { reopen } = state
  if (reopen === null || reopen.decided) return []
  const mail = state.mails.find((candidate) => candidate.mailKey === reopen.mailKey)
  return [
    {
      kind: 'reopen',
      command: 'reopen',
      action: 'reopen',
      since: mail?.receivedAt ?? state.lastAt,
      what: reopen.mailKey.startsWith('observation/')
        ? 'en oplysning om en forudsætning kom efter den endelige bedømmelse'
        : 'en rettelse kom efter den endelige bedømmelse',
    },
  ]
}

const ofFactCheck = (state: ReviewState): readonly Waiting[] =>
  openCorrections(state).map((check) => ({
    kind: 'fact-check' as const,
    command: 'decide-fact-check' as const,
    action: `decide-fact-check/${check.mailKey}`,
    since: check.at,
    what: `rettelse fra ${municipalityName(check.party)} ved faktatjekket`,
  }))

const ofDisputes = (state: ReviewState): readonly Waiting[] =>
  openDisputes(state).map((dispute) => ({
    kind: 'dispute' as const,
    command: 'answer-dispute' as const,
    action: `answer-dispute/${dispute.mailKey}/${dispute.assumption}`,
    since: dispute.receivedAt,
    what: `bemærkning fra ${municipalityName(dispute.party)} til forudsætning ${dispute.assumption.slice(2)}: besvares, før der dannes et udkast`,
  }))

/**
 * What a review waits for from the ministry's people, by its record. The role and the two-person rule are
 * checked again when it is decided.
 * @param options.today Danish calendar date
 * @param options.caseworker the id of the person whose case it is
 * @param options.href the review's page
 */
export const tasksOfReview = (
  state: ReviewState,
  options: { readonly today: string; readonly caseworker: string; readonly href: string },
): readonly Task[] => {
  const whose = municipalityNames(state.parties.map((party) => party.municipality))
  const waiting = [
    ...ofMail(state),
    ...ofDraft(state),
    ...ofHearing(state, options.today),
    ...ofObjections(state),
    ...ofReopening(state),
    ...ofFactCheck(state),
    ...ofDisputes(state),
    ...contactTasks(state),
    ...besideJudging(state),
  ]
  const tasks = waiting.map(({ kind, command, action, since, what, remarks = [] }) => ({
    kind,
    whose,
    what,
    since,
    href: `${options.href}#${formId(action)}`,
    roles: roleFor[command],
    remarks,
    agreement: state.agreement,
    caseworker: kind === 'approve' || kind === 'objection' ? null : options.caseworker,
    notFor: kind === 'approve' ? (state.recommendation?.by ?? null) : null,
  }))
  const { agreement, year } = state
  return agreement === null
    ? tasks
    : [
        ...tasks,
        ...moneyTasks(state, options.today, { ...options, whose, agreement }),
        ...erasureTasks(reviewStream(year, agreement), state.mails, { whose, agreement }),
      ]
}
