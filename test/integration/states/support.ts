import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openEngine, type Engine } from '../../../infra/local/states/engine.ts'
import type { EngineOptions, HistoryEvent, Integrations } from '../../../infra/local/states/types.ts'

export const START = Date.UTC(2015, 0, 15, 8)
export const machineArn = (name: string): string =>
  `arn:aws:states:us-east-1:111111111111:stateMachine:${name}`
export const task = (functionName: string, payload: unknown = {}): Record<string, unknown> => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: functionName, Payload: payload },
  Output: '{% $states.result.Payload %}',
})
export const waitForToken = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: 'register', Payload: { token: '{% $states.context.Task.Token %}' } },
  ...more,
})

/** An engine on a clock moved by hand, with the functions given. */
export interface Bench {
  readonly engine: Engine
  /** The tokens that `register` got, newest last. */
  readonly tokens: string[]
  readonly calls: { readonly name: string; readonly payload: unknown }[]
  now(): number
  put(name: string, states: Record<string, unknown>, more?: Record<string, unknown>): void
  start(machine: string, name?: string, input?: unknown): Promise<string>
  /** Waits until nothing is in hand. */
  quiet(): Promise<void>
  /** Moves the clock to the next timer and fires it. */
  tick(): Promise<void>
  /** Moves the clock by so many seconds, firing what is due on the way. */
  pass(seconds: number): Promise<void>
  /** Moves the clock by so many seconds and fires nothing. */
  jump(seconds: number): void
  history(executionArn: string): Promise<readonly HistoryEvent[]>
  types(executionArn: string): Promise<readonly string[]>
}

export type Functions = Record<string, (payload: unknown, bench: Bench) => unknown>

export const makeBench = (
  functions: Functions = {},
  options: Partial<EngineOptions> = {},
  from = START,
): Bench => {
  let now = from
  let holds = 0
  const tokens: string[] = []
  const calls: { name: string; payload: unknown }[] = []
  const lambda: Integrations['lambda'] = async (name, payload) => {
    calls.push({ name, payload })
    if (name === 'register') tokens.push((payload as { token: string }).token)
    const run = functions[name]
    return run === undefined ? {} : run(payload, bench)
  }
  const engine = openEngine({
    file: ':memory:',
    seed: 'test',
    clock: {
      now: () => now,
      hold: () => {
        holds += 1
        return () => {
          holds -= 1
        }
      },
      changed: () => {},
    },
    integrations: { lambda },
    onFault: (fault) => {
      throw fault
    },
    ...options,
  })
  const bench: Bench = {
    engine,
    tokens,
    calls,
    now: () => now,
    put: (name, states, more = {}) => {
      engine.putStateMachine({
        name,
        definition: JSON.stringify({
          QueryLanguage: 'JSONata',
          StartAt: Object.keys(states)[0],
          States: states,
          ...more,
        }),
      })
    },
    start: async (machine, name = 'one', input = {}) => {
      const { executionArn } = await engine.startExecution({
        stateMachineArn: machineArn(machine),
        name,
        input: JSON.stringify(input),
      })
      return executionArn
    },
    quiet: async () => {
      while (holds > 0) await setImmediate()
    },
    tick: async () => {
      await bench.quiet()
      now = Math.max(now, engine.nextDue() ?? now)
      engine.fireDue()
      await bench.quiet()
    },
    pass: async (seconds) => {
      const until = now + seconds * 1000
      await bench.quiet()
      for (let due = engine.nextDue(); due !== undefined && due <= until; due = engine.nextDue())
        await bench.tick()
      now = until
    },
    jump: (seconds) => {
      now += seconds * 1000
    },
    history: async (executionArn) =>
      (await engine.getExecutionHistory({ executionArn, maxResults: 1000 })).events,
    types: async (executionArn) => (await bench.history(executionArn)).map((event) => event.type),
  }
  return bench
}

/** Lets so many turns of the event loop go by. */
export const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await setImmediate()
}

/** An error as a function throws it. */
export const failure = (name: string, message = ''): Error => Object.assign(new Error(message), { name })

/** A folder that is removed when the test is over. */
export const withFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'states-'))
  try {
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
