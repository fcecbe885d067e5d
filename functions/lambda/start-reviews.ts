import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeStartReviews } from '../handlers/tasks/start-reviews.ts'

export const handler = task(tasks.StartReviews, makeStartReviews)
