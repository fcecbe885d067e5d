import type { Failure, Frame } from '../turn/execution.ts'
import { freezeAll } from './halt.ts'
import type { Json } from '../values/json.ts'
import { failureDetails, outputDetails, recordEnd, removeFrame, type Turn } from '../turn/turn.ts'
import type { ExecutionStatus } from '../types.ts'

const close = (turn: Turn, status: ExecutionStatus): void => {
  turn.execution.status = status
  turn.execution.stoppedAt = turn.now
  turn.ready.length = 0
  turn.effects.push({ kind: 'ended' })
}

/** The last state of the execution is done. */
export const endExecution = (turn: Turn, root: Frame, output: Json): void => {
  recordEnd(turn, 'ExecutionSucceeded', root.lastEvent, {
    executionSucceededEventDetails: outputDetails(output),
  })
  turn.execution.output = output
  removeFrame(turn, root)
  close(turn, 'SUCCEEDED')
}

/** A failure that nothing caught ends the execution. */
export const failExecution = (turn: Turn, root: Frame, failure: Failure): void => {
  recordEnd(turn, 'ExecutionFailed', root.lastEvent, { executionFailedEventDetails: failureDetails(failure) })
  turn.execution.error = failure.error
  turn.execution.cause = failure.cause
  freezeAll(turn, root)
  close(turn, 'FAILED')
}

/** Somebody stopped the execution. */
export const abortExecution = (turn: Turn, root: Frame, failure: Failure): void => {
  recordEnd(turn, 'ExecutionAborted', root.lastEvent, {
    executionAbortedEventDetails: failureDetails(failure),
  })
  turn.execution.error = failure.error
  turn.execution.cause = failure.cause
  freezeAll(turn, root)
  close(turn, 'ABORTED')
}

/** The time for the whole execution is over. */
export const timeOutExecution = (turn: Turn, root: Frame): void => {
  recordEnd(turn, 'ExecutionTimedOut', root.lastEvent, {})
  freezeAll(turn, root)
  close(turn, 'TIMED_OUT')
}
