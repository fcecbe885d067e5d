import { setTimeout as sleep } from 'node:timers/promises'
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

/**
 * A step of a client, outside its own retries: what is transient is thrown by the one name. Not for SES, whose sender
 * must know what has gone.
 */
export const namesFaults =
  <A, R>(next: (args: A) => Promise<R>) =>
  async (args: A): Promise<R> => {
    try {
      return await next(args)
    } catch (error) {
      throw asThrown(error)
    }
  }
export const outermost = { step: 'initialize', priority: 'high', name: 'namesFaults' } as const

/** The longest waits before each further try, in milliseconds; any part of each is waited. */
const pausesMs = [200, 800, 2_000, 4_000]

/**
 * Work that is safe to repeat and that nobody else repeats at once, as Step Functions repeats a task: what a service
 * failed at for the moment is tried four times more, within seven seconds.
 */
export const patiently = async <R>(work: () => Promise<R>): Promise<R> => {
  for (const pauseMs of pausesMs) {
    try {
      return await work()
    } catch (error) {
      if (!(asThrown(error) instanceof ServiceFault)) throw error
      await sleep(Math.random() * pauseMs)
    }
  }
  return work()
}
