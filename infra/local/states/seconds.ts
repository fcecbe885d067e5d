import { EvaluationFailure } from './errors.ts'
import { unexpectedType, type Scope } from './expressions.ts'
import { typeName } from './json.ts'
import { limits } from './limits.ts'
import type { Template } from './template.ts'

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
