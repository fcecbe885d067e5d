import type {
  AgreementCommand,
  AgreementFacts,
  TakeRider,
} from '../../../functions/domain/agreement/commands.ts'
import { agreementContentSchema } from '../../../functions/domain/agreement/content.ts'
import type { AgreementContent } from '../../../functions/domain/agreement/content.ts'
import { contactRefSchema } from '../../../functions/domain/agreement/completeness.ts'
import { agreementFolding } from '../../../functions/domain/agreement/state.ts'
import type { AgreementState } from '../../../functions/domain/agreement/state.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { hash, refusal, run as runAll, type Asked } from '../../support/judging/agreement-world.ts'

export const content = svendborg.agreement
export const facts: AgreementFacts = { today: '2015-03-27', finalYears: [] }
export const refs = svendborg.contacts.map(({ id, municipality, role, validFrom, validTo }) =>
  contactRefSchema.parse({ id, municipality, role, validFrom, validTo }),
)

export { refusal }
export const run = (state: AgreementState, command: Asked) => {
  const { state: next, events } = runAll(state, [command])
  return { state: next, types: events.map((event) => event.type) }
}
export const after = (commands: readonly Asked[], from = agreementFolding.initial) =>
  runAll(from, commands).state

export const draft = { do: 'draft', content } satisfies AgreementCommand
export const contacts = { do: 'register-contacts', contacts: refs } satisfies AgreementCommand
export const sign = {
  do: 'sign',
  signatures: svendborg.signatures,
  contentHash: hash('a'),
} satisfies AgreementCommand
export const signed = () => after([draft, contacts, sign])

export const observe = (
  assumption: string,
  value: string,
  year: number,
  knownOn = '2015-03-27',
): AgreementCommand => ({
  do: 'record-observation',
  observationId: `${assumption}-${value}-${year}`,
  by: assumption === 'FS1' ? 'ministry' : 'municipality',
  matterId: assumption === 'FS1' ? 'quotas-2015' : null,
  observation: {
    assumption,
    value,
    knownOn,
    validFrom: `${year}-01-01`,
    validTo: `${year}-12-31`,
    source: 'prøve',
  },
})
export const wish = {
  do: 'raise',
  triggerId: 'mail-1',
  cause: 'municipality-wish',
  assumptionKeys: ['FS2'],
  error: false,
  matterId: null,
  reason: 'ja, FS2',
} satisfies AgreementCommand

export const changed = (change: Partial<AgreementContent['targets'][number]>): AgreementContent =>
  agreementContentSchema.parse({
    ...content,
    targets: content.targets.map((target) => (target.key === 'M1' ? { ...target, ...change } : target)),
  })
export const lowered = changed({
  targets: [
    { year: 2014, value: '50' },
    { year: 2015, value: '46' },
  ],
})
export const rider = (changes: Partial<TakeRider> = {}): AgreementCommand => ({
  do: 'take-rider',
  seq: 1,
  riderNumber: 1,
  signedOn: '2015-05-20',
  effectiveFrom: '2015-07-01',
  content: lowered,
  contentHash: hash('b'),
  backdating: null,
  ...changes,
})
