import type { machineOf } from '../casefile/execution-name.ts'

/** A workflow's state machine. */
export type Machine = ReturnType<typeof machineOf>

export const executionStatuses = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  'PENDING_REDRIVE',
] as const
/** As Step Functions has it. */
export type ExecutionStatus = (typeof executionStatuses)[number]

/** An execution as lists show it. */
export interface ExecutionLine {
  readonly machine: Machine
  readonly name: string
  readonly status: ExecutionStatus
  /** UTC, `Z`. */
  readonly startedAt: string
  /** Null while it runs. */
  readonly endedAt: string | null
}

/** JSON as it was stored, and why it ended badly. An output or error that there is not is null. */
export interface ExecutionDescription extends ExecutionLine {
  readonly input: string | null
  readonly output: string | null
  readonly error: string | null
  readonly cause: string | null
}

/** One event of an execution's history: what all types have, and of the rest what the operator is shown. */
export interface ExecutionEvent {
  readonly id: number
  /** The event it followed from; 0 for the first. */
  readonly previousId: number
  readonly at: string
  /** `TaskStateEntered`, `TaskScheduled`, ... */
  readonly type: string
  /** The state's name, on events that enter or leave one. */
  readonly state: string | null
  /** JSON text that went in: a state's or an execution's input, or a task's arguments. */
  readonly input: string | null
  /** JSON text that came out. */
  readonly output: string | null
  readonly error: string | null
  readonly cause: string | null
  /** `invoke`, `invoke.waitForTaskToken`, ... */
  readonly resource: string | null
  /** The scheduled task's timeout. */
  readonly timeoutSeconds: number | null
}
