import type { Frame } from './execution.ts'
import type { State } from './machine.ts'
import type { Outcome } from './outcome.ts'
import { enterChoice } from './state-choice.ts'
import { enterFail } from './state-fail.ts'
import { enterMap } from './state-map.ts'
import { enterParallel } from './state-parallel.ts'
import { enterPass } from './state-pass.ts'
import { enterSucceed } from './state-succeed.ts'
import { enterTask } from './state-task.ts'
import { enterWait } from './state-wait.ts'
import type { Turn } from './turn.ts'

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
