import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aslProblems } from '../../infra/local/states/language/asl-check.ts'
import { stateMachines, tasks, type TaskName } from '../../workflows/tasks.ts'
import { placeholdersIn, readDefinition } from './definition.ts'

const folder = join('workflows', 'released')
const dates = readdirSync(folder).toSorted()
const isTask = (name: string): name is TaskName => Object.hasOwn(tasks, name)

const released = dates.flatMap((date) =>
  stateMachines.map((machine) => ({
    date,
    machine,
    ...readDefinition(join(folder, date, `${machine}.asl.json`)),
  })),
)

describe.each(released)('$machine as released on $date', ({ json, text, states }) => {
  test('is a definition that AWS takes', () => {
    expect(aslProblems(json)).toEqual([])
  })

  test('calls only functions that there still are', () => {
    expect(placeholdersIn(text).filter((name) => !isTask(name))).toEqual([])
  })

  test('sends today’s functions all that they require: executions run with it for up to a year', () => {
    for (const state of states.filter(({ Type }) => Type === 'Task')) {
      const [name = ''] = placeholdersIn(state.Arguments?.FunctionName ?? '')
      if (!isTask(name)) throw new Error(name)
      const sent = Object.keys(state.Arguments?.Payload ?? {})
      const required = Object.entries(tasks[name].input.shape)
        .filter(([, schema]) => !schema.safeParse(undefined).success)
        .map(([field]) => field)
      expect(
        required.filter((field) => !sent.includes(field)),
        state.name,
      ).toEqual([])
    }
  })
})

test('every release is dated and holds every machine', () => {
  expect(dates.length).toBeGreaterThan(0)
  for (const date of dates) {
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(readdirSync(join(folder, date)).toSorted()).toEqual(
      stateMachines.map((machine) => `${machine}.asl.json`).toSorted(),
    )
  }
})
