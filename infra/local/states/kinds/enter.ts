import type { Frame } from '../turn/execution.ts'
import type { State } from '../language/machine.ts'
import type { Outcome } from '../turn/outcome.ts'
import { enterChoice } from './choice.ts'
import { enterFail } from './fail.ts'
import { enterMap } from './map.ts'
import { enterParallel } from './parallel.ts'
import { enterPass } from './pass.ts'
import { enterSucceed } from './succeed.ts'
import { enterTask } from './task.ts'
import { enterWait } from './wait.ts'
import type { Turn } from '../turn/turn.ts'

/** Enters a state, whatever its kind. No kind knows another one, or who follows the outcome. */
export const enter = (turn: Turn, frame: Frame, state: State): Promise<Outcome> => {
  switch (state.type) {
    case 'Pass':
      return enterPass(turn, frame, state)
    case 'Succeed':
      return enterSucceed(turn, frame, state)
    case 'Fail':
      return enterFail(turn, frame, state)
    case 'Choice':
      return enterChoice(turn, frame, state)
    case 'Wait':
      return enterWait(turn, frame, state)
    case 'Task':
      return enterTask(turn, frame, state)
    case 'Parallel':
      return enterParallel(turn, frame, state)
    default:
      return enterMap(turn, frame, state)
  }
}
