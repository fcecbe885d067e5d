import { createHash } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import type { Key, Row, Table } from '../../functions/adapters/dynamodb/table.ts'
import { memorySessionStore } from '../../functions/adapters/memory/console.ts'
import { makeSessionStore } from '../../functions/adapters/sessions.ts'
import { personIdSchema } from '../../functions/domain/base/values.ts'
import type { ConsoleSession, SessionStore } from '../../functions/ports/console.ts'
import { ServiceFault } from '../../workflows/errors.ts'
import { onBoth } from './both.ts'

const secret = 'a secret of the tests, used nowhere else'
const secrets = new Map([[1, secret]])
const startMs = Date.parse('2026-11-22T08:00:00Z')
const clock = { ms: startMs }
const nowMs = () => clock.ms
const session = (minutes: number): ConsoleSession => ({
  person: {
    id: personIdSchema.parse('p-karen'),
    name: 'Karen Prøve',
    email: 'karen@ministeriet.example',
    roles: ['approver', 'administrator'],
  },
  createdAtMs: startMs,
  expiresAtMs: startMs + minutes * 60_000,
  seenAtMs: startMs,
})

interface Subject {
  readonly sessions: SessionStore
  readonly table: Table | null
}
const stores = {
  table: (table: Table): Subject => ({ sessions: makeSessionStore({ table, secrets, nowMs }), table }),
  memory: (): Subject => ({ sessions: memorySessionStore({ secrets, nowMs }), table: null }),
}

onBoth('The session store', stores, (store) => {
  it('finds a session by its id until it expires, by real time', async () => {
    const { sessions } = store()
    clock.ms = startMs
    const { id } = await sessions.create(session(30))
    expect(await sessions.find(id)).toEqual(session(30))
    clock.ms = startMs + 30 * 60_000 - 1
    expect(await sessions.find(id)).toEqual(session(30))
    clock.ms += 1
    expect(await sessions.find(id)).toBeNull()
  })

  it('gives each session an id of its own, and forgets a deleted one at once', async () => {
    const { sessions } = store()
    clock.ms = startMs
    const [one, two] = [await sessions.create(session(30)), await sessions.create(session(30))]
    expect(one.id).not.toBe(two.id)
    await sessions.delete(one.id)
    await sessions.delete(one.id)
    expect(await sessions.find(one.id)).toBeNull()
    expect(await sessions.find(two.id)).toEqual(session(30))
  })

  it('finds nothing for an id that was forged, cut, or made by another secret', async () => {
    const { sessions } = store()
    clock.ms = startMs
    const { id } = await sessions.create(session(30))
    const foreign = await memorySessionStore({ secrets: new Map([[1, `${secret}!`]]), nowMs }).create(
      session(30),
    )
    const [random = '', signature = ''] = id.split('.')
    const forged = [
      '',
      random,
      `${random}.`,
      `x${random.slice(1)}.${signature}`,
      `${id}.x`,
      'æ'.repeat(100),
      'x'.repeat(5000),
      foreign.id,
    ].filter((one) => one !== id)
    for (const one of forged) expect(await sessions.find(one)).toBeNull()
  })

  it('lists the sessions of a person, and ends them all at once and nobody else’s', async () => {
    const { sessions } = store()
    clock.ms = startMs
    const other = { ...session(30).person, id: personIdSchema.parse('p-ole') }
    const kirsten = { ...session(30).person, id: personIdSchema.parse('p-kirsten') }
    const one = await sessions.create({ ...session(30), person: kirsten })
    const two = await sessions.create({ ...session(30), person: kirsten, createdAtMs: startMs + 1 })
    const his = await sessions.create({ ...session(30), person: other })
    await sessions.touch(one.id, { ...session(30), person: kirsten, seenAtMs: startMs + 5 })
    expect(await sessions.list(kirsten.id, one.id)).toEqual([
      { createdAtMs: startMs + 1, seenAtMs: startMs, own: false },
      { createdAtMs: startMs, seenAtMs: startMs + 5, own: true },
    ])
    await sessions.deleteAll(kirsten.id)
    expect(await sessions.list(kirsten.id, one.id)).toEqual([])
    expect([await sessions.find(one.id), await sessions.find(two.id)]).toEqual([null, null])
    expect(await sessions.find(his.id)).not.toBeNull()
    await sessions.touch(one.id, { ...session(30), person: kirsten })
    expect(await sessions.find(one.id)).toBeNull()
  })

  it('stores no id that a reader of the table could use', async () => {
    const { sessions, table } = store()
    const { id } = await sessions.create(session(30))
    const PK = `SESSION#${createHash('sha256').update(id).digest('hex')}`
    const row =
      table === null ? { PK, TTL: session(30).expiresAtMs / 1000 } : await table.get({ PK, SK: 'SESSION' })
    expect(row).toMatchObject({ PK, TTL: session(30).expiresAtMs / 1000 })
    expect(JSON.stringify(row)).not.toContain(id)
  })
})

it('begins and ends a session in which every first call fails for the moment: the code of a login holds once', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const rows = new Map<string, Row>()
  const failed = new Set<string>()
  const textOf = ({
    PK = '',
    SK = '',
  }: {
    readonly PK?: string | number
    readonly SK?: string | number
  }): string => `${PK} ${SK}`
  const failsOnce =
    <A extends object, R>(what: string, work: (given: A) => R) =>
    async (given: A): Promise<R> => {
      const call = `${what} ${textOf(given)}`
      if (failed.has(call)) return work(given)
      failed.add(call)
      throw new ServiceFault('AWS: ThrottlingException')
    }
  const table = {
    name: 'sessions',
    get: failsOnce('get', (key: Key) => rows.get(textOf(key)) ?? null),
    put: failsOnce('put', (row: Row) => rows.set(textOf(row), row).size > 0),
    remove: failsOnce('remove', (key: Key) => void rows.delete(textOf(key))),
  } as unknown as Table
  const sessions = makeSessionStore({ table, secrets, nowMs })
  clock.ms = startMs
  const { id } = await sessions.create(session(30))
  expect(rows.size).toBe(2)
  await sessions.delete(id)
  expect([...rows.keys()]).toEqual([])
  expect(failed.size).toBe(5)
  vi.mocked(Math.random).mockRestore()
})
