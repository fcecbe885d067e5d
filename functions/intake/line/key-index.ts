import { inYear } from '../../domain/agreement/content.ts'
import type { DoubtKind, Provenance } from '../../domain/casefile/reading.ts'
import type { FormField } from '../../domain/form/field.ts'
import { shapeOf, type Read, type ValueShape } from '../value/value-read.ts'

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
const spelledOut = new Map<string, readonly Spelled[]>()
const mostSpelledOut = 500

/** A compact spelling with its first two signs. */
interface Spelled {
  readonly spelling: string
  readonly start: string
}

const compactSpellings = (name: string, all: () => readonly string[]): readonly Spelled[] => {
  const before = spelledOut.get(name)
  if (before !== undefined) return before
  const spelled = [...new Set(all().map(compact))].flatMap((spelling) =>
    spelling === '' ? [] : [{ spelling, start: spelling.slice(0, 2) }],
  )
  if (spelledOut.size < mostSpelledOut) spelledOut.set(name, spelled)
  return spelled
}

const fieldSpellings = (field: FormField): readonly Spelled[] => {
  const part = field.subject.of === 'agreement' ? '' : field.subject.part
  return compactSpellings([field.key, field.english, part, ...field.aliases].join('|'), () =>
    allSpellings(field),
  )
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
  const beginnings = new Map<string, number[]>()
  const add = ({ spelling, start }: Spelled, target: KeyTarget): void => {
    if (byCompact.has(spelling)) return
    byCompact.set(spelling, target)
    const lengths = beginnings.get(start)
    if (lengths === undefined) beginnings.set(start, [spelling.length])
    else if (!lengths.includes(spelling.length)) lengths.push(spelling.length)
  }
  for (const field of form) {
    const { subject } = field
    const titles =
      subject.of === 'target'
        ? [subject.target.title, subject.target.titleEn].map((title) => inYear(title, year))
        : []
    const target: KeyTarget = { key: field.key, shape: shapeOf(field), pair: null, titles }
    for (const spelled of fieldSpellings(field)) add(spelled, target)
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
      known: [],
    }
    const target = {
      key,
      shape,
      pair: { total: field.key, ofWhich: ofWhich.key },
      titles: [inYear(title, year), inYear(titleEn, year)],
    }
    for (const spelled of compactSpellings(key, () => spellings(key))) add(spelled, target)
  }
  for (const lengths of beginnings.values()) lengths.sort((a, b) => b - a)
  return { byCompact, beginnings, agreementKeys }
}

/** Something read under a key at one place: a value or a doubt, not yet weighed against other places. */
export interface Finding {
  readonly target: KeyTarget
  readonly read: Exclude<Read, { as: 'empty' }>
  readonly at: Provenance
  /** Depth of quotation; 0 is the sender's own text. */
  readonly level: number
}

/** A doubt that belongs to no field's value: misspelt and unknown keys. */
export interface LineDoubt {
  readonly kind: DoubtKind
  readonly key: string
  readonly written: string
  readonly details: Readonly<Record<string, string>>
  readonly at: Provenance
  readonly level: number
}

export interface LinesRead {
  readonly findings: readonly Finding[]
  readonly doubts: readonly LineDoubt[]
  /** Numbers of the lines that a key, a value or a note took. */
  readonly taken: ReadonlySet<number>
}
