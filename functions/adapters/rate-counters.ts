import { createHmac } from 'node:crypto'
import * as z from 'zod'
import type { RateCounters } from '../ports/console.ts'
import type { Key, Table } from './dynamodb/table.ts'
import { newestOf } from './secrets.ts'
import { tableTimeToLive } from './table-keys.ts'

const countRow = z.object({ uses: z.int() })

/**
 * Counters beside the sessions: `PK = RATE#<HMAC of what is counted>, SK = <beginning of the window>`. An address is
 * never kept, only what a key of the console's makes of it; the table removes a counter some time after its window.
 * @param options.secrets the session's keys, by version
 * @param options.nowMs real time, ms since 1970
 */
export function makeRateCounters(options: {
  table: Table
  secrets: ReadonlyMap<number, string>
  nowMs?: () => number
}): RateCounters {
  const { table, secrets, nowMs = Date.now } = options
  const keyOf = (what: string, beganMs: number): Key => ({
    PK: `RATE#${createHmac('sha256', newestOf(secrets)).update(`rate\0${what}`).digest('hex')}`,
    SK: String(beganMs),
  })
  const beginning = (windowMs: number): number => nowMs() - (nowMs() % windowMs)
  return {
    count: (what, windowMs) => {
      const began = beginning(windowMs)
      return table.add(keyOf(what, began), 'uses', 1, {
        [tableTimeToLive]: Math.ceil((began + 2 * windowMs) / 1000),
      })
    },
    async counted(what, windowMs) {
      const row = await table.get(keyOf(what, beginning(windowMs)))
      return row === null ? 0 : countRow.parse(row).uses
    },
  }
}
