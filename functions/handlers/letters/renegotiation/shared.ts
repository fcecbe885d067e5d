import type { AgreementContent, Contact } from '../../../domain/agreement/content.ts'
import { lettersTo } from '../../../domain/casefile/letters.ts'
import type { MailRecord } from '../../../domain/casefile/mails.ts'
import { municipality } from '../../../domain/directory/municipalities.ts'
import type { RenegotiationState } from '../../../domain/renegotiation/state.ts'
import type { ReviewState } from '../../../domain/review/state.ts'
import type { CaseFacts } from '../../../mail/case-facts.ts'
import type { Signatory } from '../../../mail/frame.ts'
import { caseFactsOf, frameOf } from '../../../mail/case-frame.ts'
import { letters } from '../../../mail/letters.ts'
import type { ComposedLetter, LetterContext } from '../letter-desk.ts'
import { bouncedIn, contactsOf, reachable } from '../../../domain/casefile/recipients.ts'

/** What every letter of a renegotiation is composed from. */
export interface RenegotiationLetter {
  readonly state: RenegotiationState
  readonly content: AgreementContent
  readonly party: string
  readonly context: LetterContext
  readonly recipient: Contact
  readonly signatories: readonly Contact[]
  /** The year's review: wishes are mails in it. */
  readonly review: ReviewState
  readonly frame: ComposedLetter['frame']
  readonly facts: CaseFacts
}

export const renegotiationLetter = (
  state: RenegotiationState,
  review: ReviewState,
  context: LetterContext,
): RenegotiationLetter => {
  const { party } = context.order
  const { content } = state
  if (party === null || content === null || !state.parties.some((one) => one.municipality === party))
    throw new Error(`no such party in this renegotiation: ${party ?? '-'}`)
  const recipient = reachable(
    context.contacts,
    party,
    context.on,
    bouncedIn([...review.letters, ...state.letters]),
  )
  const about = { content, signedOn: state.signedOn, on: context.on }
  const frame = frameOf({
    ...about,
    directory: context.directory,
    party,
    recipient,
    lettersBefore: [...review.letters, ...state.letters],
    theirCaseNumber: review.parties.find((one) => one.municipality === party)?.theirCaseNumber ?? null,
    controlNumber: null,
  })
  return {
    state,
    content,
    party,
    context,
    recipient,
    signatories: contactsOf(context.contacts, party, context.on, 'signatory'),
    review,
    frame,
    facts: caseFactsOf(about, frame, state.year, recipient.language),
  }
}

/** Everything of the case to a party stands in the thread of its first letter. */
const caseThread = (letter: RenegotiationLetter): ComposedLetter['thread'] => {
  const [first] = letter.state.letters.filter(
    (one) =>
      one.order.party === letter.party && letters[one.order.kind].form === undefined && one.messageId !== '',
  )
  if (first === undefined) return null
  const id = first.messageId.startsWith('<') ? first.messageId : `<${first.messageId}>`
  return { inReplyTo: id, references: [id] }
}

const isOther =
  (known: readonly Contact[]) =>
  (contact: Contact): boolean =>
    !known.some((one) => one.email.toLowerCase() === contact.email.toLowerCase())

const distinct = (contacts: readonly Contact[]): readonly Contact[] =>
  contacts.filter((contact, index) => isOther(contacts.slice(0, index))(contact))

/**
 * Puts body and addressees together; the main mailbox is in copy where its kind says so.
 * @param more.signatories whether those who may bind the municipality get it as well
 */
export const addressed = (
  letter: RenegotiationLetter,
  body: ComposedLetter['body'],
  more: { readonly dueOn?: string | null; readonly signatories?: boolean } = {},
): ComposedLetter => {
  const { context, recipient, party } = letter
  const to = distinct([recipient, ...(more.signatories === true ? letter.signatories : [])])
  const copies =
    letters[context.order.kind].mainMailboxInCopy === true
      ? contactsOf(context.contacts, party, context.on, 'main-mailbox')
      : []
  return {
    body,
    frame: letter.frame,
    to,
    cc: distinct(copies).filter(isOther(to)),
    dueOn: more.dueOn ?? null,
    thread: caseThread(letter),
  }
}

/** An answer to a mail: to the registered address that sent it, the contact in copy. */
export const answering = (
  letter: RenegotiationLetter,
  mail: MailRecord,
  body: ComposedLetter['body'],
): ComposedLetter => {
  const { recipient, context } = letter
  const sender =
    mail.standing === 'counts' ? context.contacts.find((contact) => contact.id === mail.contactId) : undefined
  const to = sender ?? recipient
  const id = mail.details?.messageId ?? ''
  return {
    body,
    frame: letter.frame,
    to: [to],
    cc: [recipient].filter(isOther([to])),
    dueOn: null,
    thread: id === '' ? null : { inReplyTo: id, references: [...(mail.details?.references ?? []), id] },
  }
}

/** The mail the letter answers: in this case, or the wish in the year's review. */
export const mailOf = (letter: RenegotiationLetter): MailRecord => {
  const { about } = letter.context.order
  const mail = [...letter.state.mails, ...letter.review.mails].find((one) => one.mailKey === about)
  if (mail === undefined) throw new Error('the mail to answer is not on the record')
  return mail
}

export const namesOf = (parties: readonly string[]): readonly string[] =>
  parties.map((code) => municipality(code).officialName)

export const signatoryNames = (letter: RenegotiationLetter): readonly Signatory[] =>
  letter.signatories.map(({ name, title }) => ({ name, title }))

/** The reason of a decision goes into a sentence after "idet" or "at": a clause without its own opening. */
export const clause = (text: string): string =>
  text.trim().replace(/^(?:at|idet|fordi|because|that)\s+/iu, '')

/** The day this party was last sent a proposal; null when none has gone out. */
export const proposedOn = (letter: RenegotiationLetter): string | null =>
  lettersTo(letter.state.letters, letter.party, 'proposal').at(-1)?.datedOn ?? null
