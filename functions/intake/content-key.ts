import { cleanText } from './clean-text.ts'
import type { ParsedMessage } from './message.ts'

/** The parts of a mail that are the same however it was carried: decoded, without transfer encoding. */
const parts = (message: ParsedMessage): readonly unknown[] => [
  message.text === null ? null : canonicalText(message.text),
  message.html === null ? null : canonicalText(message.html),
  message.attachments.map(({ filename, mimeType, sha256 }) => [filename, mimeType, sha256]),
]

const canonicalText = (text: string): string =>
  cleanText(text)
    .replace(/\r\n?/gu, '\n')
    .replace(/[ \t]+$/gmu, '')
    .trimEnd()

/**
 * What the dedupe key is the SHA-256 of: Message-ID, From, Date, Subject and the decoded parts (DESIGN.md 2,
 * MAIL 97-100). The same mail delivered twice gives the same text; the same Message-ID with other content does not.
 */
export const contentKeyInput = (message: ParsedMessage): string =>
  JSON.stringify([
    'mail',
    message.messageId,
    message.from.map(({ address }) => address),
    message.date,
    cleanText(message.subject),
    ...parts(message),
  ])

/** Sender and decoded parts alone: the same content sent again in a new mail. */
export const bodyKeyInput = (message: ParsedMessage): string =>
  JSON.stringify(['body', message.from.map(({ address }) => address), ...parts(message)])
