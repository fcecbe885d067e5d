import type { Chance } from '../values/chance.ts'
import type { Effect, Execution, Frame, Iterations, TimerKind } from './execution.ts'
import type { Json, JsonObject } from '../values/json.ts'
import { limits } from '../values/limits.ts'
import type { Block, Machine, State } from '../language/machine.ts'
import type { HistoryEvent } from '../types.ts'

/** The state of one execution in memory. */
export interface Snapshot {
  readonly execution: Execution
  readonly frames: Map<number, Frame>
  readonly iterations: Map<number, Iterations>
}

/**
 * One step of one execution: a snapshot that the step works on, and what the step adds to it. A step reads no
 * clock and calls nobody; the same snapshot, stimulus, time and chance give the same result.
 */
export interface Turn extends Snapshot {
  readonly machine: Machine
  readonly now: number
  readonly chance: Chance
  readonly region: string
  readonly roleArn: string
  /** The task token of a frame's present attempt. */
  readonly tokenOf: (frame: Frame) => string
  readonly events: HistoryEvent[]
  readonly effects: Effect[]
  /** Frames that were changed or removed, and outputs of iterations that were added. */
  readonly touched: Set<number>
  readonly added: { readonly frame: number; readonly index: number }[]
  /** Frames that are ready to enter a state, in order. */
  readonly ready: number[]
}

/** Too many events: AWS ends the execution with this, and nothing catches it. */
export class HistoryFull extends Error {
  constructor() {
    super('The execution reached the maximum number of history events (25000).')
    this.name = 'HistoryFull'
  }
}

const append = (turn: Turn, type: string, previousEventId: number, details: JsonObject): number => {
  const { execution } = turn
  execution.eventCount += 1
  const id = execution.eventCount
  turn.events.push({ id, previousEventId, timestamp: turn.now / 1000, type, ...details })
  return id
}

/** Appends an event to the history and makes it the frame's last. Throws HistoryFull at AWS's limit. */
export const record = (turn: Turn, frame: Frame, type: string, details: JsonObject = {}): number => {
  turn.touched.add(frame.id)
  if (frame.silent) return frame.lastEvent
  if (turn.execution.eventCount >= limits.historyEvents - 1) throw new HistoryFull()
  frame.lastEvent = append(turn, type, frame.lastEvent, details)
  return frame.lastEvent
}

/** Appends an event that later events do not follow on. */
export const recordAside = (
  turn: Turn,
  frame: Frame,
  type: string,
  details: JsonObject = {},
  after = frame.lastEvent,
): number => {
  if (frame.silent) return after
  if (turn.execution.eventCount >= limits.historyEvents - 1) throw new HistoryFull()
  return append(turn, type, after, details)
}

/** Appends the event that ends the execution; there is always room for it. */
export const recordEnd = (turn: Turn, type: string, after: number, details: JsonObject): void => {
  append(turn, type, after, details)
}

/** The states among which a frame moves. */
export const blockOf = (turn: Pick<Turn, 'machine' | 'frames'>, frame: Frame): Block => {
  const parent = frame.parent === undefined ? undefined : turn.frames.get(frame.parent)
  if (parent === undefined) return turn.machine
  const state = stateOf(turn, parent)
  const block =
    state.type === 'Map'
      ? state.processor
      : state.type === 'Parallel'
        ? state.branches[frame.index]
        : undefined
  if (block === undefined) throw new Error(`frame ${frame.id} belongs to no block of '${state.name}'`)
  return block
}

/** The state a frame is in. */
export const stateOf = (turn: Pick<Turn, 'machine' | 'frames'>, frame: Frame): State => {
  const state = blockOf(turn, frame).states.get(frame.state)
  if (state === undefined) throw new Error(`there is no state '${frame.state}'`)
  return state
}

/** Makes a frame at the start of a block; it runs when the frames made before it have come to rest. */
export const makeFrame = (
  turn: Turn,
  block: Block,
  from: Pick<Frame, 'parent' | 'index' | 'item' | 'silent' | 'input' | 'variables' | 'lastEvent'>,
): Frame => {
  turn.execution.frameCount += 1
  const frame: Frame = {
    id: turn.execution.frameCount,
    ...from,
    state: block.startAt,
    enteredAt: turn.now,
    enteredEvent: 0,
    eventBefore: from.lastEvent,
    phase: { kind: 'ready', entry: 'first' },
    attempt: 0,
    retryCount: 0,
    retries: [],
    timers: {},
  }
  turn.frames.set(frame.id, frame)
  turn.touched.add(frame.id)
  turn.ready.push(frame.id)
  return frame
}

/** Sets or clears (undefined) a timer of a frame, due in milliseconds since the epoch. */
export const setTimer = (turn: Turn, frame: Frame, kind: TimerKind, due: number | undefined): void => {
  const { [kind]: _, ...others } = frame.timers
  frame.timers = due === undefined ? others : { ...others, [kind]: due }
  turn.touched.add(frame.id)
}

/** Clears the timers of a frame's state; the execution's own stays. */
export const clearTimers = (turn: Turn, frame: Frame): void => {
  const { execution } = frame.timers
  frame.timers = execution === undefined ? {} : { execution }
  turn.touched.add(frame.id)
}

/** Children of a frame, oldest first. */
export const childrenOf = (turn: Turn, frame: Frame): readonly Frame[] =>
  frame.phase.kind === 'branches' || frame.phase.kind === 'iterations' || frame.phase.kind === 'failed'
    ? [...turn.frames.values()].filter((other) => other.parent === frame.id)
    : []

/** Stops the execution that a frame's task waits for, if any: nobody will take its result. */
export const stopNested = (turn: Turn, frame: Frame): void => {
  if (frame.phase.kind === 'nested')
    turn.effects.push({ kind: 'stop-nested', execution: frame.phase.execution })
}

/** Removes a frame with everything below it. */
export const removeFrame = (turn: Turn, frame: Frame): void => {
  for (const child of childrenOf(turn, frame)) removeFrame(turn, child)
  turn.frames.delete(frame.id)
  turn.iterations.delete(frame.id)
  turn.touched.add(frame.id)
}

/** The data fields of an event, as AWS writes them: JSON text beside a note that it is whole. */
export const inputDetails = (input: Json): JsonObject => ({
  input: JSON.stringify(input),
  inputDetails: { truncated: false },
})
export const outputDetails = (output: Json): JsonObject => ({
  output: JSON.stringify(output),
  outputDetails: { truncated: false },
})

/** Error and cause of an event: AWS leaves out what is not there. */
export const failureDetails = (failure: {
  error: string | undefined
  cause: string | undefined
}): JsonObject => ({
  ...(failure.error === undefined ? {} : { error: failure.error }),
  ...(failure.cause === undefined ? {} : { cause: failure.cause }),
})
