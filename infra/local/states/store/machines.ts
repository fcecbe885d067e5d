import type { Arns } from './arns.ts'
import { loadMachine } from '../language/load.ts'
import type { Machine } from '../language/machine.ts'
import type { Store } from './store.ts'
import type { EngineClock, Integrations, StateMachineInput } from '../types.ts'

/** A state machine as it stands now. */
export interface MachineRow {
  readonly definitionId: number
  readonly name: string
  readonly definition: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** The state machines: the newest definition of each starts executions, the older ones finish theirs. */
export interface Machines {
  put(source: StateMachineInput): Machine
  /** The compiled definition of an execution. Throws DefinitionError when the engine no longer accepts it. */
  byDefinition(id: number): Machine
  current(name: string): MachineRow | undefined
  /** A definition as it is stored. */
  definition(id: number): MachineRow
  list(): readonly MachineRow[]
}

const CURRENT = `SELECT id, machine, definition, created_at FROM definitions WHERE id IN
  (SELECT max(id) FROM definitions GROUP BY machine)`

export const makeMachines = (
  store: Store,
  integrations: Integrations,
  arns: Arns,
  clock: EngineClock,
): Machines => {
  const compiled = new Map<number, Machine>()
  const toRow = (row: Readonly<Record<string, unknown>>): MachineRow => ({
    definitionId: Number(row['id']),
    name: String(row['machine']),
    definition: String(row['definition']),
    createdAt: Number(row['created_at']),
  })
  // Every start asks for the newest definition of its machine.
  const newest = new Map<string, MachineRow>()
  const current = (name: string): MachineRow | undefined => {
    const kept = newest.get(name)
    if (kept !== undefined) return kept
    const row = store.get(
      'SELECT id, machine, definition, created_at FROM definitions WHERE machine = ? ORDER BY id DESC LIMIT 1',
      name,
    )
    if (row === undefined) return undefined
    const found = toRow(row)
    newest.set(name, found)
    return found
  }
  const definition = (id: number): MachineRow => {
    const row = store.get('SELECT id, machine, definition, created_at FROM definitions WHERE id = ?', id)
    if (row === undefined) throw new Error(`there is no definition ${id}`)
    return toRow(row)
  }
  return {
    current,
    definition,
    list: () => store.all(`${CURRENT} ORDER BY machine`).map(toRow),
    put: (source) => {
      const known = current(source.name)
      const machine = loadMachine(source, arns.stateMachine(source.name), integrations, known?.definition)
      const text = JSON.stringify(machine.definition)
      const id =
        known?.definition === text
          ? known.definitionId
          : store.run(
              'INSERT INTO definitions (machine, definition, created_at) VALUES (?, ?, ?)',
              source.name,
              text,
              clock.now(),
            )
      compiled.set(id, machine)
      newest.delete(source.name)
      return machine
    },
    byDefinition: (id) => {
      const known = compiled.get(id)
      if (known !== undefined) return known
      const { name, definition: text } = definition(id)
      const machine = loadMachine({ name, definition: text }, arns.stateMachine(name), integrations, text)
      compiled.set(id, machine)
      return machine
    },
  }
}
