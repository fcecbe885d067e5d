import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { claimStates, type ClaimState, type LetterClaim } from '../../domain/casefile/letter-claim.ts'
import { instantSchema } from '../../domain/base/values.ts'
import type { AnswerLedger, LetterClaims } from '../../ports/mail.ts'
import type { AnswerBucket } from '../../domain/answering/answer-stop.ts'
import { letterKindSchema } from '../../domain/casefile/letter-kinds.ts'
import { tableTimeToLive } from '../table-keys.ts'
import {
  absent,
  jsonText,
  readRow,
  streamIdSchema,
  type Condition,
  type Key,
  type Row,
  type Table,
} from './table.ts'

const claimRow = z.object({
  letterKey: z.string(),
  stream: streamIdSchema,
  state: z.enum(claimStates),
  rawSha256: z.string(),
  claimedAt: instantSchema,
  attempts: z.int(),
  attemptsAt: jsonText(z.array(instantSchema)),
  unsent: jsonText(z.array(z.string())).optional(),
  /** Empty until known. */
  messageId: z.string(),
})

/**
 * Claims on letters: `PK = LETTER#<letter key>, SK = CLAIM`. The client repeats a put whose answer was lost, and the
 * repetition meets its own row, which looks like another sender's: so each put marks its row, and who finds its own
 * mark has put it.
 */
export function makeLetterClaims(table: Table): LetterClaims {
  const putMarked = async (claim: LetterClaim, condition: Condition): Promise<boolean> => {
    const mark = randomUUID()
    if (await table.put({ ...toRow(claim), mark }, condition)) return true
    return (await table.get(keyOf(claim.letterKey)))?.['mark'] === mark
  }
  return {
    async claim(claim) {
      return (await putMarked(claim, absent)) ? 'claimed' : 'exists'
    },
    async find(letterKey) {
      const row = await table.get(keyOf(letterKey))
      if (row === null) return null
      const { attempts: _counted, messageId, ...claim } = readRow(table, claimRow, row)
      return { ...claim, messageId: messageId === '' ? null : messageId }
    },
    /**
     * Of several that read the same claim one goes on: the state must be the one read, no attempt may be lost,
     * and an advance that keeps the state must change the attempts, the MIME or the message id, so that the
     * second to come finds it done.
     */
    async advance(claim, from) {
      const moves = claim.state !== from
      const { attempts, rawSha256, messageId } = toRow(claim)
      return putMarked(claim, {
        where: `#state = :from AND #attempts <= :attempts${moves ? '' : ` AND (${changed})`}`,
        names: moves ? ['state', 'attempts'] : ['state', 'attempts', 'rawSha256', 'messageId'],
        values: moves ? { from, attempts } : { from, attempts, rawSha256, messageId },
      })
    },
    /** @throws when the letter was sent: a claim is then the only thing that keeps it from going out again */
    async release(letterKey) {
      const notSent = {
        where: 'attribute_not_exists(#state) OR #state <> :sent',
        names: ['state'],
        values: { sent: 'sent' satisfies ClaimState },
      }
      if (await table.remove(keyOf(letterKey), notSent)) return
      throw new Error(`Letter ${letterKey} was sent: its claim cannot be released`)
    },
  }
}

const changed = '#attempts < :attempts OR #rawSha256 <> :rawSha256 OR #messageId <> :messageId'

const keyOf = (letterKey: string): Key => ({ PK: `LETTER#${letterKey}`, SK: 'CLAIM' })

const toRow = (claim: LetterClaim) =>
  ({
    ...keyOf(claim.letterKey),
    letterKey: claim.letterKey,
    stream: claim.stream,
    state: claim.state,
    rawSha256: claim.rawSha256,
    claimedAt: claim.claimedAt,
    attempts: claim.attemptsAt.length,
    attemptsAt: JSON.stringify(claim.attemptsAt),
    ...(claim.unsent === undefined ? {} : { unsent: JSON.stringify(claim.unsent) }),
    messageId: claim.messageId ?? '',
  }) satisfies Row

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
