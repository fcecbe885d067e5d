import { unexpectedType } from './expressions.ts'
import type { Frame } from './execution.ts'
import type { FailState } from './machine.ts'
import { failed, type Outcome } from './outcome.ts'
import { scopeOf } from './scope.ts'
import type { Template } from './template.ts'
import type { Turn } from './turn.ts'

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
