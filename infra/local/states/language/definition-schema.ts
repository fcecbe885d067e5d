import * as z from 'zod'
import type { Json } from '../values/json.ts'
import { limits } from '../values/limits.ts'

/** The Amazon States Language in JSONata, as far as the engine implements it. Any other field is refused. */

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
)
const expression = z.string().regex(/^\{%[^]*%\}$/, { error: 'must be a number or an expression {% ... %}' })
const wholeNumber = (least: number, most: number) => z.int().min(least).max(most)
const seconds = z.union([wholeNumber(1, limits.seconds), expression], {
  error: `must be a whole number from 1 to ${limits.seconds} or an expression {% ... %}`,
})
const stateName = z.string().min(1).max(limits.stateNameLength)
const queryLanguage = z
  .literal('JSONata', { error: 'must be "JSONata", the only query language of this engine' })
  .optional()
const assign = z.record(
  z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,79}$/u, { error: 'is no name of a variable' }),
  json,
)
const named = { Comment: z.string().optional(), QueryLanguage: queryLanguage }
const leading = {
  Next: stateName.optional(),
  End: z.literal(true, { error: 'must be true where it is given' }).optional(),
  Output: json.optional(),
  Assign: assign.optional(),
}
const errorNames = z.array(z.string().min(1)).min(1)
const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  IntervalSeconds: wholeNumber(1, limits.seconds).optional(),
  MaxAttempts: wholeNumber(0, limits.seconds).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxDelaySeconds: wholeNumber(1, 31_622_399).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
})
const catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  Next: stateName,
  Assign: assign.optional(),
  Output: json.optional(),
})
const guarded = { Retry: z.array(retrier).optional(), Catch: z.array(catcher).optional() }

const pass = z.strictObject({ ...named, ...leading, Type: z.literal('Pass') })
const succeed = z.strictObject({ ...named, Type: z.literal('Succeed'), Output: json.optional() })
const fail = z.strictObject({
  ...named,
  Type: z.literal('Fail'),
  Error: z.string().optional(),
  Cause: z.string().optional(),
})
const wait = z.strictObject({
  ...named,
  ...leading,
  Type: z.literal('Wait'),
  Seconds: z.union([wholeNumber(0, limits.seconds), expression]).optional(),
  Timestamp: z.string().optional(),
})
const choice = z.strictObject({
  ...named,
  Type: z.literal('Choice'),
  Choices: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        Condition: z.union([z.boolean(), expression], {
          error: 'must be an expression {% ... %}, true or false',
        }),
        Next: stateName,
        Assign: assign.optional(),
        Output: json.optional(),
      }),
    )
    .min(1),
  Default: stateName.optional(),
  Assign: assign.optional(),
  Output: json.optional(),
})
const task = z.strictObject({
  ...named,
  ...leading,
  ...guarded,
  Type: z.literal('Task'),
  Resource: z.string(),
  Arguments: json.optional(),
  TimeoutSeconds: seconds.optional(),
  HeartbeatSeconds: seconds.optional(),
  Credentials: z.strictObject({ RoleArn: z.string().min(1) }).optional(),
})
const parallel = z.strictObject({
  ...named,
  ...leading,
  ...guarded,
  Type: z.literal('Parallel'),
  Arguments: json.optional(),
  Branches: z.array(z.lazy(() => branch)).min(1),
})
const map = z.strictObject({
  ...named,
  ...leading,
  ...guarded,
  Type: z.literal('Map'),
  Items: z
    .union([z.array(json), expression], { error: 'must be an array or an expression {% ... %}' })
    .optional(),
  ItemSelector: json.optional(),
  ItemProcessor: z.lazy(() => processor),
  MaxConcurrency: z.union([wholeNumber(0, limits.seconds), expression]).optional(),
  Label: z
    .string()
    .regex(/^[^\s?*<>{}[\]:;,\\|^~$#%&`"]{1,40}$/)
    .optional(),
  ToleratedFailureCount: z.union([wholeNumber(0, 10_000_000), expression]).optional(),
  ToleratedFailurePercentage: z.union([z.number().min(0).max(100), expression]).optional(),
})

/** A state as it is written. */
export type StateSource =
  | z.infer<typeof pass>
  | z.infer<typeof succeed>
  | z.infer<typeof fail>
  | z.infer<typeof wait>
  | z.infer<typeof choice>
  | z.infer<typeof task>
  | ParallelSource
  | MapSource
export interface BlockSource {
  readonly StartAt: string
  readonly States: Readonly<Record<string, unknown>>
}
export type ParallelSource = z.infer<typeof parallel>
export type MapSource = z.infer<typeof map>
export type TaskSource = z.infer<typeof task>
export type WaitSource = z.infer<typeof wait>
export type RetrierSource = z.infer<typeof retrier>
export type CatcherSource = z.infer<typeof catcher>

// The states of a block are parsed one by one, so that every problem can name its state.
const states = z.record(stateName, z.unknown())
const branch: z.ZodType<BlockSource> = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: queryLanguage,
  StartAt: stateName,
  States: states,
})
export interface ProcessorSource extends BlockSource {
  readonly ProcessorConfig?:
    | {
        readonly Mode?: 'INLINE' | 'DISTRIBUTED' | undefined
        readonly ExecutionType?: 'STANDARD' | 'EXPRESS' | undefined
      }
    | undefined
}
const processor: z.ZodType<ProcessorSource> = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: queryLanguage,
  StartAt: stateName,
  States: states,
  ProcessorConfig: z
    .strictObject({
      Mode: z.enum(['INLINE', 'DISTRIBUTED']).optional(),
      ExecutionType: z.enum(['STANDARD', 'EXPRESS']).optional(),
    })
    .optional(),
})

/** The top of a definition. */
export const machineSchema = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: queryLanguage,
  Version: z.literal('1.0').optional(),
  TimeoutSeconds: wholeNumber(1, limits.seconds).optional(),
  StartAt: stateName,
  States: states,
})

/** A state by its type. */
export const stateSchemas: Readonly<Record<StateSource['Type'], z.ZodType<StateSource>>> = {
  Pass: pass,
  Succeed: succeed,
  Fail: fail,
  Wait: wait,
  Choice: choice,
  Task: task,
  Parallel: parallel,
  Map: map,
}
