import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeAnchorSigner } from '../../../functions/adapters/signing.ts'
import { makeListEntryStore, makeWaitStore } from '../../../functions/adapters/dynamodb/beside-streams.ts'
import { makeStreamStore } from '../../../functions/adapters/dynamodb/stream-store.ts'
import type { Table } from '../../../functions/adapters/dynamodb/table.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { makeAnchorRecord } from '../../../functions/handlers/schedules/anchor-record.ts'
import { makeVerifyRecord } from '../../../functions/handlers/operator/verify-record.ts'
import { openTestTable } from '../../contract/test-table.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { keepRequests, openReview, receiveFigures } from '../console/review-record.ts'
import { openPorts } from '../../support/world.ts'

const { agreement } = svendborg
const stream = reviewStream(2014, agreement.id)
let opened: Awaited<ReturnType<typeof openTestTable>>
let table: Table

beforeAll(async () => {
  opened = await openTestTable()
  table = opened.table
})
afterAll(() => opened.close())

it('finds what is taken out of the table or changed in it, row by row', async () => {
  const memory = await openPorts('2015-02-10T10:00:00.000Z')
  const ports = {
    ...memory,
    streams: makeStreamStore(table),
    heads: makeListEntryStore(table),
    waits: makeWaitStore(table),
    signer: makeAnchorSigner(new Map([[1, '5a'.repeat(32)]])),
    rows: { unsealed: async () => [] },
  }
  await openReview(ports, agreement)
  await receiveFigures(ports, agreement)
  await keepRequests(ports, stream)
  ports.clock.set('2015-02-11T01:00:00.000Z')
  await makeAnchorRecord(ports)({})
  const faults = async () =>
    (await makeVerifyRecord(ports)({})).faults.filter(
      (fault) => !fault.where.startsWith(`letters/${'a'.repeat(64)}`),
    )
  expect(await faults()).toEqual([])

  const [first, last] = ['C#000001', 'C#000004']
  const rowOf = async (SK: string) => (await table.get({ PK: stream, SK })) ?? {}
  const restored = async (SK: string, tamper: (row: Record<string, string | number>) => Promise<unknown>) => {
    const row = await rowOf(SK)
    await tamper({ ...row })
    const found = await faults()
    await table.put({ PK: stream, SK, ...row })
    return found
  }

  expect(await restored(last, () => table.remove({ PK: stream, SK: last }))).toMatchObject([
    { kind: 'commit-missing', where: stream, what: 'commit 4, in the list of 2015-02-11, is gone' },
  ])
  expect(await restored(first, () => table.remove({ PK: stream, SK: first }))).toMatchObject([
    { kind: 'chain', where: stream },
  ])
  const changed = await restored(last, (row) =>
    table.put({ PK: stream, SK: last, ...row, body: String(row['body']).replace('"M2"', '"M3"') }),
  )
  expect(changed).toMatchObject([{ kind: 'chain', what: expect.stringContaining('hash') }])

  const parts = await table.query({
    where: '#PK = :PK AND begins_with(#SK, :SK)',
    names: ['PK', 'SK'],
    values: { PK: stream, SK: 'P#' },
  })
  const part = String(parts[0]?.['SK'])
  const forged = await restored(part, (row) =>
    table.put({
      PK: stream,
      SK: part,
      ...row,
      content: String(row['content']).replace('kommune', 'kommunen'),
    }),
  )
  expect(forged).toMatchObject([{ kind: 'chain', what: expect.stringContaining('private part') }])

  await table.remove({ PK: 'STREAMS#0', SK: stream })
  expect(await faults()).toMatchObject([{ kind: 'stream-missing', where: stream }])
})
