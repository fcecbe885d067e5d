import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import { letterKinds } from '../domain/casefile/letter-kinds.ts'
import type { ContactRole } from '../domain/agreement/content.ts'
import type { Language } from '../domain/base/values.ts'
import type { Block } from './block.ts'
import type { Frame, GeneralFrame } from './frame.ts'
import { closingBlocks, generalClosing, generalOpening, openingBlocks, subjectTail } from './frame.ts'
import { toHtml } from './html-part.ts'
import { toText } from './plain-text.ts'
import { answerSubject, ownSubject } from './subject-line.ts'
import type { WorkbookSheets } from './workbook.ts'

/** How a subject begins: our own words, or `SV:` and theirs. */
export type SubjectStart = { readonly own: string } | { readonly answers: string }

/** A file sent along that exists elsewhere: a draft assessment, a rider, pages of the report. */
export interface AttachedDocument {
  readonly fileName: string
  /** Key of its content in the archive. */
  readonly archiveKey: string
}

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

/** A letter ready to become MIME. */
export interface RenderedLetter {
  readonly kind: LetterKind
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly language: Language
  readonly attachments: Attachments
  readonly autoSubmitted: 'auto-generated' | 'auto-replied'
  /** Roles on the municipality's side that are in copy. */
  readonly ccRoles: readonly ContactRole[]
}

/** Puts the frame of LETTERS.md 2 around a body. Pure: the same body and frame give the same bytes. */
export const renderLetter = (body: LetterBody, frame: Frame): RenderedLetter => {
  const tail = subjectTail(frame, body.language)
  const subject =
    'own' in body.subject ? ownSubject(body.subject.own, tail) : answerSubject(body.subject.answers, tail)
  return printed(body, subject, [
    ...openingBlocks(body.kind, body.language, frame),
    ...body.blocks,
    ...closingBlocks(body.kind, body.language, frame),
  ])
}

/** Puts the frame of a letter to every municipality around a body: no case number, no token, its own subject. */
export const renderGeneralLetter = (body: GeneralBody, frame: GeneralFrame): RenderedLetter =>
  printed(body, body.subject.own, [
    ...generalOpening(body.language, frame),
    ...body.blocks,
    ...generalClosing(body.language, frame),
  ])

const printed = (
  body: Omit<LetterBody, 'subject'>,
  subject: string,
  blocks: readonly Block[],
): RenderedLetter => ({
  kind: body.kind,
  subject,
  text: toText(blocks),
  html: toHtml(blocks, subject, body.language),
  language: body.language,
  attachments: body.attachments ?? {},
  autoSubmitted: letterKinds[body.kind].autoSubmitted,
  ccRoles: letterKinds[body.kind].mainMailboxInCopy ? ['main-mailbox'] : [],
})
