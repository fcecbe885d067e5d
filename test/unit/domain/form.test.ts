import { describe, expect, test } from 'vitest'
import { agreementContentSchema } from '../../../functions/domain/agreement/content.ts'
import {
  contactConfirmationForm,
  factCheckForm,
  formFor,
  hearingForm,
  laterTargets,
  missing,
  proposalForm,
  readableFields,
} from '../../../functions/domain/form/form.ts'
import type { Answered } from '../../../functions/domain/form/form.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

const content = svendborg.agreement
const asked = { year: 2014, municipality: '479' }
const keys = (fields: readonly { key: string }[]) => fields.map((field) => field.key)
const figure = (key: string): Answered => ({ key, value: { is: 'number' } })

const partnership = agreementContentSchema.parse({
  ...content,
  parties: [
    { municipality: '813', role: 'member', from: '2013-01-01', to: null },
    { municipality: '810', role: 'lead', from: '2013-01-01', to: null },
  ],
  targets: content.targets.map((target) => ({
    ...target,
    reportedBy: target.key === 'M1' ? ['810', '813'] : ['810'],
    history: [],
  })),
})

describe('the form of the request', () => {
  test('has the sample letter’s lines in its order, seven of them required', () => {
    const form = formFor(content, asked)
    expect(keys(form.filter((field) => field.required))).toEqual([
      'M1 i alt',
      'M1 heraf',
      'M2',
      'M3',
      'FS2',
      'H1 udgift',
      'Formidling',
    ])
    expect(keys(form.filter((field) => !field.required))).toEqual([
      'M1 bemærkning',
      'M2 bemærkning',
      'M3 bemærkning',
      'Bemærkninger',
      'H1 status',
      'Genforhandling',
      'Erfaring',
      'Erfaring må deles',
      'Godkendt af',
      'Forbehold',
      'Færdig',
    ])
  })

  test('every key line fits in 38 characters with its blank', () => {
    for (const field of formFor(content, asked)) expect(`${field.key}: ____`.length).toBeLessThanOrEqual(38)
  })

  test('no key or alias stands for two fields', () => {
    const words = readableFields(content, asked).flatMap((field) => [
      ...new Set([field.key.toLowerCase(), field.english.toLowerCase(), ...field.aliases]),
    ])
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
  })

  test('English twins and older words are known', () => {
    const total = formFor(content, asked)[0]
    expect(total).toMatchObject({ english: 'M1 total', type: 'count', unit: 'personer' })
    expect(total?.aliases).toContain('m1 nævner')
    expect(total?.aliases).not.toContain('m1 total')
  })

  test('a partnership’s member is asked for its own figures alone', () => {
    const member = formFor(partnership, { year: 2014, municipality: '813' })
    expect(keys(member.filter((field) => field.required))).toEqual(['M1 i alt', 'M1 heraf'])
    const lead = formFor(partnership, { year: 2014, municipality: '810' })
    expect(keys(lead)).toContain('Formidling')
  })

  test('a figure that does not exist yet is not asked, but read when it comes', () => {
    const slow = agreementContentSchema.parse({
      ...content,
      targets: content.targets.map((target) =>
        target.key === 'M2' ? { ...target, earliestAvailable: [{ year: 2014, on: '2015-05-04' }] } : target,
      ),
    })
    const options = { ...asked, askedOn: '2015-01-15' }
    expect(keys(formFor(slow, options))).not.toContain('M2')
    expect(laterTargets(slow, options).map(({ target, on }) => [target.key, on])).toEqual([
      ['M2', '2015-05-04'],
    ])
    expect(keys(readableFields(slow, options))).toContain('M2')
    expect(keys(formFor(slow, { ...asked, askedOn: '2015-05-04' }))).toContain('M2')
  })

  test('a target without a value for the year is not asked', () => {
    expect(keys(formFor(content, { ...asked, year: 2015 }))).not.toContain('M3')
  })

  test('a kind C agreement asks about advice, not about dissemination', () => {
    const fields = keys(formFor({ ...content, kind: 'partnerskab-2015' }, asked))
    expect(fields).toContain('Rådgivning')
    expect(fields).not.toContain('Formidling')
  })

  test('a question makes its keys required and first', () => {
    const form = formFor(content, { ...asked, questions: ['M2 bemærkning'] })
    expect(form[0]).toMatchObject({ key: 'M2 bemærkning', required: true })
  })
})

describe('what is missing', () => {
  const form = formFor(content, asked)

  test('is all of it before a reply and nothing after a full one', () => {
    expect(missing(form, [])).toHaveLength(7)
    const full: Answered[] = [
      figure('M1 i alt'),
      figure('M1 heraf'),
      figure('M2'),
      { key: 'M3', value: { is: 'milestone' } },
      figure('FS2'),
      figure('H1 udgift'),
      { key: 'Formidling', value: { is: 'text' } },
    ]
    expect(missing(form, full)).toEqual([])
  })

  test('»ikke opgjort« closes a gap, for a share both its lines; »Færdig« closes none', () => {
    const answers: Answered[] = [
      { key: 'M1 heraf', value: { is: 'not-available' } },
      { key: 'M2', value: { is: 'not-available' } },
      { key: 'Færdig', value: { is: 'yes-no' } },
    ]
    expect(keys(missing(form, answers))).toEqual(['M3', 'FS2', 'H1 udgift', 'Formidling'])
  })
})

describe('the other forms', () => {
  test('ask what their letters ask', () => {
    expect(keys(hearingForm(content, asked))).toEqual([
      'Høringssvar',
      'M1 bemærkning',
      'M2 bemærkning',
      'M3 bemærkning',
      'Bemærkninger',
    ])
    expect(keys(proposalForm(content, ['M1']))).toEqual(['Svar', 'Begrundelse', 'M1 ny målværdi'])
    expect(proposalForm(content, ['M1'])[2]?.unit).toBe('pct.')
    expect(keys(factCheckForm())).toEqual(['Faktatjek'])
    expect(keys(contactConfirmationForm())).toEqual(['Kontakt', 'Stedfortræder', 'Medindberetter'])
  })
})
