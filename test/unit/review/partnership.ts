import type { AgreementContent } from '../../../functions/domain/agreement/content.ts'
import { agreementContentSchema } from '../../../functions/domain/agreement/content.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'

/** A sample partnership of Svendborg (lead) and Nyborg: both report M1, Svendborg M2, Nyborg M3. */
export const partnership: AgreementContent = agreementContentSchema.parse({
  ...svendborg.agreement,
  id: 'svendborg-m-fl-pa',
  parties: [
    { municipality: '479', role: 'lead', from: '2013-01-01', to: null },
    { municipality: '450', role: 'member', from: '2013-01-01', to: null },
  ],
  targets: svendborg.agreement.targets.map((target) => ({
    ...target,
    reportedBy: target.key === 'M1' ? ['479', '450'] : target.key === 'M2' ? ['479'] : ['450'],
  })),
})

/** The sample agreement with figures of M2 that exist only from a day on. */
export const withLaterFigure = (...later: readonly (readonly [string, string])[]): AgreementContent =>
  agreementContentSchema.parse({
    ...svendborg.agreement,
    targets: svendborg.agreement.targets.map((target) => ({
      ...target,
      earliestAvailable: later.flatMap(([key, on]) => (key === target.key ? [{ year: 2014, on }] : [])),
    })),
  })
