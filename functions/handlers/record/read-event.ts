import * as z from 'zod'
import type { BaseEvent } from '../../domain/base/stream.ts'

/** Reads stored events through their schema; what the schema does not know is named, never passed over. */
export const readEvent = <E extends BaseEvent>(streamKind: string, schema: z.ZodType<E>) => {
  // The stream store hands out the same commits again while it remembers them: each event is read once.
  const known = new WeakMap<BaseEvent, E>()
  return (event: BaseEvent): E => {
    const before = known.get(event)
    if (before !== undefined) return before
    const read = schema.safeParse(event)
    if (read.success) {
      known.set(event, read.data)
      return read.data
    }
    throw new Error(
      `${streamKind} event ${event.type} v${event.v} cannot be read: ${z.prettifyError(read.error)}`,
    )
  }
}
