import { evolveAttempts } from '../casework/attempts.ts'
import { evolveLetters } from '../casework/letters.ts'
import { evolveMails, type MailRecord } from '../casework/mails.ts'
import type { CommitMeta } from '../stream.ts'
import type { ReviewEvent } from './events.ts'
import { takeFigures } from './figures.ts'
import { noReview, type ReviewState } from './state.ts'
import { statusAfter } from './transitions.ts'

const mailOf = (state: ReviewState, mailKey: string): MailRecord | null =>
  state.mails.find((mail) => mail.mailKey === mailKey) ?? null

/** A mail that now counts puts its figures in place. */
const withFiguresOf = (state: ReviewState, mailKey: string, at: string): ReviewState => {
  const mail = mailOf(state, mailKey)
  if (mail?.standing !== 'counts' || mail.party === null) return state
  return {
    ...state,
    parties: state.parties.map((party) =>
      party.municipality === mail.party ? takeFigures(party, mail, at) : party,
    ),
  }
}

const collect = (state: ReviewState, event: ReviewEvent, meta: CommitMeta): ReviewState => {
  switch (event.type) {
    case 'ReviewPrepared':
      return {
        ...state,
        status: event.leftOut === null ? 'preparing' : 'not-asked',
        agreement: event.agreement,
        year: event.year,
        content: event.content,
        signedOn: event.signedOn,
        leftOut: event.leftOut,
        parties: event.parties.map((party) => ({
          municipality: party.municipality,
          role: party.role,
          contactsConfirmed: false,
          figures: {},
          doubts: [],
          finishedAt: null,
          changedAt: null,
          theirCaseNumber: null,
        })),
      }
    case 'ContactsConfirmed':
      return {
        ...state,
        parties: state.parties.map((party) =>
          party.municipality === event.party ? { ...party, contactsConfirmed: true } : party,
        ),
      }
    case 'ReviewOpened':
      return {
        ...state,
        content: event.content,
        versions: event.versions,
        requestOn: event.requestOn,
        dueOn: event.dueOn,
        reportingOn: event.reportingOn,
      }
    case 'ExecutionAttached':
    case 'ExecutionLost':
      return { ...state, attempts: evolveAttempts(state.attempts, event) }
    case 'LetterSent':
    case 'LetterDelivered':
    case 'LetterBounced':
      return { ...state, letters: evolveLetters(state.letters, event, meta.at) }
    case 'MailReceived':
    case 'HeldMailDecided':
    case 'MailConfirmed':
      return withFiguresOf(
        { ...state, mails: evolveMails(state.mails, event, meta.at) },
        event.mailKey,
        meta.at,
      )
    case 'ExtensionRequested':
      return {
        ...state,
        extensions: [
          ...state.extensions,
          {
            party: event.party,
            mailKey: event.mailKey,
            until: event.until,
            requestedAt: meta.at,
            decided: null,
          },
        ],
      }
    case 'ExtensionDecided':
      return {
        ...state,
        extensions: state.extensions.map((request) =>
          request.mailKey === event.mailKey && request.party === event.party
            ? {
                ...request,
                decided: { granted: event.granted, dueOn: event.dueOn, text: event.private?.text ?? '' },
              }
            : request,
        ),
      }
    case 'Noted':
      return {
        ...state,
        notes: [
          ...state.notes,
          { by: event.by, on: event.on, about: event.about, text: event.private?.text ?? '' },
        ],
      }
    default:
      return judge(state, event, meta)
  }
}

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
      | 'ExtensionDecided'
      | 'Noted'
  }
>

const judge = (state: ReviewState, event: JudgingEvent, meta: CommitMeta): ReviewState => {
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
        heard: state.draft?.assessment ?? state.heard,
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

/** The review after one more event. The status moves by the table of transitions alone. */
export const evolveReview = (state: ReviewState, event: ReviewEvent, meta: CommitMeta): ReviewState => {
  const moved = collect(state, event, meta)
  const status = event.type === 'ReviewPrepared' ? moved.status : statusAfter(state.status, event.type)
  return { ...moved, status, lastAt: meta.at }
}

export const reviewFolding = { initial: noReview, evolve: evolveReview } as const
