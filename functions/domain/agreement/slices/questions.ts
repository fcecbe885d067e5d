import * as z from 'zod'
import { event, privateText } from '../../base/stream.ts'
import { slice } from '../../base/slice.ts'
import { observationSchema, type Observation } from '../../judging/assessment.ts'
import { assumptionKeySchema } from '../content.ts'

/** Why a renegotiation is asked for. */
export const renegotiationCauses = ['assumption', 'municipality-wish', 'ministry', 'review'] as const
const triggerShape = {
  seq: z.int().positive(),
  /** What made it: an observation's id, a mail's key, a decision's nonce. One trigger is taken once. */
  triggerId: z.string().min(1),
  cause: z.enum(renegotiationCauses),
  assumptionKeys: z.array(assumptionKeySchema),
  /** An assumption was wrong from the start: the second ground beside a changed world (R3 of domain/README.md). */
  error: z.boolean(),
  observationId: z.string().nullable(),
  /** Questions raised by one observation form one matter. */
  matterId: z.string().nullable(),
  private: privateText,
}
/** A municipality's wish is made by its mail, whose reason it repeats. */
const ofItsTrigger = (stored: object): readonly string[] =>
  'triggerId' in stored && typeof stored.triggerId === 'string' ? [stored.triggerId] : []
const renegotiationRaisedSchema = event('RenegotiationRaised', triggerShape, {
  privateFrom: ofItsTrigger,
})
const triggerJoinedSchema = event('TriggerJoined', triggerShape, { privateFrom: ofItsTrigger })

/** How a question ended. `rider` alone changes the agreement. */
const renegotiationOutcomes = ['declined', 'rider', 'not-accepted', 'lapsed', 'withdrawn'] as const
export const renegotiationOutcomeSchema = z.enum(renegotiationOutcomes)
const renegotiationSettledSchema = event('RenegotiationSettled', {
  seq: z.int().positive(),
  outcome: renegotiationOutcomeSchema,
})
const observationRecordedSchema = event('ObservationRecorded', {
  observationId: z.string().min(1),
  observation: observationSchema,
})
export type Trigger = Omit<z.infer<typeof renegotiationRaisedSchema>, 'type' | 'v' | 'private'>
export type RenegotiationOutcome = z.infer<typeof renegotiationOutcomeSchema>

/** A question of renegotiation; its course is a stream of its own, its existence and end are owned here. */
export interface RenegotiationQuestion {
  readonly seq: number
  readonly raisedAt: string
  /** The first trigger raised it, later ones joined. */
  readonly triggers: readonly Trigger[]
  /** Null while it is undecided or negotiated. */
  readonly outcome: RenegotiationOutcome | null
}

interface RecordedObservation {
  readonly observationId: string
  readonly observation: Observation
}

interface Questions {
  readonly questions: readonly RenegotiationQuestion[]
  readonly observations: readonly RecordedObservation[]
}
const initial: Questions = { questions: [], observations: [] }

const onQuestion = (
  { questions }: Questions,
  seq: number,
  change: (question: RenegotiationQuestion) => Partial<RenegotiationQuestion>,
): Pick<Questions, 'questions'> => ({
  questions: questions.map((one) => (one.seq === seq ? { ...one, ...change(one) } : one)),
})

const triggerOf = ({
  type: _type,
  v: _v,
  private: _own,
  ...trigger
}: z.infer<typeof renegotiationRaisedSchema | typeof triggerJoinedSchema>): Trigger => trigger

/** What was observed, and the questions of renegotiation that it or anybody raised. */
export const questionsSlice = slice({
  initial,
  events: [
    renegotiationRaisedSchema,
    triggerJoinedSchema,
    renegotiationSettledSchema,
    observationRecordedSchema,
  ],
  fold: {
    RenegotiationRaised: ({ questions }, raised, { at }) => ({
      questions: [
        ...questions,
        { seq: raised.seq, raisedAt: at, triggers: [triggerOf(raised)], outcome: null },
      ],
    }),
    TriggerJoined: (state, joined) =>
      onQuestion(state, joined.seq, ({ triggers }) => ({ triggers: [...triggers, triggerOf(joined)] })),
    RenegotiationSettled: (state, { seq, outcome }) => onQuestion(state, seq, () => ({ outcome })),
    ObservationRecorded: ({ observations }, { observationId, observation }) => ({
      observations: [...observations, { observationId, observation }],
    }),
  },
})
