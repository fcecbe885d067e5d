import { EvaluationFailure } from './errors.ts'
import { exit } from './exit.ts'
import { unexpectedType } from './expressions.ts'
import type { Frame } from './execution.ts'
import { typeName } from './json.ts'
import { limits } from './limits.ts'
import type { ChoiceState, FailState, PassState, SucceedState, WaitState } from './machine.ts'
import { failed, rest, type Outcome } from './outcome.ts'
import { scopeOf } from './scope.ts'
import type { Template } from './template.ts'
import { readTimestamp } from './timestamp.ts'
import { setTimer, type Turn } from './turn.ts'

export const enterPass = (turn: Turn, frame: Frame, state: PassState): Promise<Outcome> =>
  exit(turn, frame, state, state.next, frame.input)

export const enterSucceed = (turn: Turn, frame: Frame, state: SucceedState): Promise<Outcome> =>
  exit(turn, frame, { output: state.output, assign: undefined }, undefined, frame.input)

const text = async (
  turn: Turn,
  frame: Frame,
  template: Template | undefined,
): Promise<string | undefined> => {
  if (template === undefined) return undefined
  const value = await template.evaluate(scopeOf(turn, frame))
  if (typeof value === 'string') return value
  if (template.expression === undefined) throw new Error('a literal Error or Cause is a text')
  throw unexpectedType(template.expression, 'Error', 'string', value)
}

export const enterFail = async (turn: Turn, frame: Frame, state: FailState): Promise<Outcome> =>
  failed(await text(turn, frame, state.error), await text(turn, frame, state.cause))

export const enterChoice = async (turn: Turn, frame: Frame, state: ChoiceState): Promise<Outcome> => {
  for (const [index, rule] of state.choices.entries()) {
    const value = await rule.condition.evaluate(scopeOf(turn, frame))
    if (typeof value !== 'boolean' && rule.condition.expression !== undefined)
      throw unexpectedType(rule.condition.expression, `Choices[${index}]/Condition`, 'boolean', value)
    if (value === true) return exit(turn, frame, rule, rule.next, frame.input)
  }
  if (state.default === undefined)
    return failed(
      'States.NoChoiceMatched',
      `No choice rule of the state '${state.name}' matched, and it has no Default.`,
    )
  return exit(turn, frame, state, state.default, frame.input)
}

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

/** A whole number of seconds; throws EvaluationFailure for what AWS does not take in the field. */
export const secondsOf = async (
  template: Template,
  location: string,
  least: number,
  scope: ReturnType<typeof scopeOf>,
): Promise<number> => {
  const value = await template.evaluate(scope)
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= limits.seconds)
    return value
  if (template.expression !== undefined && (typeof value !== 'number' || !Number.isInteger(value)))
    throw unexpectedType(template.expression, location, 'integer', value)
  throw new EvaluationFailure(
    `The ${location} field must be a whole number from ${least} to ${limits.seconds}, but was ${typeName(value)}: ` +
      JSON.stringify(value),
    location,
    true,
  )
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
