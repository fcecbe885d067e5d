import type { Language } from '../../base/values.ts'
import { date, line, measuredValue, number, oneOf, whole, yesNo, type FieldText } from './field-text.ts'
import type { RecordPath } from './record-path.ts'

type Words = Readonly<Record<Language, string>>

/** One field of an agreement version that a rider may change. */
export interface FieldSpec {
  /** Its name among its owner's: `weight`. */
  readonly name: string
  /** What it is called on pages and in letters. */
  readonly words: Words
  /** Where it stands in its owner. */
  readonly at: RecordPath
  readonly text: FieldText
  /** What an empty field means: it must not be empty, it is null, or it is left out. */
  readonly empty: 'required' | 'null' | 'absent'
  readonly control: 'line' | 'area' | 'date' | 'choice'
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}

type More = Partial<Pick<FieldSpec, 'empty' | 'control'>>

/** @param at keys with points between */
export const spec = (at: string, text: FieldText, da: string, en: string, more: More = {}): FieldSpec => ({
  name: at,
  words: { da, en },
  at: at.split('.'),
  text,
  empty: more.empty ?? 'required',
  control: more.control ?? (text === date ? 'date' : 'line'),
  choices: [],
})

export const choiceSpec = (
  at: string,
  labels: Readonly<Record<string, string>>,
  da: string,
  en: string,
  more: More = {},
): FieldSpec => ({
  ...spec(at, oneOf(Object.keys(labels)), da, en, more),
  control: 'choice',
  choices: Object.entries(labels).map(([value, label]) => ({ value, label })),
})

export const yesNoSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec => ({
  ...spec(at, yesNo, da, en, more),
  control: 'choice',
  choices: ['ja', 'nej'].map((value) => ({ value, label: value })),
})

export const lineSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, line, da, en, more)
export const areaSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, line, da, en, { ...more, control: 'area' })
export const numberSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, number, da, en, more)
export const wholeSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, whole, da, en, more)
export const measuredSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, measuredValue, da, en, more)
