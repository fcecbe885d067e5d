import { expect, it } from 'vitest'
import { makeRateCounters } from '../../functions/adapters/rate-counters.ts'
import { memoryRateCounters } from '../../functions/adapters/memory/console.ts'
import type { Table } from '../../functions/adapters/dynamodb/table.ts'
import { fresh, onBoth } from './both.ts'
import { openTestTable } from './test-table.ts'

const clock = { ms: Date.parse('2026-11-30T08:00:20Z') }
const nowMs = () => clock.ms
const secrets = new Map([[1, 'a secret of the tests, used nowhere else']])
const minute = 60_000
const inTable = (table: Table) => makeRateCounters({ table, secrets, nowMs })

onBoth(
  'The counters of the throttle',
  { table: inTable, memory: () => memoryRateCounters({ nowMs }) },
  (rates) => {
    it('count each thing once for all who count at the same time, and begin anew with the window', async () => {
      const what = fresh('address 192.0.2.7 ')
      expect(await rates().counted(what, minute)).toBe(0)
      const counts = await Promise.all(Array.from({ length: 20 }, () => rates().count(what, minute)))
      expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
      expect(await rates().counted(what, minute)).toBe(20)
      expect(await rates().count(fresh('another'), minute)).toBe(1)
      clock.ms += 40_000
      expect(await rates().counted(what, minute)).toBe(0)
      expect(await rates().count(what, minute)).toBe(1)
      clock.ms -= 40_000
    })
  },
)

it('A counter keeps no address, and goes by itself', async () => {
  const { table, close } = await openTestTable()
  const added: unknown[] = []
  const watched: Table = {
    ...table,
    add: (key, counter, by, set) => {
      added.push({ key, set })
      return table.add(key, counter, by, set)
    },
  }
  try {
    await inTable(watched).count('address 192.0.2.7', minute)
    expect(added).toEqual([
      {
        key: { PK: expect.stringMatching(/^RATE#[0-9a-f]{64}$/) as string, SK: String(clock.ms - 20_000) },
        set: { TTL: (clock.ms - 20_000 + 2 * minute) / 1000 },
      },
    ])
  } finally {
    await close()
  }
})
