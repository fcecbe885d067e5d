import { EvaluationFailure } from '../values/errors.ts'
import { exit } from './exit.ts'
import { unexpectedType } from '../expressions/expression.ts'
import type { Frame } from '../turn/execution.ts'
import type { WaitState } from '../language/machine.ts'
import { rest, type Outcome } from '../turn/outcome.ts'
import { scopeOf } from '../turn/scope.ts'
import { secondsOf } from './seconds.ts'
import { readTimestamp } from '../values/timestamp.ts'
import { setTimer, type Turn } from '../turn/turn.ts'

const waitUntil = async (turn: Turn, frame: Frame, state: WaitState): Promise<number> => {
  const scope = scopeOf(turn, frame)
  if (state.seconds !== undefined) {
    const seconds = await secondsOf(state.seconds, 'Seconds', 0, scope)
    return turn.now + seconds * 1000
  }
  const value = await state.timestamp?.evaluate(scope)
  if (typeof value !== 'string') {
    if (state.timestamp?.expression !== undefined && value !== undefined)
      throw unexpectedType(state.timestamp.expression, 'Timestamp', 'string', value)
    throw new Error('a Wait has Seconds or Timestamp')
  }
  const until = readTimestamp(value)
  if (until === undefined)
    throw new EvaluationFailure(
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${value}`,
      'Timestamp',
      true,
    )
  return until
}

export const enterWait = async (turn: Turn, frame: Frame, state: WaitState): Promise<Outcome> => {
  const until = await waitUntil(turn, frame, state)
  if (until <= turn.now) return endWait(turn, frame, state)
  setTimer(turn, frame, 'wait', until)
  frame.phase = { kind: 'waiting' }
  return rest
}

/** The time has come. */
export const endWait = (turn: Turn, frame: Frame, state: WaitState): Promise<Outcome> =>
  exit(turn, frame, state, state.next, frame.input)
