import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeStreamStore } from '../../functions/adapters/dynamodb/stream-store.ts'
import type { Table } from '../../functions/adapters/dynamodb/table.ts'
import { openTestTable } from './test-table.ts'
import { newStream, told, commit, appendAll } from './told-streams.ts'

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
    // Nothing is deleted where commits lie: what the others left is empty.
    const parts = (await rowsOf(stream)).filter((row) => String(row['SK']).startsWith('P#'))
    expect(parts.filter((row) => row['content'] !== '')).toHaveLength(1)
    expect(parts.filter((row) => row['content'] === '' && row['salt'] !== '')).toEqual([])
    expect(JSON.stringify(await rowsOf(stream)).match(/lane \d/g)).toHaveLength(1)
    expect((await makeStreamStore(table).load(stream))[0]?.events[0]?.private).toMatch(/^lane \d$/)
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
    await expect(store.load(bad)).rejects.toThrow(
      new RegExp(`^Table contract-test-[\\w-]{36}, PK ${bad}, SK C#000001: "body"`, 'u'),
    )
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

  it('erases without deleting a row, and says once that there was something to erase', async () => {
    const stream = newStream()
    const never: Table = {
      ...table,
      remove: (key) => {
        throw new Error(`${key.PK} ${key.SK} was to be deleted`)
      },
    }
    const store = makeStreamStore(never)
    await store.append(stream, commit(1, { events: [told('a', 'to be erased')] }))

    expect([await store.erase(stream, 1), await store.erase(stream, 1)]).toEqual([true, false])
    expect(JSON.stringify(await rowsOf(stream))).not.toContain('to be erased')
    expect(await store.load(stream)).toMatchObject([{ privateGone: true, events: [told('a')] }])
    expect((await store.inspect(stream)).faults).toEqual([])
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
