import * as z from 'zod'
import type { BaseEvent } from '../../domain/stream.ts'

/** Reads stored events through their schema; what the schema does not know is named, never passed over. */
export const readEvent =
  <E>(streamKind: string, schema: z.ZodType<E>) =>
  (event: BaseEvent): E => {
    const read = schema.safeParse(event)
    if (read.success) return read.data
    throw new Error(
      `${streamKind} event ${event.type} v${event.v} cannot be read: ${z.prettifyError(read.error)}`,
    )
  }
