import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { todayInCopenhagen } from '../../functions/domain/base/time.ts'
import { chanceOf } from '../support/chance.ts'
import { playYear, summaryLine, temporaryFolder, type EndedStart } from '../support/local-year.ts'
import {
  playSampleYear,
  printedSummarySchema,
  type PlayedYear,
  type PrintedSummary,
} from '../support/played-year.ts'
import { readMailboxes, type MailboxMail } from '../support/year-mails.ts'
import { lettersByStream, readYearRecord, type YearRecord } from '../support/year-record.ts'

/**
 * One year, killed with SIGKILL at 20 random points and started again on the same folder each time, beside a
 * year that nobody disturbed. `KILL_SEED=<whole number>` repeats the points; `KILLS=<n>` makes fewer or more.
 */
const seed = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const kills = Number(process.env['KILLS'] ?? 20)

interface KilledYear {
  readonly ended: EndedStart
  /** Standard error of every start, the killed ones too. */
  readonly said: readonly string[]
  readonly kills: number
  readonly summary: PrintedSummary
  readonly record: YearRecord
  readonly mails: readonly MailboxMail[]
}

/** How far a year has come: its functions' log grows with every call that has ended. */
const progressOf = (folder: string): number => {
  const log = join(folder, 'functions.log')
  return existsSync(log) ? statSync(log).size : 0
}

/** @param wholeLog how long the log of a whole year is, in bytes: the points lie anywhere in it */
async function playKilledYear(folder: string, wholeLog: number): Promise<KilledYear> {
  const chance = chanceOf(seed)
  const points = Array.from({ length: kills }, () => chance() * wholeLog * 0.9).sort((a, b) => a - b)
  const said: string[] = []
  let done = 0
  for (const point of points) {
    const start = playYear(folder)
    let over = false
    void start.ended.then(() => {
      over = true
    })
    // A point that has passed already kills while the system starts.
    const already = progressOf(folder) >= point
    while (!over && progressOf(folder) < point) await sleep(5)
    await sleep(chance() * (already ? 2500 : 60))
    const ended = await start.kill()
    said.push(ended.stderr)
    if (ended.signal !== 'SIGKILL') throw new Error(`ended by itself: ${ended.code}\n${ended.stderr}`)
    done += 1
  }
  const ended = await playYear(folder).ended
  said.push(ended.stderr)
  return {
    ended,
    said,
    kills: done,
    summary: printedSummarySchema.parse(summaryLine(ended.stdout)),
    record: await readYearRecord(folder, 2014),
    mails: await readMailboxes(folder),
  }
}

/** Letters of a stream by what they are; contents' hashes differ from folder to folder, their secrets do too. */
const ordersByStream = (record: YearRecord): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...lettersByStream(record)].map(([stream, letters]) => [
      stream,
      letters.map(({ order }) => `${order.kind} ${order.party} ${order.seq}`).sort(),
    ]),
  )

describe(`a year killed ${kills} times (KILL_SEED=${seed})`, () => {
  const temporary = temporaryFolder('killed')
  let undisturbed: PlayedYear
  let killed: KilledYear

  beforeAll(async () => {
    console.log(`KILL_SEED=${seed}`)
    undisturbed = await playSampleYear()
    const folder = join(temporary.path, 'data')
    killed = await playKilledYear(folder, progressOf(undisturbed.folder))
  }, 900_000)
  afterAll(() => {
    undisturbed.remove()
    temporary.remove()
  })

  it('ends like any other: exit code 0, every kill survived, no trouble told', () => {
    expect(killed.kills).toBe(kills)
    expect(killed.said.join('\n')).not.toContain('[trouble]')
    expect(killed.ended.code).toBe(0)
  })

  it('comes to the same verdicts, renegotiations and counts as a year that nobody disturbed', () => {
    const comparable = ({ seconds: _s, report, ...rest }: PrintedSummary) => ({
      ...rest,
      frozenOn: report?.frozenOn,
    })
    expect(comparable(killed.summary)).toEqual(comparable(undisturbed.summary))
    const verdicts = (record: YearRecord) =>
      Object.fromEntries(
        [...record.agreements].map(([id, { review }]) => [
          id,
          review.state.finals.at(-1)?.assessment.targets.map(({ key, verdict }) => `${key} ${verdict}`),
        ]),
      )
    expect(verdicts(killed.record)).toEqual(verdicts(undisturbed.record))
  })

  it('has sent every letter once: none missing, none twice', () => {
    expect(ordersByStream(killed.record)).toEqual(ordersByStream(undisturbed.record))
    const keys = [...lettersByStream(killed.record).values()].flat().map(({ letterKey }) => letterKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('has delivered every recorded letter into its mailboxes, once, and no mail twice', () => {
    const bouncing = new Map(undisturbed.set.bounces.map((one) => [one.address, one.from]))
    for (const letter of [...lettersByStream(killed.record).values()].flat()) {
      const there = killed.mails.filter((mail) => mail.messageId === letter.messageId)
      const expected = letter.to
        .map((address) => address.toLowerCase())
        .filter((address) => (bouncing.get(address) ?? '9') > letter.sentAt)
      expect(there.map((mail) => mail.mailbox).sort(), letter.subject ?? '').toEqual(expected.sort())
    }
    const seen = new Map<string, number>()
    for (const { mailbox, subject, at, text } of killed.mails) {
      const body = createHash('sha256').update(text).digest('hex').slice(0, 8)
      const what = `${mailbox} | ${subject} | ${todayInCopenhagen(at)} | ${body}`
      seen.set(what, (seen.get(what) ?? 0) + 1)
    }
    expect([...seen].filter(([, count]) => count > 1)).toEqual([])
  })

  it('leaves nothing stuck: no execution lost, no wait open, no mail undecided', () => {
    expect(killed.record.openWaits).toEqual([])
    for (const { review } of killed.record.agreements.values()) {
      expect(review.events.filter(({ type }) => type === 'ExecutionLost')).toEqual([])
      expect(review.state.mails.filter(({ decidedAt }) => decidedAt === null)).toEqual([])
    }
  })

  it('has taken every mail in once', () => {
    const received = (record: YearRecord) =>
      Object.fromEntries(
        [...record.agreements].map(([id, { review }]) => [
          id,
          review.state.mails.map(({ details, standing }) => `${details?.from} ${standing}`).sort(),
        ]),
      )
    expect(received(killed.record)).toEqual(received(undisturbed.record))
  })
})
