import { cleanText } from './clean-text.ts'
import type { ParsedMessage } from './message.ts'

/** The parts of a mail that are the same however it was carried: decoded, without transfer encoding. */
const parts = (message: ParsedMessage): readonly unknown[] => [
  message.text === null ? null : canonicalText(message.text),
  message.html === null ? null : canonicalText(message.html),
  message.attachments.map(({ filename, mimeType, sha256 }) => [filename, mimeType, sha256]),
]

/** A pattern that finds nothing costs more than the look whether it could. */
const canonicalText = (text: string): string => {
  const cleaned = cleanText(text)
  const lines = cleaned.includes('\r') ? cleaned.replace(/\r\n?/gu, '\n') : cleaned
  return (/[ \t]\n/u.test(lines) ? lines.replace(/[ \t]+$/gmu, '') : lines).trimEnd()
}

/** What a mail's two keys are the SHA-256 of. */
export interface KeyInputs {
  /** Message-ID, From, Date, Subject and the decoded parts: the same mail, however often it is delivered. */
  readonly mail: string
  /** Sender and decoded parts alone: the same content sent again in a new mail. */
  readonly body: string
}

/**
 * The texts of the dedupe keys (MAIL 97-100; handlers/README.md, "Mail lands, is archived, is read"). The same mail
 * delivered twice gives the same texts; the same Message-ID with other content does not. JSON: where one part ends
 * and the next begins is never in doubt.
 */
export const keyInputs = (message: ParsedMessage): KeyInputs => {
  const from = JSON.stringify(message.from.map(({ address }) => address))
  const shared = JSON.stringify(parts(message)).slice(1)
  const of = (start: string): string => `${start},${shared}`
  const own = [message.date, cleanText(message.subject)].map((value) => JSON.stringify(value))
  return {
    mail: of(['["mail"', JSON.stringify(message.messageId), from, ...own].join(',')),
    body: of(`["body",${from}`),
  }
}
