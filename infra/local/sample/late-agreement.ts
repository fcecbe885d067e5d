import type { AgreementFile } from '../../../functions/domain/agreement/content.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'
import type { Municipality } from './build-agreement.ts'
import { buildTarget, type TargetPlan } from './build-target.ts'
import { contactsOf, peopleOf, slugOf } from './sample-people.ts'

/** An agreement of the 2015 kind: signed after the measuring date of 2014, first asked for 2015. */
export function buildLateAgreement(
  late: { readonly code: string; readonly signedOn: string; readonly targets: readonly TargetPlan[] },
  municipality: Municipality,
): AgreementFile {
  const id = agreementIdSchema.parse(`${slugOf(municipality.name)}-p15`)
  const { signatory } = peopleOf(municipality.code, municipality.name)
  const built = late.targets.map(
    (plan, nth) =>
      buildTarget(
        `M${nth + 1}`,
        plan,
        [{ code: late.code, size: municipality.quota }],
        Number(late.code) * 131 + nth,
      ).target,
  )
  return {
    agreement: {
      id,
      kind: 'partnerskab-2015',
      caseNumber: `2015-1${late.code}`,
      title: `Partnerskab 2015 med ${municipality.officialName} (eksempel)`,
      synthetic: true,
      parties: [{ municipality: late.code, role: 'lead', from: late.signedOn, to: null }],
      clauses: { presentation: 'pkt. 4', renegotiation: 'pkt. 6' },
      effectiveFrom: late.signedOn,
      expiresOn: '2017-12-31',
      targets: built.map((target) => ({
        ...target,
        baseline: target.baseline === null ? null : { ...target.baseline, year: 2014 },
        targets: target.targets
          .filter(({ year }) => year > 2013)
          .map(({ year, value }) => ({ year: year + 1, value })),
        earliestAvailable: [{ year: 2015, on: '2016-01-05' }],
        history: [],
      })),
      assumptions: [
        {
          key: 'FS1',
          type: 'target-group-size',
          title: 'Nyankomne i målgruppen i løbet af {år}',
          titleEn: 'New arrivals in the target group during {år}',
          unit: 'personer',
          observedBy: 'municipality',
          reference: {
            value: String(municipality.quota),
            on: '2015-03-27',
            source: 'kommunekvoten for 2015 (KL)',
            derived: false,
          },
          rule: { kind: 'relative', limit: '25', minAbsolute: '10', direction: 'both' },
          bearsOn: ['M1'],
          years: [2015, 2016],
        },
      ],
      actionPlan: {
        text: 'Målrettet virksomhedsindsats fra første dag, med rådgivning fra ministeriet.',
        actions: [
          {
            key: 'H1',
            title: 'Virksomhedsindsats',
            titleEn: 'Work with enterprises',
            grants: [],
            statusRequired: false,
          },
        ],
      },
      dissemination: null,
      promises: [{ id: 'L1', text: 'Ministeriet giver individuel rådgivning og holder erfaringsmøder.' }],
      reservation:
        'Tilsagn for 2016 og 2017 gives med forbehold for den nødvendige bevilling på finansloven.',
    },
    signatures: [
      { party: 'ministry', name: 'Karen Prøvegaard', title: 'departementschef', on: late.signedOn },
      { party: late.code, name: signatory.name, title: signatory.title, on: late.signedOn },
    ],
    contacts: contactsOf(id, municipality, late.signedOn, 'da'),
  }
}
