import type { ExecutionLine, ExecutionStatus, Machine } from '../../domain/execution/execution.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { MinistryRole } from '../../domain/base/values.ts'

export const executionsPath = '/executions'

/** The breaker over all answers. */
export const answersPath = `${executionsPath}/answers`

export const listPath = (options: {
  readonly machine: Machine
  readonly status: ExecutionStatus | null
  readonly from: string
}): string => {
  const query = new URLSearchParams({
    machine: options.machine,
    ...(options.status === null ? {} : { status: options.status }),
    from: options.from,
  })
  return `${executionsPath}?${query.toString()}`
}

export const executionPath = ({ machine, name }: Pick<ExecutionLine, 'machine' | 'name'>): string =>
  `${executionsPath}/${machine}/${name}`

export const historyPath = (execution: Pick<ExecutionLine, 'machine' | 'name'>): string =>
  `${executionPath(execution)}/history`

export const statePath = (execution: Pick<ExecutionLine, 'machine' | 'name'>, state: string): string =>
  `${executionPath(execution)}/states/${encodeURIComponent(state)}`

/** The executions of one case: its attempts. */
export const caseExecutionsPath = (stream: StreamId): string =>
  `${executionsPath}/cases/${encodeURIComponent(stream)}`

/** Who is shown how the workflows run: those who keep the system, those who audit it, and the caseworkers. */
export const maySeeExecutions = (person: { readonly roles: readonly MinistryRole[] }): boolean =>
  person.roles.some((role) => role === 'administrator' || role === 'auditor' || role === 'caseworker')
