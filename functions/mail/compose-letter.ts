import type { Contact } from '../domain/agreement/content.ts'
import { letterOrderId, lettersTo, type LetterOrder, type LetterRecord } from '../domain/casefile/letters.ts'
import { bouncedIn, contactsOf, reachable } from '../domain/casefile/recipients.ts'
import type { RenegotiationState } from '../domain/renegotiation/state.ts'
import { absentContacts } from '../domain/review/collection.ts'
import { partyOf } from '../domain/review/slices/figures.ts'
import { type ReviewState } from '../domain/review/state.ts'
import { caseFactsOf, frameOf } from './case-frame.ts'
import type { OwedRule } from './declared-letter.ts'
import type { AnsweredMail, ComposedLetter, LetterContext, LetterDraft, Thread } from './letter.ts'
import { letters } from './letters.ts'
import type { RenegotiationLetter } from './renegotiation-letter.ts'
import type { ReviewLetter } from './review-letter.ts'

/**
 * What a letter of a review is composed from.
 * @throws NobodyLeft when the party has nobody left to write to
 */
export const reviewLetter = (state: ReviewState, context: LetterContext): ReviewLetter => {
  const { order } = context
  const party = order.party === null ? null : partyOf(state, order.party)
  if (party === null || state.content === null)
    throw new Error(`no such party in this review: ${order.party ?? '-'}`)
  // The one who is away is passed over for the request alone: every later letter is hers again.
  const recipient = reachable(
    context.contacts,
    party.municipality,
    context.on,
    bouncedIn(state.letters),
    order.kind === 'to-deputy' ? absentContacts(state, party.municipality) : [],
  )
  const about = { content: state.content, signedOn: state.signedOn, on: context.on }
  const frame = frameOf({
    ...about,
    directory: context.directory,
    caseworker: state.caseworker,
    party: party.municipality,
    recipient,
    lettersBefore: state.letters,
    theirCaseNumber: party.theirCaseNumber,
    controlNumber: letters[order.kind].printsControlNumber === true ? context.controlNumber : null,
  })
  const facts = caseFactsOf(about, frame, state.year, recipient.language)
  return { state, content: state.content, party, context, recipient, frame, facts }
}

/**
 * What a letter of a renegotiation is composed from.
 * @param review the year's
 * @throws NobodyLeft when the party has nobody left to write to
 */
export const renegotiationLetter = (
  state: RenegotiationState,
  review: ReviewState,
  context: LetterContext,
): RenegotiationLetter => {
  const { party } = context.order
  const { content } = state
  if (party === null || content === null || !state.parties.some((one) => one.municipality === party))
    throw new Error(`no such party in this renegotiation: ${party ?? '-'}`)
  const lettersBefore = [...review.letters, ...state.letters]
  const recipient = reachable(context.contacts, party, context.on, bouncedIn(lettersBefore))
  const about = { content, signedOn: state.signedOn, on: context.on }
  const frame = frameOf({
    ...about,
    directory: context.directory,
    party,
    recipient,
    lettersBefore,
    theirCaseNumber: review.parties.find((one) => one.municipality === party)?.theirCaseNumber ?? null,
    controlNumber: null,
  })
  const signatories = contactsOf(context.contacts, party, context.on, 'signatory')
  const facts = caseFactsOf(about, frame, state.year, recipient.language)
  return { state, content, party, context, recipient, signatories, review, frame, facts }
}

/** Body and addressees of a letter of a review. */
export const addressedInReview = (letter: ReviewLetter, draft: LetterDraft): ComposedLetter => {
  const { recipient, frame, state, party } = letter
  const copies = [...(draft.cc ?? []), ...mainMailboxes(letter.context)]
  return {
    body: draft.body,
    frame,
    to: [recipient],
    cc: copies.filter(
      (contact, index) =>
        contact.id !== recipient.id && copies.findIndex((other) => other.email === contact.email) === index,
    ),
    dueOn: draft.dueOn ?? null,
    // Everything of a case stands in the thread of its request.
    thread: threadOf(draft, lettersTo(state.letters, party.municipality, 'request', 'to-deputy').at(-1)),
  }
}

/** Body and addressees of a letter of a renegotiation: a mail is answered to whoever sent it, its contact in copy. */
export const addressedInRenegotiation = (letter: RenegotiationLetter, draft: LetterDraft): ComposedLetter => {
  const { recipient, frame, state, party, context } = letter
  const { answers } = draft
  const sender =
    answers?.standing === 'counts' ? context.contacts.find(({ id }) => id === answers.contactId) : undefined
  const to = distinct([sender ?? recipient, ...(draft.also ?? [])])
  const copies = [...(answers === undefined ? [] : [recipient]), ...mainMailboxes(context)]
  return {
    body: draft.body,
    frame,
    to,
    cc: distinct(copies).filter(isOther(to)),
    dueOn: draft.dueOn ?? null,
    // Everything of the case to a party stands in the thread of its first letter.
    thread: threadOf(
      draft,
      answers === undefined
        ? state.letters.find(
            ({ order, messageId }) =>
              order.party === party && letters[order.kind].form === undefined && messageId !== '',
          )
        : undefined,
    ),
  }
}

const mainMailboxes = ({ contacts, order, on }: LetterContext): readonly Contact[] =>
  letters[order.kind].mainMailboxInCopy === true
    ? contactsOf(contacts, order.party ?? '', on, 'main-mailbox')
    : []

const isOther =
  (known: readonly Contact[]) =>
  (contact: Contact): boolean =>
    !known.some((one) => one.email.toLowerCase() === contact.email.toLowerCase())

const distinct = (contacts: readonly Contact[]): readonly Contact[] =>
  contacts.filter((contact, index) => isOther(contacts.slice(0, index))(contact))

/** @param first the letter that the case's thread begins with */
const threadOf = (draft: LetterDraft, first: LetterRecord | undefined): Thread | null => {
  if (draft.startsThread === true) return null
  const answered = draft.answers === undefined ? null : threadOfMail(draft.answers)
  if (answered !== null) return answered
  if (first === undefined || first.messageId === '') return null
  const id = first.messageId.startsWith('<') ? first.messageId : `<${first.messageId}>`
  return { inReplyTo: id, references: [id] }
}

const threadOfMail = ({ details }: AnsweredMail): Thread | null => {
  const id = details?.messageId ?? ''
  return id === '' ? null : { inReplyTo: id, references: [...(details?.references ?? []), id] }
}

/** What a review owes at once and has not sent. */
export const owedByReview = (state: ReviewState): readonly LetterOrder[] =>
  owed(
    Object.values(letters).flatMap(({ review }) => review?.owed ?? []),
    state,
  )

/** What a renegotiation owes at once and has not sent. */
export const owedByRenegotiation = (state: RenegotiationState): readonly LetterOrder[] =>
  owed(
    Object.values(letters).flatMap(({ renegotiation }) => renegotiation?.owed ?? []),
    state,
  )

const owed = <S extends { readonly letters: readonly LetterRecord[] }>(
  rules: readonly OwedRule<S>[],
  state: S,
): readonly LetterOrder[] => {
  const sent = new Set(state.letters.map(({ order }) => letterOrderId(order)))
  // A rule that several letters name is asked once.
  return [...new Set(rules)].flatMap((rule) => rule(state)).filter((order) => !sent.has(letterOrderId(order)))
}
