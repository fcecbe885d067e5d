import { executionName, machineOf } from '../../domain/casefile/execution-name.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'

/**
 * Starts an attempt at a case by the workflow of its kind. Its name makes a second start harmless.
 * @returns `exists` when the name was used before
 */
export const startAttempt = (
  ports: Pick<Ports, 'workflows'>,
  stream: StreamId,
  attempt: number,
): Promise<'started' | 'exists'> =>
  ports.workflows.start(machineOf(stream), executionName(stream, attempt), { stream, attempt })
