import { evolveAttempts } from '../casefile/attempts.ts'
import { evolveErasure } from '../casefile/erasures.ts'
import { evolveLetters } from '../casefile/letters.ts'
import { unreachableSlice } from '../casefile/unreachable.ts'
import { evolveMails, type MailRecord, type MailReread } from '../casefile/mails.ts'
import { typedRecord } from '../casefile/typed-entry.ts'
import { evolveUnplaced } from '../casefile/unplaced-mails.ts'
import { evolveMoney } from '../money/decision-events.ts'
import type { CommitMeta } from '../base/stream.ts'
import type { ReviewEvent } from './events.ts'
import { evolveJudging } from './evolve-judging.ts'
import { takeFigures } from './figures.ts'
import { rereadFigures } from './figures-reread.ts'
import { evolveContacts } from './contact-changes.ts'
import { takeCounted } from './counted-mail.ts'
import { confirmedAnswer, withProposalDecided } from './proposals.ts'
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
      party.municipality === mail.party ? takeCounted(party, mail, at) : party,
    ),
  }
}

/** A mail read again takes its own figures with it; one that is only noted moves none. */
const withReread = (state: ReviewState, event: MailReread, at: string): ReviewState => {
  const mails = evolveMails(state.mails, event, at)
  const before = mailOf(state, event.mailKey)
  const after = mails.find(({ mailKey }) => mailKey === event.mailKey)
  if (event.outcome === 'noted' || before === null || after === undefined) return { ...state, mails }
  return {
    ...state,
    mails,
    parties: state.parties.map((party) =>
      party.municipality === after.party ? rereadFigures(party, mails, { before, after }, at) : party,
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
      return {
        ...state,
        letters: evolveLetters(state.letters, event, meta.at),
        ...unreachableSlice.fold[event.type]?.(state, event, meta),
      }
    case 'NobodyReachable':
      return { ...state, ...unreachableSlice.fold[event.type]?.(state, event, meta) }
    case 'MailReceived':
    case 'HeldMailDecided':
    case 'MailConfirmed':
      return withFiguresOf(
        { ...state, mails: evolveMails(state.mails, event, meta.at) },
        event.mailKey,
        meta.at,
      )
    case 'ErasureAsked':
    case 'ErasureDeclined':
    case 'ErasureConfirmed':
    case 'MailErased':
      return { ...state, mails: evolveErasure(state.mails, event, meta) }
    case 'MailReread':
      return withReread(state, event, meta.at)
    case 'MoneyDecisionDrafted':
    case 'MoneyDecisionApproved':
    case 'MoneyDecisionReturned':
    case 'MoneyDecisionCommented':
    case 'MoneyDecisionDropped':
      return { ...state, money: evolveMoney(state.money, event, meta.at) }
    case 'FiguresTyped':
      return withFiguresOf(
        { ...state, mails: [...state.mails, typedRecord(event, state.mails, meta.at)] },
        event.entryKey,
        meta.at,
      )
    case 'ProposalDecided': {
      const mail = mailOf(state, event.mailKey)
      if (mail === null) return state
      const confirmed = event.as === 'confirmed' ? confirmedAnswer(mail, event.index, event.key) : null
      return {
        ...state,
        mails: state.mails.map((one) => (one === mail ? withProposalDecided(mail, event, meta.at) : one)),
        parties:
          confirmed === null
            ? state.parties
            : state.parties.map((party) =>
                party.municipality === mail.party ? takeFigures(party, confirmed, meta.at) : party,
              ),
      }
    }
    case 'ContactEntered':
    case 'ContactDeclined':
      return { ...state, contactChanges: evolveContacts(state.contactChanges, event, meta.at) }
    case 'UnplacedMailNoted':
    case 'UnplacedMailDecided':
      return { ...state, unplaced: evolveUnplaced(state.unplaced, event, meta.at) }
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
                decided: {
                  granted: event.granted,
                  dueOn: event.dueOn,
                  text: event.private?.text ?? '',
                  at: meta.at,
                },
              }
            : request,
        ),
      }
    case 'Noted':
      return {
        ...state,
        notes: [
          ...state.notes,
          { by: event.by, on: event.on, about: event.about, text: event.private?.text ?? '', at: meta.at },
        ],
      }
    case 'WordsRead':
      return { ...state, wordsRead: [...state.wordsRead, event.mailKey] }
    default:
      return evolveJudging(state, event, meta)
  }
}

/** The review after one more event. The status moves by the table of transitions alone. */
export const evolveReview = (state: ReviewState, event: ReviewEvent, meta: CommitMeta): ReviewState => {
  const moved = collect(state, event, meta)
  const status = event.type === 'ReviewPrepared' ? moved.status : statusAfter(state.status, event.type)
  return { ...moved, status, lastAt: meta.at }
}

export const reviewFolding = { initial: noReview, evolve: evolveReview } as const
