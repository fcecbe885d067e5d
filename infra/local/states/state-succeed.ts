import { exit } from './exit.ts'
import type { Frame } from './execution.ts'
import type { SucceedState } from './machine.ts'
import type { Outcome } from './outcome.ts'
import type { Turn } from './turn.ts'

export const enterSucceed = (turn: Turn, frame: Frame, state: SucceedState): Promise<Outcome> =>
  exit(turn, frame, { output: state.output, assign: undefined }, undefined, frame.input)
