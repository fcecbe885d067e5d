import * as z from 'zod'
import { decideAgreement } from '../../domain/agreement/decide.ts'
import { assumptionKeySchema } from '../../domain/agreement/content.ts'
import type { AgreementState } from '../../domain/agreement/state.ts'
import { takeObservations } from '../../domain/review/decide/observe.ts'
import { agreementStream, reviewStream, type StreamId } from '../../domain/base/stream-id.ts'
import type { Actor } from '../../domain/base/stream.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { agreementIdSchema, dateSchema, exactSchema, type AgreementId } from '../../domain/base/values.ts'
import { agreementCase, reviewCase } from '../streams/cases.ts'
import { makeRaiseQuestion } from '../record/raise-question.ts'
import { perform, type RecordPorts } from '../record/perform.ts'

/** One observation of the ministry's, with its value for each agreement: the quotas of one day are one. */
export const observationsInputSchema = z.strictObject({
  id: z.string().min(1).max(80),
  title: z.string().min(1),
  knownOn: dateSchema,
  validFrom: dateSchema,
  validTo: dateSchema,
  source: z.string().min(1),
  values: z
    .array(
      z.strictObject({
        agreement: agreementIdSchema,
        assumption: assumptionKeySchema,
        value: exactSchema,
      }),
    )
    .min(1),
})
export type ObservationsInput = z.infer<typeof observationsInputSchema>

export interface RecordedObservations {
  /** Values that are new on the record. */
  readonly recorded: number
  /** Questions raised, and questions already open that this joined. */
  readonly raised: readonly StreamId[]
  readonly joined: readonly StreamId[]
  /** What could not be recorded, each with its agreement; the others are recorded nevertheless. */
  readonly errors: readonly { readonly agreement: string; readonly error: string }[]
}

/** Each year's review whose draft or assessment the observation changes is told: the draft is judged anew. */
const tellReviews = async (
  ports: RecordPorts,
  id: AgreementId,
  agreement: AgreementState,
  observationId: string,
  actor: Actor,
): Promise<void> => {
  const observed = agreement.observations.map((one) => one.observation)
  for (const { year } of agreement.openedYears)
    await perform(ports, reviewCase, reviewStream(year, id), {
      id: `observation/${observationId}`,
      actor,
      decide: (review) => takeObservations(review, observed, observationId),
    })
}

/**
 * Records an observation on every agreement it bears on. Questions it raises are one matter, by its id. Safe to
 * repeat: the same observation twice changes nothing and carries what a crash left.
 */
export const makeRecordObservations = (ports: RecordPorts) => {
  const raiseQuestion = makeRaiseQuestion(ports)
  return async (
    input: ObservationsInput,
    actor: Actor = { by: 'system', name: 'RecordObservations' },
  ): Promise<RecordedObservations> => {
    let recorded = 0
    const raised: StreamId[] = []
    const joined: StreamId[] = []
    const errors: { agreement: string; error: string }[] = []
    for (const { agreement, assumption, value } of input.values) {
      const { id, knownOn, validFrom, validTo, source } = input
      const observationId = `${id}/${assumption}`
      const performed = await perform(ports, agreementCase, agreementStream(agreement), {
        id: `observation/${observationId}`,
        actor,
        decide: (state, now) =>
          decideAgreement(
            state,
            {
              do: 'record-observation',
              observationId,
              observation: { assumption, value, knownOn, validFrom, validTo, source },
              by: 'ministry',
              matterId: id,
            },
            { today: todayInCopenhagen(now), finalYears: [] },
          ),
      })
      if (performed.outcome === 'refused') {
        const { kind, message } = performed.refusal
        errors.push({ agreement, error: `${kind}: ${message}` })
        continue
      }
      if (performed.outcome === 'committed') recorded += 1
      await tellReviews(ports, agreement, performed.loaded.state, observationId, actor)
      const carried = await raiseQuestion(agreement)
      raised.push(...carried.raised)
      joined.push(...carried.joined)
    }
    return { recorded, raised, joined, errors }
  }
}
