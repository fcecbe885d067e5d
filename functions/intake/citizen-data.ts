import { cleanText } from './clean-text.ts'

const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const candidate = /(?<![\d+])(\d{2})(\d{2})(\d{2})([- ]?)(\d{4})(?!\d)/gu
/** A longer number in groups: the digits before or after belong to it. */
const groupBefore = /(?:\+\d[\d ]*|\d[ -])$/u
const groupAfter = /^[ -]\d{2,4}(?!\p{L})/u
const businessLabel =
  /(?:\bP|produktions|p-enheds?|cvr|ean|tlf|telefon|mobil|phone)[\s.-]{0,4}(?:nr|nummer|no)?[\s.:]{0,6}$/iu

/**
 * Ids of mails and of files are long runs of hexadecimal digits: ten of them in a row may look like a number. Of a
 * run of any length (a SHA-512 has 128 digits) as much is looked at on each side as `mostBeside` says.
 */
const identifier = /^[\da-f-]{16,}$/iu
const inWord = /[\p{L}\d-]/u
const mostBeside = 80

const wordAround = (text: string, from: number, to: number): string => {
  let start = from
  let end = to
  while (start > 0 && from - start < mostBeside && inWord.test(text.charAt(start - 1))) start -= 1
  while (end < text.length && end - to < mostBeside && inWord.test(text.charAt(end))) end += 1
  return text.slice(start, end)
}

/**
 * Whether a text holds a CPR number: six digits that form a date (ddmmyy), an optional hyphen or blank and four
 * digits, not part of a longer number. Telephone, CVR, EAN and P numbers are none (intake/README.md, "Settled
 * readings").
 */
export const holdsCitizenNumber = (written: string): boolean => {
  const text = cleanText(written)
  for (const match of text.matchAll(candidate)) {
    const [whole, day = '', month = '', , joint = ''] = match
    const before = text.slice(Math.max(0, match.index - 24), match.index)
    const after = text.slice(match.index + whole.length, match.index + whole.length + 6)
    const inMonth = days[Number(month) - 1]
    if (inMonth === undefined || Number(day) < 1 || Number(day) > inMonth) continue
    if (joint !== '-' && (groupBefore.test(before) || groupAfter.test(after))) continue
    const word = wordAround(text, match.index, match.index + whole.length)
    if (identifier.test(word) && /[a-f]/iu.test(word)) continue
    if (/\+[\d ]*$/u.test(before) || businessLabel.test(before)) continue
    return true
  }
  return false
}
