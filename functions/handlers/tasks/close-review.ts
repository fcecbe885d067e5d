import { close } from '../../domain/review/decide/machine.ts'
import { reviewCase } from '../streams/cases.ts'
import { decisionTask } from './perform-task.ts'

export const makeCloseReview = decisionTask('CloseReview', reviewCase, (state, { attempt }, now) =>
  close(state, attempt, now),
)
