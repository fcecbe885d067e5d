import { setImmediate } from 'node:timers/promises'
import { openEngine, type Engine } from '../../../infra/local/states/engine.ts'
import { machines } from './bench-definitions.ts'
import { measured, report } from './bench-report.ts'
import { machineArn, START } from './support.ts'

/**
 * One measurement of the engine in a process of its own: node bench-case.ts CASE COUNT FILE [power-loss]. Prints a line
 * of JSON. `open` prints `ready` instead and waits to be killed.
 */
const [name = '', size = '0', file = '', survives = 'kill'] = process.argv.slice(2)
const count = Number(size)

interface Subject {
  readonly engine: Engine
  readonly tokens: string[]
  /** Calls of functions so far. */
  calls(): number
  /** Waits until nothing is in hand. */
  quiet(): Promise<void>
}

const open = (hanging: boolean): Subject => {
  let holds = 0
  let calls = 0
  const tokens: string[] = []
  const engine = openEngine({
    file,
    survives: survives === 'power-loss' ? 'power-loss' : 'kill',
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
      lambda: (_, payload) => {
        calls += 1
        if (hanging) return new Promise(() => {})
        const { token } = payload as { token?: string }
        if (token !== undefined) tokens.push(token)
        return Promise.resolve(payload)
      },
    },
  })
  for (const [machine, definition] of Object.entries(machines))
    engine.putStateMachine({ name: machine, definition: JSON.stringify(definition) })
  return {
    engine,
    tokens,
    calls: () => calls,
    quiet: async () => {
      while (holds > 0) await setImmediate()
    },
  }
}

const startAll = async (engine: Engine, machine: string, from: number, to: number): Promise<void> => {
  const all: Promise<unknown>[] = []
  for (let index = from; index < to; index += 1)
    all.push(
      engine.startExecution({ stateMachineArn: machineArn(machine), name: `e${index}`, input: '{"a":1}' }),
    )
  await Promise.all(all)
}

/** Throws when not every execution has succeeded: a figure of work that was not done is worth nothing. */
const checkAll = async (engine: Engine, machine: string): Promise<void> => {
  for (const index of [0, Math.floor(count / 2), count - 1]) {
    const executionArn = `${machineArn(machine).replace(':stateMachine:', ':execution:')}:e${index}`
    const { status } = await engine.describeExecution({ executionArn })
    if (status !== 'SUCCEEDED') throw new Error(`${executionArn} is ${status}`)
  }
}

/** All at once, each to its end. */
const load = async (machine: string): Promise<void> => {
  const { engine, tokens, quiet } = open(false)
  const figure = await measured(count, async () => {
    await startAll(engine, machine, 0, count)
    await quiet()
    await Promise.all(tokens.map((taskToken) => engine.sendTaskSuccess({ taskToken, output: '{}' })))
    await quiet()
  })
  await checkAll(engine, machine)
  await engine.close()
  report(figure)
}

/** A thousand at a time, so that only what is stored grows with the count. */
const grow = async (machine: string): Promise<void> => {
  const { engine, quiet } = open(false)
  const figure = await measured(count, async () => {
    for (let done = 0; done < count; done += 1000) {
      await startAll(engine, machine, done, Math.min(count, done + 1000))
      await quiet()
    }
  })
  await checkAll(engine, machine)
  await engine.close()
  report(figure)
}

/** Half of them in a call, half waiting for a token with a timer; then the process waits to be killed. */
const openMany = async (): Promise<void> => {
  const { engine, calls } = open(true)
  await startAll(engine, 'hang', 0, count / 2)
  await startAll(engine, 'token', count / 2, count)
  while (calls() < count) await setImmediate()
  process.stdout.write('ready\n')
  await new Promise(() => setInterval(() => {}, 1000))
}

/** From a store that a killed process left to the moment when every execution has ended. */
const recover = async (): Promise<void> => {
  const subject: { now?: Subject } = {}
  const takenUp = await measured(count, async () => {
    subject.now = open(false)
    subject.now.engine.start()
    while (subject.now.calls() < count) await setImmediate()
  })
  const { engine, tokens, quiet } = subject.now!
  await quiet()
  await Promise.all(tokens.map((taskToken) => engine.sendTaskSuccess({ taskToken, output: '{}' })))
  await quiet()
  for (const machine of ['hang', 'token']) {
    const { executions } = await engine.listExecutions({
      stateMachineArn: machineArn(machine),
      statusFilter: 'RUNNING',
    })
    if (executions.length > 0) throw new Error(`${executions.length} executions are left running`)
  }
  await engine.close()
  report(takenUp)
}

/** One execution of a Map over so many items. */
const map = async (): Promise<void> => {
  const { engine, quiet } = open(false)
  const input = JSON.stringify({ items: Array.from({ length: count }, (_, index) => index) })
  const figure = await measured(count, async () => {
    await engine.startExecution({ stateMachineArn: machineArn('map'), name: 'e0', input })
    await quiet()
  })
  const { status, output } = await engine.describeExecution({
    executionArn: `${machineArn('map').replace(':stateMachine:', ':execution:')}:e0`,
  })
  if (status !== 'SUCCEEDED' || JSON.parse(output ?? '[]').length !== count)
    throw new Error(`the Map is ${status}`)
  await engine.close()
  report(figure)
}

if (name === 'open') await openMany()
else if (name === 'recover') await recover()
else if (name === 'map') await map()
else if (name.startsWith('grow-')) await grow(name.slice('grow-'.length))
else await load(name)
