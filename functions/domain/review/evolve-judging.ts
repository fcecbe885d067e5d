import type { ErasureEvent } from '../casefile/erasures.ts'
import type { MoneyEvent } from '../money/decision-events.ts'
import type { CommitMeta } from '../base/stream.ts'
import type { ReviewEvent } from './events.ts'
import { answersToEarlier, needsHearing } from './hearing.ts'
import { evolveObjections } from './objections.ts'
import type { HearingAnswer, ReviewState } from './state.ts'
import { finalAssessment } from './verdicts.ts'

type JudgingEvent = Exclude<
  ReviewEvent,
  {
    type:
      | 'ReviewPrepared'
      | 'ContactsConfirmed'
      | 'ReviewOpened'
      | 'ExecutionAttached'
      | 'ExecutionLost'
      | 'LetterSent'
      | 'LetterDelivered'
      | 'LetterBounced'
      | 'MailReceived'
      | 'MailReread'
      | 'HeldMailDecided'
      | 'MailConfirmed'
      | ErasureEvent['type']
      | MoneyEvent['type']
      | 'FiguresTyped'
      | 'ProposalDecided'
      | 'ContactEntered'
      | 'ContactDeclined'
      | 'NobodyReachable'
      | 'UnplacedMailNoted'
      | 'UnplacedMailDecided'
      | 'ExtensionRequested'
      | 'ExtensionDecided'
      | 'Noted'
      | 'WordsRead'
  }
>

type HearingBegun = Extract<ReviewEvent, { type: 'HearingBegun' }>

/** A hearing of its own. What was said of the draft before remains to be answered, but answers not this one. */
const begunAnew = (state: ReviewState, event: HearingBegun, meta: CommitMeta): ReviewState => ({
  ...state,
  heard:
    state.draft === null
      ? state.heard
      : finalAssessment(state.draft.assessment, state.recommendation?.changes ?? []),
  hearing: {
    round: state.rounds,
    subject: event.subject,
    heardSubject: event.subject,
    begunAt: meta.at,
    endsOn: event.endsOn,
    answers: [...answersToEarlier(state.hearing?.answers ?? []), ...state.earlyAnswers],
  },
  earlyAnswers: [],
})

/** Answers to letters on their way to others belong to the hearing about to begin. */
const answered = (state: ReviewState, answer: HearingAnswer): ReviewState => {
  const { draft, hearing, status } = state
  if (status === 'approved' && draft !== null && needsHearing(state, draft))
    return { ...state, earlyAnswers: [...state.earlyAnswers, answer] }
  return hearing === null
    ? state
    : { ...state, hearing: { ...hearing, answers: [...hearing.answers, answer] } }
}

/** The part of the fold that judging, hearing and deciding write. */
export const evolveJudging = (state: ReviewState, event: JudgingEvent, meta: CommitMeta): ReviewState => {
  switch (event.type) {
    case 'QuestionAsked':
      return {
        ...state,
        questions: [
          ...state.questions,
          {
            questionId: event.questionId,
            party: event.party,
            keys: event.keys,
            dueOn: event.dueOn,
            text: event.private?.text ?? '',
            askedBy: event.by,
            answeredBy: null,
          },
        ],
      }
    case 'QuestionAnswered':
      return {
        ...state,
        questions: state.questions.map((question) =>
          question.questionId === event.questionId ? { ...question, answeredBy: event.mailKey } : question,
        ),
      }
    case 'DraftMade':
      return {
        ...state,
        draft: {
          subject: event.subject,
          assessment: event.assessment,
          hearing: event.hearing,
          madeAt: meta.at,
        },
        rounds: state.rounds + 1,
        recommendation: null,
        approval: null,
      }
    case 'DraftSuperseded':
      // The hearing is not lost with its draft: what was said in it remains to be answered.
      return {
        ...state,
        draft: null,
        recommendation: null,
        approval: null,
        earlyAnswers: answersToEarlier(state.earlyAnswers),
        objections: evolveObjections(state, event, meta.at),
      }
    case 'Recommended':
      return {
        ...state,
        sentBack: null,
        recommendation: {
          subject: event.subject,
          by: event.by,
          at: meta.at,
          changes: event.changes,
          externalFactors: event.externalFactors,
          text: event.private?.text ?? '',
        },
      }
    case 'SentBack':
      return {
        ...state,
        recommendation: null,
        sentBack: { by: event.by, text: event.private?.text ?? '', at: meta.at },
      }
    case 'Approved':
      return { ...state, approval: { subject: event.subject, by: event.by, at: meta.at } }
    case 'HearingBegun':
      return event.continues === null || state.hearing === null
        ? begunAnew(state, event, meta)
        : {
            ...state,
            hearing: { ...state.hearing, round: state.rounds, subject: event.subject, endsOn: event.endsOn },
          }
    case 'HearingAnswered':
      return answered(state, {
        party: event.party,
        mailKey: event.mailKey,
        answer: event.answer,
        at: meta.at,
        toEarlier: false,
      })
    case 'HearingAnswerMarked': {
      const marked = (answers: readonly HearingAnswer[]) =>
        answers.map((answer) => (answer.mailKey === event.mailKey ? { ...answer, answer: event.as } : answer))
      return {
        ...state,
        hearing: state.hearing === null ? null : { ...state.hearing, answers: marked(state.hearing.answers) },
        earlyAnswers: marked(state.earlyAnswers),
      }
    }
    case 'CommentsAnswered':
      return {
        ...state,
        commentAnswers: event.private?.answers ?? [],
        objections: evolveObjections(state, event, meta.at),
      }
    case 'ObjectionDecided':
      return { ...state, objections: evolveObjections(state, event, meta.at) }
    case 'Assessed':
      return {
        ...state,
        finals: [
          ...state.finals,
          {
            version: event.version,
            subject: event.subject,
            assessment: event.assessment,
            at: meta.at,
            comments: event.comments,
          },
        ],
      }
    case 'RenegotiationWished':
      return {
        ...state,
        wishes: [
          ...state.wishes,
          { party: event.party, mailKey: event.mailKey, assumptionKeys: event.assumptionKeys },
        ],
      }
    case 'DisseminationReported':
      return {
        ...state,
        dissemination: {
          done: event.done,
          text: event.private?.text ?? '',
          mailKey: event.mailKey,
          at: meta.at,
        },
      }
    case 'FactCheckAnswered':
      return {
        ...state,
        factChecks: [
          ...state.factChecks,
          {
            party: event.party,
            mailKey: event.mailKey,
            ok: event.ok,
            text: event.private?.text ?? '',
            at: meta.at,
            decided: null,
          },
        ],
      }
    case 'FactCheckDecided': {
      const { as, renamed } = event
      const decided = { as, renamed, text: event.private?.text ?? '', at: meta.at }
      return {
        ...state,
        factChecks: state.factChecks.map((check) =>
          check.mailKey === event.mailKey && check.party === event.party ? { ...check, decided } : check,
        ),
      }
    }
    case 'HearingCommentShared':
      return {
        ...state,
        sharedComments: [
          ...state.sharedComments,
          { mailKey: event.mailKey, text: event.private?.text ?? '' },
        ],
      }
    case 'PromiseAnswered': {
      const { promise, kept } = event
      const others = state.promiseAnswers.filter((one) => one.promise !== promise)
      return { ...state, promiseAnswers: [...others, { promise, kept, text: event.private?.text ?? '' }] }
    }
    case 'DisputeAnswered': {
      const { mailKey, assumption } = event
      const answer = { mailKey, assumption, text: event.private?.text ?? '' }
      return { ...state, disputeAnswers: [...state.disputeAnswers, answer] }
    }
    case 'ReopenRaised':
      return { ...state, reopen: { mailKey: event.mailKey, decided: false } }
    case 'Reopened':
      return {
        ...state,
        draft: null,
        recommendation: null,
        approval: null,
        hearing: null,
        earlyAnswers: [],
        closedAt: null,
        reopen: state.reopen === null ? null : { ...state.reopen, decided: true },
      }
    case 'ReopenDeclined':
      return { ...state, reopen: state.reopen === null ? null : { ...state.reopen, decided: true } }
    case 'Stopped':
      return { ...state, stopReason: event.private?.text ?? '' }
    case 'Closed':
      return { ...state, closedAt: meta.at }
    default:
      return event satisfies never
  }
}
