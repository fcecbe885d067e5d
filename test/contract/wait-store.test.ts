import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeWaitStore } from '../../functions/adapters/dynamodb/beside-streams.ts'
import { memoryWaitStore } from '../../functions/adapters/memory/record.ts'
import { reviewStream } from '../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../functions/domain/base/values.ts'
import { fresh, onBoth } from './both.ts'
import { openTestTable } from './test-table.ts'

const newStream = () => reviewStream(2014, agreementIdSchema.parse(fresh('a')))
const wait = (token: string, kind = 'reply') => ({ kind, expects: `${kind}-1`, token })
const byToken = (a: { token: string }, b: { token: string }) => (a.token < b.token ? -1 : 1)

onBoth('The wait store', { table: makeWaitStore, memory: memoryWaitStore }, (store) => {
  it('lists what was put, of that stream alone', async () => {
    const [stream, other] = [newStream(), newStream()]
    const longest = 't'.repeat(1024)
    await store().put(stream, wait('one'))
    await store().put(stream, wait('two', 'decision'))
    await store().put(stream, wait(longest))
    await store().put(other, wait('three'))

    expect([...(await store().list(stream))].sort(byToken)).toEqual(
      [wait('one'), wait('two', 'decision'), wait(longest)].sort(byToken),
    )
  })

  it('keeps one item per token and never overwrites it', async () => {
    const stream = newStream()
    await store().put(stream, wait('one'))
    await store().put(stream, { ...wait('one'), expects: 'reply-2' })
    expect(await store().list(stream)).toEqual([wait('one')])
  })

  it('keeps all of many that are put at once', async () => {
    const stream = newStream()
    const tokens = Array.from({ length: 20 }, (_, n) => `token-${n}`)
    await Promise.all(tokens.map((token) => store().put(stream, wait(token))))
    expect((await store().list(stream)).map((one) => one.token).sort()).toEqual(tokens.sort())
  })

  it('removes one wait and no other, and removing again is harmless', async () => {
    const stream = newStream()
    await store().put(stream, wait('one'))
    await store().put(stream, wait('one', 'decision'))
    await store().remove(stream, wait('one'))
    await store().remove(stream, wait('one'))
    expect(await store().list(stream)).toEqual([wait('one', 'decision')])
  })
})

describe('Waits of an older version, which lie beside the commits', () => {
  let opened: Awaited<ReturnType<typeof openTestTable>>
  beforeAll(async () => {
    opened = await openTestTable()
  })
  afterAll(() => opened.close())

  it('are listed until they are over, and nothing in that partition is deleted', async () => {
    const [stream, { table }] = [newStream(), opened]
    const hash = createHash('sha256').update('old').digest('hex').slice(0, 32)
    await table.put({ PK: stream, SK: `WAIT#reply#${hash}`, ...wait('old') })
    const store = makeWaitStore({
      ...table,
      remove: (key) => {
        if (key.PK === stream) throw new Error(`${key.SK} was to be deleted`)
        return table.remove(key)
      },
    })
    await store.put(stream, wait('new'))

    expect([...(await store.list(stream))].sort(byToken)).toEqual([wait('new'), wait('old')])
    await store.remove(stream, wait('old'))
    await store.remove(stream, wait('old'))
    expect(await store.list(stream)).toEqual([wait('new')])
    expect(await makeWaitStore(table).list(stream)).toEqual([wait('new')])
  })
})
