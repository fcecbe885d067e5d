import { describe, expect, test } from 'vitest'
import { agreementFileSchema } from '../../../functions/domain/agreement/content.ts'
import type { AgreementContent, Target } from '../../../functions/domain/agreement/content.ts'
import {
  contactShortcomings,
  contactsOn,
  contentShortcomings,
  fileShortcomings,
  signatureShortcomings,
  missingParts,
} from '../../../functions/domain/agreement/completeness.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

const content = svendborg.agreement
const parts = (changed: Partial<AgreementContent>) =>
  missingParts({ ...content, ...changed }).map((one) => one.part)
const withTarget = (index: number, change: Partial<Target>): AgreementContent => ({
  ...content,
  targets: content.targets.map((target, at) => (at === index ? { ...target, ...change } : target)),
})
const paths = (changed: AgreementContent) => contentShortcomings(changed).map((one) => one.path)

describe('mandatory parts', () => {
  test('the sample is complete', () => {
    expect(fileShortcomings(svendborg)).toEqual([])
  })

  test('a resultatkontrakt without its parts names each in the Finance Act’s words', () => {
    expect(parts({ targets: [], actionPlan: null, dissemination: null })).toEqual([
      'resultatmål for integrationsindsatsen',
      'en handlingsplan, der beskriver, hvordan resultatmålene nås',
      'målemetoder til måling af, om målene er nået',
      'beskrivelse af, hvordan integrationspartnerskabet vil formidle sine resultater',
      'formidling gennem Ministeriet for Flygtninge, Indvandrere og Integrations Erfaringsbase',
    ])
  })

  test('spreading results otherwise than through the experience base is not enough', () => {
    expect(
      parts({ dissemination: { text: 'Konference', plannedOn: '2015-06-01', throughExperienceBase: false } }),
    ).toEqual(['formidling gennem Ministeriet for Flygtninge, Indvandrere og Integrations Erfaringsbase'])
  })

  test('a partnerskabsaftale has no dissemination clause', () => {
    expect(parts({ kind: 'partnerskabsaftale', dissemination: null })).toEqual([])
    expect(parts({ kind: 'partnerskabsaftale', actionPlan: null })).toEqual([
      'en handlingsplan, der beskriver den lokale indsats for, at resultatmålene nås',
    ])
  })

  test('a partnership of 2015 needs local targets and the advice promised', () => {
    expect(parts({ kind: 'partnerskab-2015', actionPlan: null, dissemination: null })).toEqual([])
    expect(parts({ kind: 'partnerskab-2015', promises: [] })).toHaveLength(1)
  })

  test('a blank measurement method is none', () => {
    const blank = withTarget(0, { measurement: { ...content.targets[0]!.measurement, definition: ' ' } })
    expect(missingParts(blank).map((one) => one.part)).toEqual([
      'målemetoder til måling af, om målene er nået',
    ])
  })
})

describe('consistency', () => {
  test.each<[string, AgreementContent, string]>([
    ['weights that do not sum to 100', withTarget(0, { weight: 41 }), 'targets'],
    [
      'a rising target below its baseline',
      withTarget(0, { targets: [{ year: 2014, value: '38' }] }),
      'targets.0.targets.0.value',
    ],
    [
      'a falling target above its baseline',
      withTarget(1, { targets: [{ year: 2014, value: '35' }] }),
      'targets.1.targets.0.value',
    ],
    [
      'to maintain something else than the baseline',
      withTarget(0, { method: 'maintain' }),
      'targets.0.targets.0.value',
    ],
    ['progress without a baseline', withTarget(0, { baseline: null }), 'targets.0.baseline'],
    [
      'the LPSA rule without its level',
      withTarget(0, { method: 'progress-without' }),
      'targets.0.expectedWithout',
    ],
    ['a milestone judged as a level', withTarget(2, { method: 'level' }), 'targets.2.method'],
    [
      'a date for a share',
      withTarget(0, { targets: [{ year: 2014, value: '2014-12-31' }] }),
      'targets.0.targets.0.value',
    ],
    [
      'a number for a milestone',
      withTarget(2, { targets: [{ year: 2014, value: '5' }] }),
      'targets.2.targets.0.value',
    ],
    [
      'more than 100 percent',
      withTarget(0, { targets: [{ year: 2014, value: '112' }] }),
      'targets.0.targets.0.value',
    ],
    [
      'two values for a year',
      withTarget(2, {
        targets: [
          { year: 2014, value: '2014-12-31' },
          { year: 2014, value: '2014-11-30' },
        ],
      }),
      'targets.2.targets.1.year',
    ],
    [
      'a year outside the agreement',
      withTarget(2, { targets: [{ year: 2019, value: '2019-12-31' }] }),
      'targets.2.targets.0.year',
    ],
    ['a reporter who is no party', withTarget(0, { reportedBy: ['101'] }), 'targets.0.reportedBy.0'],
    [
      'weeks measured by two',
      {
        ...withTarget(1, { reportedBy: ['479', '480'] }),
        parties: [...content.parties, { ...content.parties[0]!, municipality: '480', role: 'member' }],
      },
      'targets.1.reportedBy',
    ],
    [
      'a baseline of another measure',
      withTarget(1, {
        baseline: { year: 2012, measured: { numerator: '1', denominator: '2' }, source: 'x' },
      }),
      'targets.1.baseline.measured',
    ],
    [
      'more of which than in all',
      withTarget(0, {
        baseline: { year: 2012, measured: { numerator: '3', denominator: '2' }, source: 'x' },
      }),
      'targets.0.baseline.measured',
    ],
    ['30 February', withTarget(0, { measuringDate: '02-30' }), 'targets.0.measuringDate'],
    [
      'an assumption on no target',
      { ...content, assumptions: [{ ...content.assumptions[0]!, bearsOn: ['M9'] }] },
      'assumptions.0.bearsOn.0',
    ],
    [
      'one key twice',
      { ...content, assumptions: [content.assumptions[0]!, content.assumptions[0]!] },
      'assumptions.1.key',
    ],
    ['no lead', { ...content, parties: [{ ...content.parties[0]!, role: 'member' }] }, 'parties'],
    ['an end before the beginning', { ...content, expiresOn: '2012-12-31' }, 'expiresOn'],
  ])('refuses %s', (_, changed, path) => {
    expect(paths(changed)).toContain(path)
  })

  test('to maintain a share its baseline as printed is enough', () => {
    expect(paths(withTarget(0, { method: 'maintain', targets: [{ year: 2014, value: '38.5' }] }))).toEqual([])
  })
})

describe('people', () => {
  test('each reporting party has a contact, each party a signatory, nobody is a stranger', () => {
    expect(contactShortcomings(content, []).map((one) => one.expected)).toEqual([
      'a contact at 479, which reports',
      'a signatory at 479',
    ])
    const stranger = { ...svendborg.contacts[0]!, municipality: '101' }
    expect(
      contactShortcomings(content, [...svendborg.contacts.slice(1), stranger]).map((one) => one.path),
    ).toContain('contacts.2.municipality')
  })

  test('the ministry and every party sign', () => {
    expect(signatureShortcomings(content, svendborg.signatures.slice(1)).map((one) => one.expected)).toEqual([
      'a signature of ministry',
    ])
  })

  test('a file is read by its schema before its rules', () => {
    expect(agreementFileSchema.safeParse({ ...svendborg, extra: 1 }).success).toBe(false)
  })

  test('a contact is asked only while she is valid, the deputy after her', () => {
    const left = { ...svendborg.contacts[0]!, validTo: '2014-12-31' }
    const deputy = { ...svendborg.contacts[0]!, id: svendborg.contacts[2]!.id, role: 'deputy' as const }
    const roles = (date: string) => contactsOn([deputy, left], '479', date).map((one) => one.role)
    expect(roles('2014-12-31')).toEqual(['contact', 'deputy'])
    expect(roles('2015-01-01')).toEqual(['deputy'])
  })
})
