import type { Json } from '../values/json.ts'
import type { Resource } from './resource.ts'
import type { Template } from '../expressions/template.ts'

/** A number in seconds, literal or computed. */
export type Seconds = Template

export interface Retrier {
  readonly errorEquals: readonly string[]
  readonly intervalSeconds: number
  readonly backoffRate: number
  readonly maxAttempts: number
  readonly maxDelaySeconds: number | undefined
  readonly fullJitter: boolean
}

export interface Catcher {
  readonly errorEquals: readonly string[]
  readonly next: string
  readonly assign: Template | undefined
  readonly output: Template | undefined
}

interface Named {
  readonly name: string
}

interface Leading {
  /** The next state; undefined where the state has `End`. */
  readonly next: string | undefined
  readonly assign: Template | undefined
  readonly output: Template | undefined
}

interface Guarded {
  readonly retry: readonly Retrier[]
  readonly catch: readonly Catcher[]
}

export interface PassState extends Named, Leading {
  readonly type: 'Pass'
}

export interface SucceedState extends Named {
  readonly type: 'Succeed'
  readonly output: Template | undefined
}

export interface FailState extends Named {
  readonly type: 'Fail'
  readonly error: Template | undefined
  readonly cause: Template | undefined
}

export interface WaitState extends Named, Leading {
  readonly type: 'Wait'
  readonly seconds: Seconds | undefined
  readonly timestamp: Template | undefined
}

export interface ChoiceRule {
  readonly condition: Template
  readonly next: string
  readonly assign: Template | undefined
  readonly output: Template | undefined
}

export interface ChoiceState extends Named {
  readonly type: 'Choice'
  readonly choices: readonly ChoiceRule[]
  readonly default: string | undefined
  readonly assign: Template | undefined
  readonly output: Template | undefined
}

export interface TaskState extends Named, Leading, Guarded {
  readonly type: 'Task'
  readonly resource: Resource
  readonly arguments: Template | undefined
  readonly timeoutSeconds: Seconds | undefined
  readonly heartbeatSeconds: Seconds | undefined
  readonly roleArn: Template | undefined
}

export interface ParallelState extends Named, Leading, Guarded {
  readonly type: 'Parallel'
  readonly arguments: Template | undefined
  readonly branches: readonly Block[]
}

export interface MapState extends Named, Leading, Guarded {
  readonly type: 'Map'
  readonly items: Template | undefined
  readonly itemSelector: Template | undefined
  readonly processor: Block
  readonly maxConcurrency: Template | undefined
  readonly toleratedFailureCount: Template | undefined
  readonly toleratedFailurePercentage: Template | undefined
  /** Present for a distributed Map. */
  readonly distributed: { readonly label: string | undefined } | undefined
}

export type State =
  PassState | SucceedState | FailState | WaitState | ChoiceState | TaskState | ParallelState | MapState

/** States with a start: a whole machine, a branch, or a Map's processor. */
export interface Block {
  readonly startAt: string
  readonly states: ReadonlyMap<string, State>
}

/** A definition, checked and compiled. */
export interface Machine extends Block {
  readonly name: string
  readonly arn: string
  readonly timeoutSeconds: number | undefined
  readonly definition: Json
}
