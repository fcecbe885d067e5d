import * as z from 'zod'
import { printDate } from '../../base/danish.ts'
import { municipalities } from '../../directory/municipalities.ts'
import { yearOf } from '../../base/time.ts'
import type { Language } from '../../base/values.ts'
import { agreementContentSchema, type AgreementContent, type Target } from '../content.ts'
import {
  actionFields,
  assumptionFields,
  wholeAgreementFields,
  lineSpec,
  type FieldSpec,
  valueAt,
  withValueAt,
  targetFields,
} from './field-tables.ts'
import { date, municipalityCodes, number, type FieldText } from './field-text.ts'

/** A field of one agreement as a form shows it. */
export interface ContentField {
  /** `M1.weight`, `M1.value.2015`, `FS1.rule.limit`, `expiresOn`. */
  readonly name: string
  /** `M1`, `FS1`, `H1`; empty for the agreement as a whole. */
  readonly owner: string
  /** With its owner: `mål 1, vægt`. */
  readonly words: Readonly<Record<Language, string>>
  /** Without its owner: `vægt`. */
  readonly label: string
  readonly control: FieldSpec['control']
  readonly choices: FieldSpec['choices']
  readonly required: boolean
  /** As it is typed. */
  readonly text: string
  /** As it is read: a choice by its words, municipalities by name, dates as letters print them. */
  readonly shown: string
}

type OwnedField = FieldSpec & { readonly owner: string; readonly of: unknown }

/** `mål 1`, `forudsætning 2`, `aktivitet 1`; empty for the agreement as a whole. */
export const ownerName = (owner: string): Readonly<Record<Language, string>> => {
  const digits = owner.replace(/^\D+/u, '')
  if (owner.startsWith('FS')) return { da: `forudsætning ${digits}`, en: `assumption ${digits}` }
  if (owner.startsWith('M')) return { da: `mål ${digits}`, en: `target ${digits}` }
  return owner === '' ? { da: '', en: '' } : { da: `aktivitet ${digits}`, en: `action ${digits}` }
}

const withOwner = (owner: string, words: string): string => (owner === '' ? words : `${owner}, ${words}`)

/** The indicator is what a key stands for: said once, when the key is new. */
const indicatorSpec = lineSpec('measurement.indicator', 'indikator', 'indicator')

const isAbout = (of: unknown, { name }: FieldSpec): boolean =>
  name !== 'measure.unit' || valueAt(of, ['measure', 'type']) !== 'milestone'

const valueText = (target: Target): FieldText => (target.measure.type === 'milestone' ? date : number)

/** A target has a value to reach in each of these years, or could have. */
const valueYears = (content: AgreementContent, target: Target): readonly number[] => {
  const last = Math.max(yearOf(content.expiresOn), ...target.targets.map((one) => one.year))
  const first = Math.min(yearOf(content.effectiveFrom), ...target.targets.map((one) => one.year))
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

const valueField = (target: Target, year: number): OwnedField => ({
  name: `value.${year}`,
  owner: target.key,
  of: Object.fromEntries(target.targets.map((one) => [String(one.year), one.value])),
  words: { da: `målværdi for ${year}`, en: `value to reach in ${year}` },
  at: [String(year)],
  text: valueText(target),
  empty: 'absent',
  control: target.measure.type === 'milestone' ? 'date' : 'line',
  choices: [],
})

const owned = (owner: string, of: unknown, specs: readonly FieldSpec[]): readonly OwnedField[] =>
  specs.filter((one) => isAbout(of, one)).map((one) => ({ ...one, owner, of }))

const ownedFields = (content: AgreementContent, added: readonly string[]): readonly OwnedField[] => [
  ...owned('', content, wholeAgreementFields),
  ...content.targets.flatMap((target) => [
    ...valueYears(content, target).map((year) => valueField(target, year)),
    ...owned(target.key, target, [...(added.includes(target.key) ? [indicatorSpec] : []), ...targetFields]),
  ]),
  ...content.assumptions.flatMap((one) => owned(one.key, one, assumptionFields)),
  ...(content.actionPlan?.actions ?? []).flatMap((one) => owned(one.key, one, actionFields)),
]

const names = new Map(municipalities.map(({ code, officialName }) => [code, officialName]))

/** Codes at the start of a line, after its year, or in a list; a number anywhere else is a number. */
const municipalCode = /(?<=^(?:\d{4} )?)[1-9]\d{2}(?=:| tovholder| medlem)/gmu

const inWords = (field: OwnedField, text: string): string =>
  text
    .replaceAll(
      field.text === municipalityCodes ? /\d{3}/gu : municipalCode,
      (code) => names.get(code) ?? code,
    )
    .replaceAll(/\d{4}-\d{2}-\d{2}/gu, (on) => (z.iso.date().safeParse(on).success ? printDate(on) : on))

const nameOf = ({ owner, name }: OwnedField): string => (owner === '' ? name : `${owner}.${name}`)

const fieldOf = (field: OwnedField): ContentField => {
  const text = field.text.print(valueAt(field.of, field.at))
  const owner = ownerName(field.owner)
  return {
    name: nameOf(field),
    owner: field.owner,
    words: { da: withOwner(owner.da, field.words.da), en: withOwner(owner.en, field.words.en) },
    label: field.words.da,
    control: field.control,
    choices: field.choices,
    required: field.empty === 'required',
    text,
    shown: field.choices.find((one) => one.value === text)?.label ?? inWords(field, text),
  }
}

/**
 * Every field of the content that a rider may change, as it is typed.
 * @param added keys of targets that are new in it: their indicator is still to be said
 */
export const contentFields = (
  content: AgreementContent,
  added: readonly string[] = [],
): readonly ContentField[] => ownedFields(content, added).map(fieldOf)

/** What a person must mend: which field, in the console's words, and what must stand there. */
export interface FieldProblem {
  readonly name: string
  readonly label: string
  readonly expected: string
}

export type EditedContent =
  | { readonly ok: true; readonly content: AgreementContent }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] }

const sameText = (a: string, b: string): boolean => a.trim().replaceAll('\r\n', '\n') === b

/** What an edited text means for its field: a value, nothing there, or what must stand there. */
const readField = (field: OwnedField, typed: string): ReturnType<FieldText['read']> => {
  if (typed.trim() !== '') return field.text.read(typed)
  if (field.empty === 'null') return { value: null }
  if (field.empty === 'absent') return { value: undefined }
  return Array.isArray(valueAt(field.of, field.at)) ? { value: [] } : { expected: 'noget: feltet er tomt' }
}

/** Parts that are not there at all when each of their fields is emptied, and how that is stored. */
const emptyParts: readonly (readonly [part: string, stored: null | undefined])[] = [
  ['baseline', null],
  ['dissemination', null],
  ['scoring', undefined],
  ['background', undefined],
]

const tidied = (of: unknown): unknown =>
  emptyParts.reduce<unknown>((tree, [part, stored]) => {
    const there = valueAt(tree, [part])
    const isEmpty = typeof there === 'object' && there !== null && Object.keys(there).length === 0
    return isEmpty ? withValueAt(tree, [part], stored) : tree
  }, of)

interface Edit {
  readonly field: OwnedField
  readonly value: unknown
}

const withEdits = (of: unknown, edits: readonly Edit[]): unknown =>
  tidied(edits.reduce<unknown>((tree, { field, value }) => withValueAt(tree, field.at, value), of))

const targetWith = (target: Target, edits: readonly Edit[]): unknown => {
  const isValue = ({ field }: Edit): boolean => field.name.startsWith('value.')
  const values = edits.filter(isValue).map(({ field, value }) => ({ year: Number(field.at[0]), value }))
  const kept = target.targets.filter((one) => !values.some(({ year }) => year === one.year))
  const set = values.filter(({ value }) => value !== undefined)
  const edited = withEdits(
    target,
    edits.filter((edit) => !isValue(edit)),
  )
  return values.length === 0
    ? edited
    : withValueAt(
        edited,
        ['targets'],
        [...kept, ...set].toSorted((a, b) => a.year - b.year),
      )
}

const contentWithEdits = (content: AgreementContent, edits: readonly Edit[]): unknown => {
  const of = (owner: string): readonly Edit[] => edits.filter(({ field }) => field.owner === owner)
  const targets = content.targets.map((target) => targetWith(target, of(target.key)))
  const assumptions = content.assumptions.map((one) => withEdits(one, of(one.key)))
  const actions = content.actionPlan?.actions.map((one) => withEdits(one, of(one.key)))
  const whole = withEdits({ ...content, targets, assumptions }, of(''))
  return actions === undefined ? whole : withValueAt(whole, ['actionPlan', 'actions'], actions)
}

/**
 * The field that a place in the content belongs to (`targets.0.weight` is `M1.weight`), for what is wrong there.
 * Null: no field of the form stands there.
 */
export const fieldAt = (
  content: AgreementContent,
  path: string,
  added: readonly string[] = [],
): ContentField | null => {
  const [list = '', index = '', ...rest] = path.replace(/^actionPlan\.actions/u, 'actions').split('.')
  const at = Number(index)
  const owner =
    list === 'targets'
      ? content.targets[at]?.key
      : list === 'assumptions'
        ? content.assumptions[at]?.key
        : list === 'actions'
          ? content.actionPlan?.actions[at]?.key
          : undefined
  const inOwner = owner === undefined ? path : rest.join('.')
  const year = content.targets.find((one) => one.key === owner)?.targets[Number(rest[1])]?.year
  const name = rest[0] === 'targets' && year !== undefined ? `value.${year}` : inOwner
  const fields = ownedFields(content, added).filter((one) => one.owner === (owner ?? ''))
  const found =
    fields.findLast((one) => one.name === name || name.startsWith(`${one.name}.`)) ??
    fields.find((one) => one.name.startsWith(`${name}.`))
  return found === undefined ? null : fieldOf(found)
}

/**
 * The content with what a person has typed in its fields. Fields that say what they said stay as they are, to the
 * letter.
 * @param typed texts by the fields' names
 */
export const contentWithTyped = (
  content: AgreementContent,
  typed: ReadonlyMap<string, string>,
  added: readonly string[] = [],
): EditedContent => {
  const fields = ownedFields(content, added)
  const known = new Set(fields.map(nameOf))
  const problems: FieldProblem[] = [...typed.keys()]
    .filter((name) => !known.has(name))
    .map((name) => ({ name, label: name, expected: 'et felt, der findes i aftalen' }))
  const edits: Edit[] = []
  for (const field of fields) {
    const text = typed.get(nameOf(field))
    const { name, text: before, words } = fieldOf(field)
    if (text === undefined || sameText(text, before)) continue
    const read = readField(field, text)
    if ('expected' in read) problems.push({ name, label: words.da, expected: read.expected })
    else edits.push({ field, value: read.value })
  }
  if (problems.length > 0) return { ok: false, problems }
  if (edits.length === 0) return { ok: true, content }
  const parsed = agreementContentSchema.safeParse(contentWithEdits(content, edits))
  if (parsed.success) return { ok: true, content: parsed.data }
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => {
      const path = issue.path.map(String).join('.')
      const field = fieldAt(content, path, added)
      return { name: field?.name ?? path, label: field?.words.da ?? path, expected: 'en anden værdi' }
    }),
  }
}

/** One field of an agreement as it is and as it would be. */
export interface ContentDifference {
  readonly name: string
  /** `M1`; empty for the agreement as a whole. */
  readonly owner: string
  readonly words: Readonly<Record<Language, string>>
  /** Empty: nothing stands there. */
  readonly from: string
  readonly to: string
  /** The whole of its owner comes in, or lapses. */
  readonly whole: 'added' | 'lapsed' | null
}

interface Titled {
  readonly key: string
  readonly title: string
}

const ownersOf = (content: AgreementContent): readonly Titled[] => [
  ...content.targets,
  ...content.assumptions,
  ...(content.actionPlan?.actions ?? []),
]

const awaitingWords = { da: 'fordeling mellem kommunerne', en: 'apportionment between the municipalities' }

/** A divided target that waits for its apportionment, or has got it. */
const apportionments = (before: AgreementContent, after: AgreementContent): readonly ContentDifference[] =>
  after.targets.flatMap((target): ContentDifference[] => {
    const old = before.targets.find((one) => one.key === target.key)
    if (old === undefined || old.awaits === target.awaits) return []
    const name = ownerName(target.key)
    return [
      {
        name: `${target.key}.awaits`,
        owner: target.key,
        words: { da: `${name.da}, ${awaitingWords.da}`, en: `${name.en}, ${awaitingWords.en}` },
        from: old.awaits === undefined ? '' : 'skal aftales',
        to: target.awaits === undefined ? 'aftalt' : 'skal aftales',
        whole: null,
      },
    ]
  })

/** Every field in which two versions of an agreement differ, in the agreement's own order. */
export const contentDifferences = (
  before: AgreementContent,
  after: AgreementContent,
): readonly ContentDifference[] => {
  const [old, now] = [ownersOf(before), ownersOf(after)]
  const isIn = (list: readonly Titled[], key: string): boolean => list.some((one) => one.key === key)
  const whole = (one: Titled, is: 'added' | 'lapsed'): ContentDifference => ({
    name: one.key,
    owner: one.key,
    words: ownerName(one.key),
    from: is === 'added' ? '' : one.title,
    to: is === 'added' ? one.title : 'bortfalder',
    whole: is,
  })
  const added = now.filter((one) => !isIn(old, one.key))
  const was = new Map(contentFields(before).map((one) => [one.name, one]))
  const row = (field: ContentField): ContentDifference[] => {
    const from = was.get(field.name)?.shown ?? ''
    const { name, owner, words, shown } = field
    return from === shown ? [] : [{ name, owner, words, from, to: shown, whole: null }]
  }
  const fields = contentFields(
    after,
    added.map((one) => one.key),
  )
  const gone = contentFields(before).filter(
    (one) => !fields.some(({ name }) => name === one.name) && (one.owner === '' || isIn(now, one.owner)),
  )
  return [
    ...old.filter((one) => !isIn(now, one.key)).map((one) => whole(one, 'lapsed')),
    ...added.map((one) => whole(one, 'added')),
    ...fields.flatMap(row),
    ...gone
      .filter(({ shown }) => shown !== '')
      .map(({ name, owner, words, shown }) => ({ name, owner, words, from: shown, to: '', whole: null })),
    ...apportionments(before, after),
  ]
}
