import { enter } from '../kinds/enter.ts'
import { EvaluationFailure } from '../values/errors.ts'
import type { Failure, Frame } from '../turn/execution.ts'
import { endExecution, failExecution } from './end-execution.ts'
import { dropChildren, haltChildren } from './halt.ts'
import type { Json } from '../values/json.ts'
import type { State } from '../language/machine.ts'
import { failed, rest, type Outcome } from '../turn/outcome.ts'
import { recover } from './retry-and-catch.ts'
import { endIteration, failIteration } from '../kinds/map.ts'
import { endBranch } from '../kinds/parallel.ts'
import {
  clearTimers,
  inputDetails,
  outputDetails,
  record,
  removeFrame,
  setTimer,
  stateOf,
  type Turn,
} from '../turn/turn.ts'

/**
 * Does one thing in a frame and turns a failed evaluation into a failure of the state, with its event. AWS ties
 * that event to what came before the state when nothing has happened in the state yet.
 */
export const attempt = async (turn: Turn, frame: Frame, work: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error
    const cause =
      `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.enteredEvent}). ` +
      error.message
    const untouched = frame.lastEvent === frame.enteredEvent && !error.afterEntry
    if (untouched) frame.lastEvent = frame.eventBefore
    clearTimers(turn, frame)
    record(turn, frame, 'EvaluationFailed', {
      evaluationFailedEventDetails: {
        error: 'States.QueryEvaluationError',
        cause,
        location: error.location,
        state: frame.state,
      },
    })
    return failed('States.QueryEvaluationError', cause)
  }
}

/** Enters the frame's state, or tries it again. */
const begin = (turn: Turn, frame: Frame): Promise<Outcome> => {
  const state = stateOf(turn, frame)
  const entry = frame.phase.kind === 'ready' ? frame.phase.entry : 'first'
  if (entry === 'retry') frame.retryCount += 1
  else if (entry === 'redrive') {
    frame.retryCount = 0
    frame.retries = []
  } else {
    frame.enteredAt = turn.now
    frame.eventBefore = frame.lastEvent
    frame.retryCount = 0
    frame.retries = []
    // The first state of an execution follows on nothing, not on ExecutionStarted: so AWS numbers it.
    if (frame.lastEvent === 1) frame.eventBefore = frame.lastEvent = 0
    frame.enteredEvent = record(turn, frame, `${state.type}StateEntered`, {
      stateEnteredEventDetails: { ...inputDetails(frame.input), name: state.name },
    })
  }
  return attempt(turn, frame, () => enter(turn, frame, state))
}

const leave = (turn: Turn, frame: Frame, state: State, outcome: Outcome & { kind: 'exit' }): void => {
  const { output, assigned } = outcome
  record(turn, frame, `${state.type}StateExited`, {
    stateExitedEventDetails: {
      name: state.name,
      ...outputDetails(output),
      ...(assigned === undefined
        ? {}
        : {
            assignedVariables: Object.fromEntries(
              Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
            ),
            assignedVariablesDetails: { truncated: false },
          }),
    },
  })
  if (assigned !== undefined) frame.variables = { ...frame.variables, ...assigned }
  frame.input = output
}

/** The block of a child frame has come to its end: what that means for the state that started it. */
const endChild = (turn: Turn, parent: Frame, child: Frame, output: Json): Promise<Outcome> => {
  const state = stateOf(turn, parent)
  removeFrame(turn, child)
  if (state.type === 'Parallel')
    return attempt(turn, parent, () => endBranch(turn, parent, state, child, output))
  if (state.type === 'Map')
    return attempt(turn, parent, () => endIteration(turn, parent, state, child, output))
  throw new Error(`'${state.name}' starts no other states`)
}

const failChild = async (turn: Turn, parent: Frame, child: Frame, failure: Failure): Promise<Outcome> => {
  const state = stateOf(turn, parent)
  if (state.type === 'Map') {
    if (state.distributed === undefined) haltChildren(turn, parent)
    else removeFrame(turn, child)
    return attempt(turn, parent, () => failIteration(turn, parent, state, child, failure))
  }
  haltChildren(turn, parent)
  parent.lastEvent = child.lastEvent
  return failed(failure.error, failure.cause, failure)
}

/** What a failure in a frame's state leads to: a retry, a Catch, or undefined when the frame itself fails. */
const handleFailure = async (turn: Turn, frame: Frame, failure: Failure): Promise<Outcome | undefined> => {
  const state = stateOf(turn, frame)
  if (state.type !== 'Task' && state.type !== 'Parallel' && state.type !== 'Map') return undefined
  clearTimers(turn, frame)
  haltChildren(turn, frame)
  const way = recover(turn, frame, state, failure)
  if (way !== undefined) dropChildren(turn, frame)
  if (way !== undefined && 'retryMs' in way) {
    setTimer(turn, frame, 'retry', turn.now + way.retryMs)
    frame.phase = { kind: 'retrying' }
    return rest
  }
  if (state.type !== 'Task') record(turn, frame, `${state.type}StateFailed`)
  if (way === undefined) return undefined
  const outcome = await attempt(turn, frame, way.caught)
  if (outcome.kind !== 'fail') return outcome
  // A Catch whose own Output or Assign fails is not tried again.
  return { kind: 'fail', failure: { ...outcome.failure, final: true } }
}

/** Follows an outcome through the states and up the frames, until everything in reach is at rest. */
export const follow = async (turn: Turn, start: Frame, first: Outcome): Promise<void> => {
  let frame = start
  let outcome = first
  for (;;) {
    if (outcome.kind === 'rest') return
    const state = stateOf(turn, frame)
    const parent = frame.parent === undefined ? undefined : turn.frames.get(frame.parent)
    if (outcome.kind === 'exit') {
      clearTimers(turn, frame)
      leave(turn, frame, state, outcome)
      if (outcome.next !== undefined) {
        frame.state = outcome.next
        frame.phase = { kind: 'ready', entry: 'first' }
        outcome = await begin(turn, frame)
      } else if (parent === undefined) {
        endExecution(turn, frame, outcome.output)
        return
      } else {
        outcome = await endChild(turn, parent, frame, outcome.output)
        frame = parent
      }
      continue
    }
    const { failure } = outcome
    const handled = failure.final === true ? undefined : await handleFailure(turn, frame, failure)
    if (handled !== undefined) outcome = handled
    else if (parent === undefined) {
      failExecution(turn, frame, failure)
      return
    } else {
      outcome = await failChild(turn, parent, frame, { error: failure.error, cause: failure.cause })
      frame = parent
    }
  }
}

/** Runs the frames that are ready, including those that they start. */
export const settle = async (turn: Turn): Promise<void> => {
  for (let id = turn.ready.shift(); id !== undefined; id = turn.ready.shift()) {
    const frame = turn.frames.get(id)
    if (frame !== undefined && frame.phase.kind === 'ready')
      await follow(turn, frame, await begin(turn, frame))
  }
}
