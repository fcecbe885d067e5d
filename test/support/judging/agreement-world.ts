import {
  agreementCommands,
  type AgreementCommand,
  type AgreementDecision,
  type AgreementFacts,
  type RaiseQuestion,
  type TakeRider,
} from '../../../functions/domain/agreement/commands.ts'
import { contactRefSchema } from '../../../functions/domain/agreement/completeness.ts'
import { agreementContentSchema } from '../../../functions/domain/agreement/content.ts'
import type { AgreementContent, AgreementFile, Target } from '../../../functions/domain/agreement/content.ts'
import { decideAgreement } from '../../../functions/domain/agreement/decide.ts'
import {
  agreementFolding,
  type AgreementState,
  type AgreementEvent,
} from '../../../functions/domain/agreement/state.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { anders } from '../ministry.ts'

/** An agreement's stream driven by its own decisions. */
export const hash = (digit: string): string => digit.repeat(64)
const usual: AgreementFacts = { today: '2015-03-27', finalYears: [] }

export const foldAgreement = (
  state: AgreementState,
  events: readonly AgreementEvent[],
  at = '2015-03-27T10:00:00.000Z',
): AgreementState =>
  events.reduce(
    (before, event) =>
      agreementFolding.evolve(before, agreementFolding.eventSchema.parse(event), {
        seq: 1,
        at,
        actor: { by: 'system', name: 'test' },
        commandId: 'c',
      }),
    state,
  )

/** What anybody may ask of an agreement: a person of the ministry, or the import, a workflow or a mail. */
export type Asked = AgreementCommand | AgreementDecision

/** Decides it; the person is an approver. */
export const decideAny = (state: AgreementState, asked: Asked, facts: AgreementFacts) =>
  asked.do === 'terminate-agreement'
    ? agreementCommands.decide(state, asked, anders, `${facts.today}T10:00:00.000Z`, {})
    : decideAgreement(state, asked, facts)

/** The events of commands, one after the other. Throws the refusal's kind. */
export const run = (
  state: AgreementState,
  commands: readonly Asked[],
  facts = usual,
): { readonly state: AgreementState; readonly events: readonly AgreementEvent[] } => {
  const events: AgreementEvent[] = []
  let after = state
  for (const command of commands) {
    const decision = decideAny(after, command, facts)
    if (!decision.ok) throw new Error(`${decision.refusal.kind}: ${decision.refusal.message}`)
    events.push(...decision.events)
    after = foldAgreement(after, decision.events)
  }
  return { state: after, events }
}

/** The refusal's kind, or null. */
export const refusal = (state: AgreementState, command: Asked, facts = usual): string | null => {
  const decision = decideAny(state, command, facts)
  return decision.ok ? null : decision.refusal.kind
}

const contactsFor = (content: AgreementContent): AgreementCommand => {
  const known = svendborg.contacts.map(({ id, municipality, role, validFrom, validTo }) =>
    contactRefSchema.parse({ id, municipality, role, validFrom, validTo }),
  )
  const codes = [...new Set(content.parties.map((party) => party.municipality))]
  return {
    do: 'register-contacts',
    contacts: codes.flatMap((code) =>
      code === '479'
        ? known
        : (['contact', 'signatory'] as const).map((role) =>
            contactRefSchema.parse({
              id: `${role}-${code}`,
              municipality: code,
              role,
              validFrom: '2012-01-01',
              validTo: null,
            }),
          ),
    ),
  }
}

const signaturesFor = (content: AgreementContent, on: string): AgreementFile['signatures'] =>
  ['ministry', ...new Set(content.parties.map((party) => party.municipality))].map((party) => ({
    party,
    name: 'Prøve Prøvesen',
    title: 'borgmester',
    on,
  }))

/** A signed agreement of this content. */
export const signedOf = (content: AgreementContent, on = '2012-11-12'): AgreementState =>
  run(agreementFolding.initial, [
    { do: 'draft', content },
    contactsFor(content),
    { do: 'sign', signatures: signaturesFor(content, on), contentHash: hash('a') },
  ]).state

/** Svendborg's content with changed targets. */
export const contentWith = (
  targets: readonly Target[],
  more: Partial<AgreementContent> = {},
): AgreementContent =>
  agreementContentSchema.parse({ ...svendborg.agreement, assumptions: [], targets, ...more })

export const observe = (
  assumption: string,
  value: string,
  year: number,
  more: { readonly by?: 'ministry' | 'municipality'; readonly matterId?: string } = {},
): AgreementCommand => ({
  do: 'record-observation',
  observationId: `${assumption}-${value}-${year}`,
  by: more.by ?? (assumption === 'FS1' ? 'ministry' : 'municipality'),
  matterId: more.matterId ?? null,
  observation: {
    assumption,
    value,
    knownOn: '2015-03-27',
    validFrom: `${year}-01-01`,
    validTo: `${year}-12-31`,
    source: 'prøve',
  },
})

/** A question that a rider can answer. */
export const wish: RaiseQuestion = {
  do: 'raise',
  triggerId: 'mail-1',
  cause: 'municipality-wish',
  assumptionKeys: [],
  error: false,
  matterId: null,
  reason: 'ændrede forhold',
}

export const rider = (content: AgreementContent, more: Partial<TakeRider> = {}): TakeRider => ({
  do: 'take-rider',
  seq: 1,
  riderNumber: 1,
  signedOn: '2014-05-20',
  effectiveFrom: '2014-07-01',
  content,
  contentHash: hash('b'),
  backdating: null,
  ...more,
})
