import type { Frame } from '../turn/execution.ts'
import {
  childrenOf,
  clearTimers,
  recordAside,
  removeFrame,
  setTimer,
  stateOf,
  stopNested,
  type Turn,
} from '../turn/turn.ts'

/**
 * How executions stop in the middle and go on from there. A frame that failed or was stopped stays where it is, with
 * what its Parallel or Map state had achieved, until the failure is handled or the execution is redriven.
 */

const freeze = (turn: Turn, frame: Frame): void => {
  const { phase } = frame
  if (phase.kind === 'failed') return
  const state = stateOf(turn, frame)
  if (state.type === 'Map' && state.distributed !== undefined) {
    // The iterations of a distributed Map were executions of their own: a redrive starts all of them again.
    dropChildren(turn, frame)
    frame.phase = { kind: 'failed' }
  } else
    frame.phase =
      phase.kind === 'branches' || phase.kind === 'iterations'
        ? { kind: 'failed', was: phase }
        : { kind: 'failed' }
  clearTimers(turn, frame)
}

/** Stops everything below a frame, as AWS shows it: an aborted event for each state that was still at work. */
export const haltChildren = (turn: Turn, frame: Frame): void => {
  for (const child of childrenOf(turn, frame)) {
    if (child.phase.kind === 'failed') continue
    haltChildren(turn, child)
    stopNested(turn, child)
    const state = stateOf(turn, child)
    if (state.type === 'Task' || state.type === 'Wait' || state.type === 'Parallel' || state.type === 'Map')
      recordAside(turn, child, `${state.type}StateAborted`)
    freeze(turn, child)
  }
}

/** Forgets everything below a frame: its state starts again, or is left. */
export const dropChildren = (turn: Turn, frame: Frame): void => {
  for (const child of childrenOf(turn, frame)) removeFrame(turn, child)
  turn.iterations.delete(frame.id)
}

/** Leaves all frames where they are, without a timer, as the execution ends without success. */
export const freezeAll = (turn: Turn, root: Frame): void => {
  for (const frame of turn.frames.values()) freeze(turn, frame)
  setTimer(turn, root, 'execution', undefined)
}

/** Makes a frozen frame go on: its unfinished branches or iterations where it had some, else the state it is in. */
export const revive = (turn: Turn, frame: Frame): void => {
  const { phase } = frame
  if (phase.kind !== 'failed') return
  const children = childrenOf(turn, frame)
  turn.touched.add(frame.id)
  if (phase.was === undefined || children.length === 0) {
    dropChildren(turn, frame)
    frame.phase = { kind: 'ready', entry: 'redrive' }
    turn.ready.push(frame.id)
    return
  }
  frame.phase = { ...phase.was, open: children.length }
  frame.retries = []
  for (const child of children) revive(turn, child)
}
