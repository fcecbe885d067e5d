import { compileExpression, isExpression, type Expression, type Scope } from './expression.ts'
import { isJsonArray, isJsonObject, type Json } from '../values/json.ts'

/** A field's value in which every text of the form `{% ... %}` is an expression. */
export interface Template {
  /** The expression, when the whole value is one. */
  readonly expression: Expression | undefined
  /** The value as it stands, when no expression is in it. */
  readonly literal: Json | undefined
  evaluate(scope: Scope): Promise<Json>
}

type Refuse = (location: string, why: string) => void

interface Node {
  readonly constant: boolean
  readonly expression?: Expression
  readonly evaluate: (scope: Scope) => Promise<Json>
}

const compileNode = (value: Json, location: string, refuse: Refuse, more: readonly string[]): Node => {
  if (typeof value === 'string' && isExpression(value)) {
    try {
      const expression = compileExpression(value, more)
      return { constant: false, expression, evaluate: (scope) => expression.evaluate(scope, location) }
    } catch (error) {
      refuse(location, error instanceof Error ? error.message : String(error))
    }
  } else if (typeof value === 'string' && (value.startsWith('{%') || value.endsWith('%}'))) {
    refuse(location, `'${value}' has only one end of an expression`)
  } else if (isJsonArray(value)) {
    const children = value.map((item, index) => compileNode(item, `${location}[${index}]`, refuse, more))
    if (!children.every((child) => child.constant))
      return {
        constant: false,
        evaluate: async (scope) => {
          const items: Json[] = []
          for (const child of children) items.push(await child.evaluate(scope))
          return items
        },
      }
  } else if (isJsonObject(value)) {
    const children = Object.entries(value).map(
      ([key, item]) => [key, compileNode(item, `${location}/${key}`, refuse, more)] as const,
    )
    if (!children.every(([, child]) => child.constant))
      return {
        constant: false,
        evaluate: async (scope) => {
          const fields: [string, Json][] = []
          for (const [key, child] of children) fields.push([key, await child.evaluate(scope)])
          return Object.fromEntries(fields)
        },
      }
  }
  return { constant: true, evaluate: () => Promise.resolve(value) }
}

/**
 * Compiles a field. `refuse` is called for every expression that does not compile, with its place in the state.
 * `more` names the parts of `$states` that the field has beside `input` and `context`.
 */
export const compileTemplate = (
  value: Json,
  location: string,
  refuse: Refuse,
  more: readonly string[] = [],
): Template => {
  const node = compileNode(value, location, refuse, more)
  return {
    expression: node.expression,
    literal: node.constant ? value : undefined,
    evaluate: node.evaluate,
  }
}
