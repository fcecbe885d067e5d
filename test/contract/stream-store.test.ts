import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { chainStart } from '../../functions/adapters/commit-body.ts'
import { makeStreamStore } from '../../functions/adapters/dynamodb/stream-store.ts'
import type { Table } from '../../functions/adapters/dynamodb/table.ts'
import { memoryStreamStore } from '../../functions/adapters/memory/record.ts'
import { onEach } from './both.ts'
import { openTestTable } from './test-table.ts'
import { appendAll, commit, isTold, newStream, told } from './told-streams.ts'

const onTable = (make: (table: Table) => ReturnType<typeof makeStreamStore>) => async () => {
  const opened = await openTestTable()
  return { subject: make(opened.table), close: () => opened.close() }
}
const stores = {
  'The stream store in DynamoDB': onTable((table) => makeStreamStore(table)),
  'The stream store in DynamoDB that remembers': onTable((table) =>
    makeStreamStore(table, { rememberMs: 60_000 }),
  ),
  'The stream store in memory': () => ({ subject: memoryStreamStore() }),
}

onEach(stores, (store) => {
  it('answers no commits for a stream that never began', async () => {
    expect(await store().load(newStream())).toEqual([])
  })

  it('gives back what was appended, in order and chained by hashes', async () => {
    const stream = newStream()
    const actors = [
      { by: 'person', personId: 'p1', roles: ['approver'] },
      { by: 'contact', contactId: 'c1', municipality: '479' },
      { by: 'sender', standing: 'colleague' },
    ] as const
    const last = await appendAll(
      store(),
      stream,
      actors.map((actor, n) => ({ actor, events: [told(`first of ${n}`), told(`second of ${n} æøå`)] })),
    )

    const loaded = await store().load(stream)

    expect(loaded.map((one) => one.meta.seq)).toEqual([1, 2, 3])
    expect(loaded.map((one) => one.meta.actor)).toEqual(actors)
    expect(loaded.map((one) => one.events.length)).toEqual([2, 2, 2])
    expect(loaded[2]?.events[1]).toEqual(told('second of 2 æøå'))
    expect(loaded[0]?.prev).toBe(chainStart)
    expect(loaded.map((one) => one.hash)).toEqual([loaded[1]?.prev, loaded[2]?.prev, last])
  })

  it('lets exactly one of fifty concurrent appends win, and nothing of the others is left', async () => {
    const stream = newStream()
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        store().append(stream, commit(1, { commandId: `racer-${n}`, events: [told('run', { lane: n })] })),
      ),
    )

    const winners = results.flatMap((result, n) => (result.outcome === 'written' ? [n] : []))
    const loaded = await store().load(stream)

    expect(winners).toHaveLength(1)
    expect(loaded).toHaveLength(1)
    expect(loaded[0]?.meta.commandId).toBe(`racer-${winners[0]}`)
    expect(loaded[0]?.events[0]?.private).toEqual({ lane: winners[0] })
  })

  it('answers the first hash to a command that is repeated, at once or later, and keeps its private part', async () => {
    const stream = newStream()
    const once = commit(1, { commandId: 'same', events: [told('said', 'a secret')] })
    const [first, second] = await Promise.all([store().append(stream, once), store().append(stream, once)])
    const later = await store().append(stream, { ...once, at: '2015-02-01T00:00:00Z' })

    expect(first).toEqual({ outcome: 'written', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect([second, later]).toEqual([first, first])
    expect((await store().load(stream))[0]?.events[0]?.private).toBe('a secret')
  })

  it('tells another command that the sequence is taken', async () => {
    const stream = newStream()
    await store().append(stream, commit(1))
    expect(await store().append(stream, commit(1, { commandId: 'other' }))).toEqual({ outcome: 'taken' })
  })

  it('loads a stream of more than a megabyte to its end', async () => {
    const stream = newStream()
    const large = 'x'.repeat(150_000)
    await appendAll(
      store(),
      stream,
      Array.from({ length: 12 }, (_, n) => ({
        events: [told(large, n % 3 === 0 ? { note: large } : undefined)],
      })),
    )

    const loaded = await store().load(stream)

    expect(loaded).toHaveLength(12)
    expect(loaded.every((one) => isTold(one.events[0]) && one.events[0].text === large)).toBe(true)
    expect(loaded.map((one) => one.events[0]?.private !== undefined)).toEqual(
      Array.from({ length: 12 }, (_, n) => n % 3 === 0),
    )
  })

  it('keeps private parts with the events they belong to', async () => {
    const stream = newStream()
    await appendAll(store(), stream, [
      { events: [told('a', { text: 'first' }), told('b'), told('c', ['third'])] },
      { events: [told('d')] },
      { events: [told('e', null)] },
    ])

    const loaded = await store().load(stream)

    expect(loaded.map((one) => one.events.map((event) => event.private))).toEqual([
      [{ text: 'first' }, undefined, ['third']],
      [undefined],
      [null],
    ])
    expect(loaded[0]?.events[1]).not.toHaveProperty('private')
  })

  it('goes on without a private part that was erased: same hashes, same chain', async () => {
    const stream = newStream()
    await appendAll(store(), stream, [
      { events: [told('a', 'to be erased')] },
      { events: [told('b', 'to be kept')] },
    ])
    const before = await store().load(stream)

    expect(await store().erase(stream, 1)).toBe(true)
    const after = await store().load(stream)

    expect(after.map((one) => one.hash)).toEqual(before.map((one) => one.hash))
    expect(after[0]?.events).toEqual([told('a')])
    expect(after[0]?.events[0]).not.toHaveProperty('private')
    expect(after[1]?.events).toEqual([told('b', 'to be kept')])
    expect(await store().erase(stream, 1)).toBe(false)
  })

  it('refuses to read a chain whose commit does not carry the hash before', async () => {
    const stream = newStream()
    await store().append(stream, commit(1))
    await store().append(stream, commit(2, { prev: 'f'.repeat(64) }))
    await expect(store().load(stream)).rejects.toThrow(/commit 2: the chain is broken/)
  })

  it('refuses to read a stream with a gap', async () => {
    const stream = newStream()
    await store().append(stream, commit(2))
    await expect(store().load(stream)).rejects.toThrow(/commit 1: missing/)
  })

  it('refuses to write what could not be read back', async () => {
    const stream = newStream()
    await expect(store().append(stream, commit(1, { at: 'yesterday' }))).rejects.toThrow(/"body\.at"/)
    await expect(store().append(stream, commit(1, { events: [] }))).rejects.toThrow(/"body\.events"/)
    await expect(store().append(stream, commit(0))).rejects.toThrow(/"body\.seq"/)
    expect(await store().load(stream)).toEqual([])
  })

  it('lists every stream that began', async () => {
    const began = [newStream(), newStream(), newStream()]
    for (const stream of began) await appendAll(store(), stream, [{}, {}])

    const all = await store().streams()

    expect(all).toEqual(expect.arrayContaining(began))
    expect(new Set(all).size).toBe(all.length)
  })

  it('gives back any JSON, open and private, as JSON gives it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (open, secret) => {
        const stream = newStream()
        const event = { type: 'Any', v: 1, open, private: secret }
        await store().append(stream, commit(1, { events: [event] }))
        const loaded = await store().load(stream)
        expect(loaded[0]?.events).toEqual([JSON.parse(JSON.stringify(event))])
      }),
      { numRuns: 25 },
    )
  })
})
