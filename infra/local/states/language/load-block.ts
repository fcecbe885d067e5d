import { stateSchemas, type BlockSource, type StateSource } from './definition-schema.ts'
import { isObject } from '../values/json.ts'
import { loadState, type LoadBlock } from './load-state.ts'
import type { Block, State } from './machine.ts'
import type { Problems } from './problems.ts'
import type { Integrations } from '../types.ts'

/** What loading needs beside the text. */
export interface LoadContext {
  readonly integrations: Integrations
  readonly problems: Problems
  /** Names of the states seen so far: AWS wants them unique in the whole machine. */
  readonly names?: Set<string>
  /** Variables that the blocks around this one assign. */
  readonly outerVariables?: ReadonlySet<string>
}

const isStateType = (type: unknown): type is StateSource['Type'] =>
  typeof type === 'string' && Object.hasOwn(stateSchemas, type)

const assignedIn = (state: unknown): readonly string[] => {
  const names: string[] = []
  const collect = (holder: unknown): void => {
    if (isObject(holder) && isObject(holder['Assign'])) names.push(...Object.keys(holder['Assign']))
  }
  collect(state)
  if (!isObject(state)) return names
  for (const list of [state['Catch'], state['Choices']]) if (Array.isArray(list)) list.forEach(collect)
  return names
}

const targetsOf = (state: State): readonly { field: string; target: string }[] => {
  switch (state.type) {
    case 'Succeed':
    case 'Fail':
      return []
    case 'Choice':
      return [
        ...state.choices.map((rule, index) => ({ field: `Choices[${index}].Next`, target: rule.next })),
        ...(state.default === undefined ? [] : [{ field: 'Default', target: state.default }]),
      ]
    case 'Pass':
    case 'Wait':
      return state.next === undefined ? [] : [{ field: 'Next', target: state.next }]
    default:
      return [
        ...(state.next === undefined ? [] : [{ field: 'Next', target: state.next }]),
        ...state.catch.map((catcher, index) => ({ field: `Catch[${index}].Next`, target: catcher.next })),
      ]
  }
}

const checkTransitions = (
  source: BlockSource,
  states: ReadonlyMap<string, State>,
  problems: Problems,
): void => {
  const known = (name: string): boolean => Object.hasOwn(source.States, name)
  if (!known(source.StartAt))
    problems.add(undefined, 'StartAt', `'${source.StartAt}' is not a state of this block`)
  const reached = new Set<string>()
  const open = [source.StartAt]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    const state = states.get(name)
    if (state === undefined) continue
    for (const { field, target } of targetsOf(state)) {
      if (known(target)) open.push(target)
      else problems.add(name, field, `'${target}' is not a state of this block`)
    }
  }
  if (states.size < Object.keys(source.States).length) return
  for (const name of states.keys())
    if (!reached.has(name)) problems.add(name, 'Next', 'no transition leads to this state')
}

/** Checks and compiles the states of a machine, a branch or a Map's processor. */
export const loadBlock = (source: BlockSource, context: LoadContext): Block => {
  const { problems, integrations, names = new Set(), outerVariables = new Set() } = context
  const assigned = new Map(Object.entries(source.States).map(([name, state]) => [name, assignedIn(state)]))
  const nested: LoadBlock = (block, outer) =>
    loadBlock(block, { problems, integrations, names, outerVariables: outer })
  const states = new Map<string, State>()
  for (const [name, value] of Object.entries(source.States)) {
    if (name.length > 80) problems.add(name, 'name', 'has more than 80 characters')
    if (names.has(name)) problems.add(name, 'name', 'is used by another state of this machine')
    names.add(name)
    const type: unknown = isObject(value) ? value['Type'] : undefined
    if (!isStateType(type)) {
      problems.add(
        name,
        'Type',
        `${JSON.stringify(type) ?? 'nothing'} is no type of state that this engine implements`,
      )
      continue
    }
    const parsed = stateSchemas[type].safeParse(value)
    if (!parsed.success) {
      problems.addIssues(name, parsed.error)
      continue
    }
    for (const variable of assignedIn(value)) {
      if (variable === 'states') problems.add(name, 'Assign.states', 'is a reserved name')
      if (outerVariables.has(variable))
        problems.add(
          name,
          `Assign.${variable}`,
          'is a variable of an outer scope, which an inner scope cannot assign',
        )
    }
    // AWS lets a Parallel or Map state assign, once its branches are done, a name that they used themselves.
    const others = [...assigned].flatMap(([other, variables]) => (other === name ? [] : variables))
    const variables = new Set([...outerVariables, ...others])
    states.set(name, loadState(name, parsed.data, { problems, integrations, nested, variables }))
  }
  checkTransitions(source, states, problems)
  return { startAt: source.StartAt, states }
}
