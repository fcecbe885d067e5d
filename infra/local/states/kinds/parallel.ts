import { exit } from './exit.ts'
import type { Frame } from '../turn/execution.ts'
import type { Json } from '../values/json.ts'
import type { ParallelState } from '../language/machine.ts'
import { rest, type Outcome } from '../turn/outcome.ts'
import { scopeOf } from '../turn/scope.ts'
import { makeFrame, record, recordAside, type Turn } from '../turn/turn.ts'

/** Starts every branch with the same input. */
export const enterParallel = async (turn: Turn, frame: Frame, state: ParallelState): Promise<Outcome> => {
  const input =
    state.arguments === undefined ? frame.input : await state.arguments.evaluate(scopeOf(turn, frame))
  record(turn, frame, 'ParallelStateStarted')
  frame.phase = { kind: 'branches', outputs: state.branches.map(() => null), open: state.branches.length }
  state.branches.forEach((branch, index) => {
    makeFrame(turn, branch, {
      parent: frame.id,
      index,
      item: frame.item,
      silent: frame.silent,
      input,
      variables: frame.variables,
      lastEvent: frame.lastEvent,
    })
  })
  return rest
}

/** A branch has come to its end; the last one ends the state. */
export const endBranch = async (
  turn: Turn,
  frame: Frame,
  state: ParallelState,
  child: Frame,
  output: Json,
): Promise<Outcome> => {
  if (frame.phase.kind !== 'branches') return rest
  const outputs = frame.phase.outputs.map((known, index) => (index === child.index ? output : known))
  const open = frame.phase.open - 1
  frame.phase = { kind: 'branches', outputs, open }
  turn.touched.add(frame.id)
  if (open > 0) return rest
  frame.lastEvent = child.lastEvent
  recordAside(turn, frame, 'ParallelStateSucceeded')
  return exit(turn, frame, state, state.next, outputs, { result: outputs })
}
