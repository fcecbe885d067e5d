import { commitmentsOf } from '../../domain/money/commitments.ts'
import type { Budget } from '../../domain/money/budget.ts'
import { framesInForce } from '../../domain/money/frames.ts'
import { agreementStream } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import { agreementCase } from '../streams/agreement-case.ts'
import { loadCase } from './perform.ts'
import { mapConcurrently } from './map-concurrently.ts'

/**
 * Frames and commitments as the agreements' own streams have them now, each read consistently. Whoever commits to
 * more reserves it first (reserve-commitments.ts), so that two at the same moment see each other.
 * @returns null when the installation keeps no frames
 */
export const loadBudget = async (
  ports: Pick<Ports, 'directory' | 'register' | 'streams'>,
): Promise<Budget | null> => {
  const frames = framesInForce((await ports.directory.read()).frames ?? null)
  if (frames === null) return null
  const committed = await mapConcurrently(await ports.register.agreements(), async (id) =>
    commitmentsOf((await loadCase(ports, agreementCase, agreementStream(id))).state),
  )
  return { frames, committed: committed.flat() }
}
