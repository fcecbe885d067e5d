import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makePlanNext } from '../handlers/tasks/plan-next.ts'

export const handler = task(tasks.PlanNext, makePlanNext)
