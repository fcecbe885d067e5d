import type { Json, JsonObject } from '../values/json.ts'
import type { ExecutionStatus } from '../types.ts'

/** One execution, without its frames. Instants are milliseconds since the epoch. */
export interface Execution {
  readonly id: number
  readonly arn: string
  readonly name: string
  /** Row of the definition it runs, which it keeps to its end. */
  readonly definitionId: number
  readonly machineName: string
  readonly input: Json
  /** The input as it was given. */
  readonly inputText: string
  readonly startedAt: number
  status: ExecutionStatus
  stoppedAt: number | undefined
  output: Json | undefined
  error: string | undefined
  cause: string | undefined
  /** Events in the history so far; also the id of the last one. */
  eventCount: number
  /** Frames made so far; also the id of the newest one. */
  frameCount: number
  redriveCount: number
  redrivenAt: number | undefined
  /** The task of another execution that waits for the end of this one. */
  readonly parent:
    { readonly execution: number; readonly frame: number; readonly attempt: number } | undefined
}

/** Why a state did not succeed. AWS lets both be missing. */
export interface Failure {
  readonly error: string | undefined
  readonly cause: string | undefined
  /** A missed heartbeat: its error is States.Timeout, and States.HeartbeatTimeout matches it too. */
  readonly heartbeat?: boolean
  /** A failure while a failure was handled, which nothing catches. */
  readonly final?: boolean
  /** States.DataLimitExceeded because of what a task answered. */
  readonly ofResult?: boolean
}

/** What the holder of a task token said. */
export type Answer =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly error: string | undefined; readonly cause: string | undefined }

export type TimerKind = 'wait' | 'retry' | 'timeout' | 'heartbeat' | 'execution'

/** A Parallel state: outputs of its branches so far. */
interface Branches {
  readonly kind: 'branches'
  readonly outputs: readonly (Json | null)[]
  readonly open: number
}

/** How many failed iterations a distributed Map takes. */
export interface Tolerance {
  readonly count: number | undefined
  readonly percentage: number | undefined
}

/** A Map state: its items are kept beside the frame. */
interface IterationsUnderWay {
  readonly kind: 'iterations'
  readonly next: number
  readonly open: number
  readonly failed: number
  readonly concurrency: number
  readonly tolerance: Tolerance
  /** The newest event about the iterations, which the end of the Map follows on. */
  readonly lastAside: number
}

/** What a frame is doing between two steps. */
export type Phase =
  /** About to enter its state, or to try it again. */
  | { readonly kind: 'ready'; readonly entry: 'first' | 'retry' | 'redrive' }
  /** A call is out; it is made again if the process dies. */
  | {
      readonly kind: 'calling'
      readonly arguments: Json
      readonly roleArn?: string
      readonly answer?: Answer
    }
  /** A token is out. */
  | { readonly kind: 'token' }
  /** Another execution was started and is waited for. */
  | { readonly kind: 'nested'; readonly execution: number }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'retrying' }
  | Branches
  | IterationsUnderWay
  /** Failed or stopped; a redrive goes on here, with what a Parallel or Map state had achieved. */
  | { readonly kind: 'failed'; readonly was?: Branches | IterationsUnderWay }

/** A position in the states of an execution: the root, a branch, or an iteration. */
export interface Frame {
  readonly id: number
  readonly parent: number | undefined
  /** Number of the branch or iteration. */
  readonly index: number
  /** The item of the iteration this frame is in, for the context object. */
  readonly item: { readonly index: number; readonly value: Json } | undefined
  /** Part of a distributed Map: its events belong to an execution of its own, not to this history. */
  readonly silent: boolean
  state: string
  input: Json
  /** All variables that the frame sees. */
  variables: JsonObject
  enteredAt: number
  enteredEvent: number
  /** The event before the state was entered. */
  eventBefore: number
  lastEvent: number
  phase: Phase
  /** Counts calls of this frame, over all its states: tells late results from current ones. */
  attempt: number
  retryCount: number
  /** Retries used, for each entry of Retry. */
  retries: readonly number[]
  timers: Readonly<Partial<Record<TimerKind, number>>>
}

/** Items and outputs of a Map in progress. */
export interface Iterations {
  readonly items: readonly Json[]
  readonly outputs: Map<number, Json>
}

/** What must happen outside once a step is safely stored. */
export type Effect =
  | { readonly kind: 'call'; readonly frame: number; readonly attempt: number }
  /** A nested execution whose task is over: AWS stops it. */
  | { readonly kind: 'stop-nested'; readonly execution: number }
  | { readonly kind: 'ended' }
  | { readonly kind: 'started' }

/** What happens to an execution from outside. */
export type Stimulus =
  | { readonly kind: 'start' }
  | { readonly kind: 'result'; readonly frame: number; readonly attempt: number; readonly result: CallResult }
  | { readonly kind: 'answer'; readonly frame: number; readonly attempt: number; readonly answer: Answer }
  | { readonly kind: 'heartbeat'; readonly frame: number; readonly attempt: number }
  | { readonly kind: 'timer'; readonly frame: number; readonly timer: TimerKind }
  | { readonly kind: 'stop'; readonly error: string | undefined; readonly cause: string | undefined }
  | { readonly kind: 'resume' }
  | { readonly kind: 'redrive' }

/** What a call came to. `nested` names the execution that was started. */
export type CallResult =
  | { readonly ok: true; readonly output: Json; readonly nested?: number }
  | {
      readonly ok: false
      readonly error: string
      readonly cause: string | undefined
      readonly tooLarge?: boolean
    }
