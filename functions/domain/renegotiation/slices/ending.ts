import * as z from 'zod'
import { event, hashSchema as hash, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { dateSchema, municipalityCodeSchema, personIdSchema } from '../../base/values.ts'
import { partyDeclinedSchema } from './answers.ts'
import { decisionVoidedSchema, renegotiationDeclinedSchema } from './question.ts'
import { renegotiationOutcomeSchema, type RenegotiationOutcome } from '../../agreement/slices/questions.ts'

const proposalLapsedSchema = event('ProposalLapsed', { subject: hash, endedOn: dateSchema })
const bySchema = z.union([
  z.strictObject({ person: personIdSchema }),
  z.strictObject({
    party: municipalityCodeSchema,
    /** The mail in which it did, or null: a person has recorded it. */
    mailKey: z.string().nullable(),
    recordedBy: personIdSchema.nullable(),
  }),
])
const ofItsAuthor = (stored: object): readonly string[] => {
  const by = z.object({ by: bySchema }).safeParse(stored).data?.by
  return by === undefined || 'person' in by || by.mailKey === null ? [] : [by.mailKey]
}
/** By a person of the ministry, or by the municipality whose wish it was. */
const withdrawnSchema = event(
  'Withdrawn',
  { by: bySchema, private: privateText },
  { privateFrom: ofItsAuthor },
)
/** The municipality no longer wishes it, but the question has other grounds: a person decides what follows. */
const wishTakenBackSchema = event('WishTakenBack', {
  party: municipalityCodeSchema,
  mailKey: z.string(),
})

/** The agreement's stream has the new version. */
const riderEnactedSchema = event('RiderEnacted', {
  version: z.int().min(2),
  riderNumber: z.int().positive(),
  signedOn: dateSchema,
  effectiveFrom: dateSchema,
})

/** The agreement's stream was told how the question ended; nothing changes it any more. */
const settledSchema = event('Settled', { outcome: renegotiationOutcomeSchema })

interface Ending {
  readonly outcome: RenegotiationOutcome | null
  readonly withdrawn: {
    readonly by: 'ministry' | 'municipality'
    readonly party: string | null
    readonly text: string
  } | null
  /** A wish taken back while the question has other grounds. */
  readonly wishTakenBack: { readonly party: string; readonly mailKey: string } | null
  /** The party that would not, when the outcome is "not accepted". */
  readonly declinedBy: { readonly party: string; readonly mailKey: string } | null
  readonly enacted: {
    readonly version: number
    readonly signedOn: string
    readonly effectiveFrom: string
  } | null
}
const initial: Ending = {
  outcome: null,
  withdrawn: null,
  wishTakenBack: null,
  declinedBy: null,
  enacted: null,
}

/** How it ends. */
export const endingSlice = slice({
  initial,
  events: [proposalLapsedSchema, withdrawnSchema, wishTakenBackSchema, riderEnactedSchema, settledSchema],
  hears: [renegotiationDeclinedSchema, decisionVoidedSchema, partyDeclinedSchema],
  fold: {
    RenegotiationDeclined: () => ({ outcome: 'declined' as const }),
    DecisionVoided: () => ({ outcome: null, withdrawn: null, declinedBy: null }),
    PartyDeclined: (_, { party, mailKey }) => ({
      outcome: 'not-accepted' as const,
      declinedBy: { party, mailKey },
    }),
    ProposalLapsed: () => ({ outcome: 'lapsed' as const }),
    Withdrawn: (_, { by, private: own }) => ({
      outcome: 'withdrawn' as const,
      withdrawn: {
        by: 'party' in by ? ('municipality' as const) : ('ministry' as const),
        party: 'party' in by ? by.party : null,
        text: own?.text ?? '',
      },
    }),
    WishTakenBack: (_, { party, mailKey }) => ({ wishTakenBack: { party, mailKey } }),
    RiderEnacted: (_, { version, signedOn, effectiveFrom }) => ({
      outcome: 'rider' as const,
      enacted: { version, signedOn, effectiveFrom },
    }),
    Settled: () => ({}),
  },
})
