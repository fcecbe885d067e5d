import jsonata from 'jsonata'
import { EvaluationFailure } from '../values/errors.ts'
import { forbidden, missingInField, plainPath, readsContext, variablesOf } from './rules.ts'
import { extraFunctions, type Surroundings } from './functions.ts'
import {
  isJsonArray,
  isJsonObject,
  isObject,
  toJson,
  typeName,
  type Json,
  type JsonObject,
} from '../values/json.ts'
import type { Chance } from '../values/chance.ts'

/** What an expression sees: `$states` and the variables. */
export interface Scope {
  /** `$states` without its context object. */
  readonly states: JsonObject
  /** The context object, made when an expression reads it. */
  readonly context: () => JsonObject
  readonly variables: JsonObject
  /** Milliseconds since the epoch, for `$now()` and `$millis()`. */
  readonly now: number
  readonly chance: Chance
}

/** A compiled JSONata expression. */
export interface Expression {
  /** The text between `{%` and `%}`. */
  readonly source: string
  /** Its value as plain JSON; throws EvaluationFailure when it has none. `location` names the field. */
  evaluate(scope: Scope, location: string): Promise<Json>
}

/** Whether a text is an expression: it starts with `{%` and ends with `%}`. */
export const isExpression = (text: string): boolean => text.startsWith('{%') && text.endsWith('%}')

const formatter = jsonata('$fromMillis($ms, $picture, $zone)')
const format: Surroundings['format'] = (ms, picture, zone) =>
  formatter.evaluate(undefined, { ms, picture, zone })

const describe = (error: unknown): string => {
  if (!isObject(error)) return String(error)
  const { code, message } = error
  const text = typeof message === 'string' ? message : JSON.stringify(error)
  return typeof code === 'string' ? `${code}: ${text}` : text
}

/**
 * Compiles the text of an expression. `more` names the parts of `$states` that its field has beside `input` and
 * `context`. Throws an Error with a plain message for what JSONata 2.0.6 does not parse and for what Step Functions
 * does not allow.
 */
export const compileExpression = (text: string, more: readonly string[] = []): Expression => {
  const source = text.slice(2, -2).trim()
  let compiled: jsonata.Expression
  try {
    compiled = jsonata(source)
  } catch (error) {
    throw new Error(`'${source}' is not JSONata 2.0.6 (${describe(error)})`, { cause: error })
  }
  const tree: unknown = compiled.ast()
  const reason = forbidden(tree) ?? missingInField(tree, more)
  if (reason !== undefined) throw new Error(`'${source}': ${reason}`)
  const names = [...variablesOf(tree)]
  const withContext = readsContext(tree)
  const simple = plainPath(tree)

  const bindingsFor = (scope: Scope): Record<string, unknown> => {
    const bindings: Record<string, unknown> = {}
    const around = { now: scope.now, chance: scope.chance, format }
    for (const name of names) {
      const value = name === 'states' ? statesOf(scope, withContext) : scope.variables[name]
      if (value !== undefined) bindings[name] = value
      else if (Object.hasOwn(extraFunctions, name)) bindings[name] = extraFunctions[name]?.(around)
    }
    return bindings
  }

  return {
    source,
    evaluate: async (scope, location) => {
      const found = simple === undefined ? undefined : follow(simple, scope, withContext)
      if (found !== undefined) return found
      const field = `The JSONata expression '${source}' specified for the field '${location}'`
      let value: unknown
      try {
        value = await compiled.evaluate(undefined, bindingsFor(scope))
      } catch (error) {
        throw new EvaluationFailure(`${field} threw an error during evaluation. ${describe(error)}`, location)
      }
      if (value === undefined) throw new EvaluationFailure(`${field} returned nothing (undefined).`, location)
      if (typeof value === 'function' || isLibraryFunction(value))
        throw new EvaluationFailure(`${field} returned an unsupported result type.`, location)
      // The library marks its arrays with flags of its own; a copy through JSON leaves them behind.
      return toJson(value)
    },
  }
}

const statesOf = (scope: Scope, withContext: boolean): JsonObject =>
  withContext ? { ...scope.states, context: scope.context() } : scope.states

/**
 * The value of a path without functions, filters or arrays on the way, which the library would find in the same
 * place, only slower. Undefined leaves the question to the library.
 */
const follow = (path: readonly string[], scope: Scope, withContext: boolean): Json | undefined => {
  const [variable = '', ...fields] = path
  let value: Json | undefined =
    variable === 'states' ? statesOf(scope, withContext) : scope.variables[variable]
  for (const field of fields) {
    if (!isJsonObject(value) || !Object.hasOwn(value, field)) return undefined
    value = value[field]
  }
  return isJsonArray(value) ? undefined : value
}

const isLibraryFunction = (value: unknown): boolean =>
  isObject(value) && (value['_jsonata_lambda'] === true || value['_jsonata_function'] === true)

/** The failure of an expression whose value has a type that its field does not take. */
export const unexpectedType = (
  expression: Expression,
  location: string,
  expected: string,
  value: Json,
): EvaluationFailure =>
  new EvaluationFailure(
    `The JSONata expression '${expression.source}' specified for the field '${location}' returned an unexpected ` +
      `result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    location,
  )
