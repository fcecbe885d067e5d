import { lapse } from '../../domain/renegotiation/decide/machine.ts'
import { renegotiationCase } from '../streams/cases.ts'
import { decisionTask } from './perform-task.ts'

/** The time is out and not every party has accepted, if the record still says so. */
export const makeLapseProposal = decisionTask('LapseProposal', renegotiationCase, (state, { attempt }, now) =>
  lapse(state, attempt, now),
)
