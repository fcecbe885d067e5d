import { makeAnchorSigner } from '../adapters/signing.ts'
import { keysFor } from '../adapters/secrets.ts'
import { patiently } from '../adapters/service-fault.ts'
import { makeAnchorRecord } from '../handlers/schedules/anchor-record.ts'
import { scheduledInputSchema } from '../handlers/schedules/owed-to-day.ts'
import { entry, wiring } from './wiring.ts'

export const handler = entry(async (event: unknown): Promise<unknown> => {
  const input = scheduledInputSchema.parse(event)
  return patiently(async () => {
    const { ports, secrets } = await wiring()
    const signer = makeAnchorSigner(keysFor(secrets, 'lists'))
    return makeAnchorRecord({ ...ports, signer })(input)
  })
})
