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
  /** Every beginning of a spelling: a line that leaves them holds no key. */
  readonly prefixes: ReadonlySet<string>
  /** The digits of each spelling. */
  readonly numbers: ReadonlyMap<string, string>
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
    const key = compact(spelling)
    if (key !== '' && !byCompact.has(key)) byCompact.set(key, target)
  }
  for (const field of form) {
    const { subject } = field
    const titles =
      subject.of === 'target'
        ? [subject.target.title, subject.target.titleEn].map((title) => inYear(title, year))
        : []
    const target: KeyTarget = { key: field.key, shape: shapeOf(field), pair: null, titles }
    for (const spelling of allSpellings(field)) add(spelling, target)
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
    for (const spelling of spellings(key)) add(spelling, target)
  }
  const prefixes = new Set<string>()
  for (const spelled of byCompact.keys())
    for (let end = 1; end <= spelled.length; end += 1) prefixes.add(spelled.slice(0, end))
  const numbers = new Map([...byCompact.keys()].map((spelled) => [spelled, digitsOf(spelled)]))
  return { byCompact, prefixes, numbers, agreementKeys }
}

/** Quote marks, bullets, a list's number and emphasis that may stand before a key; never » or " (LETTERS 3.3.1). */
const before = /^[\s>|•·●▪◦*\-–]*(?:\(?\d{1,2}[.)]\s+)?/u
const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

/** The longest key at the start of a text, with what follows it. */
const keyStart = (
  text: string,
  index: KeyIndex,
): { target: KeyTarget; written: string; after: string } | null => {
  let spelled = ''
  let found: { target: KeyTarget; end: number } | null = null
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (/[\s*]/u.test(sign)) {
      if (sign === '\t') break
      continue
    }
    spelled += sign.toLowerCase()
    if (!index.prefixes.has(spelled)) break
    const target = index.byCompact.get(spelled)
    if (target !== undefined && !isWordSign(text[at + 1])) found = { target, end: at + 1 }
  }
  return found === null
    ? null
    : { target: found.target, written: text.slice(0, found.end), after: text.slice(found.end) }
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')

const separate = (
  after: string,
  target: KeyTarget,
): Pick<KeyMatch, 'separator' | 'label' | 'rest'> | null => {
  const emphasised = after.replace(/^\*+/u, '')
  if (emphasised.trim() === '') return { separator: 'none', label: '', rest: '' }
  const known = [target.shape.unit, ...target.titles].filter((label) => label.trim() !== '').map(escape)
  const labels = ['\\([^()]*\\)', '\\[[^\\[\\]]*\\]', ...known].join('|')
  const explicit = new RegExp(`^[ .]*(?:(?:${labels})[ ]*)*(?:[:=]+>?|\\t)`, 'iu').exec(emphasised)
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

/** The key a line begins with, or null. An unknown label is given back for the caller to ask about. */
export const matchKey = (line: string, index: KeyIndex): KeyMatch | null => {
  const start = keyStart(line.replace(before, ''), index)
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
  const numbers = digitsOf(wanted)
  let best: { target: KeyTarget; steps: number } | null = null
  for (const [spelling, target] of index.byCompact) {
    if (Math.abs(spelling.length - wanted.length) > most || index.numbers.get(spelling) !== numbers) continue
    const steps = distance(wanted, spelling, most)
    if (steps > 0 && steps <= most && (best === null || steps < best.steps)) best = { target, steps }
  }
  return best?.target ?? null
}

/** A line in the form's shape whose key is none of ours: what stands before the explicit separator and after it. */
export const unknownKey = (
  line: string,
): { readonly written: string; readonly numbered: boolean; readonly rest: string } | null => {
  const match = /^([\p{L}][\p{L}\p{N} .]{0,29}?)\s*(?:[:=]|\t)\s*(.*)$/u.exec(line.replace(before, ''))
  if (match?.[1] === undefined) return null
  return {
    written: match[1],
    numbered: /^(?:m|fs|h)\d{1,2}(?!\p{L}|\p{N})/iu.test(match[1]),
    rest: match[2] ?? '',
  }
}
