import type { Failure } from './execution.ts'
import type { Json, JsonObject } from '../values/json.ts'

/** What a step in a state came to. */
export type Outcome =
  /** Nothing more to do until something happens outside, or until its children come to an end. */
  | { readonly kind: 'rest' }
  /** The state is done; `next` is undefined at the end of a block. */
  | {
      readonly kind: 'exit'
      readonly output: Json
      readonly assigned: JsonObject | undefined
      readonly next: string | undefined
    }
  | { readonly kind: 'fail'; readonly failure: Failure }

export const rest: Outcome = { kind: 'rest' }

export const failed = (error: string | undefined, cause?: string, more: Partial<Failure> = {}): Outcome => ({
  kind: 'fail',
  failure: { ...more, error, cause },
})
