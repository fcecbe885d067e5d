import { expect, it } from 'vitest'
import { makeOutbox } from '../../functions/adapters/dynamodb/beside-streams.ts'
import { memoryOutbox } from '../../functions/adapters/memory/record.ts'
import { runStream } from '../../functions/domain/base/stream-id.ts'
import { fresh, onBoth } from './both.ts'

const todo = (at: string) => ({ commandId: fresh('command'), stream: runStream(2014), at })

onBoth('The outbox', { table: makeOutbox, memory: memoryOutbox }, (store) => {
  it('lists what was begun and is not finished, the oldest first', async () => {
    const [late, early, middle] = [
      todo('2015-03-03T08:00:00.000Z'),
      todo('2015-01-15T08:00:00.000Z'),
      todo('2015-02-16T08:00:00.000Z'),
    ]
    for (const one of [late, early, middle]) await store().put(one)
    await store().put(late)
    expect(await store().list()).toEqual([early, middle, late])

    await store().remove(middle.commandId)
    await store().remove(middle.commandId)
    expect(await store().list()).toEqual([early, late])
  })
})
