import type { AgreementContent, Contact } from '../domain/agreement/content.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { LetterOrder } from '../domain/casefile/letters.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import type { Directory } from '../domain/directory/directory.ts'
import type { StreamId } from '../domain/base/stream-id.ts'
import type { Language } from '../domain/base/values.ts'
import type { Block } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import type { Frame } from './frame.ts'
import type { WorkbookSheets } from './workbook.ts'

/** How a subject begins: our own words, or `SV:` and theirs. */
export type SubjectStart = { readonly own: string } | { readonly answers: string }

/** A file sent along: it lies in the archive under its key, or is put there under its hash before the letter goes. */
export type AttachedDocument = { readonly fileName: string } & (
  { readonly archiveKey: string } | { readonly html: string; readonly archiveFolder: 'riders' }
)

export interface Attachments {
  readonly workbook?: WorkbookSheets
  readonly documents?: readonly AttachedDocument[]
}

/** One letter's own part: what its file in this folder makes, before the frame is put around it. */
export interface LetterBody {
  readonly kind: LetterKind
  readonly language: Language
  readonly subject: SubjectStart
  readonly blocks: readonly Block[]
  readonly attachments?: Attachments
}

/** The own part of a letter that goes to every municipality and answers nothing. */
export type GeneralBody = LetterBody & { readonly subject: { readonly own: string } }

/** What a letter is composed from, beside the case itself. */
export interface LetterContext {
  readonly stream: StreamId
  readonly order: LetterOrder
  /** The day it is handed over, and its date. */
  readonly on: string
  readonly now: string
  readonly directory: Directory
  readonly contacts: readonly Contact[]
  /** The token of this case and party, as the form and the workbook print it. */
  readonly token: string
  /** First twelve hex digits of the stream's last hash. */
  readonly controlNumber: string
}

/** What a letter of any case is composed from. */
export interface CaseLetter {
  readonly state: { readonly mails: readonly MailRecord[] }
  readonly content: AgreementContent
  readonly context: LetterContext
  readonly recipient: Contact
  readonly frame: Omit<Frame, 'token'>
  readonly facts: CaseFacts
}

/** The mail a letter answers. */
export const mailOf = ({ state, context }: Pick<CaseLetter, 'state' | 'context'>): MailRecord => {
  const mail = state.mails.find(({ mailKey }) => mailKey === context.order.about)
  if (mail === undefined) throw new Error('the mail to answer is not on the record')
  return mail
}

/** The thread of a mail: whom a records system files it with. */
export interface Thread {
  readonly inReplyTo: string
  readonly references: readonly string[]
}

/** A mail of theirs that is answered in its own thread. */
export interface AnsweredMail {
  readonly details?:
    | { readonly subject: string; readonly messageId: string; readonly references: readonly string[] }
    | null
    | undefined
  readonly standing?: MailRecord['standing']
  readonly contactId?: MailRecord['contactId']
}

/** A letter as its kind writes it: to the party's contact, in the thread of its case, unless it says otherwise. */
export interface LetterDraft {
  readonly body: LetterBody
  /** The deadline it prints, which becomes the record's. */
  readonly dueOn?: string
  /** The mail it answers. */
  readonly answers?: AnsweredMail
  /** It begins a thread of its own. */
  readonly startsThread?: true
  /** Who gets it beside the contact. */
  readonly also?: readonly Contact[]
  /** In copy, beside the main mailbox where the kind of letter has it. */
  readonly cc?: readonly Contact[]
}

/** What the words of a letter that answers a mail are made from. */
export interface Answering {
  readonly facts: CaseFacts
  /** The subject of the mail that is answered. */
  readonly theirSubject: string
}

/** A letter that answers a mail, in that mail's thread. */
export const answerTo = (
  mail: AnsweredMail,
  facts: CaseFacts,
  write: (about: Answering) => LetterBody,
): LetterDraft => ({ body: write({ facts, theirSubject: mail.details?.subject ?? '' }), answers: mail })

/** Composes a letter that answers the mail it is about. */
export const answering =
  <L extends CaseLetter>(write: (about: Answering, letter: L, mail: MailRecord) => LetterBody) =>
  (letter: L): LetterDraft => {
    const mail = mailOf(letter)
    return answerTo(mail, letter.facts, (about) => write(about, letter, mail))
  }

/** A letter before its MIME: body, frame, and to whom. */
export interface ComposedLetter {
  readonly body: LetterBody
  readonly frame: Omit<Frame, 'token'>
  /** The first is the one it is meant for. */
  readonly to: readonly Contact[]
  readonly cc: readonly Contact[]
  /** The deadline it prints, which becomes the record's. */
  readonly dueOn: string | null
  /** Null: a new one. */
  readonly thread: Thread | null
}
