import { expect, it } from 'vitest'
import { makeListEntryStore } from '../../functions/adapters/dynamodb/beside-streams.ts'
import { memoryListEntryStore } from '../../functions/adapters/memory/record.ts'
import { reviewStream } from '../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../functions/domain/base/values.ts'
import type { ListEntry } from '../../functions/ports/record.ts'
import { fresh, onBoth } from './both.ts'

const head = (change: Partial<ListEntry> = {}): ListEntry => ({
  stream: reviewStream(2014, agreementIdSchema.parse(fresh('a'))),
  version: 1,
  hash: 'a'.repeat(64),
  list: fresh('list'),
  sort: '2015-03-02',
  summary: { status: 'collecting', due: '2015-03-02', figures: [1, null, { met: true }] },
  ...change,
})

onBoth('The head store', { table: makeListEntryStore, memory: memoryListEntryStore }, (store) => {
  it('lists the heads of one list in the order of their sort', async () => {
    const list = fresh('list')
    const heads = ['c', 'a', 'b'].map((sort) => head({ list, sort }))
    for (const one of [...heads, head()]) await store().put(one)
    expect(await store().list(list)).toEqual([heads[1], heads[2], heads[0]])
  })

  it('writes only over a lower version', async () => {
    const newest = head({ version: 7, summary: { status: 'assessed' } })
    await store().put({ ...newest, version: 5, summary: { status: 'collecting' } })
    await store().put(newest)
    await store().put({ ...newest, version: 6, summary: { status: 'late writer' } })
    await store().put({ ...newest, summary: { status: 'same version again' } })
    expect(await store().list(newest.list)).toEqual([newest])
  })

  it('ends at the highest version whatever the order of the writers', async () => {
    const one = head()
    await Promise.all([4, 9, 2, 8, 1, 5].map((version) => store().put({ ...one, version })))
    expect((await store().list(one.list)).map(({ version }) => version)).toEqual([9])
  })

  it('moves a head from one list to another', async () => {
    const before = head()
    const after = { ...before, version: 2, list: fresh('list'), sort: 'z' }
    await store().put(before)
    await store().put(after)
    expect(await store().list(before.list)).toEqual([])
    expect(await store().list(after.list)).toEqual([after])
  })

  it('lists more than a megabyte of heads to the end', async () => {
    const list = fresh('list')
    const note = 'x'.repeat(40_000)
    const sorts = Array.from({ length: 30 }, (_, n) => String(n).padStart(3, '0'))
    await Promise.all(sorts.map((sort) => store().put(head({ list, sort, summary: { note } }))))
    expect((await store().list(list)).map(({ sort }) => sort)).toEqual(sorts)
  })
})
