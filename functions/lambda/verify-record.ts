import { makeAnchorSigner } from '../adapters/signing.ts'
import { makeRowInspection, makeStreamStore } from '../adapters/dynamodb/stream-store.ts'
import { makeDirectoryStore } from '../adapters/dynamodb/register.ts'
import { keysFor } from '../adapters/secrets.ts'
import { patiently } from '../adapters/service-fault.ts'
import { makeVerifyRecord, verifyInputSchema } from '../handlers/operator/verify-record.ts'
import { entry, wiring } from './wiring.ts'

export const handler = entry(async (event: unknown): Promise<unknown> => {
  const { ports, secrets, table } = await patiently(wiring)
  const signer = makeAnchorSigner(keysFor(secrets, 'lists'))
  // A store that remembers nothing: what is verified is what lies in the table now.
  const streams = makeStreamStore(table)
  const directory = makeDirectoryStore(table)
  const verify = makeVerifyRecord({ ...ports, directory, rows: makeRowInspection(table), streams, signer })
  const input = verifyInputSchema.parse(event)
  return patiently(() => verify(input))
})
