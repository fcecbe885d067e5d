import { exit } from './exit.ts'
import type { Frame } from '../turn/execution.ts'
import type { SucceedState } from '../language/machine.ts'
import type { Outcome } from '../turn/outcome.ts'
import type { Turn } from '../turn/turn.ts'

export const enterSucceed = (turn: Turn, frame: Frame, state: SucceedState): Promise<Outcome> =>
  exit(turn, frame, { output: state.output, assign: undefined }, undefined, frame.input)
