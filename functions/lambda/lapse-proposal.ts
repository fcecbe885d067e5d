import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'
import { makeLapseProposal } from '../handlers/tasks/lapse-proposal.ts'

export const handler = task(tasks.LapseProposal, makeLapseProposal)
