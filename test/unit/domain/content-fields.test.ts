import { describe, expect, test } from 'vitest'
import {
  actionSchema,
  agreementContentSchema,
  assumptionSchema,
  baselineSchema,
  targetSchema,
} from '../../../functions/domain/agreement/content.ts'
import {
  actionFields,
  assumptionFields,
  wholeAgreementFields,
  type FieldSpec,
  targetFields,
} from '../../../functions/domain/agreement/fields/field-tables.ts'
import {
  contentFields,
  contentWithTyped,
  type ContentField,
  contentDifferences,
} from '../../../functions/domain/agreement/fields/content-fields.ts'
import { reform2007 } from '../../../functions/domain/agreement/municipal-reform.ts'
import { nextKey } from '../../../functions/domain/agreement/reshape.ts'
import { municipality } from '../../../functions/domain/directory/municipalities.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import reform from '../../fixtures/mergers-2007.json' with { type: 'json' }

const { agreement } = svendborg

/** What a rider never changes, and why not. */
const kept = {
  // What the agreement is; an advance payment is a decision of its own.
  agreement: ['id', 'kind', 'caseNumber', 'synthetic', 'effectiveFrom', 'advances'],
  // What the key stands for (I17); values have a field a year; the apportionment has its own question.
  target: ['key', 'targets', 'awaits'],
  assumption: ['key', 'type'],
  action: ['key'],
} as const

const covered = (specs: readonly FieldSpec[]): readonly string[] => specs.map(({ at }) => at[0] ?? '')

describe('the fields of an agreement', () => {
  test.each([
    ['target', Object.keys(targetSchema.shape), covered(targetFields), kept.target],
    ['assumption', Object.keys(assumptionSchema.shape), covered(assumptionFields), kept.assumption],
    ['action', Object.keys(actionSchema.shape), covered(actionFields), kept.action],
    [
      'agreement',
      Object.keys(agreementContentSchema.shape).filter((key) => key !== 'targets' && key !== 'assumptions'),
      covered(wholeAgreementFields),
      kept.agreement,
    ],
    [
      'baseline',
      Object.keys(baselineSchema.shape),
      targetFields.flatMap(({ at }) => (at[0] === 'baseline' ? [at[1] ?? ''] : [])),
      [],
    ],
  ])('of a %s are all that a rider may change', (_, all, there, exempt) => {
    expect(all.filter((key) => !there.includes(key)).toSorted()).toEqual([...exempt].toSorted())
  })

  test('typed as they are printed change nothing, to the letter', () => {
    const typed = new Map(contentFields(agreement).map(({ name, text }) => [name, text]))
    expect(contentWithTyped(agreement, typed)).toEqual({ ok: true, content: agreement })
  })

  test('read back as printed, each for itself, give the same text again', () => {
    const other = (field: ContentField): string => {
      const { text, choices, control } = field
      if (choices.length > 0) return choices.find(({ value }) => value !== text)?.value ?? ''
      if (control === 'date') return '2016-03-01'
      if (/^\d{4}(?:, \d{4})*$/u.test(text)) return '2014'
      if (/^-?\d/u.test(text) && !text.includes(':'))
        return text.replace(/\d(?=\D*$)/u, (digit) => (digit === '7' ? '8' : '7'))
      return text === '' ? text : `${text}x`
    }
    const changed = contentFields(agreement).filter(
      (field) => field.text !== '' && other(field) !== field.text,
    )
    expect(changed.length).toBeGreaterThan(60)
    for (const field of changed) {
      const typed = other(field)
      const edited = contentWithTyped(agreement, new Map([[field.name, typed]]))
      if (edited.ok) {
        expect(contentDifferences(agreement, edited.content).map(({ name }) => name)).toContain(field.name)
        expect(contentFields(edited.content).find(({ name }) => name === field.name)?.text).toBe(typed)
      } else expect(edited.problems.map(({ label }) => label)).toEqual([field.words.da])
    }
  })

  test('emptied are left out where they may be, and asked for where they may not', () => {
    const empty = (...names: string[]) =>
      contentWithTyped(agreement, new Map(names.map((name) => [name, ''])))
    const gone = empty('M2.baseline.year', 'M2.baseline.measured', 'M2.baseline.source')
    expect(gone).toMatchObject({ ok: true, content: { targets: [{}, { baseline: null }, {}] } })
    expect(empty('M2.baseline.year')).toMatchObject({
      ok: false,
      problems: [{ label: 'mål 2, basismålingens år' }],
    })
    expect(empty('M1.weight')).toMatchObject({ ok: false, problems: [{ label: 'mål 1, vægt' }] })
    expect(contentWithTyped(agreement, new Map([['M9.weight', '1']]))).toMatchObject({ ok: false })
  })

  test('a code is shown by its name, and a number that looks like one as it is', () => {
    const shown = (name: string, typed: string): string | undefined => {
      const edited = contentWithTyped(agreement, new Map([[name, typed]]))
      return edited.ok ? contentFields(edited.content).find((one) => one.name === name)?.shown : undefined
    }
    expect(shown('M1.reportedBy', '479, 450')).toBe('Svendborg Kommune, Nyborg Kommune')
    expect(shown('M1.expectedWithout', '479')).toBe('479')
    expect(shown('parties', '479 tovholder fra 2013-01-01')).toBe(
      'Svendborg Kommune tovholder fra 1. januar 2013',
    )
  })
})

test('a new key is one that has never been used', () => {
  expect(nextKey(['M1', 'M3', 'FS7'], 'M1')).toBe('M4')
  expect(nextKey(['M1', 'FS7'], 'FS1')).toBe('FS8')
  expect(nextKey([], 'H2')).toBe('H1')
})

test('successors in 2007 are those of the data', () => {
  const named = reform2007.map(({ name, into }) => [name, into.map((code) => municipality(code).name)])
  expect(named).toEqual([
    ...reform.whole.map((one) => [one.old, [one.new]]),
    ...reform.split.map((one) => [one.old, one.new.map(({ to }) => to)]),
  ])
})
