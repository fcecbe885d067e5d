import { makeRecordObservations, observationsInputSchema } from '../handlers/operator/record-observations.ts'
import { command } from './wiring.ts'

export const handler = command(observationsInputSchema, (ports) => {
  const record = makeRecordObservations(ports)
  return (input) => record(input)
})
