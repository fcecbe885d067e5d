import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeCloseReview } from '../handlers/tasks/close-review.ts'

export const handler = task(tasks.CloseReview, makeCloseReview)
