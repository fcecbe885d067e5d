import { unexpectedType } from '../expressions/expression.ts'
import type { Frame } from '../turn/execution.ts'
import type { FailState } from '../language/machine.ts'
import { failed, type Outcome } from '../turn/outcome.ts'
import { scopeOf } from '../turn/scope.ts'
import type { Template } from '../expressions/template.ts'
import type { Turn } from '../turn/turn.ts'

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
