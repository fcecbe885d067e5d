import type { Frame, Stimulus } from '../turn/execution.ts'
import { abortExecution, failExecution, timeOutExecution } from './end-execution.ts'
import { attempt, follow, settle } from './follow.ts'
import { haltChildren } from './halt.ts'
import type { State } from '../language/machine.ts'
import { redriveExecution, startExecution } from './start-execution.ts'
import { answerTask, endCall, heartbeat, timeOutTask } from '../kinds/task.ts'
import { endWait } from '../kinds/wait.ts'
import { clearTimers, HistoryFull, stateOf, stopNested, type Turn } from '../turn/turn.ts'

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
  for (const frame of turn.frames.values()) {
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
      haltChildren(turn, rootOf(turn))
      stopNested(turn, rootOf(turn))
      return abortExecution(turn, rootOf(turn), stimulus)
    default: {
      const frame = turn.frames.get(stimulus.frame)
      if (frame === undefined) return
      if (stimulus.kind === 'timer' && stimulus.timer === 'execution') {
        if ((frame.timers.execution ?? Infinity) > turn.now) return
        haltChildren(turn, frame)
        stopNested(turn, frame)
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
