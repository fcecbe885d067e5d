import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainStart } from '../../functions/adapters/commit-body.ts'
import { makeStreamStore } from '../../functions/adapters/dynamodb/stream-store.ts'
import type { Table } from '../../functions/adapters/dynamodb/table.ts'
import { memoryStreamStore } from '../../functions/adapters/memory/stream-store.ts'
import { agreementStream, type StreamId } from '../../functions/domain/stream-id.ts'
import type { BaseEvent } from '../../functions/domain/stream.ts'
import { agreementIdSchema } from '../../functions/domain/values.ts'
import type { NewCommit, StreamStore } from '../../functions/ports.ts'
import { fresh, onEach } from './both.ts'
import { openTestTable } from './test-table.ts'

const newStream = (): StreamId => agreementStream(agreementIdSchema.parse(fresh('a')))
type Told = BaseEvent & { text?: string }
const isTold = (event: BaseEvent | undefined): event is Told => event?.type === 'Told'
const told = (text: string, secret?: unknown): Told => ({
  type: 'Told',
  v: 1,
  text,
  ...(secret === undefined ? {} : { private: secret }),
})
const commit = (seq: number, change: Partial<NewCommit> = {}): NewCommit => ({
  seq,
  at: '2015-01-15T08:00:00.000Z',
  actor: { by: 'system', name: 'test' },
  commandId: `command-${seq}`,
  prev: chainStart,
  events: [told(`event ${seq}`)],
  ...change,
})
async function appendAll(store: StreamStore, stream: StreamId, commits: readonly Partial<NewCommit>[]) {
  let prev = chainStart
  for (const [index, change] of commits.entries()) {
    const result = await store.append(stream, commit(index + 1, { ...change, prev }))
    if (result.outcome === 'taken') throw new Error('taken')
    prev = result.hash
  }
  return prev
}

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

describe('The stream store in DynamoDB, seen from the table', () => {
  let opened: Awaited<ReturnType<typeof openTestTable>>
  let table: Table
  beforeAll(async () => {
    opened = await openTestTable()
    table = opened.table
  })
  afterAll(() => opened.close())
  const rowsOf = (stream: string) =>
    table.query({ where: '#PK = :PK', names: ['PK'], values: { PK: stream } })

  it('stores the body as one text, its hash over exactly those bytes, and nothing private in it', async () => {
    const stream = newStream()
    await makeStreamStore(table).append(stream, commit(1, { events: [told('open', 'hemmeligt')] }))

    const [row, part] = await rowsOf(stream)

    expect(row?.['SK']).toBe('C#000001')
    expect(row?.['hash']).toBe(createHash('sha256').update(String(row?.['body'])).digest('hex'))
    expect(row?.['body']).not.toContain('hemmeligt')
    expect(part?.['SK']).toMatch(/^P#000001#[0-9a-f]{16}$/)
    const salted = createHash('sha256').update(`${part?.['salt']}${part?.['content']}`).digest('hex')
    expect(JSON.parse(String(row?.['body'])).private.hash).toBe(salted)
  })

  it('leaves no private part behind of those who lost a race', async () => {
    const stream = newStream()
    const store = makeStreamStore(table)
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        store.append(stream, commit(1, { commandId: `racer-${n}`, events: [told('run', `lane ${n}`)] })),
      ),
    )
    expect((await rowsOf(stream)).map((row) => String(row['SK']).slice(0, 2))).toEqual(['C#', 'P#'])
  })

  it('takes its own commit for written when the answer was lost and the put is sent again', async () => {
    const stream = newStream()
    const lossy: Table = {
      ...table,
      put: async (row, condition) => {
        const written = await table.put(row, condition)
        // As the SDK does after a timeout: the same request once more, which now meets its own item.
        return row.SK.startsWith('C#') ? table.put(row, condition) : written
      },
    }
    const answer = await makeStreamStore(lossy).append(stream, commit(1, { events: [told('a', 'secret')] }))

    expect(answer.outcome).toBe('written')
    expect((await makeStreamStore(table).load(stream))[0]?.events[0]?.private).toBe('secret')
  })

  it('writes the private part and the register before the commit', async () => {
    const order: string[] = []
    const watched: Table = {
      ...table,
      put: async (row, condition) => {
        const done = await table.put(row, condition)
        order.push(row.SK.slice(0, 2))
        return done
      },
    }
    await makeStreamStore(watched).append(newStream(), commit(1, { events: [told('a', 'secret')] }))

    expect(order).toHaveLength(3)
    expect(order[2]).toBe('C#')
  })

  it('loads with one request, and does not trip over what else lies in the partition', async () => {
    const stream = newStream()
    const store = makeStreamStore(table)
    await store.append(stream, commit(1, { events: [told('a', 'secret')] }))
    for (const SK of ['HEAD', 'WAIT#reply#0', 'A#1']) await table.put({ PK: stream, SK })
    let requests = 0
    const counted: Table = {
      ...table,
      query: (query) => {
        requests += 1
        return table.query(query)
      },
    }
    const loaded = await makeStreamStore(counted).load(stream)

    expect(loaded).toHaveLength(1)
    expect(requests).toBe(1)
  })

  it('tells a tampered body, a tampered private part and a bad row', async () => {
    const store = makeStreamStore(table)
    const [body, secret, bad] = [newStream(), newStream(), newStream()]
    for (const stream of [body, secret, bad])
      await store.append(stream, commit(1, { events: [told('open', 'secret')] }))
    const [row] = await rowsOf(body)
    await table.put({
      PK: body,
      SK: 'C#000001',
      body: String(row?.['body']).replace('open', 'shut'),
      hash: String(row?.['hash']),
    })
    const [, part] = await rowsOf(secret)
    await table.put({
      PK: secret,
      SK: String(part?.['SK']),
      salt: String(part?.['salt']),
      content: '{"0":"another"}',
    })
    await table.put({ PK: bad, SK: 'C#000001', body: 7, hash: 'x' })

    await expect(store.load(body)).rejects.toThrow(/commit 1: the body does not have the hash/)
    await expect(store.load(secret)).rejects.toThrow(/commit 1: the private part does not have the hash/)
    await expect(store.load(bad)).rejects.toThrow(`Table contract-test, PK ${bad}, SK C#000001: "body"`)
  })

  it('finds a commit that was removed from the middle', async () => {
    const stream = newStream()
    const store = makeStreamStore(table)
    await appendAll(store, stream, [{}, {}, {}])
    await table.remove({ PK: stream, SK: 'C#000002' })
    await expect(store.load(stream)).rejects.toThrow(/commit 2: missing/)
  })

  it('that remembers reads only what came since, also what others wrote, with its private parts', async () => {
    const stream = newStream()
    const queries: unknown[] = []
    const watched: Table = {
      ...table,
      query: (query) => {
        queries.push(query.values['first'])
        return table.query(query)
      },
    }
    const [ours, theirs] = [makeStreamStore(watched, { rememberMs: 60_000 }), makeStreamStore(table)]
    const first = await theirs.append(stream, commit(1, { events: [told('a', 'first')] }))
    const before = await ours.load(stream)
    const prev = first.outcome === 'written' ? first.hash : ''
    const second = await theirs.append(stream, commit(2, { prev, events: [told('b', 'second')] }))
    await theirs.append(
      stream,
      commit(3, { prev: second.outcome === 'written' ? second.hash : '', events: [told('c')] }),
    )

    expect(before).toHaveLength(1)
    expect(await ours.load(stream)).toEqual(await theirs.load(stream))
    expect(await ours.load(stream)).toHaveLength(3)
    // Where nothing has come the next commit alone is looked for.
    expect(queries).toEqual(['C#', 'C#000002', 'P#000002'])
  })

  it('finds a gap behind the first commits when it reads the stream from its start', async () => {
    const stream = newStream()
    const store = makeStreamStore(table)
    await store.append(stream, commit(1))
    await store.append(stream, commit(3))
    await expect(store.load(stream)).rejects.toThrow(/commit 2: missing/)
  })

  it('that remembers does not read again what it wrote itself, and hands it out as others read it', async () => {
    const stream = newStream()
    const queries: unknown[] = []
    const watched: Table = {
      ...table,
      query: (query) => {
        queries.push(query.values['first'])
        return table.query(query)
      },
    }
    const ours = makeStreamStore(watched, { rememberMs: 60_000 })
    await appendAll(ours, stream, [{ events: [told('a', 'first')] }, { events: [told('b'), told('c', 'x')] }])

    expect(await ours.load(stream)).toEqual(await makeStreamStore(table).load(stream))
    expect(queries).toEqual([])
  })

  it('that remembers forgets what another process erased when its time is over, however busy', async () => {
    const stream = newStream()
    let nowMs = 0
    const ours = makeStreamStore(table, { rememberMs: 60_000, nowMs: () => nowMs })
    const theirs = makeStreamStore(table)
    await theirs.append(stream, commit(1, { events: [told('a', 'to be erased')] }))
    await ours.load(stream)
    await theirs.erase(stream, 1)
    for (nowMs = 0; nowMs < 60_000; nowMs += 10_000) await ours.load(stream)

    expect((await ours.load(stream))[0]?.events).toEqual([told('a')])
  })

  it('that remembers still finds a chain broken behind what it knows', async () => {
    const stream = newStream()
    const store = makeStreamStore(table, { rememberMs: 60_000 })
    await store.append(stream, commit(1))
    await store.load(stream)
    await store.append(stream, commit(2, { prev: 'f'.repeat(64) }))
    await expect(store.load(stream)).rejects.toThrow(/commit 2: the chain is broken/)
  })
})
