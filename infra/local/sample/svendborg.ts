import type { AgreementFile, Target } from '../../../functions/domain/agreement/content.ts'
import { agreementIdSchema, contactIdSchema } from '../../../functions/domain/base/values.ts'
import { quotaAssumption, type BuiltAgreement, type Municipality } from './build-agreement.ts'
import { targetTemplates, type TemplateName } from './target-templates.ts'

const years = (values: readonly [string, string, string]): Target['targets'] =>
  values.map((value, nth) => ({ year: 2013 + nth, value }))

function target(key: string, template: TemplateName, own: Partial<Target>): Target {
  const { title, titleEn, theme, definition, definitionEn, source, indicator, measure, direction, method } =
    targetTemplates[template]
  return {
    key,
    title,
    titleEn,
    theme,
    measurement: { definition, definitionEn, source, indicator, indicatorVersion: 1 },
    measure,
    direction,
    method,
    weight: 30,
    baseline: null,
    expectedWithout: null,
    targets: [],
    partlyFromPct: '60',
    cliff: false,
    rounding: 'exact',
    measuringDate: '12-31',
    earliestAvailable: [{ year: 2014, on: '2015-01-05' }],
    reportedBy: ['479'],
    minimumDenominator: 0,
    history: [],
    ...own,
  }
}

/** The agreement of the letters' sample (LETTERS 6), and the reply of LETTERS 6.2 as its figures. */
export function buildSvendborg(municipality: Municipality): BuiltAgreement {
  const id = agreementIdSchema.parse('svendborg-rk')
  const source = 'kommunens jobcenter'
  const file: AgreementFile = {
    agreement: {
      id,
      kind: 'resultatkontrakt',
      caseNumber: '2015-0479',
      title: 'Resultatkontrakt med Svendborg Kommune (eksempel)',
      synthetic: true,
      parties: [{ municipality: '479', role: 'lead', from: '2013-01-01', to: null }],
      clauses: { presentation: 'pkt. 6', renegotiation: 'pkt. 7' },
      effectiveFrom: '2013-01-01',
      expiresOn: '2015-12-31',
      targets: [
        target('M1', 'jobOrOffer', {
          weight: 40,
          baseline: { year: 2012, measured: { numerator: '47', denominator: '122' }, source },
          targets: years(['44', '50', '50']),
          minimumDenominator: 10,
          history: [{ year: 2013, municipality: '479', measured: { numerator: '53', denominator: '126' } }],
        }),
        target('M2', 'weeksToOffer', {
          baseline: { year: 2012, measured: { value: '34' }, source: 'kommunens fagsystem' },
          targets: years(['30', '26', '24']),
          history: [{ year: 2013, municipality: '479', measured: { value: '27' } }],
        }),
        target('M3', 'companies', { targets: [{ year: 2014, value: '2014-12-31' }] }),
      ],
      assumptions: [
        quotaAssumption([municipality], ['M1']),
        {
          key: 'FS2',
          type: 'target-group-size',
          title: 'Nyankomne i målgruppen i løbet af {år}',
          titleEn: 'New arrivals in the target group during {år}',
          unit: 'personer',
          observedBy: 'municipality',
          reference: { value: '60', on: '2012-11-12', source: 'kontraktens bilag 1', derived: false },
          rule: { kind: 'relative', limit: '25', minAbsolute: '10', direction: 'both' },
          bearsOn: ['M1'],
          years: [2013, 2014, 2015],
        },
      ],
      actionPlan: {
        text: 'Virksomhedsnetværk med fast kontaktperson i jobcentret.',
        actions: [
          {
            key: 'H1',
            title: 'Virksomhedsnetværk',
            titleEn: 'Network of enterprises',
            grants: [2013, 2014, 2015].map((year) => ({ year, kroner: '320000' })),
            statusRequired: false,
          },
        ],
      },
      dissemination: {
        text: 'Erfaringerne beskrives i Erfaringsbasen.',
        plannedOn: '2015-06-30',
        throughExperienceBase: true,
      },
      promises: [{ id: 'L1', text: 'Ministeriet rådgiver om virksomhedsrettede tilbud.' }],
      reservation: null,
    },
    signatures: [
      { party: 'ministry', name: 'Karen Prøvegaard', title: 'departementschef', on: '2012-11-12' },
      { party: '479', name: 'Inger Prøvedal', title: 'kommunaldirektør', on: '2012-11-12' },
    ],
    contacts: [
      contact('svendborg-mette-proeve', 'contact', 'Mette Prøve', 'udviklingskonsulent', 'mette.proeve'),
      contact('svendborg-post', 'main-mailbox', 'Svendborg Kommune', '', 'post'),
      contact(
        'svendborg-inger-proevedal',
        'signatory',
        'Inger Prøvedal',
        'kommunaldirektør',
        'inger.proevedal',
      ),
    ],
  }
  return {
    file,
    figures: new Map([
      [
        '479',
        {
          'M1 i alt': '134',
          'M1 heraf': '61',
          M2: '24,5',
          M3: 'ja, 14/11 2014 (seks virksomheder)',
          // 83 in that reply; within the limit here, for one assumption alone fails in the sample's year.
          FS2: '66',
          'H1 udgift': '0,4 mio. kr.',
          Formidling: 'kommer i Erfaringsbasen inden sommerferien',
        },
      ],
    ]),
    intended: { M1: 'partlyMet', M2: 'met', M3: 'met' },
  }
}

function contact(
  id: string,
  role: 'contact' | 'main-mailbox' | 'signatory',
  name: string,
  title: string,
  mailbox: string,
): AgreementFile['contacts'][number] {
  return {
    id: contactIdSchema.parse(id),
    municipality: '479',
    role,
    name,
    title,
    email: `${mailbox}@svendborg-kommune.example`,
    language: 'da',
    validFrom: '2013-01-01',
    validTo: null,
  }
}
