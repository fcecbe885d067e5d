import { exit } from './exit.ts'
import type { Frame } from '../turn/execution.ts'
import type { PassState } from '../language/machine.ts'
import type { Outcome } from '../turn/outcome.ts'
import type { Turn } from '../turn/turn.ts'

export const enterPass = (turn: Turn, frame: Frame, state: PassState): Promise<Outcome> =>
  exit(turn, frame, state, state.next, frame.input)
