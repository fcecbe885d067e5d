import type { KeyIndex, KeyTarget } from './key-index.ts'

/** How a value is set off from its key. */
interface Separated {
  /** How the value is set off: an explicit sign, a dash, blanks, or nothing follows. */
  readonly separator: 'explicit' | 'dash' | 'blank' | 'none'
  /** An unknown label between key and separator. */
  readonly label: string
  /** What stood between key and separator in brackets, or the year: a unit, what the figure is of. */
  readonly said: string
  readonly rest: string
}

/** Where the sign that sets a value off ends: colons or equals signs with an arrow's head, or a tab; -1 when none stands here. */
const separatorEnd = (text: string, at: number): number => {
  if (text[at] === '\t') return at + 1
  let end = at
  while (text[end] === ':' || text[end] === '=') end += 1
  if (end === at) return -1
  return text[end] === '>' ? end + 1 : end
}

const brackets = /^(?:\([^()]*\)|\[[^[\]]*\])/u
const yearLabel = /^,? ?(?:(?:i|for|in|år|pr\.?) )?20\d\d(?!\d)/iu

/** Where the labels end that may begin here: brackets, the unit, the titles. */
const labelEnds = (text: string, at: number, labels: readonly string[]): readonly number[] => {
  const sign = text[at]
  const bracketed = sign === '(' || sign === '[' ? (brackets.exec(text.slice(at))?.[0].length ?? 0) : 0
  const year = /[,\dfiåp]/iu.test(sign ?? '') ? (yearLabel.exec(text.slice(at, at + 16))?.[0].length ?? 0) : 0
  return [
    ...(bracketed > 0 ? [at + bracketed] : []),
    ...(year > 0 ? [at + year] : []),
    ...labels.flatMap((label) =>
      text.slice(at, at + label.length).toLowerCase() === label ? [at + label.length] : [],
    ),
  ]
}

/** Where an explicit separator ends, after nothing but labels we know; -1 when there is none. No pattern: it would be another for every target. */
const explicitEnd = (text: string, from: number, labels: readonly string[]): number => {
  const end = separatorEnd(text, from)
  if (end !== -1) return end
  for (const after of labelEnds(text, from, labels)) {
    const found = explicitEnd(text, skip(text, after, ' '), labels)
    if (found !== -1) return found
  }
  return -1
}

const skip = (text: string, from: number, signs: string): number => {
  let at = from
  while (at < text.length && signs.includes(text[at] ?? '')) at += 1
  return at
}

const labelsOf = ({ shape, titles }: KeyTarget): readonly string[] =>
  [shape.unit, ...titles].flatMap((label) => (label.trim() === '' ? [] : [label.toLowerCase()]))

/** The brackets or the year of a label. */
const saidIn = (between: string): string => /[([][^()[\]]*[)\]]|(?<!\d)20\d\d(?!\d)/u.exec(between)?.[0] ?? ''

/** What follows a key: the sign, the label before it and the rest; null when a word goes on. */
const separate = (after: string, target: KeyTarget): Separated | null => {
  const emphasised = after.slice(skip(after, 0, '*'))
  if (emphasised.trim() === '') return { separator: 'none', label: '', said: '', rest: '' }
  const explicit = explicitEnd(emphasised, skip(emphasised, 0, ' .'), labelsOf(target))
  if (explicit !== -1)
    return {
      separator: 'explicit',
      label: '',
      said: saidIn(emphasised.slice(0, explicit)),
      rest: emphasised.slice(explicit),
    }
  const dash = /^\s*(?:[-–—]+>?|→|\.{2,}|…+)(?=\s|\d)/u.exec(emphasised)
  if (
    dash !== null &&
    (/^[-–—→.…]/u.test(emphasised) || /\s$/u.test(emphasised.slice(0, dash[0].length + 1)))
  )
    return { separator: 'dash', label: '', said: '', rest: emphasised.slice(dash[0].length) }
  const labelled = /^ +([^\s:=][^:=\t]{0,59}?)\s{0,9}[:=\t](.*)$/u.exec(emphasised)
  if (labelled?.[1] !== undefined && /^\p{L}/u.test(labelled[1]))
    return { separator: 'explicit', label: labelled[1], said: '', rest: labelled[2] ?? '' }
  return /^\s/u.test(emphasised) ? { separator: 'blank', label: '', said: '', rest: emphasised } : null
}

/** A key found at the start of a line. */
export interface KeyMatch extends Separated {
  readonly target: KeyTarget
  readonly written: string
}

/**
 * Quote marks, bullets, a list's number or letter, a box that is ticked and emphasis that may stand before a key; never » or " (LETTERS 3.3.1). Word
 * makes its bullets of letters in a font of signs: \uF0B7, \uF0A7 and `o`, `Ø`, `ü`, `§` once the font is lost.
 */
export const leading =
  /^[\uFE0F\s>|•·●▪◦○■□◆◇►▶➢➤→⇒✓✔‣⁃∙§*+~#=\-–—\u2600-\u27BF\uE000-\uF8FF]*(?:[oØüqnv][ \t\u00A0]{1,12})?(?:\(?(?:\d{1,2}|[a-hA-H])[.)]\s+|\[[ xX✓]?\]\s+)?/u
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
const mayStandBefore = new Set(' \t>|•·●▪◦○■□◆◇►▶➢➤→⇒✓✔‣⁃∙§*+~#=-–—\uFE0F().0123456789')
/** Signs such as a ticked box (Miscellaneous Symbols, Dingbats), and those of fonts. */
const isBefore = (sign: string): boolean =>
  mayStandBefore.has(sign) || (sign >= '\u2600' && sign <= '\u27BF') || (sign >= '\uE000' && sign <= '\uF8FF')
/** Letters that are bullets where a blank stands between them and the key. */
const letterBullets = new Set('oØüqnv')

/** Whether a line begins with the first two signs of any key: a look that spares most lines the rest. */
const mayBeginWithKey = (line: string, index: KeyIndex): boolean => {
  let at = 0
  while (at < line.length && isBefore(line[at] ?? '')) at += 1
  if (letterBullets.has(line[at] ?? '') && /\s/u.test(line[at + 1] ?? '')) at += 1
  else if ((line[at + 1] === '.' || line[at + 1] === ')') && line[at + 2] === ' ') at += 1
  else if (line[at] === '[' && (line[at + 1] === ']' || line[at + 2] === ']')) at = line.indexOf(']', at) + 1
  while (at < line.length && isBefore(line[at] ?? '')) at += 1
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
