import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeOpenReview } from '../handlers/tasks/open-review.ts'

export const handler = task(tasks.OpenReview, makeOpenReview)
