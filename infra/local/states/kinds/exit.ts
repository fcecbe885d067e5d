import type { Frame } from '../turn/execution.ts'
import { EvaluationFailure } from '../values/errors.ts'
import { byteLength, isJsonObject, type Json, type JsonObject } from '../values/json.ts'
import { limits } from '../values/limits.ts'
import { failed, type Outcome } from '../turn/outcome.ts'
import { scopeOf } from '../turn/scope.ts'
import type { Template } from '../expressions/template.ts'
import type { Turn } from '../turn/turn.ts'

/** Whether a value is within AWS's limit for a payload. */
export const fits = (value: Json): boolean => byteLength(JSON.stringify(value)) <= limits.payloadBytes

/** The failure of a state or task whose result is too large; `name` as AWS names it in the cause. */
export const tooLarge = (name: string): Outcome =>
  failed(
    'States.DataLimitExceeded',
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  )

/**
 * Ends a state with its Output and Assign. Both see the variables as they were; `plain` is the output of a state
 * without an Output field.
 */
export const exit = async (
  turn: Turn,
  frame: Frame,
  fields: { readonly output: Template | undefined; readonly assign: Template | undefined },
  next: string | undefined,
  plain: Json,
  more: { readonly [key: string]: Json } = {},
): Promise<Outcome> => {
  const scope = scopeOf(turn, frame, more)
  const assigned = fields.assign === undefined ? undefined : await fields.assign.evaluate(scope)
  const output = fields.output === undefined ? plain : await fields.output.evaluate(scope)
  if (!fits(output)) return tooLarge(frame.state)
  for (const [name, value] of Object.entries(isJsonObject(assigned) ? assigned : {}))
    if (byteLength(JSON.stringify(value)) > limits.variableBytes)
      throw new EvaluationFailure(`The variable '${name}' is larger than 256 KiB.`, `Assign/${name}`)
  const variables: JsonObject | undefined = isJsonObject(assigned) ? assigned : undefined
  return { kind: 'exit', output, assigned: variables, next }
}
