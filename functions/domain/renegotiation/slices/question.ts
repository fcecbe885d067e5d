import * as z from 'zod'
import {
  agreementContentSchema,
  assumptionKeySchema,
  targetKeySchema,
  type AgreementContent,
} from '../../agreement/content.ts'
import { event, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import {
  agreementIdSchema,
  dateSchema,
  exactSchema,
  municipalityCodeSchema,
  personIdSchema,
  type AgreementId,
} from '../../base/values.ts'
import { renegotiationCauses } from '../../agreement/slices/questions.ts'

/** An assumption's reference value against what was observed: what letters and pages say of it. */
const observedChangeSchema = z.strictObject({
  assumption: assumptionKeySchema,
  reference: exactSchema,
  referenceOn: dateSchema,
  referenceSource: z.string(),
  derived: z.boolean(),
  value: exactSchema,
  knownOn: dateSchema,
  validFrom: dateSchema,
  validTo: dateSchema,
  source: z.string(),
})
export type ObservedChange = z.infer<typeof observedChangeSchema>

/** One ground of the question: what made it, which assumptions it names, which targets they bear on. */
const groundSchema = z.strictObject({
  triggerId: z.string().min(1),
  cause: z.enum(renegotiationCauses),
  assumptionKeys: z.array(assumptionKeySchema),
  error: z.boolean(),
  observationId: z.string().nullable(),
  matterId: z.string().nullable(),
  changes: z.array(observedChangeSchema),
  targets: z.array(targetKeySchema),
  /** The municipality whose wish it is; null for every other cause. */
  party: municipalityCodeSchema.nullable(),
  /** The receipt of the wish's mail says when it is answered: one incoming mail has one answer (MAIL 212). */
  toldByReceipt: z.literal(true).optional(),
})
export type Ground = z.infer<typeof groundSchema>

/** A municipality's wish is made by its mail, whose reason it repeats. */
const ofItsGround = (stored: object): readonly string[] => {
  const read = z.object({ ground: groundSchema }).safeParse(stored)
  return read.success ? [read.data.ground.triggerId] : []
}

const questionRaisedSchema = event(
  'QuestionRaised',
  {
    agreement: agreementIdSchema,
    seq: z.int().positive(),
    /** The results' year whose run is under way: its assessment is not affected. */
    year: z.int(),
    /** The version that is renegotiated, as it stood when the question was raised. */
    version: z.int().positive(),
    content: agreementContentSchema,
    signedOn: dateSchema,
    parties: z
      .array(z.strictObject({ municipality: municipalityCodeSchema, role: z.enum(['lead', 'member']) }))
      .min(1),
    ground: groundSchema,
    private: privateText,
  },
  { privateFrom: ofItsGround },
)
const groundJoinedSchema = event(
  'GroundJoined',
  { ground: groundSchema, private: privateText },
  { privateFrom: ofItsGround },
)
/** A further ground came after the decision and before the agreement's stream was told it: decided anew. */
export const decisionVoidedSchema = event('DecisionVoided', { triggerId: z.string() })

const renegotiationOpenedSchema = event('RenegotiationOpened', {
  by: personIdSchema,
  /** Targets to be adapted. */
  targets: z.array(targetKeySchema).min(1),
  private: privateText,
})

/** Why the ministry says no; the text beside it is what the letter prints. */
export const declineReasons = [
  'share-unaffected', // the target is a share, which the number does not move
  'within-reach', // the targets can be reached as they are
  'not-an-assumption', // what is stated is no assumption of the agreement
  'too-late', // the agreement or the year is nearly over
  'other',
] as const
export const declineReasonSchema = z.enum(declineReasons)
export type DeclineReason = (typeof declineReasons)[number]
export const renegotiationDeclinedSchema = event('RenegotiationDeclined', {
  by: personIdSchema,
  reason: declineReasonSchema,
  private: privateText,
})

/** A ground with the words of whoever stated it, and when it came. */
export interface StatedGround extends Ground {
  readonly at: string
  readonly text: string
}

interface Question {
  readonly agreement: AgreementId | null
  readonly seq: number
  readonly year: number
  readonly version: number
  readonly content: AgreementContent | null
  readonly signedOn: string
  readonly parties: readonly { readonly municipality: string; readonly role: 'lead' | 'member' }[]
  /** The first raised the question, later ones joined. */
  readonly grounds: readonly StatedGround[]
  readonly raisedAt: string
  readonly opened: {
    readonly by: string
    readonly at: string
    readonly targets: readonly string[]
    readonly text: string
  } | null
  readonly declined: { readonly by: string; readonly reason: string; readonly text: string } | null
}

const initial: Question = {
  agreement: null,
  seq: 0,
  year: 0,
  version: 0,
  content: null,
  signedOn: '',
  parties: [],
  grounds: [],
  raisedAt: '',
  opened: null,
  declined: null,
}

const stated = (ground: Ground, at: string, text: string | undefined): StatedGround => ({
  ...ground,
  at,
  text: text ?? '',
})

/** What is asked, on which grounds, and whether the ministry opens a renegotiation on it. */
export const questionSlice = slice({
  initial,
  events: [
    questionRaisedSchema,
    groundJoinedSchema,
    decisionVoidedSchema,
    renegotiationOpenedSchema,
    renegotiationDeclinedSchema,
  ],
  fold: {
    QuestionRaised: (_, { type: _type, v: _v, ground, private: own, ...question }, { at }) => ({
      ...question,
      grounds: [stated(ground, at, own?.text)],
      raisedAt: at,
    }),
    GroundJoined: ({ grounds }, { ground, private: own }, { at }) => ({
      grounds: [...grounds, stated(ground, at, own?.text)],
    }),
    DecisionVoided: () => ({ declined: null }),
    RenegotiationOpened: (_, { by, targets, private: own }, { at }) => ({
      opened: { by, at, targets, text: own?.text ?? '' },
    }),
    RenegotiationDeclined: (_, { by, reason, private: own }) => ({
      declined: { by, reason, text: own?.text ?? '' },
    }),
  },
})
