import { aslProblems } from './asl-check.ts'
import { machineSchema } from './definition-schema.ts'
import { DefinitionError } from '../values/errors.ts'
import { isJsonArray, isJsonObject, parseJson, byteLength, toJson, type Json } from '../values/json.ts'
import { limits } from '../values/limits.ts'
import { loadBlock } from './load-block.ts'
import { schemaProblems, type Problems } from './problems.ts'
import type { Machine } from './machine.ts'
import type { Integrations, StateMachineInput } from '../types.ts'

/** Fills the `${Name}` placeholders as CloudFormation does; a placeholder without a value is a problem. */
const substitute = (source: StateMachineInput, problems: Problems): string =>
  source.definition.replaceAll(/\$\{([A-Za-z0-9_]+)\}/g, (whole: string, name: string) => {
    const value = source.definitionSubstitutions?.[name]
    if (value === undefined) {
      problems.add(undefined, whole, 'has no value in definitionSubstitutions')
      return whole
    }
    return JSON.stringify(value).slice(1, -1)
  })

/** Whether every state, also those inside other states, names JSONata as its own query language. */
const isAllJsonata = (value: Json): boolean => {
  if (isJsonArray(value)) return value.every(isAllJsonata)
  if (!isJsonObject(value)) return true
  const states = value['States']
  const declared =
    !isJsonObject(states) ||
    Object.values(states).every((state) => isJsonObject(state) && state['QueryLanguage'] === 'JSONata')
  return declared && Object.values(value).every(isAllJsonata)
}

const parse = (text: string, name: string): Json => {
  try {
    return parseJson(text)
  } catch (error) {
    throw new DefinitionError(name, [
      { state: undefined, field: 'definition', message: `is no JSON: ${String(error)}` },
    ])
  }
}

/**
 * Checks and compiles a definition. Whatever the engine does not implement is refused with the state and the
 * field, never ignored. Throws DefinitionError with everything that is wrong.
 * `known` is a definition that was accepted before: asl-validator's slow second opinion is not asked again.
 */
export const loadMachine = (
  source: StateMachineInput,
  arn: string,
  integrations: Integrations,
  known?: string,
): Machine => {
  const problems = schemaProblems()
  if (!/^[\w-]{1,80}$/.test(source.name))
    problems.add(undefined, 'name', 'must have 1 to 80 letters, digits, hyphens or underscores')
  const text = substitute(source, problems)
  if (byteLength(text) > limits.definitionBytes)
    problems.add(undefined, 'definition', `is larger than ${limits.definitionBytes} bytes`)
  const definition = parse(text, source.name)
  const top = machineSchema.safeParse(definition)
  if (!top.success) problems.addIssues(undefined, top.error)
  const { StartAt, States } = isJsonObject(definition) ? definition : {}
  if (isJsonObject(definition) && definition['QueryLanguage'] === undefined && !isAllJsonata(definition))
    problems.add(
      undefined,
      'QueryLanguage',
      'must be given at the top (or in every state) as "JSONata", the only query language of this engine',
    )
  const loaded = loadBlock(
    { StartAt: typeof StartAt === 'string' ? StartAt : '', States: isJsonObject(States) ? States : {} },
    { integrations, problems },
  )
  if (problems.all.length === 0 && JSON.stringify(definition) !== known)
    for (const message of aslProblems(toJson(definition))) problems.add(undefined, 'definition', message)
  if (problems.all.length > 0 || !top.success) throw new DefinitionError(source.name, problems.all)
  return { ...loaded, name: source.name, arn, timeoutSeconds: top.data.TimeoutSeconds, definition }
}
