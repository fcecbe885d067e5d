import { findDate } from '../value/dates.ts'
import type { Opening } from './quotation.ts'

/** Who sent a mail, and the day it says it was sent on. */
export interface Writer {
  readonly name: string
  readonly address: string
  /** `YYYY-MM-DD`; null when the mail does not say. */
  readonly on: string | null
}

/** Lines that may stand above a letter's head: blank ones and one of a title. */
export const longestTitle = 6
const isTitle = (line: string): boolean => line.length <= 40 && !/[\d:]/u.test(line)

const wordsOf = (name: string): readonly string[] => name.toLowerCase().match(/\p{L}{2,}/gu) ?? []
const answered = /^(?:sv|svar|vs|re|fw|fwd|aw|vb|vl)\s?:/iu
const timed = /\d{1,2}[.:]\d{2}/u

const isOnDay = (sent: string, on: string | null): boolean => {
  if (sent === '') return true
  const date = findDate(sent)
  if (date === null || date.year === null || timed.test(date.rest)) return false
  const day = [date.year, date.month, date.day].map((part) => String(part).padStart(2, '0')).join('-')
  return day === on
}

/**
 * Whether a header block is the head of the sender's own letter ("Fra: / Til: / Dato: / Emne:" typed as a memo begins):
 * at the very top, from the sender, of the mail's own day and without a time of day, which every mail program prints.
 * Whatever is less certain is an older mail's header: what follows is asked (MAIL 293).
 *
 * @param above the first lines above it; as many as `longestTitle` of them say that it does not stand at the top
 */
export const isLetterHead = (
  { header }: Opening,
  above: readonly string[],
  writer: Writer | null,
): boolean => {
  if (header === undefined || writer === null || above.length >= longestTitle) return false
  const said = above.filter((line) => line.trim() !== '')
  if (said.length > 1 || !said.every(isTitle)) return false
  const names = wordsOf(writer.name)
  const from = new Set(wordsOf(header.from))
  const isWriter =
    (names.length >= 2 && names.every((word) => from.has(word))) ||
    (writer.address !== '' && header.from.toLowerCase().includes(writer.address))
  return isWriter && !answered.test(header.subject) && isOnDay(header.sent, writer.on)
}
