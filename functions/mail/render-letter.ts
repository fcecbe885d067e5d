import type { ContactRole } from '../domain/agreement/content.ts'
import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { Language } from '../domain/base/values.ts'
import { toHtml, toText, type Block } from './block.ts'
import {
  answerSubject,
  closingBlocks,
  generalClosing,
  generalOpening,
  openingBlocks,
  ownSubject,
  subjectTail,
  type Frame,
  type GeneralFrame,
} from './frame.ts'
import type { Attachments, GeneralBody, LetterBody } from './letter.ts'
import { letters } from './letters.ts'

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

/** Puts the frame of LETTERS 2 around a body. Pure: the same body and frame give the same bytes. */
export const renderLetter = (body: LetterBody, frame: Frame): RenderedLetter => {
  const tail = subjectTail(frame, body.language)
  const subject =
    'own' in body.subject ? ownSubject(body.subject.own, tail) : answerSubject(body.subject.answers, tail)
  return printed(body, subject, [
    ...openingBlocks(letters[body.kind], body.language, frame),
    ...body.blocks,
    ...closingBlocks(letters[body.kind], body.language, frame),
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
  autoSubmitted: letters[body.kind].form === 'answer' ? 'auto-replied' : 'auto-generated',
  ccRoles: letters[body.kind].mainMailboxInCopy === true ? ['main-mailbox'] : [],
})
