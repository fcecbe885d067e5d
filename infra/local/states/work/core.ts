import type { Arns } from '../store/arns.ts'
import type { Execution, Stimulus } from '../turn/execution.ts'
import type { Line } from './line.ts'
import type { Machines } from '../store/machines.ts'
import type { StoredSnapshot } from '../store/snapshots.ts'
import type { Store } from '../store/store.ts'
import type { EngineOptions } from '../types.ts'

/** The engine's parts, as its operations see them. */
export interface Core {
  readonly options: EngineOptions
  readonly arns: Arns
  readonly store: Store
  readonly machines: Machines
  readonly line: Line
  /** The execution with this ARN, the newest where a name was used again; undefined when there is none. */
  find(arn: string): Execution | undefined
  /** The frames of an execution; only inside the line. */
  open(id: number): StoredSnapshot | undefined
  /** Makes an execution whose row was just stored known; only inside the line. */
  adopt(execution: Execution): void
  /** Works a stimulus into an execution and stores the result; only inside the line. */
  apply(id: number, stimulus: Stimulus): Promise<void>
}
