import * as z from 'zod'
import {
  connectionLost,
  neverConnected,
  ServiceFault,
  transientServiceErrors,
} from '../../workflows/errors.ts'

const ok = 200
const tooManyRequests = 429
const serverFault = 500

/** What the SDK's clients throw, as far as it tells whether the same call may succeed. */
const failureSchema = z.object({
  name: z.string(),
  code: z.string().optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.int().optional() }).optional().catch(undefined),
})

/** By its name, its code, or the status it was answered with; a success that cannot be read is a lost answer. */
export const isTransient = (error: unknown): error is Error => {
  if (!(error instanceof Error)) return false
  const { name, code = '', $metadata } = failureSchema.parse(error)
  const status = $metadata?.httpStatusCode ?? 0
  return (
    transientServiceErrors.has(name) ||
    neverConnected.has(code) ||
    connectionLost.has(code) ||
    status === ok ||
    status === tooManyRequests ||
    status >= serverFault
  )
}

/**
 * What a task throws for a failure: the service's transient errors, of which the SDK has some thirty, by one name.
 * The message names the first alone, never what was asked: addresses are in it.
 */
export const asThrown = (error: unknown): unknown =>
  isTransient(error) ? new ServiceFault(`AWS: ${error.name}`, { cause: error }) : error
