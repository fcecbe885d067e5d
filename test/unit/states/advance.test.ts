import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance } from '../../../infra/local/states/step/advance.ts'
import { makeChance } from '../../../infra/local/states/values/chance.ts'
import type { Execution, Frame, Stimulus } from '../../../infra/local/states/turn/execution.ts'
import type { Json } from '../../../infra/local/states/values/json.ts'
import { loadMachine } from '../../../infra/local/states/language/load.ts'
import type { Machine } from '../../../infra/local/states/language/machine.ts'
import type { Snapshot, Turn } from '../../../infra/local/states/turn/turn.ts'
import type { HistoryEvent } from '../../../infra/local/states/types.ts'

const START = Date.UTC(2015, 0, 15, 8)

const fresh = (): Snapshot => {
  const execution: Execution = {
    id: 1,
    arn: 'arn:e',
    name: 'e',
    definitionId: 1,
    machineName: 'm',
    input: { n: 1 },
    inputText: '{"n":1}',
    startedAt: START,
    status: 'RUNNING',
    stoppedAt: undefined,
    output: undefined,
    error: undefined,
    cause: undefined,
    eventCount: 0,
    frameCount: 0,
    redriveCount: 0,
    redrivenAt: undefined,
    parent: undefined,
  }
  return { execution, frames: new Map(), iterations: new Map() }
}

/** One step on a copy of the snapshot, as the store would have kept it. */
const step = async (machine: Machine, before: Snapshot, stimulus: Stimulus, now: number): Promise<Turn> => {
  const turn: Turn = {
    ...structuredClone(before),
    machine,
    now,
    chance: makeChance(`${before.execution.eventCount}`),
    region: 'us-east-1',
    roleArn: 'role',
    tokenOf: (frame) => `token-${frame.id}-${frame.attempt}`,
    events: [],
    effects: [],
    touched: new Set(),
    added: [],
    ready: [],
  }
  await advance(turn, stimulus)
  return turn
}

// A machine is a chain of states; the letter says which.
type Kind = 'pass' | 'choice' | 'task' | 'token' | 'wait' | 'parallel' | 'map'
const kinds: readonly Kind[] = ['pass', 'choice', 'task', 'token', 'wait', 'parallel', 'map']

const stateOf = (kind: Kind, name: string): Record<string, unknown> => {
  const invoke = (pattern: string): Record<string, unknown> => ({
    Type: 'Task',
    Resource: `arn:aws:states:::lambda:invoke${pattern}`,
    Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
    TimeoutSeconds: 50,
    Retry: [{ ErrorEquals: ['Again'], MaxAttempts: 2, JitterStrategy: 'FULL' }],
    Output: '{% $states.input %}',
  })
  const inner = (suffix: string): Record<string, unknown> => ({
    StartAt: `${name}${suffix}`,
    States: { [`${name}${suffix}`]: { ...invoke(''), End: true } },
  })
  switch (kind) {
    case 'pass':
      return { Type: 'Pass', Assign: { [name]: '{% $states.input %}' } }
    case 'choice':
      return { Type: 'Choice' }
    case 'task':
      return invoke('')
    case 'token':
      return invoke('.waitForTaskToken')
    case 'wait':
      return { Type: 'Wait', Seconds: 10 }
    case 'parallel':
      return {
        Type: 'Parallel',
        Branches: [inner('a'), inner('b')],
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
        Output: '{% $states.input %}',
      }
    case 'map':
      return {
        Type: 'Map',
        Items: '{% [1..5] %}',
        MaxConcurrency: 2,
        ItemProcessor: inner('i'),
        Output: '{% $states.input %}',
      }
  }
}

const machineOf = (chain: readonly Kind[]): Machine => {
  const states: Record<string, unknown> = { Last: { Type: 'Succeed' } }
  chain.forEach((kind, index) => {
    const next = index + 1 < chain.length ? `S${index + 1}` : 'Last'
    const state = stateOf(kind, `S${index}`)
    states[`S${index}`] =
      kind === 'choice'
        ? { ...state, Choices: [{ Condition: '{% true %}', Next: next }] }
        : { ...state, Next: next }
  })
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: chain.length > 0 ? 'S0' : 'Last',
    States: states,
  })
  // The definition is passed as known: the second opinion of asl-validator takes long and is tested elsewhere.
  return loadMachine({ name: 'm', definition }, 'arn:m', { lambda: () => Promise.resolve({}) }, definition)
}

/** Whether a state of the chain is a task. */
const isTask = (chain: readonly Kind[], state: string): boolean =>
  ['task', 'token'].includes(chain[Number(state.slice(1))] ?? '')

/** What can happen next, chosen by a number. */
const choose = (
  snapshot: Snapshot,
  pick: number,
  now: number,
): { stimulus: Stimulus; now: number } | undefined => {
  const options: { stimulus: Stimulus; now: number }[] = []
  if (snapshot.execution.status === 'SUCCEEDED') return undefined
  if (snapshot.execution.status !== 'RUNNING') return { now, stimulus: { kind: 'redrive' } }
  // Seldom enough that most executions come to their own end.
  if (pick % 23 === 0) return { now, stimulus: { kind: 'stop', error: 'Stop', cause: undefined } }
  for (const frame of snapshot.frames.values()) {
    const about = { frame: frame.id, attempt: frame.attempt }
    if (frame.phase.kind === 'calling')
      options.push(
        { now, stimulus: { kind: 'result', ...about, result: { ok: true, output: { ok: true } } } },
        { now, stimulus: { kind: 'result', ...about, result: { ok: false, error: 'Again', cause: 'c' } } },
        { now, stimulus: { kind: 'result', ...about, result: { ok: false, error: 'Other', cause: 'c' } } },
        { now, stimulus: { kind: 'answer', ...about, answer: { ok: true, output: {} } } },
      )
    if (frame.phase.kind === 'token')
      options.push({ now, stimulus: { kind: 'answer', ...about, answer: { ok: true, output: {} } } })
    for (const [timer, due] of Object.entries(frame.timers))
      if (timer !== 'execution')
        options.push({
          now: Math.max(now, due),
          stimulus: { kind: 'timer', frame: frame.id, timer: timer as 'wait' },
        })
    // A late result of an attempt that is over does nothing.
    options.push({
      now,
      stimulus: {
        kind: 'result',
        frame: frame.id,
        attempt: frame.attempt - 1,
        result: { ok: true, output: 1 },
      },
    })
  }
  return options[pick % options.length]
}

const sound = (events: readonly HistoryEvent[]): void => {
  events.forEach((event, index) => {
    expect(event.id).toBe(index + 1)
    expect(event.previousEventId).toBeLessThan(event.id)
    expect(event.timestamp).toBeGreaterThanOrEqual(events[index - 1]?.timestamp ?? 0)
  })
  // An execution ends once, and once more after each redrive.
  const turns = events
    .filter((event) => /^Execution(Started|Succeeded|Failed|Aborted|Redriven)$/.test(event.type))
    .map((event) => /Started|Redriven/.test(event.type))
  turns.forEach((starts, index) => expect(starts).toBe(index % 2 === 0))
  if (turns.length % 2 === 0) expect(events.at(-1)?.type).toMatch(/^Execution(Succeeded|Failed|Aborted)$/)
  // No state is left without having been entered.
  const open = new Map<string, number>()
  for (const event of events) {
    const details = (event['stateEnteredEventDetails'] ?? event['stateExitedEventDetails']) as
      { name: string } | undefined
    if (details === undefined) continue
    const count = (open.get(details.name) ?? 0) + (event.type.endsWith('Entered') ? 1 : -1)
    expect(count).toBeGreaterThanOrEqual(0)
    open.set(details.name, count)
  }
}

/** A run of an execution: what happened to it, when, and what came of it. */
interface Run {
  readonly machine: Machine
  readonly happened: readonly { readonly stimulus: Stimulus; readonly now: number }[]
  readonly last: Snapshot
  readonly events: readonly HistoryEvent[]
}

/** Lets things happen to an execution of a chain of states. */
const play = async (chain: readonly Kind[], picks: readonly number[]): Promise<Run> => {
  const machine = machineOf(chain)
  const happened: { stimulus: Stimulus; now: number }[] = [{ stimulus: { kind: 'start' }, now: START }]
  let turn = await step(machine, fresh(), { kind: 'start' }, START)
  const events = [...turn.events]
  for (const pick of picks) {
    const next = choose(turn, pick, happened.at(-1)!.now)
    if (next === undefined) break
    happened.push(next)
    turn = await step(machine, snapshotOf(turn), next.stimulus, next.now)
    events.push(...turn.events)
  }
  return { machine, happened, last: snapshotOf(turn), events }
}

const snapshotOf = ({ execution, frames, iterations }: Snapshot): Snapshot => ({
  execution,
  frames,
  iterations,
})

/** A snapshot as it comes back from the store: through JSON. */
const stored = ({ execution, frames, iterations }: Snapshot): Snapshot => ({
  execution,
  frames: new Map(JSON.parse(JSON.stringify([...frames])) as [number, Frame][]),
  iterations: new Map(
    [...iterations].map(([id, { items, outputs }]) => [
      id,
      {
        items: JSON.parse(JSON.stringify(items)) as Json[],
        outputs: new Map(JSON.parse(JSON.stringify([...outputs])) as [number, Json][]),
      },
    ]),
  ),
})

/** What the history alone tells of an execution that does one thing at a time. */
const told = (events: readonly HistoryEvent[]): Record<string, unknown> => {
  let status = 'RUNNING'
  let output: unknown
  let open: { state: unknown; input: unknown; tries: number } | undefined
  for (const event of events) {
    const details = Object.entries(event).find(([key]) => key.endsWith('EventDetails'))?.[1] as
      Record<string, string> | undefined
    if (event.type.endsWith('StateEntered'))
      open = { state: details?.['name'], input: JSON.parse(details?.['input'] ?? 'null'), tries: 0 }
    else if (event.type.endsWith('StateExited')) open = undefined
    else if (event.type === 'TaskScheduled') open = { ...open!, tries: open!.tries + 1 }
    else if (event.type === 'ExecutionRedriven') status = 'RUNNING'
    else if (event.type === 'ExecutionSucceeded') {
      status = 'SUCCEEDED'
      output = JSON.parse(details?.['output'] ?? 'null')
    } else if (event.type === 'ExecutionFailed') status = 'FAILED'
    else if (event.type === 'ExecutionAborted') status = 'ABORTED'
  }
  return { status, output, state: open?.state, input: open?.input, hasTried: (open?.tries ?? 0) > 0 }
}

const anyChain = fc.array(fc.constantFrom(...kinds), { maxLength: 5 })
const anyPicks = fc.array(fc.nat(), { maxLength: 60 })

describe('the step function, replayed', () => {
  it.each([
    ['when everything happens again', (snapshot: Snapshot) => snapshot],
    ['when the process ends after any step and the store is read again', stored],
  ])('comes to the same state and the same history %s', async (_, kept) => {
    await fc.assert(
      fc.asyncProperty(anyChain, anyPicks, async (chain, picks) => {
        const { machine, happened, last, events } = await play(chain, picks)
        let snapshot = fresh()
        const again: HistoryEvent[] = []
        for (const { stimulus, now } of happened) {
          const turn = await step(machine, kept(snapshot), stimulus, now)
          again.push(...turn.events)
          snapshot = snapshotOf(turn)
        }
        expect(kept(snapshot)).toEqual(kept(last))
        expect(again).toEqual(events)
      }),
      { numRuns: 100 },
    )
  })

  it('writes a history that alone tells where the execution stands, with what input, and how it ended', async () => {
    const oneAtATime = fc.array(fc.constantFrom<Kind>('pass', 'choice', 'task', 'token', 'wait'), {
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(oneAtATime, anyPicks, async (chain, picks) => {
        const { last, events } = await play(chain, picks)
        const [frame] = [...last.frames.values()]
        expect(told(events)).toEqual({
          status: last.execution.status,
          output: last.execution.output,
          state: frame?.state,
          input: frame?.input,
          hasTried: frame !== undefined && isTask(chain, frame.state),
        })
      }),
      { numRuns: 200 },
    )
  })
})

describe('the step function', () => {
  it('gives the same result for the same snapshot, stimulus and time; its history is sound and always comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(anyChain, anyPicks, async (chain, picks) => {
        const machine = machineOf(chain)
        let now = START
        let turn = await step(machine, fresh(), { kind: 'start' }, now)
        const events = [...turn.events]
        for (const pick of picks) {
          const snapshot = snapshotOf(turn)
          const next = choose(snapshot, pick, now)
          if (next === undefined) break
          now = next.now
          turn = await step(machine, snapshot, next.stimulus, now)
          const again = await step(machine, snapshot, next.stimulus, now)
          expect(again).toEqual({ ...turn, tokenOf: expect.anything(), chance: expect.anything() })
          events.push(...turn.events)
          expect(turn.execution.eventCount).toBe(events.length)
        }
        sound(events)
        if (turn.execution.status === 'RUNNING') {
          // Nothing is stuck: something is out, or a timer runs.
          const busy = [...turn.frames.values()].some(
            (frame) =>
              frame.phase.kind === 'calling' ||
              frame.phase.kind === 'token' ||
              frame.timers.retry !== undefined ||
              frame.timers.wait !== undefined,
          )
          expect(busy).toBe(true)
        } else expect([...turn.frames.values()].flatMap((frame) => Object.keys(frame.timers))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('does nothing to an execution that has ended', async () => {
    const machine = machineOf([])
    const ended = snapshotOf(await step(machine, fresh(), { kind: 'start' }, START))
    const stop = { kind: 'stop', error: undefined, cause: undefined } as const
    const after = await step(machine, ended, stop, START + 1)
    expect(after.events).toEqual([])
    expect(after.execution.status).toBe('SUCCEEDED')
  })
})
