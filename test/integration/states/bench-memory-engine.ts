import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathMachines } from './bench-definitions.ts'
import { measured, report } from './bench-report.ts'

/**
 * The same measurement of aws-local-stepfunctions, which keeps everything in memory:
 * node bench-memory-engine.ts CASE COUNT FOLDER, where FOLDER has it installed.
 */
const [name = '', size = '0', folder = ''] = process.argv.slice(2)
const count = Number(size)

interface Run {
  readonly result: Promise<unknown>
}
interface Package {
  StateMachine: new (definition: unknown) => { run(input: unknown, options?: unknown): Run }
}

const { StateMachine } = createRequire(join(folder, 'package.json'))('aws-local-stepfunctions') as Package
const machine = new StateMachine(pathMachines[name])
const handlers = Object.fromEntries(
  [0, 1, 2, 3, 4].map((index) => [`S${index}`, (input: unknown) => Promise.resolve(input)]),
)
const options = { overrides: { taskResourceLocalHandlers: handlers } }

report(
  await measured(count, async () => {
    if (name === 'map') {
      const items = Array.from({ length: count }, (_, index) => index)
      const output = await machine.run({ items }).result
      if (!Array.isArray(output) || output.length !== count) throw new Error('the Map did not end')
    } else {
      await Promise.all(Array.from({ length: count }, () => machine.run({ a: 1 }, options).result))
    }
  }),
)
