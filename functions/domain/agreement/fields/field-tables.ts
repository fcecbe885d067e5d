import * as z from 'zod'
import { countSchema, dateSchema, municipalityCodeSchema, type Language } from '../../base/values.ts'
import { ruleKinds } from '../assumption-rules.ts'
import {
  date,
  lineByLine,
  readNumber,
  words,
  years,
  line,
  measuredValue,
  number,
  oneOf,
  whole,
  yesNo,
  type FieldText,
  measuredByMember,
  measuredHistory,
  municipalityCodes,
} from './field-text.ts'
import { judgingMethods } from '../judging-methods.ts'
import { themeWords } from '../theme.ts'

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
const spec = (at: string, text: FieldText, da: string, en: string, more: More = {}): FieldSpec => ({
  name: at,
  words: { da, en },
  at: at.split('.'),
  text,
  empty: more.empty ?? 'required',
  control: more.control ?? (text === date ? 'date' : 'line'),
  choices: [],
})

const choiceSpec = (
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

const yesNoSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec => ({
  ...spec(at, yesNo, da, en, more),
  control: 'choice',
  choices: ['ja', 'nej'].map((value) => ({ value, label: value })),
})

export const lineSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, line, da, en, more)
const areaSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, line, da, en, { ...more, control: 'area' })
const numberSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, number, da, en, more)
const wholeSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, whole, da, en, more)
const measuredSpec = (at: string, da: string, en: string, more: More = {}): FieldSpec =>
  spec(at, measuredValue, da, en, more)

/** A place inside a plain JSON value: keys of objects, never indexes. */
export type RecordPath = readonly string[]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at the place; undefined when nothing does. */
export const valueAt = (tree: unknown, path: RecordPath): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return tree
  return isRecord(tree) ? valueAt(tree[key], rest) : undefined
}

/** The same value with another thing at the place; `undefined` takes the key away. */
export const withValueAt = (tree: unknown, path: RecordPath, value: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return value
  const record = isRecord(tree) ? tree : {}
  if (rest.length > 0 || value !== undefined)
    return { ...record, [key]: withValueAt(record[key], rest, value) }
  const { [key]: _gone, ...others } = record
  return others
}

const roleWords = { lead: 'tovholder', member: 'medlem' } as const
const roleOf = (text: string): string =>
  text === roleWords.lead ? 'lead' : text === roleWords.member ? 'member' : text

const parties = lineByLine(
  z.strictObject({
    municipality: municipalityCodeSchema,
    role: z.enum(['lead', 'member']),
    from: dateSchema,
    to: dateSchema.nullable(),
  }),
  ({ municipality, role, from, to }) =>
    `${municipality} ${roleWords[role]} fra ${from}${to === null ? '' : ` til ${to}`}`,
  (text) => {
    const [, municipality = '', role = '', from = '', to = null] =
      /^(\d{3})\s+(\S+)\s+fra\s+(\S+)(?:\s+til\s+(\S+))?$/u.exec(text) ?? []
    return { municipality, role: roleOf(role), from, to }
  },
  'en part, fx »479 tovholder fra 2013-01-01« eller »450 medlem fra 2013-01-01 til 2015-12-31«',
)

const grants = lineByLine(
  z.strictObject({ year: z.int(), kroner: countSchema }),
  ({ year, kroner }) => `${year}: ${kroner}`,
  (text) => {
    const [, year = '', kroner = ''] = /^(\d{4}):\s*(\S+)$/u.exec(text) ?? []
    return { year: Number(year), kroner: readNumber(kroner) }
  },
  'et år og et beløb i hele kroner, fx »2015: 300000«',
)

const promises = lineByLine(
  z.strictObject({ id: z.string().regex(/^L[1-9]\d?$/), text: z.string().min(1) }),
  ({ id, text }) => `${id}: ${text}`,
  (text) => {
    const [, id = '', rest = ''] = /^([^\s:]+):\s*(\S.*)$/u.exec(text) ?? []
    return { id, text: rest }
  },
  'et nummer og en tekst, fx »L1: individuel rådgivning«',
)

const targetKeys = words(/^M[1-9]\d?$/u, 'mål med komma imellem, fx M1, M3')

/**
 * Every field of an agreement as a whole that a rider may change. Its id, kind, case number and first day are what
 * it is; an advance payment is a decision of its own (domain/README.md, "Decisions").
 */
export const wholeAgreementFields: readonly FieldSpec[] = [
  lineSpec('title', 'aftalens titel', "the agreement's title"),
  spec('parties', parties, 'parter', 'parties', { control: 'area' }),
  lineSpec('clauses.presentation', 'punktet om fremlæggelse og bedømmelse', 'the clause on presentation'),
  lineSpec('clauses.renegotiation', 'punktet om genforhandling', 'the clause on renegotiation'),
  spec('expiresOn', date, 'udløb', 'expiry'),
  numberSpec('scoring.minimumCoveragePct', 'mindste dækning (pct.)', 'smallest coverage (per cent)', {
    empty: 'absent',
  }),
  areaSpec('actionPlan.text', 'handlingsplan', 'action plan', { empty: 'absent' }),
  areaSpec('dissemination.text', 'formidling', 'dissemination', { empty: 'absent' }),
  spec('dissemination.plannedOn', date, 'formidling planlagt til', 'dissemination planned on', {
    empty: 'absent',
  }),
  yesNoSpec(
    'dissemination.throughExperienceBase',
    'formidling gennem Erfaringsbasen',
    'dissemination through the experience base',
    { empty: 'absent' },
  ),
  spec('promises', promises, 'ministeriets bidrag', "the ministry's contributions", { control: 'area' }),
  areaSpec('reservation', 'forbehold for bevilling', 'reservation for the appropriation', { empty: 'null' }),
]

/** Every field of an assumption that a rider may change; its type is what its key stands for. */
export const assumptionFields: readonly FieldSpec[] = [
  lineSpec('title', 'titel', 'title'),
  lineSpec('titleEn', 'titel på engelsk', 'title in English'),
  lineSpec('unit', 'enhed', 'unit'),
  choiceSpec(
    'observedBy',
    { ministry: 'ministeriet', municipality: 'kommunen' },
    'observeres af',
    'observed by',
  ),
  numberSpec('reference.value', 'referenceværdi', 'reference value'),
  spec('reference.on', date, 'referenceværdiens dato', "the reference value's date"),
  lineSpec('reference.source', 'referenceværdiens kilde', "the reference value's source"),
  yesNoSpec('reference.derived', 'referenceværdien er afledt', 'the reference value is derived'),
  choiceSpec(
    'rule.kind',
    Object.fromEntries(Object.entries(ruleKinds).map(([kind, { label }]) => [kind, label])),
    'regel',
    'rule',
  ),
  numberSpec('rule.limit', 'grænse', 'limit'),
  numberSpec('rule.minAbsolute', 'mindste ændring', 'smallest change'),
  choiceSpec(
    'rule.direction',
    { both: 'begge veje', up: 'op', down: 'ned' },
    'ændring, der tæller',
    'change that counts',
  ),
  numberSpec('rule.limitDown', 'grænse for fald', 'limit of a decrease', { empty: 'absent' }),
  spec('bearsOn', targetKeys, 'bærer mål', 'bears on targets'),
  spec('years', years, 'år', 'years'),
  areaSpec('background.da', 'baggrund', 'background', { empty: 'absent' }),
  areaSpec('background.en', 'baggrund på engelsk', 'background in English', { empty: 'absent' }),
]

/** Every field of an action that a rider may change. */
export const actionFields: readonly FieldSpec[] = [
  lineSpec('title', 'titel', 'title'),
  lineSpec('titleEn', 'titel på engelsk', 'title in English'),
  spec('grants', grants, 'tilskud (år: kroner)', 'grants (year: kroner)', { control: 'area' }),
  yesNoSpec('statusRequired', 'status skal oplyses', 'status is required'),
]

const themeLabels = Object.fromEntries(Object.entries(themeWords).map(([theme, { da }]) => [theme, da]))

const methodLabels = Object.fromEntries(
  Object.entries(judgingMethods).map(([method, { label }]) => [method, label]),
)

const availability = lineByLine(
  z.strictObject({ year: z.int(), on: dateSchema }),
  ({ year, on }) => `${year}: ${on}`,
  (text) => {
    const [, year = '', on = ''] = /^(\d{4}):\s*(\S+)$/u.exec(text) ?? []
    return { year: Number(year), on }
  },
  'et år og en dato, fx »2014: 2015-05-01«',
)

/**
 * Every field of a target that a rider may change, beside its values by year. Its key, the kind of thing measured
 * and the indicator are what the key stands for during the agreement's life (Invariant I17): another is another target.
 */
export const targetFields: readonly FieldSpec[] = [
  areaSpec('title', 'titel', 'title'),
  areaSpec('titleEn', 'titel på engelsk', 'title in English'),
  choiceSpec('theme', themeLabels, 'tema', 'theme', { empty: 'absent' }),
  areaSpec('measurement.definition', 'målemetode', 'measurement method'),
  areaSpec('measurement.definitionEn', 'målemetode på engelsk', 'measurement method in English'),
  lineSpec('measurement.source', 'kilde', 'source'),
  wholeSpec('measurement.indicatorVersion', 'indikatorens version', "the indicator's version"),
  lineSpec('measure.unit', 'enhed', 'unit', { empty: 'absent' }),
  choiceSpec('direction', { rising: 'stigende', falling: 'faldende' }, 'retning', 'direction'),
  choiceSpec('method', methodLabels, 'bedømmelsesmetode', 'method of assessment'),
  wholeSpec('weight', 'vægt', 'weight'),
  wholeSpec('baseline.year', 'basismålingens år', "the baseline's year", { empty: 'absent' }),
  measuredSpec('baseline.measured', 'basismåling', 'baseline', { empty: 'absent' }),
  lineSpec('baseline.source', 'basismålingens kilde', "the baseline's source", { empty: 'absent' }),
  spec(
    'baseline.byMember',
    measuredByMember,
    'basismåling for hver kommune',
    'baseline of each municipality',
    {
      empty: 'absent',
      control: 'area',
    },
  ),
  spec(
    'baseline.covers',
    municipalityCodes,
    'kommuner, som basismålingen dækker',
    'municipalities that the baseline covers',
    { empty: 'absent' },
  ),
  wholeSpec(
    'baseline.indicatorVersion',
    'indikatorens version ved basismålingen',
    "the indicator's version at the baseline",
    { empty: 'absent' },
  ),
  numberSpec('expectedWithout', 'ventet uden aftalen', 'expected without the agreement', { empty: 'null' }),
  numberSpec('partlyFromPct', 'delvist opfyldt fra (pct.)', 'partly met from (per cent)'),
  yesNoSpec('cliff', 'tæller intet under tærsklen', 'counts nothing below the threshold'),
  choiceSpec(
    'rounding',
    { exact: 'på det nøjagtige tal', rounded: 'på det afrundede tal' },
    'bedømmes',
    'is judged',
  ),
  wholeSpec('roundingDecimals', 'decimaler ved afrunding', 'decimals of rounding', { empty: 'absent' }),
  numberSpec('capPct', 'tæller højst (pct.)', 'counts at most (per cent)', { empty: 'absent' }),
  wholeSpec('cumulativeFrom', 'tælles sammen fra og med år', 'counted together from year', {
    empty: 'absent',
  }),
  spec('measuredYears', years, 'år, der måles', 'years measured', { empty: 'absent' }),
  spec('measuringDate', line, 'måledato (måned-dag)', 'measuring date (month-day)'),
  spec('earliestAvailable', availability, 'tallet kan tidligst fås', 'earliest availability', {
    control: 'area',
  }),
  spec('reportedBy', municipalityCodes, 'kommuner, der indberetter', 'municipalities that report'),
  wholeSpec('minimumDenominator', 'mindste antal i alt', 'smallest number in all'),
  spec('history', measuredHistory, 'tal fra tidligere år', 'figures of earlier years', { control: 'area' }),
]
