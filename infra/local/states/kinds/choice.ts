import { exit } from './exit.ts'
import { unexpectedType } from '../expressions/expression.ts'
import type { Frame } from '../turn/execution.ts'
import type { ChoiceState } from '../language/machine.ts'
import { failed, type Outcome } from '../turn/outcome.ts'
import { scopeOf } from '../turn/scope.ts'
import type { Turn } from '../turn/turn.ts'

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
