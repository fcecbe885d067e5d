import type { JsonObject } from './values/json.ts'

/** The clock that the engine lives by. The engine never reads the system's time. */
export interface EngineClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Tells that work is in hand: the clock must not move until the returned function is called. */
  hold(reason: string): () => void
  /** Tells that `nextDue` may have changed. */
  changed(): void
}

/** What a registered service is told about the task that calls it. */
export interface ServiceContext {
  readonly executionArn: string
  readonly stateName: string
  /** Counts the attempts of this task, also over retries, from 1. */
  readonly attempt: number
  /** Present for `.waitForTaskToken`. */
  readonly taskToken?: string
  /** The role of the task's `Credentials`, where given. */
  readonly roleArn?: string
}

/** The services that a Task may call. A resource that is not registered is refused at load. */
export interface Integrations {
  /**
   * Invokes a function. Rejects with an error whose `name` and `message` are the function's error type and
   * message; a `payload` on the error is the raw JSON text that the function's runtime answered. A name that
   * starts with `Lambda.` is an error of the Lambda service itself, its message the cause.
   */
  lambda?: (functionName: string, payload: unknown) => Promise<unknown>
  /**
   * Further services by the tail of their resource ARN, e.g. `sqs:sendMessage.waitForTaskToken`. A rejection's
   * `name` is the error, its `message` the cause.
   */
  services?: Record<string, (args: unknown, context: ServiceContext) => Promise<unknown>>
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE'

/** Detail of EventBridge's "Step Functions Execution Status Change". Dates are milliseconds since the epoch. */
export interface ExecutionStatusChangeEvent {
  readonly executionArn: string
  readonly stateMachineArn: string
  readonly name: string
  readonly status: ExecutionStatus
  readonly startDate: number
  readonly stopDate: number | null
  readonly input: string
  readonly inputDetails: { readonly included: true }
  readonly output: string | null
  readonly outputDetails: { readonly included: true } | null
  readonly error: string | null
  readonly cause: string | null
  readonly redriveCount: number
  readonly redriveDate: number | null
}

/** What stored work survives: the process being killed, or also the machine losing power, at the price of a wait for the disk. */
export type Survival = 'kill' | 'power-loss'

export interface EngineOptions {
  /** Path of the SQLite file; created when missing. `:memory:` keeps nothing. */
  readonly file: string
  /** `kill`, the default: stored work survives `kill -9`. `power-loss`: it also survives the machine. */
  readonly survives?: Survival
  readonly clock: EngineClock
  readonly integrations: Integrations
  /** AWS region in ARNs and events; `us-east-1` by default. */
  readonly region?: string
  /** AWS account in ARNs; `111111111111` by default. */
  readonly account?: string
  /** Makes jitter, generated names, `$random()` and `$uuid()` the same in every run. */
  readonly seed?: string
  /** ARN that stands as the role of every execution; a made-up one by default. */
  readonly roleArn?: string
  /** Told of every change of status, at least once, also after a crash. */
  readonly onStatusChange?: (event: ExecutionStatusChangeEvent) => void | Promise<void>
  /** Told of a failure inside the engine itself, or in `onStatusChange`. */
  readonly onFault?: (fault: unknown) => void
}

export interface StateMachineInput {
  readonly name: string
  /** The definition in Amazon States Language, as JSON text. */
  readonly definition: string
  /** Values for the `${Name}` placeholders of the definition. */
  readonly definitionSubstitutions?: Readonly<Record<string, string>>
}

/** One event of an execution's history, in AWS's shape; the timestamp in seconds since the epoch. */
export type HistoryEvent = JsonObject & {
  readonly id: number
  readonly previousEventId: number
  readonly timestamp: number
  readonly type: string
}
