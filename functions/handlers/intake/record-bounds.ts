import type { MailReceived } from '../../domain/casefile/mails.ts'

/**
 * How much of one mail an event keeps: a stored item takes 400 kB, and what follows from a mail repeats some of its
 * words in the same commit. The mail as it came lies whole in the archive (MAIL 207).
 */
const mostBytes = 100_000
/** Signs of one text that are kept, tried in this order. */
const lengths = [4000, 2000, 1000, 500, 200, 80, 20] as const
const mostReferences = 50

type Private = NonNullable<MailReceived['private']>

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

const cutAll = (texts: Readonly<Record<string, string>>, most: number): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, cut(text, most)]))

interface MailHeader {
  readonly from: string
  readonly subject: string
  readonly messageId: string
  readonly source: string
  readonly references: readonly string[]
}

/** What is kept of a mail's header; of a long thread where it began and its latest mails. */
export const boundedHeader = (header: MailHeader) => ({
  from: cut(header.from, 320),
  subject: cut(header.subject, 2000),
  messageId: cut(header.messageId, 320),
  source: cut(header.source, 320),
  references:
    header.references.length > mostReferences
      ? [...header.references.slice(0, 1), ...header.references.slice(1 - mostReferences)]
      : [...header.references],
})

const shortened = (words: Private, most: number): Private => ({
  ...words,
  name: cut(words.name, 200),
  theirCaseNumber: words.theirCaseNumber === null ? null : cut(words.theirCaseNumber, 200),
  ...(words.contactWish === undefined ? {} : { contactWish: cut(words.contactWish, 1000) }),
  freeText: cut(words.freeText, most),
  texts: cutAll(words.texts, most),
  written: cutAll(words.written, 80),
  ...(words.proposals === undefined
    ? {}
    : {
        proposals: words.proposals.map(({ written, sentence }) => ({
          written: cut(written, 80),
          sentence: cut(sentence, most),
        })),
      }),
})

/** The private part of a mail's event: as it is where it fits, else with its texts cut. */
export const boundedWords = (words: Private): Private => {
  const { source, ...header } = boundedHeader({ ...words, source: words.source ?? '' })
  const kept = { ...words, ...header, ...(words.source === undefined ? {} : { source }) }
  const fitting = lengths.find((most) => bytesOf(shortened(kept, most)) <= mostBytes)
  return shortened(kept, fitting ?? lengths[lengths.length - 1] ?? 0)
}
