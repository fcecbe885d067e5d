import type { Contact } from '../../../domain/agreement/content.ts'
import { lettersTo } from '../../../domain/casefile/letters.ts'
import type { MailRecord } from '../../../domain/casefile/mails.ts'
import { contactsOf } from '../../../domain/casefile/recipients.ts'
import type { FormField } from '../../../domain/form/field.ts'
import { askedForm } from '../../../domain/review/asked.ts'
import type { PrintedForm } from '../../../mail/form-blocks.ts'
import { letters } from '../../../mail/letters.ts'
import type { ReviewLetter } from '../../../mail/review-letter.ts'
import type { ComposedLetter } from '../letter-desk.ts'

export type { ReviewLetter }

/** Puts body and addressees together; the main mailbox is in copy where its kind says so. */
export const addressed = (
  letter: ReviewLetter,
  body: ComposedLetter['body'],
  more: {
    readonly dueOn?: string | null
    readonly cc?: readonly Contact[]
    readonly thread?: ComposedLetter['thread']
  } = {},
): ComposedLetter => {
  const { context, recipient, party } = letter
  const copies = [
    ...(more.cc ?? []),
    ...(letters[context.order.kind].mainMailboxInCopy === true
      ? contactsOf(context.contacts, party.municipality, context.on, 'main-mailbox')
      : []),
  ]
  return {
    body,
    frame: letter.frame,
    to: [recipient],
    cc: copies.filter(
      (contact, index) =>
        contact.id !== recipient.id && copies.findIndex((other) => other.email === contact.email) === index,
    ),
    dueOn: more.dueOn ?? null,
    thread: more.thread ?? requestThread(letter),
  }
}

/** Everything of a case stands in the thread of its request. */
const requestThread = (letter: ReviewLetter): ComposedLetter['thread'] => {
  const asked = lettersTo(letter.state.letters, letter.party.municipality, 'request', 'to-deputy').at(-1)
  if (asked === undefined || asked.messageId === '') return null
  const id = asked.messageId.startsWith('<') ? asked.messageId : `<${asked.messageId}>`
  return { inReplyTo: id, references: [id] }
}

/** The thread of a mail of theirs. */
export const threadOf = (mail: {
  readonly details: { readonly messageId: string; readonly references: readonly string[] } | null | undefined
}): ComposedLetter['thread'] => {
  const id = mail.details?.messageId ?? ''
  return id === '' ? null : { inReplyTo: id, references: [...(mail.details?.references ?? []), id] }
}

export const printedForm = (letter: ReviewLetter, fields: readonly FormField[]): PrintedForm => ({
  fields,
  resultsYear: letter.state.year,
  kind: letter.content.kind,
  language: letter.recipient.language,
  municipality: letter.party.municipality,
  caseNumber: letter.content.caseNumber,
  token: letter.context.token,
})

export const wholeForm = (letter: ReviewLetter): readonly FormField[] =>
  askedForm(letter.content, letter.state.year, letter.party.municipality, letter.context.on)

/** The mail a letter answers. */
export const mailOf = (letter: ReviewLetter): MailRecord => {
  const mail = letter.state.mails.find((candidate) => candidate.mailKey === letter.context.order.about)
  if (mail === undefined) throw new Error('the mail to answer is not on the record')
  return mail
}
