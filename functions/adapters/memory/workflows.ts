import { isDeepStrictEqual } from 'node:util'
import type { Workflows } from '../../ports/record.ts'

type Machine = Parameters<Workflows['start']>[0]

export interface MemoryExecution {
  readonly machine: Machine
  readonly name: string
  readonly input: unknown
  readonly running: boolean
}

/** Workflows in memory: remembers what was started and which tokens were answered, and runs nothing. */
export function memoryWorkflows(): Workflows & {
  executions(): readonly MemoryExecution[]
  /** Tokens answered, in order. */
  readonly succeeded: readonly string[]
  end(machine: Machine, name: string): void
  /** A task that waits: only such a token can be answered, and once. */
  issueToken(token: string): void
  timeOut(token: string): void
} {
  const executions = new Map<string, MemoryExecution>()
  const keyOf = (machine: Machine, name: string): string => `${machine}/${name}`
  const waiting = new Set<string>()
  const succeeded: string[] = []
  return {
    succeeded,
    start: async (machine, name, input) => {
      const there = executions.get(keyOf(machine, name))
      const copied: unknown = JSON.parse(JSON.stringify(input))
      if (there !== undefined)
        return there.running && isDeepStrictEqual(there.input, copied) ? 'started' : 'exists'
      executions.set(keyOf(machine, name), { machine, name, input: copied, running: true })
      return 'started'
    },
    succeed: async (token) => {
      if (!waiting.delete(token)) return 'over'
      succeeded.push(token)
      return 'sent'
    },
    executions: () => [...executions.values()],
    end: (machine, name) => {
      const there = executions.get(keyOf(machine, name))
      if (there !== undefined) executions.set(keyOf(machine, name), { ...there, running: false })
    },
    issueToken: (token) => {
      waiting.add(token)
    },
    timeOut: (token) => {
      waiting.delete(token)
    },
  }
}
