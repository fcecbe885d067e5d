import { makeLapseProposal } from '../handlers/tasks/lapse-proposal.ts'
import { tasks } from '../../workflows/tasks.ts'
import { task } from './wiring.ts'

export const handler = task(tasks.LapseProposal, makeLapseProposal)
