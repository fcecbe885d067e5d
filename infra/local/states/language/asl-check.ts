import { createRequire } from 'node:module'
import * as z from 'zod'
import { isObject, toJson, type Json } from '../values/json.ts'

/**
 * asl-validator 4 refuses three things that AWS accepted in recorded executions: an Output that is a literal and
 * no object, a Condition that is a literal boolean, and a fractional ToleratedFailurePercentage. They are
 * replaced before it sees them; the engine's own check covers them.
 */
const soften = (value: Json): Json => {
  const copy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(copy)
    if (!isObject(node)) return node
    return Object.fromEntries(
      Object.entries(node).map(([key, child]) => {
        if (key === 'Output' && !isObject(child)) return [key, '{% null %}']
        if (key === 'Condition' && typeof child === 'boolean') return [key, '{% true %}']
        if (key === 'ToleratedFailurePercentage' && typeof child === 'number') return [key, Math.round(child)]
        return [key, copy(child)]
      }),
    )
  }
  return toJson(copy(value))
}

const verdict = z.object({ isValid: z.boolean(), errors: z.array(z.unknown()) })

/** Its answers by definition: it compiles its schemas anew at every call, which takes longer than all the rest. */
const answers = new Map<string, readonly string[]>()

/** What asl-validator finds wrong with a definition, a sentence each. */
export const aslProblems = (definition: Json): readonly string[] => {
  const text = JSON.stringify(definition)
  const known = answers.get(text)
  if (known !== undefined) return known
  const found = askValidator(definition)
  answers.set(text, found)
  return found
}

/** It is given a copy: it writes into it. */
const askValidator = (definition: Json): readonly string[] => {
  // The package has no types; it is loaded on first use because its schema compiler takes a while.
  const validate: unknown = createRequire(import.meta.url)('asl-validator')
  if (typeof validate !== 'function') throw new Error('asl-validator exports no function')
  const { isValid, errors } = verdict.parse(validate(soften(definition)))
  return isValid ? [] : errors.map((error) => `asl-validator: ${JSON.stringify(error)}`)
}
