import { boundedText } from '../clean-text.ts'
import type { LabelledLine } from '../quotation/segments.ts'
import type { SentTexts } from '../quotation/sent.ts'

/** A line that only greets. */
const greeting =
  /^(?:kære|kjære|hej|hejsa|hei|hallo|goddag|god (?:morgen|dag|formiddag|eftermiddag)|bästa|dear|hi|hello|liebe[rs]?|sehr geehrte[rs]?|guten tag|til)(?![\p{L}])[^.?!:]{0,50}[,!.]?$/iu

export const isGreeting = (line: string): boolean => greeting.test(line)

/**
 * The sender's own text that no key took, as the caller tells it: own lines, and lines written inside our quoted
 * letter. Greeting and signature are left out; nothing else is. Shown to the caseworker, never read as a figure.
 */
export const freeLinesOf = (
  lines: readonly LabelledLine[],
  taken: ReadonlySet<number>,
  sent: SentTexts,
  isOwn: (line: LabelledLine) => boolean,
): readonly LabelledLine[] => {
  let begun = false
  const kept: LabelledLine[] = []
  for (const line of lines) {
    if (!isOwn(line) || taken.has(line.number) || sent.has(line.text)) continue
    const text = line.text.trim()
    if (text === '' || /^[_\-=*\s]+$/u.test(text)) {
      if (kept.length > 0 && kept.at(-1)?.text !== '') kept.push({ ...line, text: '' })
      continue
    }
    if (!begun && greeting.test(text)) {
      begun = true
      continue
    }
    begun = true
    kept.push({ ...line, text })
  }
  return kept
}

/** Free text as it is shown. */
export const freeTextOf = (lines: readonly LabelledLine[]): string =>
  boundedText(lines.map(({ text }) => text).join('\n'))
