import { commitmentsOf } from '../domain/money/commitments.ts'
import type { Budget } from '../domain/money/budget.ts'
import { framesInForce } from '../domain/money/frames.ts'
import { agreementStream } from '../domain/stream-id.ts'
import type { Ports } from '../ports.ts'
import { agreementCase } from './cases/agreement-case.ts'
import { loadCase } from './record/perform.ts'
import { sideBySide } from './side-by-side.ts'

/**
 * Frames and commitments as the record has them now, each agreement's stream read consistently. Two commitments
 * decided at the same moment are each checked against what was there before both; the money page shows it at once.
 * @returns null when the installation keeps no frames
 */
export const loadBudget = async (
  ports: Pick<Ports, 'directory' | 'register' | 'streams'>,
): Promise<Budget | null> => {
  const frames = framesInForce((await ports.directory.read()).frames ?? null)
  if (frames === null) return null
  const committed = await sideBySide(await ports.register.agreements(), async (id) =>
    commitmentsOf((await loadCase(ports, agreementCase, agreementStream(id))).state),
  )
  return { frames, committed: committed.flat() }
}
