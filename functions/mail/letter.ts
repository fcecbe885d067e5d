import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { Language } from '../domain/base/values.ts'
import type { Block } from './block.ts'
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
