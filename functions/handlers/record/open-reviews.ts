import { runStream } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { runCase } from '../streams/run-case.ts'
import { completeWaits, loadCase, type RecordPorts } from './perform.ts'

/** A review is finally assessed or stopped: its open item goes; when none is left the run's wait is over. */
export const closeOpenReview = async (
  ports: RecordPorts,
  year: number,
  agreement: AgreementId,
): Promise<void> => {
  await ports.register.closeReview(year, agreement)
  if ((await ports.register.openReviews(year)).length > 0) return
  const stream = runStream(year)
  const { state } = await loadCase(ports, runCase, stream)
  await completeWaits(ports, runCase, stream, state)
}
