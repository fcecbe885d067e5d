import type {
  ExecutionDescription,
  ExecutionEvent,
  ExecutionLine,
  Machine,
} from '../../domain/execution/execution.ts'
import type { Executions } from '../../ports/console.ts'

/** An execution with everything that is shown of it. */
export interface KeptExecution {
  readonly description: ExecutionDescription
  readonly definition: unknown
  readonly history: readonly ExecutionEvent[]
}

const pageSize = 50

/** Executions in memory: shows what it was given. */
export function memoryExecutions(): Executions & { keep(execution: KeptExecution): void } {
  const kept = new Map<string, KeptExecution>()
  const keyOf = (machine: Machine, name: string): string => `${machine}/${name}`
  const find = (machine: Machine, name: string): KeptExecution | null =>
    kept.get(keyOf(machine, name)) ?? null
  const lineOf = ({ description }: KeptExecution): ExecutionLine => {
    const { machine, name, status, startedAt, endedAt } = description
    return { machine, name, status, startedAt, endedAt }
  }
  return {
    keep: (execution) => {
      kept.set(keyOf(execution.description.machine, execution.description.name), execution)
    },
    list: async (machine, { status, from }) => {
      const all = [...kept.values()]
        .map(lineOf)
        .filter((line) => line.machine === machine && (status === null || line.status === status))
        .toReversed()
      const place = /^\d+$/.test(from ?? '') ? Number(from) : 0
      const end = place + pageSize
      return { executions: all.slice(place, end), next: end < all.length ? String(end) : null }
    },
    describe: async (machine, name) => find(machine, name)?.description ?? null,
    definition: async (machine, name) => find(machine, name)?.definition ?? null,
    history: async (machine, name) => find(machine, name)?.history ?? [],
  }
}
