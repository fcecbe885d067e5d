import { exit } from './exit.ts'
import type { Frame } from './execution.ts'
import type { PassState } from './machine.ts'
import type { Outcome } from './outcome.ts'
import type { Turn } from './turn.ts'

export const enterPass = (turn: Turn, frame: Frame, state: PassState): Promise<Outcome> =>
  exit(turn, frame, state, state.next, frame.input)
