import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { Language } from '../domain/base/values.ts'
import { agreementWords, uncapitalised, type CaseFacts } from './case-facts.ts'
import { paragraph, title, type Block } from './block.ts'
import type { Attachments, LetterBody, SubjectStart } from './letter.ts'

/** One language's words of a letter: a text is a paragraph of its own. */
export interface Wording {
  /**
   * Subject after the kind's word (`Resultatkontrakt: `). Left out: the title with a small first letter; not read
   * when a mail is answered.
   */
  readonly subject?: string
  readonly title: string
  readonly body: readonly (string | Block)[]
}

export type Wordings = Readonly<Record<Language, Wording>>

interface Written extends Wordings {
  readonly attachments?: Attachments
  /** The subject of the mail that is answered. */
  readonly answers?: string
  /** The whole subject from its wording, where it does not begin with the kind's word. */
  readonly subjectOf?: (subject: string) => string
}

/** The blocks of a wording, its title first. */
const wordingBlocks = (wording: Wording): readonly Block[] => [
  title(wording.title),
  ...wording.body.map((part) => (typeof part === 'string' ? paragraph(part) : part)),
]

/** A letter about one agreement, in the recipient's language. */
export const letterInWords = (kind: LetterKind, facts: CaseFacts, written: Written): LetterBody => {
  const wording = written[facts.language]
  const { title: name, subject: own = uncapitalised(name) } = wording
  const subject: SubjectStart =
    written.answers === undefined
      ? { own: written.subjectOf?.(own) ?? `${agreementWords(facts.kind, facts.language).subject}: ${own}` }
      : { answers: written.answers }
  return {
    kind,
    language: facts.language,
    subject,
    blocks: wordingBlocks(wording),
    ...(written.attachments === undefined ? {} : { attachments: written.attachments }),
  }
}
