import type { CommitMeta } from '../stream.ts'
import type { ReviewEvent } from './events.ts'
import type { ReviewState } from './state.ts'
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
      | 'HeldMailDecided'
      | 'MailConfirmed'
      | 'ExtensionRequested'
      | 'UnplacedMailNoted'
      | 'UnplacedMailDecided'
      | 'ExtensionDecided'
      | 'Noted'
  }
>

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
      return { ...state, draft: null, recommendation: null, approval: null, hearing: null }
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
      return {
        ...state,
        heard:
          state.draft === null
            ? state.heard
            : finalAssessment(state.draft.assessment, state.recommendation?.changes ?? []),
        hearing: {
          round: state.rounds,
          subject: event.subject,
          begunAt: meta.at,
          endsOn: event.endsOn,
          answers: [],
        },
      }
    case 'HearingAnswered':
      if (state.hearing === null) return state
      return {
        ...state,
        hearing: {
          ...state.hearing,
          answers: [
            ...state.hearing.answers,
            { party: event.party, mailKey: event.mailKey, answer: event.answer, at: meta.at },
          ],
        },
      }
    case 'HearingAnswerMarked':
      if (state.hearing === null) return state
      return {
        ...state,
        hearing: {
          ...state.hearing,
          answers: state.hearing.answers.map((answer) =>
            answer.mailKey === event.mailKey ? { ...answer, answer: event.as } : answer,
          ),
        },
      }
    case 'CommentsAnswered':
      return { ...state, commentAnswers: event.private?.answers ?? [] }
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
          },
        ],
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
        reopen: state.reopen === null ? null : { ...state.reopen, decided: true },
      }
    case 'ReopenDeclined':
      return { ...state, reopen: state.reopen === null ? null : { ...state.reopen, decided: true } }
    case 'Stopped':
      return { ...state, stopReason: event.private?.text ?? '' }
    case 'Closed':
      return state
    default:
      return event satisfies never
  }
}
