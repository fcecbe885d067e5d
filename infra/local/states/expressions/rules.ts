import { isObject } from '../values/json.ts'

/** Every node of a syntax tree of the JSONata library, with whether it is evaluated without a context item. */
function* nodes(
  tree: unknown,
  bare: boolean,
): Generator<{ node: Readonly<Record<string, unknown>>; bare: boolean }> {
  if (Array.isArray(tree)) {
    for (const child of tree) yield* nodes(child, bare)
    return
  }
  if (!isObject(tree)) return
  const type = tree['type']
  if (typeof type === 'string') yield { node: tree, bare }
  for (const [key, child] of Object.entries(tree)) {
    if (type === 'path' && key === 'steps' && Array.isArray(child)) {
      // Only the first step of a path starts from nothing; the later ones start from what came before.
      yield* nodes(child[0], bare)
      yield* nodes(child.slice(1), false)
    } else if (key === 'predicate' || key === 'stages' || key === 'group' || key === 'terms') {
      yield* nodes(child, false)
    } else if (type === 'transform') {
      yield* nodes(child, false)
    } else if (typeof child === 'object') {
      yield* nodes(child, bare)
    }
  }
}

/**
 * Why Step Functions does not allow an expression; undefined when it does. There is no `$eval`, and at the top
 * level of an expression there is no input document: no `$`, no `$$`, no field name of its own, no wildcard.
 */
export const forbidden = (tree: unknown): string | undefined => {
  for (const { node, bare } of nodes(tree, true)) {
    const { type, value } = node
    if (type === 'variable' && value === 'eval') return 'Step Functions has no $eval; use $parse'
    if (type === 'variable' && value === '$') return '$$ is not available; use $states.input'
    if (!bare) continue
    if (type === 'variable' && value === '') return '$ is not available at the top level; use $states.input'
    if (type === 'name')
      return `the field '${String(value)}' belongs to nothing; use $states.input.${String(value)}`
    if (type === 'wildcard' || type === 'descendant' || type === 'parent')
      return `'${String(value)}' stands at the top level, where there is no input document`
  }
  return undefined
}

/** Names of all variables and functions that an expression mentions, without the `$`. */
export const variablesOf = (tree: unknown): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { node } of nodes(tree, true)) {
    if (node['type'] === 'variable' && typeof node['value'] === 'string' && node['value'] !== '')
      names.add(node['value'])
  }
  return names
}

/** What `$states` holds in every field; `result` and `errorOutput` only come with some. */
const everywhere = ['input', 'context']

/** Why an expression may not stand in its field: it uses a part of `$states` that the field does not have. */
export const missingInField = (tree: unknown, more: readonly string[]): string | undefined => {
  for (const { node } of nodes(tree, true)) {
    if (node['type'] !== 'path' || !Array.isArray(node['steps'])) continue
    const [first, second]: unknown[] = node['steps']
    if (!isObject(first) || first['type'] !== 'variable' || first['value'] !== 'states') continue
    if (!isObject(second) || second['type'] !== 'name') continue
    const part = String(second['value'])
    if (!everywhere.includes(part) && !more.includes(part))
      return `$states.${part} does not exist in this field`
  }
  return undefined
}

const stepsOf = (node: unknown): readonly unknown[] | undefined =>
  isObject(node) && node['type'] === 'path' && Array.isArray(node['steps']) ? node['steps'] : undefined

const isStates = (node: unknown): boolean =>
  isObject(node) && node['type'] === 'variable' && node['value'] === 'states'

/** Whether an expression reads the context object, or all of `$states`. */
export const readsContext = (tree: unknown): boolean => {
  let whole = 0
  let parts = 0
  for (const { node } of nodes(tree, true)) {
    if (isStates(node)) whole += 1
    const [first, second] = stepsOf(node) ?? []
    if (isStates(first) && isObject(second) && second['type'] === 'name' && second['value'] !== 'context')
      parts += 1
  }
  return whole > parts
}

/** The names of a path of a variable and fields alone, e.g. `$states.input.a`; undefined for anything else. */
export const plainPath = (tree: unknown): readonly string[] | undefined => {
  const only = (node: unknown, type: string): string | undefined => {
    if (!isObject(node) || node['type'] !== type || typeof node['value'] !== 'string') return undefined
    return Object.keys(node).every((key) => ['type', 'value', 'position'].includes(key))
      ? node['value']
      : undefined
  }
  const variable = only(tree, 'variable')
  if (variable !== undefined && variable !== '') return [variable]
  const steps = stepsOf(tree)
  if (
    steps === undefined ||
    !isObject(tree) ||
    Object.keys(tree).some((key) => key !== 'type' && key !== 'steps')
  )
    return undefined
  const names = steps.map((step, index) => only(step, index === 0 ? 'variable' : 'name'))
  return names.every((name) => name !== undefined && name !== '')
    ? names.filter((name) => name !== undefined)
    : undefined
}
