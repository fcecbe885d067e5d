import {
  type ExecutionDescription,
  type ExecutionEvent,
  type Machine,
  executionName,
  machineOf,
} from '../../domain/execution/execution.ts'
import { graphOf, type Graph } from '../../domain/execution/graph.ts'
import { progressOf, type Progress, openWaits } from '../../domain/execution/progress.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { caseOf, type ExecutionPageInput } from '../../web/operator/execution-page.ts'
import type { CaseExecutionsInput } from '../../web/operator/executions-page.ts'
import { withWorkflow } from '../streams.ts'
import { loadCase } from '../record/perform.ts'
import type { ConsolePorts } from './console-ports.ts'

type OperatorPorts = Pick<ConsolePorts, 'executions' | 'streams' | 'waits'>

/** An execution read whole. */
export interface LoadedExecution {
  readonly execution: ExecutionDescription
  readonly graph: Graph
  readonly events: readonly ExecutionEvent[]
  readonly progress: Progress
}

/**
 * Description, definition and history; null when there is no such execution. The description is read before the
 * history, so that an execution that ends meanwhile is shown as running with its end in the history, never ended
 * without one.
 */
export const loadExecution = async (
  ports: Pick<OperatorPorts, 'executions'>,
  machine: Machine,
  name: string,
): Promise<LoadedExecution | null> => {
  const execution = await ports.executions.describe(machine, name)
  if (execution === null) return null
  const [definition, events] = await Promise.all([
    ports.executions.definition(machine, name),
    ports.executions.history(machine, name),
  ])
  if (definition === null) return null
  return { execution, graph: graphOf(definition), events, progress: progressOf(events, execution.status) }
}

/** The execution with its open waits, each beside what the case's record knows of it. */
export const executionPageInput = async (
  ports: OperatorPorts,
  { execution, graph, events, progress }: LoadedExecution,
): Promise<ExecutionPageInput> => {
  const of = caseOf(execution)
  const registered = of === null ? [] : await ports.waits.list(of.stream)
  return { execution, graph, progress, waits: openWaits(progress, registered), events: events.length }
}

/** Every attempt at a case, the newest first: those attached, and the next where it was started already. */
export const caseExecutionsInput = async (
  ports: OperatorPorts,
  stream: StreamId,
): Promise<CaseExecutionsInput | null> => {
  const attempts = await withWorkflow(stream, async (kind) => {
    const { seq, state } = await loadCase(ports, kind, stream)
    return seq === 0 ? null : kind.attempts(state)
  })
  if (attempts === null) return null
  const numbers = Array.from({ length: attempts.attached + 1 }, (_, index) => attempts.attached + 1 - index)
  const found = await Promise.all(
    numbers.map(async (attempt) => {
      const name = executionName(stream, attempt)
      return { attempt, name, execution: await ports.executions.describe(machineOf(stream), name) }
    }),
  )
  return {
    stream,
    lost: attempts.lost,
    attempts: found.filter(({ attempt, execution }) => attempt <= attempts.attached || execution !== null),
  }
}
