import { EvaluationFailure } from './errors.ts'
import type { Failure, Frame, Stimulus } from './execution.ts'
import { abortExecution, endExecution, failExecution, timeOutExecution } from './end-execution.ts'
import type { Json } from './json.ts'
import type { State } from './machine.ts'
import { failed, rest, type Outcome } from './outcome.ts'
import { recover } from './retry-and-catch.ts'
import { enterMap, endIteration, failIteration } from './state-map.ts'
import { enterParallel, endBranch } from './state-parallel.ts'
import { endWait, enterChoice, enterFail, enterPass, enterSucceed, enterWait } from './state-simple.ts'
import { redriveExecution, startExecution } from './start-execution.ts'
import { answerTask, endCall, enterTask, heartbeat, timeOutTask } from './state-task.ts'
import {
  childrenOf,
  clearTimers,
  HistoryFull,
  inputDetails,
  outputDetails,
  record,
  recordAside,
  removeFrame,
  stateOf,
  type Turn,
} from './turn.ts'

const enter = (turn: Turn, frame: Frame, state: State): Promise<Outcome> => {
  switch (state.type) {
    case 'Pass':
      return enterPass(turn, frame, state)
    case 'Succeed':
      return enterSucceed(turn, frame, state)
    case 'Fail':
      return enterFail(turn, frame, state)
    case 'Choice':
      return enterChoice(turn, frame, state)
    case 'Wait':
      return enterWait(turn, frame, state)
    case 'Task':
      return enterTask(turn, frame, state)
    case 'Parallel':
      return enterParallel(turn, frame, state)
    case 'Map':
      return enterMap(turn, frame, state)
  }
}

/**
 * Does one thing in a frame and turns a failed evaluation into a failure of the state, with its event. AWS ties
 * that event to what came before the state when nothing has happened in the state yet.
 */
const attempt = async (turn: Turn, frame: Frame, work: () => Promise<Outcome>): Promise<Outcome> => {
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

/** Ends everything below a frame, as AWS shows it: an aborted event for each state that was still at work. */
const abandonChildren = (turn: Turn, frame: Frame): void => {
  for (const child of childrenOf(turn, frame)) {
    abandonChildren(turn, child)
    const state = stateOf(turn, child)
    if (state.type === 'Task' || state.type === 'Wait' || state.type === 'Parallel' || state.type === 'Map')
      recordAside(turn, child, `${state.type}StateAborted`)
    removeFrame(turn, child)
  }
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

const failChild = (turn: Turn, parent: Frame, child: Frame, failure: Failure): Outcome => {
  const state = stateOf(turn, parent)
  abandonChildren(turn, parent)
  if (state.type === 'Map') return failIteration(turn, parent, state, child, failure)
  parent.lastEvent = child.lastEvent
  return failed(failure.error, failure.cause, failure)
}

/** What a failure in a frame's state leads to: a retry, a Catch, or undefined when the frame itself fails. */
const handleFailure = async (turn: Turn, frame: Frame, failure: Failure): Promise<Outcome | undefined> => {
  const state = stateOf(turn, frame)
  if (state.type !== 'Task' && state.type !== 'Parallel' && state.type !== 'Map') return undefined
  clearTimers(turn, frame)
  const way = await recover(turn, frame, state, failure)
  if (way !== undefined && 'retried' in way) return rest
  if (state.type !== 'Task') record(turn, frame, `${state.type}StateFailed`)
  if (way === undefined) return undefined
  const outcome = await attempt(turn, frame, way.caught)
  if (outcome.kind !== 'fail') return outcome
  // A Catch whose own Output or Assign fails is not tried again.
  return { kind: 'fail', failure: { ...outcome.failure, final: true } }
}

/** Follows an outcome through the states and up the frames, until everything in reach is at rest. */
const follow = async (turn: Turn, start: Frame, first: Outcome): Promise<void> => {
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
      outcome = failChild(turn, parent, frame, { error: failure.error, cause: failure.cause })
      frame = parent
    }
  }
}

/** Runs the frames that are ready, including those that they start. */
const settle = async (turn: Turn): Promise<void> => {
  for (let id = turn.ready.shift(); id !== undefined; id = turn.ready.shift()) {
    const frame = turn.frames.get(id)
    if (frame !== undefined && frame.phase.kind === 'ready')
      await follow(turn, frame, await begin(turn, frame))
  }
}

const task = (turn: Turn, frame: Frame): Extract<State, { type: 'Task' }> | undefined => {
  const state = stateOf(turn, frame)
  return state.type === 'Task' ? state : undefined
}

const onTimer = async (turn: Turn, frame: Frame, stimulus: Stimulus & { kind: 'timer' }): Promise<void> => {
  const due = frame.timers[stimulus.timer]
  if (due === undefined || due > turn.now) return
  const state = stateOf(turn, frame)
  if (stimulus.timer === 'retry' && frame.phase.kind === 'retrying') {
    clearTimers(turn, frame)
    frame.phase = { kind: 'ready', entry: 'retry' }
    turn.ready.push(frame.id)
  } else if (stimulus.timer === 'wait' && state.type === 'Wait') {
    await follow(turn, frame, await attempt(turn, frame, () => endWait(turn, frame, state)))
  } else if ((stimulus.timer === 'timeout' || stimulus.timer === 'heartbeat') && state.type === 'Task') {
    const { timer } = stimulus
    await follow(turn, frame, await attempt(turn, frame, () => timeOutTask(turn, frame, state, timer)))
  }
}

const isCurrent = (frame: Frame, attemptNumber: number): boolean =>
  frame.attempt === attemptNumber &&
  (frame.phase.kind === 'calling' || frame.phase.kind === 'token' || frame.phase.kind === 'nested')

/** Whether a task still waits for an answer to this attempt's token. */
export const awaitsAnswer = (frame: Frame | undefined, attemptNumber: number): frame is Frame =>
  frame !== undefined &&
  isCurrent(frame, attemptNumber) &&
  !(frame.phase.kind === 'calling' && frame.phase.answer !== undefined)

/** One stimulus on one frame. A late one, about an attempt that is over, does nothing. */
const onFrame = async (turn: Turn, frame: Frame, stimulus: Stimulus): Promise<void> => {
  const state = task(turn, frame)
  if (stimulus.kind === 'timer') return onTimer(turn, frame, stimulus)
  if (state === undefined || !('attempt' in stimulus) || !isCurrent(frame, stimulus.attempt)) return
  if (stimulus.kind === 'heartbeat') return heartbeat(turn, frame, state)
  if (stimulus.kind === 'result') {
    if (frame.phase.kind === 'token') return
    if (frame.phase.kind === 'nested') {
      const { result } = stimulus
      const answer = result.ok ? result : { ok: false as const, error: result.error, cause: result.cause }
      await follow(turn, frame, await attempt(turn, frame, () => answerTask(turn, frame, state, answer)))
      return
    }
    await follow(turn, frame, await attempt(turn, frame, () => endCall(turn, frame, state, stimulus.result)))
  } else if (frame.phase.kind === 'calling') {
    // The function has not returned: the answer is kept with the task and honoured when it does.
    frame.phase = { ...frame.phase, answer: stimulus.answer }
    turn.touched.add(frame.id)
  } else {
    await follow(
      turn,
      frame,
      await attempt(turn, frame, () => answerTask(turn, frame, state, stimulus.answer)),
    )
  }
}

/** Takes up the calls that were out when the process ended. */
const resume = async (turn: Turn): Promise<void> => {
  for (const frame of [...turn.frames.values()]) {
    const { phase } = frame
    const state = task(turn, frame)
    if (phase.kind !== 'calling' || state === undefined) continue
    const { answer } = phase
    if (answer === undefined) turn.effects.push({ kind: 'call', frame: frame.id, attempt: frame.attempt })
    else await follow(turn, frame, await attempt(turn, frame, () => answerTask(turn, frame, state, answer)))
  }
}

const rootOf = (turn: Turn): Frame => {
  const root = [...turn.frames.values()].find((frame) => frame.parent === undefined)
  if (root === undefined) throw new Error(`execution ${turn.execution.arn} has no frame`)
  return root
}

const dispatch = async (turn: Turn, stimulus: Stimulus): Promise<void> => {
  switch (stimulus.kind) {
    case 'start':
      return startExecution(turn)
    case 'redrive':
      return redriveExecution(turn, rootOf(turn))
    case 'resume':
      return resume(turn)
    case 'stop':
      abandonChildren(turn, rootOf(turn))
      return abortExecution(turn, rootOf(turn), stimulus)
    default: {
      const frame = turn.frames.get(stimulus.frame)
      if (frame === undefined) return
      if (stimulus.kind === 'timer' && stimulus.timer === 'execution') {
        if ((frame.timers.execution ?? Infinity) > turn.now) return
        abandonChildren(turn, frame)
        return timeOutExecution(turn, frame)
      }
      return onFrame(turn, frame, stimulus)
    }
  }
}

/**
 * The step function: works one stimulus into an execution. Everything that happened is in the turn afterwards;
 * nothing is read but the turn, and nothing is called.
 */
export const advance = async (turn: Turn, stimulus: Stimulus): Promise<void> => {
  const { status } = turn.execution
  if (stimulus.kind !== 'redrive' && status !== 'RUNNING') return
  try {
    await dispatch(turn, stimulus)
    await settle(turn)
  } catch (error) {
    if (!(error instanceof HistoryFull)) throw error
    failExecution(turn, rootOf(turn), { error: 'States.Runtime', cause: error.message })
  }
}
