import { echo } from './echo.ts'

/** What makes a mail recognisable to both sides' records systems. */
export interface SubjectTail {
  readonly caseNumber: string
  readonly token: string
  readonly caseWord: 'sagsnr.' | 'case no.'
}

/** Long subjects are cut by records systems; the tail must stay inside. */
const longestStart = 150

const tailOf = ({ caseNumber, token, caseWord }: SubjectTail): string =>
  `(${caseWord} ${caseNumber}) [#${token}]`

/** A letter's subject: what it is about, then case number and token (LETTERS 1.2). */
export const ownSubject = (start: string, tail: SubjectTail): string => `${start} ${tailOf(tail)}`

// SV, VS, RE, AW, FW and the like, as mail programs of five languages put before a subject.
const answerPrefixes = /^(?:\s*(?:sv|vs|re|aw|wg|fw|fwd|antw|vb)(?:\s*\[\d{1,3}\])?\s*:)+/iu

const printedToken = /\s*\[#([2-9A-HJ-NP-Z]{16})\]/giu

/** A token names one request: an answer from another case than their mail went to bears its own alone. */
const withoutOtherTokens = (subject: string, own: string): string =>
  subject
    .replace(printedToken, (found: string, token: string) => (token.toUpperCase() === own ? found : ''))
    .trim()

/**
 * The subject of an answer: one `SV:` and theirs; case number and token are put at the end where theirs lacks
 * them (LETTERS 4.3).
 */
export const answerSubject = (theirs: string, tail: SubjectTail): string => {
  const full = withoutOtherTokens(echo(theirs, 400).replace(answerPrefixes, ''), tail.token)
  const hasCase = full.includes(tail.caseNumber)
  const hasToken = full.toUpperCase().includes(`[#${tail.token}]`)
  const start = hasCase && hasToken ? full : echo(full, longestStart)
  const missing = [
    ...(start.includes(tail.caseNumber) ? [] : [`(${tail.caseWord} ${tail.caseNumber})`]),
    ...(start.toUpperCase().includes(`[#${tail.token}]`) ? [] : [`[#${tail.token}]`]),
  ]
  return ['SV:', ...(start === '' ? [] : [start]), ...missing].join(' ')
}
