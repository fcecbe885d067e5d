import type { Frame } from '../turn/execution.ts'
import { revive } from './halt.ts'
import { limits } from '../values/limits.ts'
import { inputDetails, makeFrame, record, recordEnd, setTimer, type Turn } from '../turn/turn.ts'

const setEnd = (turn: Turn, root: Frame): void => {
  const ownMs = (turn.machine.timeoutSeconds ?? Infinity) * 1000
  setTimer(turn, root, 'execution', turn.now + Math.min(ownMs, limits.executionMs))
}

/** Opens the history and the first frame. */
export const startExecution = (turn: Turn): void => {
  const { execution } = turn
  recordEnd(turn, 'ExecutionStarted', 0, {
    executionStartedEventDetails: { ...inputDetails(execution.input), roleArn: turn.roleArn },
  })
  const root = makeFrame(turn, turn.machine, {
    parent: undefined,
    index: 0,
    item: undefined,
    silent: false,
    input: execution.input,
    variables: {},
    lastEvent: execution.eventCount,
  })
  setEnd(turn, root)
  turn.effects.push({ kind: 'started' })
}

/** Goes on where the execution failed or was stopped, with retries fresh and a new time limit for the whole. */
export const redriveExecution = (turn: Turn, root: Frame): void => {
  const { execution } = turn
  execution.status = 'RUNNING'
  execution.stoppedAt = undefined
  execution.error = undefined
  execution.cause = undefined
  execution.redriveCount += 1
  execution.redrivenAt = turn.now
  record(turn, root, 'ExecutionRedriven', {
    executionRedrivenEventDetails: { redriveCount: execution.redriveCount },
  })
  setEnd(turn, root)
  revive(turn, root)
  turn.effects.push({ kind: 'started' })
}
