import { executionName, machineOf } from '../../domain/casefile/execution-name.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import type { Ports } from '../../ports/ports.ts'

/** Starts the next attempt at a case; it takes over when it attaches. */
export const makeRenewExecution =
  (ports: Pick<Ports, 'workflows'>) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const attempt = input.attempt + 1
    await ports.workflows.start(machineOf(input.stream), executionName(input.stream, attempt), {
      stream: input.stream,
      attempt,
    })
    return {}
  }
