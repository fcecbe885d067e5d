import { makeOpenReview } from '../handlers/tasks/review-tasks.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.OpenReview, makeOpenReview)
