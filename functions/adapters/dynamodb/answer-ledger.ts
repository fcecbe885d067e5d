import * as z from 'zod'
import type { AnswerBucket } from '../../domain/answering/answer-stop.ts'
import { letterKindSchema } from '../../domain/casefile/letter-kinds.ts'
import { instantSchema } from '../../domain/base/values.ts'
import type { AnswerLedger } from '../../ports/mail.ts'
import { tableTimeToLive } from '../table-keys.ts'
import { readRow, streamIdSchema } from './read-row.ts'
import { absent, type Key, type Table } from './table.ts'

const countRow = z.object({ answers: z.int() })
const heldRow = z.object({
  SK: z.string(),
  stream: streamIdSchema,
  kind: letterKindSchema,
  at: instantSchema,
})
const heldKey = 'HELD-ANSWERS#0'

const bucketKey = ({ hour, resumptions }: AnswerBucket): Key => ({
  PK: `ANSWERS#${hour}`,
  SK: `COUNT#${resumptions}`,
})
const answerKey = (letterKey: string): Key => ({ PK: heldKey, SK: letterKey })

/**
 * Answers of an hour, one counter each that the table may remove later: `PK = ANSWERS#<hour>, SK = COUNT#<n>`.
 * Answers held back: `PK = HELD-ANSWERS#0, SK = <letter key>`.
 */
export function makeAnswerLedger(table: Table, { mostAnHour }: { mostAnHour: number }): AnswerLedger {
  return {
    mostAnHour,
    count: (bucket) =>
      table.add(bucketKey(bucket), 'answers', 1, {
        [tableTimeToLive]: Math.ceil(Date.parse(bucket.until) / 1000),
      }),
    async counted(bucket) {
      const row = await table.get(bucketKey(bucket))
      return row === null ? 0 : readRow(table, countRow, row).answers
    },
    async hold({ letterKey, stream, kind, at }) {
      await table.put({ ...answerKey(letterKey), stream, kind, at }, absent)
    },
    isHeld: async (letterKey) => (await table.get(answerKey(letterKey))) !== null,
    async held() {
      const rows = await table.query({ where: '#PK = :PK', names: ['PK'], values: { PK: heldKey } })
      return rows
        .map((row) => {
          const { SK: letterKey, ...answer } = readRow(table, heldRow, row)
          return { letterKey, ...answer }
        })
        .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    },
    async release(letterKey) {
      await table.remove(answerKey(letterKey))
    },
  }
}
