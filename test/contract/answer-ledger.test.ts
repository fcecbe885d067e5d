import { expect, it } from 'vitest'
import { makeAnswerLedger } from '../../functions/adapters/dynamodb/letters.ts'
import { memoryAnswerLedger } from '../../functions/adapters/memory/mail.ts'
import { reviewStream } from '../../functions/domain/base/stream-id.ts'
import { agreementIdSchema } from '../../functions/domain/base/values.ts'
import { fresh, onBoth } from './both.ts'

const limit = { mostAnHour: 3 }
const bucket = (hour: string, resumptions = 0) => ({ hour, resumptions, until: '2015-02-26T13:00:00.000Z' })
const answer = (at: string) => ({
  letterKey: fresh('letter'),
  stream: reviewStream(2014, agreementIdSchema.parse('svendborg-rk')),
  kind: 'receipt' as const,
  at,
})

onBoth(
  'The ledger of answers',
  { table: (table) => makeAnswerLedger(table, limit), memory: () => memoryAnswerLedger(limit) },
  (ledger) => {
    it('counts every answer of an hour exactly once, whoever counts at the same time', async () => {
      const hour = bucket('2015-02-24T13')
      expect(await ledger().counted(hour)).toBe(0)
      const counts = await Promise.all(Array.from({ length: 50 }, () => ledger().count(hour)))
      expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1))
      expect(await ledger().counted(hour)).toBe(50)
    })
    it('counts another hour, and the hour after a resumption, by itself', async () => {
      await ledger().count(bucket('2015-02-24T15'))
      expect(await ledger().count(bucket('2015-02-24T16'))).toBe(1)
      expect(await ledger().count(bucket('2015-02-24T15', 1))).toBe(1)
      expect(await ledger().counted(bucket('2015-02-24T15'))).toBe(1)
    })
    it('holds an answer once, since the first time, until it is released', async () => {
      const late = answer('2015-02-24T13:40:00.000Z')
      const early = answer('2015-02-24T13:10:00.000Z')
      for (const one of [late, early]) await ledger().hold(one)
      await ledger().hold({ ...early, at: '2015-02-24T14:00:00.000Z' })
      expect(await ledger().held()).toEqual([early, late])
      expect(await ledger().isHeld(early.letterKey)).toBe(true)
      await ledger().release(early.letterKey)
      await ledger().release(early.letterKey)
      expect(await ledger().isHeld(early.letterKey)).toBe(false)
      expect(await ledger().held()).toEqual([late])
    })
  },
)
