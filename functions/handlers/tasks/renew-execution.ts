import type { CaseInput } from '../../../workflows/tasks.ts'
import type { Ports } from '../../ports/ports.ts'
import { startAttempt } from '../record/perform.ts'

/** Starts the next attempt at a case; it takes over when it attaches. Its role may read no stream. */
export const makeRenewExecution =
  (ports: Pick<Ports, 'workflows'>) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    await startAttempt(ports, input.stream, input.attempt + 1)
    return {}
  }
