import type { KeyIndex } from './key-index.ts'
import type { KeyMatch } from './keys.ts'
import { matchKey } from './keys.ts'
import { bareValue, readValue } from './values.ts'

const splits = new Set<string>(['count', 'number', 'amount', 'milestone', 'yes-no', 'date', 'status', 'pair'])

/**
 * The keys of one line. A mail program joins lines, people write them with commas: a line is split at a later key where what stands before it
 * is itself a whole value or an empty blank; a note is never split (LETTERS 3.3.4, MAIL 111).
 */
export const findKeys = (
  text: string,
  index: KeyIndex,
  on: { year: number; receivedOn: string },
): readonly KeyMatch[] => {
  const found: KeyMatch[] = []
  let line = text
  while (found.length < 40) {
    const match = matchKey(line, index)
    if (match === null) break
    const cut = splits.has(match.target.shape.type) && match.label === '' ? nextKey(match, index, on) : null
    if (cut === null) return [...found, match]
    found.push({ ...match, rest: match.rest.slice(0, cut.end) })
    line = match.rest.slice(cut.next)
  }
  return found
}

const nextKey = (
  match: KeyMatch,
  index: KeyIndex,
  on: { year: number; receivedOn: string },
): { readonly end: number; readonly next: number } | null => {
  let tried = 0
  for (const gap of match.rest.matchAll(/[\s,;/|]+(?=\p{L})/gu)) {
    const at = gap.index + gap[0].length
    const later = matchKey(match.rest.slice(at), index)
    if (later === null || later.separator === 'none' || later.label !== '') continue
    tried += 1
    if (tried > 40) return null
    const before = readValue(bareValue(match.rest.slice(0, gap.index)), match.target.shape, on)
    const whole = before.as === 'empty' || ((before.as === 'value' || before.as === 'pair') && before.whole)
    if (whole) return { end: gap.index, next: at }
  }
  return null
}
