import { chainStart } from '../../functions/adapters/commit-body.ts'
import { agreementStream, type StreamId } from '../../functions/domain/base/stream-id.ts'
import type { BaseEvent } from '../../functions/domain/base/stream.ts'
import { agreementIdSchema } from '../../functions/domain/base/values.ts'
import type { NewCommit, StreamStore } from '../../functions/ports/record.ts'
import { fresh } from './both.ts'

export const newStream = (): StreamId => agreementStream(agreementIdSchema.parse(fresh('a')))
export type Told = BaseEvent & { text?: string }
export const isTold = (event: BaseEvent | undefined): event is Told => event?.type === 'Told'
export const told = (text: string, secret?: unknown): Told => ({
  type: 'Told',
  v: 1,
  text,
  ...(secret === undefined ? {} : { private: secret }),
})
export const commit = (seq: number, change: Partial<NewCommit> = {}): NewCommit => ({
  seq,
  at: '2015-01-15T08:00:00.000Z',
  actor: { by: 'system', name: 'test' },
  commandId: `command-${seq}`,
  prev: chainStart,
  events: [told(`event ${seq}`)],
  ...change,
})
export async function appendAll(
  store: StreamStore,
  stream: StreamId,
  commits: readonly Partial<NewCommit>[],
) {
  let prev = chainStart
  for (const [index, change] of commits.entries()) {
    const result = await store.append(stream, commit(index + 1, { ...change, prev }))
    if (result.outcome === 'taken') throw new Error('taken')
    prev = result.hash
  }
  return prev
}
