import * as z from 'zod'
import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import type { MainMailboxes } from '../../../functions/domain/directory/directory.ts'
import { assumptionKeySchema } from '../../../functions/domain/agreement/content.ts'
import { buildAgreement, type BuiltAgreement, type Municipality } from './build-agreement.ts'
import { cast, lateAgreements } from './cast.ts'
import { buildLateAgreement } from './late-agreement.ts'
import { domainOf, mainMailboxOf, peopleOf } from './sample-people.ts'
import type { Bounces, municipalitiesSchema, People, quotasSchema, SampleSet } from './set-schema.ts'
import { buildSvendborg } from './svendborg.ts'

/** Everything of the committed set but the players' script, which is written by hand. */
export interface BuiltSet {
  readonly set: SampleSet
  readonly agreements: readonly AgreementFile[]
  /** By agreement, then municipality, then form key: what each will find when it counts. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>
  readonly intended: Readonly<Record<string, BuiltAgreement['intended']>>
  readonly domains: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly people: People
  readonly bounces: Bounces
  /** Of all 98, those with no agreement too. */
  readonly mainMailboxes: MainMailboxes
}

const klSource = 'KL, marts 2015'
/** Tønder's contact has left without telling; mail to the address is refused. */
export const bouncingMunicipality = '550'
/** The consultant's domain has no DMARC policy, as small firms' often have not. */
const consultantDomain = 'integrationsraadgivning.example'

/** Makes the sample set from the public data; no clock and no chance, so that two runs are equal byte for byte. */
export function buildSet(
  publicData: { quotas: z.infer<typeof quotasSchema>; municipalities: z.infer<typeof municipalitiesSchema> },
  people: People,
): BuiltSet {
  const municipalityOf = (code: string): Municipality => {
    const quota = publicData.quotas.quotas.find(({ kommunekode }) => kommunekode === code)
    const known = publicData.municipalities.municipalities.find(({ kommunekode }) => kommunekode === code)
    if (quota === undefined || known === undefined) throw new Error(`${code} has no quota for 2015`)
    return { code, name: known.navn, officialName: known.officieltNavn, quota: quota.kvote }
  }
  const older = [
    ...cast.map((member) => buildAgreement(member, member.codes.map(municipalityOf))),
    buildSvendborg(municipalityOf('479')),
  ].sort((a, b) => a.file.agreement.caseNumber.localeCompare(b.file.agreement.caseNumber))
  const late = lateAgreements.map((one) => buildLateAgreement(one, municipalityOf(one.code)))
  const agreements = [...older.map(({ file }) => file), ...late]
  return {
    set: {
      name: 'integration-2014',
      version: 3,
      about:
        'Sample set. Real: the municipalities and their final refugee quotas for 2015. Synthetic: agreements, targets, values, people, addresses, grants and answers.',
      synthetic: true,
      year: 2014,
      startsOn: '2014-12-01',
      reportingDate: '2015-09-01',
      imports: [
        { on: '2014-12-01', agreements: older.map(({ file }) => file.agreement.id) },
        ...late.map((file, nth) => ({
          on: lateAgreements[nth]?.signedOn ?? '',
          agreements: [file.agreement.id],
        })),
      ],
      observations: [quotasOf2015(older, municipalityOf), unemploymentOf2014(older)],
      frame: [2013, 2014, 2015].map((year) => ({
        year,
        kinds: ['resultatkontrakt', 'partnerskabsaftale'] as const,
        kroner: String(grantsIn(agreements, year)),
        source: `Eksempel: ramme for ${year} (syntetisk)`,
      })),
    },
    agreements,
    figures: Object.fromEntries(
      older.map(({ file, figures }) => [file.agreement.id, Object.fromEntries(figures)]),
    ),
    intended: Object.fromEntries(older.map(({ file, intended }) => [file.agreement.id, intended])),
    domains: domainsOf(publicData.quotas.quotas.map(({ kommunekode }) => municipalityOf(kommunekode).name)),
    people,
    mainMailboxes: publicData.municipalities.municipalities.map(({ kommunekode, navn }) => ({
      municipality: kommunekode,
      email: mainMailboxOf(navn),
    })),
    bounces: [
      {
        address: peopleOf(bouncingMunicipality, municipalityOf(bouncingMunicipality).name).contact.email,
        from: '2015-01-04T23:00:00Z',
        status: '5.1.1',
        diagnosticCode: 'smtp; 550 5.1.1 user unknown',
      },
    ],
  }
}

function quotasOf2015(
  older: readonly BuiltAgreement[],
  municipalityOf: (code: string) => Municipality,
): SampleSet['observations'][number] {
  return {
    id: 'kommunekvoter-2015',
    title: 'Kommunekvoter for 2015',
    knownOn: '2015-03-27',
    validFrom: '2015-01-01',
    validTo: '2015-12-31',
    source: klSource,
    values: older.map(({ file: { agreement } }) => ({
      agreement: agreement.id,
      assumption: assumptionKeySchema.parse('FS1'),
      value: String(
        agreement.parties.reduce((sum, { municipality }) => sum + municipalityOf(municipality).quota, 0),
      ),
    })),
  }
}

function unemploymentOf2014(older: readonly BuiltAgreement[]): SampleSet['observations'][number] {
  return {
    id: 'ledighed-2014',
    title: 'Ledigheden i kommunerne i 2014',
    knownOn: '2015-02-05',
    validFrom: '2014-01-01',
    validTo: '2014-12-31',
    source: 'Ministeriets opgørelse (syntetisk)',
    values: older.flatMap(({ file: { agreement } }) =>
      agreement.assumptions
        .filter(({ type }) => type === 'business-cycle')
        .map(({ key }) => ({ agreement: agreement.id, assumption: key, value: '5.2' })),
    ),
  }
}

function grantsIn(agreements: readonly AgreementFile[], year: number): number {
  return agreements
    .flatMap(({ agreement }) => agreement.actionPlan?.actions ?? [])
    .flatMap(({ grants }) => grants)
    .filter((grant) => grant.year === year)
    .reduce((sum, { kroner }) => sum + Number(kroner), 0)
}

function domainsOf(names: readonly string[]): Record<string, Record<string, string>> {
  const known = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' }
  return {
    ...Object.fromEntries(names.map((name) => [domainOf(name), known])),
    [consultantDomain]: { spf: 'PASS', dkim: 'GRAY', dmarc: 'GRAY' },
  }
}
