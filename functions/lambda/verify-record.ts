import middy from '@middy/core'
import { makeAnchorSigner } from '../adapters/signing.ts'
import { makeRowInspection, makeStreamStore } from '../adapters/dynamodb/stream-store.ts'
import { makeDirectoryStore } from '../adapters/dynamodb/register.ts'
import { keysFor } from '../adapters/secrets.ts'
import { makeVerifyRecord, verifyInputSchema } from '../handlers/operator/verify-record.ts'
import { wiring } from './wiring.ts'

export const handler = middy(async (event: unknown): Promise<unknown> => {
  const { ports, secrets, table } = await wiring()
  const signer = makeAnchorSigner(keysFor(secrets, 'lists'))
  // A store that remembers nothing: what is verified is what lies in the table now.
  const streams = makeStreamStore(table)
  const directory = makeDirectoryStore(table)
  return makeVerifyRecord({ ...ports, directory, rows: makeRowInspection(table), streams, signer })(
    verifyInputSchema.parse(event),
  )
})
