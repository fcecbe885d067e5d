import {
  reservationOutcomes,
  reserve,
  settleReservations,
  type ReservationRequest,
  type Reserved,
} from '../../domain/money/reservations.ts'
import { refuse, type Actor } from '../../domain/base/stream.ts'
import { commitmentsStream, agreementStream } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import { TooBusy } from '../../../workflows/errors.ts'
import { commitmentsCase, agreementCase } from '../streams/cases.ts'
import { loadCase, perform, type RecordPorts } from './perform.ts'
import { type Budget, commitmentsOf } from '../../domain/money/budget.ts'
import { framesInForce } from '../../domain/money/frames.ts'
import { mapConcurrently } from './map-concurrently.ts'

export type ReservingPorts = RecordPorts & Pick<Ports, 'digest' | 'directory'>

/** Read and decide anew at most this often when others reserve at the same time. */
const mostTries = 12

/**
 * Reserves grants before an agreement's own stream is committed to them. The order is what makes it hold: the
 * reservations are read first, then every agreement's stream; what is written stands only if no other reservation
 * came between. So each one sees those before it, reserved or committed.
 * @returns what each was checked against, in the order asked; null when the installation keeps no frames
 * @throws TooBusy when others reserved all the while
 */
export const reserveCommitments = async (
  ports: ReservingPorts,
  requests: readonly ReservationRequest[],
  actor: Actor,
): Promise<readonly Reserved[] | null> => {
  const asked = ports.digest(
    requests.map(({ content, contentHash }) => `${content.id}/${contentHash}`).join(' '),
  )
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { state, seq } = await loadCase(ports, commitmentsCase, commitmentsStream)
    const budget = await loadBudget(ports)
    if (budget === null) return null
    const now = ports.clock.now()
    const performed = await perform(ports, commitmentsCase, commitmentsStream, {
      id: `reserve/${asked}/${seq}`,
      actor,
      decide: (current, _now, loaded) =>
        loaded.seq === seq
          ? reserve(current, requests, budget, now)
          : refuse('moved', 'another reserved first'),
    })
    if (performed.outcome === 'committed' || performed.outcome === 'nothing')
      return reservationOutcomes(state, requests, budget, now)
  }
  throw new TooBusy(`Gave up after ${mostTries} concurrent reservations of commitments`)
}

/** Tells what became of reservations: the agreements' own streams have them now, or would not take them. */
export const settleCommitments = async (
  ports: RecordPorts & Pick<Ports, 'digest'>,
  settled: readonly { readonly agreement: string; readonly contentHash: string; readonly taken: boolean }[],
  actor: Actor,
): Promise<void> => {
  if (settled.length === 0) return
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { seq } = await loadCase(ports, commitmentsCase, commitmentsStream)
    const what = ports.digest(
      settled.map((one) => `${one.agreement}/${one.contentHash}/${one.taken}`).join(' '),
    )
    const performed = await perform(ports, commitmentsCase, commitmentsStream, {
      id: `settle/${what}/${seq}`,
      actor,
      decide: (current, _now, loaded) =>
        loaded.seq === seq
          ? settleReservations(current, settled)
          : refuse('moved', 'another was settled first'),
    })
    if (performed.outcome !== 'refused') return
  }
  throw new TooBusy(`Gave up after ${mostTries} concurrent reservations of commitments`)
}

/**
 * Frames and commitments as the agreements' own streams have them now, each read consistently. Whoever commits to
 * more reserves it first, so that two at the same moment see each other.
 * @returns null when the installation keeps no frames
 */
const loadBudget = async (
  ports: Pick<Ports, 'directory' | 'register' | 'streams'>,
): Promise<Budget | null> => {
  const frames = framesInForce((await ports.directory.read()).frames ?? null)
  if (frames === null) return null
  const committed = await mapConcurrently(await ports.register.agreements(), async (id) =>
    commitmentsOf((await loadCase(ports, agreementCase, agreementStream(id))).state),
  )
  return { frames, committed: committed.flat() }
}
