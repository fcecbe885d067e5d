import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeDraftAssessment } from '../handlers/tasks/draft-assessment.ts'

export const handler = task(tasks.DraftAssessment, makeDraftAssessment)
