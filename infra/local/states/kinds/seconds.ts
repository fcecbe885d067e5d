import { EvaluationFailure } from '../values/errors.ts'
import { unexpectedType, type Scope } from '../expressions/expression.ts'
import { typeName } from '../values/json.ts'
import { limits } from '../values/limits.ts'
import type { Template } from '../expressions/template.ts'

/** A whole number of seconds; throws EvaluationFailure for what AWS does not take in the field. */
export const secondsOf = async (
  template: Template,
  location: string,
  least: number,
  scope: Scope,
): Promise<number> => {
  const value = await template.evaluate(scope)
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= limits.seconds)
    return value
  if (template.expression !== undefined && (typeof value !== 'number' || !Number.isInteger(value)))
    throw unexpectedType(template.expression, location, 'integer', value)
  throw new EvaluationFailure(
    `The ${location} field must be a whole number from ${least} to ${limits.seconds}, but was ${typeName(value)}: ` +
      JSON.stringify(value),
    location,
    true,
  )
}
