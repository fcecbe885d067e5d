import { isSameReading, readingDifference } from '../../casefile/reading-difference.ts'
import {
  asReread,
  evolveMails,
  lastReadingOf,
  type MailReceived,
  type MailRecord,
  type MailReread,
} from '../../casefile/mails.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { compareInstants } from '../../base/time.ts'
import { type ReviewState, type ReviewEvent } from '../state.ts'
import { mayHappen, type ReviewStatus } from '../status.ts'
import { confirmations, consequences, extensionRequested } from './take-mail.ts'
import { isFigure } from '../../casefile/reading.ts'
import { rereadFigures, partyOf, type PartyState } from '../slices/figures.ts'
import { hearingAnswers } from '../slices/hearing.ts'

/** A stored mail as the reader of today reads it, against the case as it was when the mail came. */
export interface RereadMail {
  readonly fresh: MailReceived
  readonly by: string
  readonly reader: string
}

/** Nothing of these is changed by a machine any more: what a mail says now is noted for a person. */
const over: readonly ReviewStatus[] = ['none', 'not-asked', 'assessed', 'closed', 'stopped']

export const isOver = (state: ReviewState): boolean => over.includes(state.status)

const figureText = (party: PartyState | null, withNotes: boolean): string =>
  Object.values(party?.figures ?? {})
    .filter(({ value }) => withNotes || isFigure(value))
    .map(({ key, value, text }) => JSON.stringify([key, value, withNotes ? text : '']))
    .sort()
    .join()

const doubtText = (party: PartyState | null): string =>
  (party?.doubts ?? [])
    .map(({ key, kind }) => `${key} ${kind}`)
    .sort()
    .join()

/** Was the municipality told what was read in this mail? */
const wasAnswered = (state: ReviewState, mailKey: string): boolean =>
  state.letters.some(
    ({ order }) =>
      order.about === mailKey && ['receipt', 'hearing-receipt', 'extension-received'].includes(order.kind),
  )

/** The events that what is new in a reading brings with it; what the mail brought before is not brought twice. */
const broughtAnew = (state: ReviewState, before: MailRecord, after: MailRecord): readonly ReviewEvent[] => {
  if (after.standing !== 'counts') return []
  const counted = before.standing === 'counts'
  const old = (value: MailRecord['values'][number]): boolean =>
    counted &&
    before.values.some(
      (was) => was.key === value.key && JSON.stringify(was.value) === JSON.stringify(value.value),
    ) &&
    (before.details?.texts[value.key] ?? '') === (after.details?.texts[value.key] ?? '')
  const mail = { ...after, values: after.values.filter((value) => !old(value)) }
  const answersNow = (event: ReviewEvent): boolean => {
    switch (event.type) {
      case 'QuestionAnswered':
        return after.answers?.startsWith('question/') === true
      case 'HearingAnswered':
        return (
          (after.answers?.startsWith('hearing/') === true ||
            (state.hearing !== null && compareInstants(after.receivedAt, state.hearing.begunAt) >= 0)) &&
          !hearingAnswers(state).some(({ mailKey }) => mailKey === after.mailKey)
        )
      case 'RenegotiationWished':
        return !state.wishes.some(({ mailKey }) => mailKey === after.mailKey)
      case 'FactCheckAnswered':
        return !state.factChecks.some(({ mailKey }) => mailKey === after.mailKey)
      case 'DisseminationReported':
        return true
      default:
        // A draft is superseded by what its figures become, below; nothing else follows from a mail.
        return false
    }
  }
  return [
    ...(after.confirms && !(counted && before.confirms) ? confirmations(state, after, null) : []),
    ...consequences(state, mail, 'mail-reread').filter(answersNow),
  ]
}

const noted = (state: ReviewState, mail: MailRecord, event: MailReread): Decision<ReviewEvent> => {
  const parties = (outcome: 'applied'): readonly PartyState[] => {
    const mails = evolveMails(state.mails, { ...event, outcome }, state.lastAt)
    const after = mails.find(({ mailKey }) => mailKey === mail.mailKey) ?? mail
    return state.parties.map((party) =>
      party.municipality === mail.party
        ? rereadFigures(party, mails, { before: mail, after }, state.lastAt)
        : party,
    )
  }
  const wouldChange = parties('applied').some(
    (party) => figureText(party, false) !== figureText(partyOf(state, party.municipality), false),
  )
  const asksToReopen =
    wouldChange &&
    (state.status === 'assessed' || state.status === 'closed') &&
    (state.reopen === null || state.reopen.decided)
  return asksToReopen
    ? accept<ReviewEvent>(event, { type: 'ReopenRaised', v: 1, mailKey: mail.mailKey })
    : accept<ReviewEvent>(event)
}

/**
 * Enters what a stored mail is read as now. Only that mail's own figures move: what another mail corrected since
 * stands, and so does whatever a person or the contact's OK has decided of it. A year that is assessed is not
 * touched: the reading is noted, and a changed figure asks a person whether to reopen. The same reading again
 * enters nothing.
 */
export const rereadMail = (
  state: ReviewState,
  { fresh, by, reader }: RereadMail,
  now: string,
): Decision<ReviewEvent> => {
  const mail = state.mails.find((candidate) => candidate.mailKey === fresh.mailKey)
  if (mail === undefined || mail.reading === null)
    return refuse('unknown-mail', 'no mail of this case has that key')
  if (mail.standing === 'rejected') return refuse('rejected', 'a person has said that the mail is not theirs')
  if (mail.reading.private === undefined) return refuse('erased', 'what the mail said was erased')
  const known = isOver(state) ? lastReadingOf(mail) : mail.reading
  if (known !== null && isSameReading(readingDifference(known, fresh))) return accept()
  const applied = asReread(fresh, { by, reader })
  if (isOver(state)) return noted(state, mail, { ...applied, outcome: 'noted' })
  const mails = evolveMails(state.mails, applied, now)
  const after = mails.find(({ mailKey }) => mailKey === mail.mailKey) ?? mail
  const party = mail.party === null ? null : partyOf(state, mail.party)
  const moved = party === null ? null : rereadFigures(party, mails, { before: mail, after }, now)
  const next: ReviewState = {
    ...state,
    mails,
    parties: state.parties.map((one) => (one === party && moved !== null ? moved : one)),
  }
  const brought = [
    ...(after.standing === 'counts' || after.standing === 'provisional'
      ? extensionRequested(next, after)
      : []),
    ...broughtAnew(next, mail, after),
  ]
  const superseded: readonly ReviewEvent[] =
    state.draft !== null &&
    figureText(party, false) !== figureText(moved, false) &&
    mayHappen(state.status, 'DraftSuperseded')
      ? [
          {
            type: 'DraftSuperseded',
            v: 1,
            subject: state.draft.subject,
            cause: 'mail-reread',
            mailKey: mail.mailKey,
          },
        ]
      : []
  const isOther =
    figureText(party, true) !== figureText(moved, true) ||
    doubtText(party) !== doubtText(moved) ||
    (after.standing === 'provisional' && JSON.stringify(mail.values) !== JSON.stringify(after.values)) ||
    brought.length > 0
  const tells =
    isOther &&
    mail.unanswered === undefined &&
    (after.standing === 'counts' || after.standing === 'provisional') &&
    wasAnswered(state, mail.mailKey)
  return accept<ReviewEvent>({ ...applied, tells }, ...brought, ...superseded)
}
