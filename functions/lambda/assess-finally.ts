import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeAssessFinally } from '../handlers/tasks/assess-finally.ts'

export const handler = task(tasks.AssessFinally, makeAssessFinally)
