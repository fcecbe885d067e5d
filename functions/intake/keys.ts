import type { KeyIndex, KeyTarget } from './key-index.ts'
import { separate, type Separated } from './separator.ts'

/** A key found at the start of a line. */
export interface KeyMatch extends Separated {
  readonly target: KeyTarget
  readonly written: string
}

/** Quote marks, bullets, a list's number and emphasis that may stand before a key; never » or " (LETTERS 3.3.1). */
export const leading = /^[\s>|•·●▪◦*\-–]*(?:\(?\d{1,2}[.)]\s+)?/u
const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

/** The longest key at the start of a text, with what follows it. */
const keyStart = (
  text: string,
  index: KeyIndex,
): { target: KeyTarget; written: string; after: string } | null => {
  const lengths = index.beginnings.get(compactSigns(text, 2).spelled)
  if (lengths === undefined) return null
  const signs = compactSigns(text, lengths[0] ?? 0)
  for (const length of lengths) {
    if (length > signs.spelled.length) continue
    const target = index.byCompact.get(signs.spelled.slice(0, length))
    if (target === undefined) continue
    const end = (signs.places[length - 1] ?? 0) + 1
    if (!isWordSign(text[end])) return { target, written: text.slice(0, end), after: text.slice(end) }
  }
  return null
}

/** The first signs of a text in lower case without blanks and asterisks, each with its place; a tab ends them. */
const compactSigns = (text: string, most: number): { spelled: string; places: readonly number[] } => {
  let spelled = ''
  const places: number[] = []
  for (let at = 0; at < text.length && spelled.length < most; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '\t') break
    if (sign === ' ' || sign === '*') continue
    const lower = sign.toLowerCase()
    if (lower === sign && /\s/u.test(sign)) continue
    for (let nth = 0; nth < lower.length; nth += 1) places.push(at)
    spelled += lower
  }
  return { spelled, places }
}

/** Signs that may stand before a key, and the digits of a list's number. */
const mayStandBefore = new Set(' \t>|•·●▪◦*-–().0123456789')

/** Whether a line begins with the first two signs of any key: a look that spares most lines the rest. */
const mayBeginWithKey = (line: string, index: KeyIndex): boolean => {
  let at = 0
  while (at < line.length && mayStandBefore.has(line[at] ?? '')) at += 1
  const first = line[at]
  if (first === undefined) return false
  let next = at + 1
  while (line[next] === ' ' || line[next] === '*') next += 1
  const second = line[next]
  return second !== undefined && index.beginnings.has(`${first}${second}`.toLowerCase())
}

/** The key a line begins with, or null. An unknown label is given back for the caller to ask about. */
export const matchKey = (line: string, index: KeyIndex): KeyMatch | null => {
  if (!mayBeginWithKey(line, index)) return null
  const start = keyStart(line.replace(leading, ''), index)
  if (start === null) return null
  const set = separate(start.after, start.target)
  return set === null ? null : { target: start.target, written: start.written, ...set }
}
