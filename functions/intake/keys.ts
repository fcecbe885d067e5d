import { inYear } from '../domain/agreement/year-text.ts'
import type { FormField } from '../domain/form/field.ts'
import type { ValueShape } from './value-read.ts'
import { shapeOf } from './value-read.ts'

/** What a key names: a field of the form, or both fields of a share at once (`M1` alone). */
export interface KeyTarget {
  /** The field's Danish key; the target's (`M1`) for a pair. */
  readonly key: string
  readonly shape: ValueShape
  /** For a pair: the keys of its two fields. */
  readonly pair: { readonly total: string; readonly ofWhich: string } | null
  /** The title we printed: allowed as a label between key and separator. */
  readonly titles: readonly string[]
}

export interface KeyIndex {
  /** By compact spelling: lower case without blanks. */
  readonly byCompact: ReadonlyMap<string, KeyTarget>
  /** By the first two signs of a spelling the lengths of those that begin so, longest first. */
  readonly beginnings: ReadonlyMap<string, readonly number[]>
  /** The agreement's own `M1`, `FS2`, `H1`, asked for now or not. */
  readonly agreementKeys: readonly string[]
}

/** A key found at the start of a line. */
export interface KeyMatch {
  readonly target: KeyTarget
  readonly written: string
  /** How the value is set off: an explicit sign, a dash, blanks, or nothing follows. */
  readonly separator: 'explicit' | 'dash' | 'blank' | 'none'
  /** An unknown label between key and separator. */
  readonly label: string
  readonly rest: string
}

const digitsOf = (text: string): string => text.replace(/\D/gu, '')

export const compact = (text: string): string => text.toLowerCase().replace(/[\s*]+/gu, '')

/** The words for a numbered key (LETTERS 3.1 "also read"): `mål 1 heraf` is `M1 heraf`. */
const spellings = (key: string): readonly string[] => {
  const match = /^(m|fs|h)(\d{1,2})(?!\d)(.*)$/iu.exec(key)
  if (match === null) return [key]
  const [, letter = '', digits = '', part = ''] = match
  const words: Record<string, readonly string[]> = {
    m: ['m', 'mål', 'target'],
    fs: ['fs', 'forudsætning', 'assumption'],
    h: ['h', 'aktivitet', 'handling', 'activity', 'action'],
  }
  const whole = part.trim() === '' ? [part] : [part, `,${part}`]
  return (words[letter.toLowerCase()] ?? [letter]).flatMap((word) =>
    whole.map((rest) => `${word}${digits}${rest}`),
  )
}

/** Older words and twins of the parts of a key, beside those the field names itself. */
const partWords: Readonly<Record<string, readonly string[]>> = {
  total: ['i alt', 'nævner', 'antal i alt', 'ud af', 'total', 'denominator', 'out of'],
  'of-which': ['heraf', 'tæller', 'antal', 'of which', 'numerator', 'number'],
  note: ['bemærkning', 'bemærkninger', 'kommentar', 'note', 'comment'],
  cost: ['udgift', 'udgifter', 'omkostning', 'omkostninger', 'forbrug', 'cost', 'expenditure'],
  status: ['status'],
  'new-target': ['ny målværdi', 'new target'],
}

/** Fields of the same key are spelled the same in every agreement: worked out once, for a bounded number of keys. */
const spelledOut = new Map<string, readonly string[]>()
const mostSpelledOut = 500

const compactSpellings = (field: FormField): readonly string[] => {
  const part = field.subject.of === 'agreement' ? '' : field.subject.part
  const name = [field.key, field.english, part, ...field.aliases].join('|')
  const before = spelledOut.get(name)
  if (before !== undefined) return before
  const spelled = [...new Set(allSpellings(field).map(compact))].filter((spelling) => spelling !== '')
  if (spelledOut.size < mostSpelledOut) spelledOut.set(name, spelled)
  return spelled
}

const allSpellings = (field: FormField): readonly string[] => {
  const named = [field.key, field.english, ...field.aliases]
  const base = /^(?:M|FS|H)\d{1,2}/u.exec(field.key)?.[0]
  const part = field.subject.of === 'agreement' ? '' : field.subject.part
  const parts = base === undefined ? [] : (partWords[part] ?? []).map((word) => `${base} ${word}`)
  const receipt =
    part === 'note' && base !== undefined ? spellings(base).map((word) => `bemærkning til ${word}`) : []
  return [...[...named, ...parts].flatMap(spellings), ...receipt]
}

/** Builds the index of every key this reply may answer. */
export const indexKeys = (
  form: readonly FormField[],
  agreementKeys: readonly string[],
  year: number,
): KeyIndex => {
  const byCompact = new Map<string, KeyTarget>()
  const add = (spelling: string, target: KeyTarget): void => {
    if (!byCompact.has(spelling)) byCompact.set(spelling, target)
  }
  for (const field of form) {
    const { subject } = field
    const titles =
      subject.of === 'target'
        ? [subject.target.title, subject.target.titleEn].map((title) => inYear(title, year))
        : []
    const target: KeyTarget = { key: field.key, shape: shapeOf(field), pair: null, titles }
    for (const spelling of compactSpellings(field)) add(spelling, target)
  }
  for (const field of form) {
    if (field.subject.of !== 'target' || field.subject.part !== 'total') continue
    const { key, title, titleEn } = field.subject.target
    const ofWhich = form.find(
      (other) =>
        other.subject.of === 'target' &&
        other.subject.target.key === key &&
        other.subject.part === 'of-which',
    )
    if (ofWhich === undefined) continue
    const shape: ValueShape = {
      type: 'pair',
      unit: field.unit,
      share: true,
      whole: true,
      mayBeNegative: false,
    }
    const target = {
      key,
      shape,
      pair: { total: field.key, ofWhich: ofWhich.key },
      titles: [inYear(title, year), inYear(titleEn, year)],
    }
    for (const spelling of spellings(key)) add(compact(spelling), target)
  }
  return { byCompact, beginnings: beginningsOf(byCompact.keys()), agreementKeys }
}

const beginningsOf = (all: Iterable<string>): ReadonlyMap<string, readonly number[]> => {
  const beginnings = new Map<string, number[]>()
  for (const spelled of all) {
    const start = spelled.slice(0, 2)
    const lengths = beginnings.get(start)
    if (lengths === undefined) beginnings.set(start, [spelled.length])
    else if (!lengths.includes(spelled.length)) lengths.push(spelled.length)
  }
  for (const lengths of beginnings.values()) lengths.sort((a, b) => b - a)
  return beginnings
}

/** Quote marks, bullets, a list's number and emphasis that may stand before a key; never » or " (LETTERS 3.3.1). */
const leading = /^[\s>|•·●▪◦*\-–]*(?:\(?\d{1,2}[.)]\s+)?/u
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
    if (sign === ' ' || sign === '*' || /\s/u.test(sign)) continue
    const lower = sign.toLowerCase()
    for (let nth = 0; nth < lower.length; nth += 1) places.push(at)
    spelled += lower
  }
  return { spelled, places }
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')

const separators = new WeakMap<KeyTarget, RegExp>()

/** Labels we know (in brackets, the unit, the title) and the sign that sets a value off. */
const explicitSeparator = (target: KeyTarget): RegExp => {
  const before = separators.get(target)
  if (before !== undefined) return before
  const known = [target.shape.unit, ...target.titles].filter((label) => label.trim() !== '').map(escape)
  const labels = ['\\([^()]*\\)', '\\[[^\\[\\]]*\\]', ...known].join('|')
  const made = new RegExp(`^[ .]*(?:(?:${labels})[ ]*)*(?:[:=]+>?|\\t)`, 'iu')
  separators.set(target, made)
  return made
}

const separate = (
  after: string,
  target: KeyTarget,
): Pick<KeyMatch, 'separator' | 'label' | 'rest'> | null => {
  const emphasised = after.replace(/^\*+/u, '')
  if (emphasised.trim() === '') return { separator: 'none', label: '', rest: '' }
  const explicit = explicitSeparator(target).exec(emphasised)
  if (explicit !== null)
    return { separator: 'explicit', label: '', rest: emphasised.slice(explicit[0].length) }
  const dash = /^\s*(?:[-–—]+>?|→|\.{2,}|…+)(?=\s|\d)/u.exec(emphasised)
  if (
    dash !== null &&
    (/^[-–—→.…]/u.test(emphasised) || /\s$/u.test(emphasised.slice(0, dash[0].length + 1)))
  )
    return { separator: 'dash', label: '', rest: emphasised.slice(dash[0].length) }
  const labelled = /^ +([^:=\t]{1,60}?)\s*(?:[:=]|\t)(.*)$/u.exec(emphasised)
  if (labelled?.[1] !== undefined && /^\p{L}/u.test(labelled[1]))
    return { separator: 'explicit', label: labelled[1], rest: labelled[2] ?? '' }
  return /^\s/u.test(emphasised) ? { separator: 'blank', label: '', rest: emphasised } : null
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

/** Edit distance, given up beyond `most`. */
const distance = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? most + 1
}

/** The known key a misspelt one is nearest to, for a question and never to be applied (MAIL 56). */
export const nearestKey = (written: string, index: KeyIndex): KeyTarget | null => {
  const wanted = compact(written)
  const most = wanted.length >= 8 ? 2 : 1
  if (wanted.length < 4) return null
  let best: { spelling: string; steps: number } | null = null
  const digits = digitsOf(wanted)
  for (const spelling of index.byCompact.keys()) {
    if (Math.abs(spelling.length - wanted.length) > most || digitsOf(spelling) !== digits) continue
    const steps = distance(wanted, spelling, most)
    if (steps > 0 && steps <= most && (best === null || steps < best.steps)) best = { spelling, steps }
  }
  return best === null ? null : (index.byCompact.get(best.spelling) ?? null)
}

/** A line in the form's shape whose key is none of ours: what stands before the explicit separator and after it. */
export const unknownKey = (
  line: string,
): { readonly written: string; readonly numbered: boolean; readonly rest: string } | null => {
  if (!/[:=\t]/u.test(line)) return null
  const match = /^([\p{L}][\p{L}\p{N} .]{0,29}?)\s*(?:[:=]|\t)\s*(.*)$/u.exec(line.replace(leading, ''))
  if (match?.[1] === undefined) return null
  return {
    written: match[1],
    numbered: /^(?:m|fs|h)\d{1,2}(?!\p{L}|\p{N})/iu.test(match[1]),
    rest: match[2] ?? '',
  }
}
