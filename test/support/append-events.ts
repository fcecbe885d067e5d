import type { BaseEvent } from '../../functions/domain/base/stream.ts'
import type { StreamId } from '../../functions/domain/base/stream-id.ts'
import type { Ports } from '../../functions/ports/ports.ts'

/** An event with whatever fields it has. */
export type Stored = BaseEvent & { readonly [field: string]: unknown }

/** Appends events as they stand, a commit each, at the clock's time. */
export const appendTo =
  (ports: Pick<Ports, 'clock' | 'streams'>) =>
  async (to: StreamId, events: readonly Stored[]): Promise<void> => {
    for (const event of events) {
      const before = (await ports.streams.load(to)).at(-1)
      const seq = (before?.meta.seq ?? 0) + 1
      await ports.streams.append(to, {
        seq,
        at: ports.clock.now(),
        actor: { by: 'system', name: 'test' },
        commandId: `${to}/${seq}`,
        prev: before?.hash ?? '0'.repeat(64),
        events: [event],
      })
    }
  }
