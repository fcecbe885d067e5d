import * as z from 'zod'
import { agreementKindSchema, type AgreementContent, shortcomingText } from '../agreement/content.ts'
import { compose, slice, type EventOfSlices } from '../base/slice.ts'
import { accept, type Decision, event, hashSchema as hash } from '../base/stream.ts'
import { addMs, compareInstants } from '../base/time.ts'
import { agreementIdSchema, countSchema } from '../base/values.ts'
import { commitmentShortcomings, givesMore, type Budget, commitmentsIn, type Commitment } from './budget.ts'

/**
 * Commitments of all agreements against one frame, in one order (rules across streams have one
 * owner). Whoever is to commit an agreement to more money reserves it here first, on one stream for the whole
 * installation: of two at the same moment the second sees the first. When the agreement's own stream has the
 * commitment, or would not take it, the reservation is settled.
 */
const commitmentsReservedSchema = event('CommitmentsReserved', {
  agreement: agreementIdSchema,
  /** The text that gives the grants. */
  contentHash: hash,
  commitments: z.array(z.strictObject({ kind: agreementKindSchema, year: z.int(), kroner: countSchema })),
})
const reservationSettledSchema = event('ReservationSettled', {
  agreement: agreementIdSchema,
  contentHash: hash,
  /** The agreement's stream has the commitment; otherwise it would not take it. */
  taken: z.boolean(),
})

export interface Reservation {
  readonly agreement: string
  readonly contentHash: string
  readonly commitments: readonly Commitment[]
  readonly at: string
}

/** What is reserved and not settled; one for each agreement, the latest. */
export interface ReservationsState {
  readonly open: readonly Reservation[]
}

const initial: ReservationsState = { open: [] }
const reservationsSlice = slice({
  initial,
  events: [commitmentsReservedSchema, reservationSettledSchema],
  fold: {
    CommitmentsReserved: ({ open }, { agreement, contentHash, commitments: reserved }, { at }) => {
      const commitments = reserved.map((one) => ({ ...one, agreement, kroner: BigInt(one.kroner) }))
      const others = open.filter((one) => one.agreement !== agreement)
      return { open: [...others, { agreement, contentHash, commitments, at }] }
    },
    ReservationSettled: ({ open }, { agreement, contentHash }) => ({
      open: open.filter((one) => one.agreement !== agreement || one.contentHash !== contentHash),
    }),
  },
})
const slices = [reservationsSlice] as const
export type CommitmentsEvent = EventOfSlices<typeof slices>
export const reservations = compose(slices)

/** Whoever reserved and was never heard of again holds the money no longer than this. */
const reservedMs = 24 * 60 * 60 * 1000

const isHeld = ({ at }: Reservation, now: string): boolean => compareInstants(now, addMs(at, reservedMs)) < 0

/**
 * What is reserved by now and on no agreement's stream yet, beside what is: of both the larger, year by year. The
 * kind is not asked about: a rider keeps its agreement's.
 */
const withReserved = (
  committed: readonly Commitment[],
  open: readonly Reservation[],
): readonly Commitment[] => {
  const reserved = open.flatMap(({ commitments }) => commitments)
  const isSame = (one: Commitment) => (other: Commitment) =>
    one.agreement === other.agreement && one.year === other.year
  return [
    ...committed.map((one) => {
      const more = reserved.find(isSame(one))
      return more !== undefined && more.kroner > one.kroner ? more : one
    }),
    ...reserved.filter((one) => !committed.some(isSame(one))),
  ]
}

/** A text whose grants are to be committed. */
export interface ReservationRequest {
  readonly content: AgreementContent
  readonly contentHash: string
  /** What the agreement is committed to by now. */
  readonly before: readonly Commitment[]
}

/** What each request is checked against, and why one of them cannot be committed; null when it can. */
export interface Reserved {
  readonly agreement: string
  readonly contentHash: string
  readonly budget: Budget
  readonly refusal: string | null
}

/** Each request after the others before it: of two that do not both fit the first is taken. */
const inOrder = (
  state: ReservationsState,
  requests: readonly ReservationRequest[],
  budget: Budget,
  now: string,
): { readonly reserved: readonly Reserved[]; readonly events: readonly CommitmentsEvent[] } => {
  let open = state.open.filter((one) => isHeld(one, now))
  const reserved: Reserved[] = []
  const events: CommitmentsEvent[] = []
  for (const { content, contentHash, before } of requests) {
    const others = open.filter((one) => one.agreement !== content.id)
    const seen: Budget = { ...budget, committed: withReserved(budget.committed, others) }
    const beyond = commitmentShortcomings(content, seen, before)
    const refusal = beyond.length === 0 ? null : beyond.map(shortcomingText).join('; ')
    reserved.push({ agreement: content.id, contentHash, budget: seen, refusal })
    if (refusal !== null || !givesMore(content, before)) continue
    const commitments = commitmentsIn(content)
    const isReserved = open.some((one) => one.agreement === content.id && one.contentHash === contentHash)
    open = [...others, { agreement: content.id, contentHash, commitments, at: now }]
    if (!isReserved)
      events.push({
        type: 'CommitmentsReserved',
        v: 1,
        agreement: content.id,
        contentHash,
        commitments: commitments.map(({ kind, year, kroner }) => ({ kind, year, kroner: String(kroner) })),
      })
  }
  return { reserved, events }
}

/** What becomes of each request, without writing anything. */
export const reservationOutcomes = (
  state: ReservationsState,
  requests: readonly ReservationRequest[],
  budget: Budget,
  now: string,
): readonly Reserved[] => inOrder(state, requests, budget, now).reserved

/**
 * Reserves what fits.
 * @param budget as it was read after this state: what is on the agreements' own streams
 */
export const reserve = (
  state: ReservationsState,
  requests: readonly ReservationRequest[],
  budget: Budget,
  now: string,
): Decision<CommitmentsEvent> => accept(...inOrder(state, requests, budget, now).events)

/** What became of reservations on the agreements' own streams. */
export const settleReservations = (
  state: ReservationsState,
  settled: readonly { readonly agreement: string; readonly contentHash: string; readonly taken: boolean }[],
): Decision<CommitmentsEvent> =>
  accept(
    ...settled
      .filter(({ agreement, contentHash }) =>
        state.open.some((one) => one.agreement === agreement && one.contentHash === contentHash),
      )
      .map(({ agreement, contentHash, taken }): CommitmentsEvent => ({
        type: 'ReservationSettled',
        v: 1,
        agreement: agreementIdSchema.parse(agreement),
        contentHash,
        taken,
      })),
  )
