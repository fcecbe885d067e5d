import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openEngine } from '../../../infra/local/states/engine.ts'
import type { Engine } from '../../../infra/local/states/types.ts'
import { machineArn, START } from './support.ts'

/** How fast the engine is on this machine: node test/integration/states/bench.ts [COUNT] */
const count = Number(process.argv[2] ?? 10_000)
const folder = mkdtempSync(join(tmpdir(), 'states-bench-'))

const chain = (state: Record<string, unknown>, length: number): string => {
  const states = Array.from({ length }, (_, index) => [
    `S${index}`,
    { ...state, ...(index + 1 < length ? { Next: `S${index + 1}` } : { End: true }) },
  ])
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'S0', States: Object.fromEntries(states) })
}
const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' }
const machines: Record<string, string> = {
  pass: chain({ Type: 'Pass', Output: '{% $states.input %}' }, 5),
  task: chain(
    {
      ...invoke,
      Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
      Output: '{% $states.result.Payload %}',
    },
    5,
  ),
  token: chain(
    {
      ...invoke,
      Resource: `${invoke.Resource}.waitForTaskToken`,
      Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
    },
    1,
  ),
  hang: chain({ ...invoke, Arguments: { FunctionName: 'hang' } }, 1),
  map: JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: '{% [1..10000] %}',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'One',
          States: { One: { Type: 'Pass', End: true } },
        },
        Output: '{% $count($states.result) %}',
        End: true,
      },
    },
  }),
}

interface Subject {
  readonly engine: Engine
  readonly tokens: string[]
  quiet(): Promise<void>
}

const open = (file: string, hang: boolean): Subject => {
  let holds = 0
  const tokens: string[] = []
  const engine = openEngine({
    file: join(folder, file),
    clock: {
      now: () => START,
      hold: () => {
        holds += 1
        return () => {
          holds -= 1
        }
      },
      changed: () => {},
    },
    integrations: {
      lambda: (name, payload) => {
        if (name === 'hang' && hang) return new Promise(() => {})
        const { token } = payload as { token?: string }
        if (token !== undefined) tokens.push(token)
        return Promise.resolve(payload)
      },
    },
  })
  for (const [name, definition] of Object.entries(machines)) engine.putStateMachine({ name, definition })
  return {
    engine,
    tokens,
    quiet: async () => {
      while (holds > 0) await setImmediate()
    },
  }
}

let peak = 0
const report = (what: string, executions: number, ms: number): void => {
  peak = Math.max(peak, process.memoryUsage().rss)
  console.log(`${what}: ${Math.round(ms)} ms, ${Math.round((executions / ms) * 1000)} a second`)
}
const startAll = (engine: Engine, machine: string, executions: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: executions }, (_, index) =>
      engine.startExecution({ stateMachineArn: machineArn(machine), name: `e${index}`, input: '{"a":1}' }),
    ),
  )

try {
  for (const machine of ['pass', 'task', 'token']) {
    const { engine, quiet, tokens } = open(`${machine}.sqlite`, false)
    const start = performance.now()
    await startAll(engine, machine, count)
    await quiet()
    await Promise.all(tokens.map((taskToken) => engine.sendTaskSuccess({ taskToken, output: '{}' })))
    await quiet()
    const what = machine === 'token' ? 'waiting on a token each, all answered' : `of five ${machine} states`
    report(`${count} executions ${what}`, count, performance.now() - start)
    await engine.close()
  }
  const map = open('map.sqlite', false)
  const mapStart = performance.now()
  await startAll(map.engine, 'map', 1)
  await map.quiet()
  report('Map over 10000 Pass items', 10_000, performance.now() - mapStart)
  await map.engine.close()

  const before = open('recover.sqlite', true)
  await startAll(before.engine, 'hang', count)
  await before.engine.close()
  const recover = performance.now()
  const after = open('recover.sqlite', false)
  after.engine.start()
  await after.quiet()
  report(`${count} open executions taken up and ended`, count, performance.now() - recover)
  await after.engine.close()

  for (const size of [1000, 10_000, 100_000].filter((one) => one <= count * 10)) {
    const { engine, quiet } = open(`size-${size}.sqlite`, false)
    const start = performance.now()
    for (let done = 0; done < size; done += 1000) {
      await Promise.all(
        Array.from({ length: 1000 }, (_, index) =>
          engine.startExecution({
            stateMachineArn: machineArn('pass'),
            name: `e${done + index}`,
            input: '{"a":1}',
          }),
        ),
      )
      await quiet()
    }
    const ms = performance.now() - start
    console.log(`cost per execution at ${size}: ${((ms / size) * 1000).toFixed(0)} µs`)
    await engine.close()
  }
  console.log(`peak memory: ${Math.round(peak / 1e6)} MB`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
