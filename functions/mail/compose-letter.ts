import type { AgreementContent, Contact } from '../domain/agreement/content.ts'
import { letterOrderId, lettersTo, type LetterOrder, type LetterRecord } from '../domain/casefile/letters.ts'
import { caseworkerOf, domainsOn, officeHeadOn, type Directory } from '../domain/directory/directory.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import { formerMinistry, ministryOn } from '../domain/directory/ministry.ts'
import { municipality } from '../domain/directory/municipalities.ts'
import { isBefore } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { bouncedIn, contactsOf, reachable } from '../domain/casefile/recipients.ts'
import type { RenegotiationState } from '../domain/renegotiation/state.ts'
import { absentContacts } from '../domain/review/collection.ts'
import { partyOf } from '../domain/review/slices/figures.ts'
import type { ReviewState } from '../domain/review/state.ts'
import type { CaseFacts } from './case-facts.ts'
import type { Frame, RenamedMinistry } from './frame.ts'
import { letters } from './letters.ts'
import type { OwedRule, RenegotiationLetter, ReviewLetter } from './declared-letter.ts'
import type { AnsweredMail, ComposedLetter, LetterContext, LetterDraft, Thread } from './letter.ts'

/** What the frame of a letter is made from. */
interface FrameFacts {
  readonly directory: Directory
  readonly content: AgreementContent
  /** Who took the case over, or was given it. */
  readonly caseworker: string | null
  /** The agreement's last signature. */
  readonly signedOn: string
  readonly party: string
  /** Whom it is meant for; a main mailbox is no person. */
  readonly recipient: Contact | null
  /** The letter's date. */
  readonly on: string
  /** Letters of the agreement sent before, in all its cases that the caller knows. */
  readonly lettersBefore: readonly Pick<LetterRecord, 'order' | 'datedOn'>[]
  readonly theirCaseNumber: string | null
  /** Given only where the letter prints it: receipts and final assessments. */
  readonly controlNumber: string | null
}

/** A letter without date and salutation cannot tell that the ministry's name has changed. */
const tells = (kind: LetterKind): boolean =>
  letters[kind].form === undefined && letters[kind].address !== 'ministry'

/**
 * The sentence on the ministry's new name: in the first letter to the municipality under a name that is not the
 * contract's, once per agreement. Null in every other letter.
 */
const renamedIn = (facts: FrameFacts): RenamedMinistry | null => {
  const contractingName = formerMinistry(facts.signedOn, facts.on)
  const name = ministryOn(facts.on)
  const earlierLetters = facts.lettersBefore.filter(
    (letter) => letter.order.party === facts.party && tells(letter.order.kind),
  )
  // Whoever has only ever been written to under today's name has seen no change.
  const changed = earlierLetters.some((letter) => isBefore(letter.datedOn, name.from))
  const told = earlierLetters.some((letter) => !isBefore(letter.datedOn, name.from))
  if (contractingName === null || !changed || told) return null
  const { replyDomain } = domainsOn(facts.directory, facts.on)
  return { on: name.from, newName: name.name, contractingName, newDomain: replyDomain }
}

/** The frame of a letter by its own date (LETTERS 2): ministry, signatories, case numbers. */
export const frameOf = (facts: FrameFacts): Omit<Frame, 'token'> => {
  const { directory, content, on, recipient } = facts
  const head = officeHeadOn(directory, on)
  const caseworker = caseworkerOf(directory, {
    agreement: content.id,
    parties: content.parties,
    caseworker: facts.caseworker,
  })
  return {
    agreementKind: content.kind,
    letterOn: on,
    ministry: ministryOn(on).name,
    officeHead: { name: head.name, title: head.title },
    caseworker: { name: caseworker.name, title: caseworker.title, phone: caseworker.phone },
    caseNumber: content.caseNumber,
    theirCaseNumber: facts.theirCaseNumber,
    municipality: municipality(facts.party).officialName,
    recipient:
      recipient === null || recipient.role === 'main-mailbox'
        ? null
        : { name: recipient.name, title: recipient.title },
    renamed: renamedIn(facts),
    controlNumber: facts.controlNumber,
  }
}

/**
 * What a letter says of the agreement, by the letter's own date. The contracting ministry's former name is
 * named at the first mention, unless the frame of the same letter tells it already.
 */
export const caseFactsOf = (
  facts: Pick<FrameFacts, 'content' | 'signedOn' | 'on'>,
  frame: Pick<Frame, 'renamed'>,
  resultsYear: number,
  language: Language,
): CaseFacts => ({
  kind: facts.content.kind,
  signedOn: facts.signedOn,
  clauses: facts.content.clauses,
  resultsYear,
  language,
  contractingMinistry: frame.renamed === null ? formerMinistry(facts.signedOn, facts.on) : null,
})

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
    caseworker: state.caseworker,
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
  const copies = [...(draft.cc ?? []), ...mainMailboxes(letter.context), ...mailboxOf(draft, letter.context)]
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

/** The main mailbox, where the mail that is answered came through it (LETTERS 4, MAIL 211). */
const mailboxOf = ({ answers }: LetterDraft, { contacts, order, on }: LetterContext): readonly Contact[] =>
  answers?.standing === 'provisional' || answers?.standing === 'counts' || answers?.standing === 'repeated'
    ? contactsOf(contacts, order.party ?? '', on, 'main-mailbox').filter(({ id }) => id === answers.contactId)
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
