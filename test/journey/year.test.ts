import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeVerifyRecord } from '../../functions/handlers/operator/verify-record.ts'
import { openStoredRecord } from '../support/stored-record.ts'
import { ministryOn } from '../../functions/domain/directory/ministry.ts'
import { letters as declaredLetters } from '../../functions/mail/letters.ts'
import { answersStream } from '../../functions/domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../functions/domain/base/time.ts'
import { playYear, summaryLine } from '../support/local-year.ts'
import {
  askedCases,
  intendedVerdicts,
  playSampleYear,
  printedSummarySchema,
  type PlayedYear,
} from '../support/played-year.ts'
import { readMailboxes } from '../support/year-mails.ts'
import { lettersByStream } from '../support/year-record.ts'
import { collectionCases } from './cases/collection.ts'
import { experienceCases } from './cases/experiences.ts'
import { factCheckCases } from './cases/fact-check.ts'
import { judgingCases } from './cases/judging.ts'
import { mailCases } from './cases/mail.ts'
import { renegotiationCases } from './cases/renegotiation.ts'

/**
 * The sample year, played once from `npm start -- --exit --json` to its end; everything below is read out of
 * what it left behind: the mailboxes, the archive and the record, folded with the product's own folds.
 */
let played: PlayedYear | undefined
const year = (): PlayedYear => {
  if (played === undefined) throw new Error('The year was not played')
  return played
}

beforeAll(async () => {
  played = await playSampleYear()
}, 900_000)
afterAll(() => played?.remove())

describe('the year as a whole', () => {
  it('ends with exit code 0 and no trouble', () => {
    const { code, stderr } = year().ended
    expect(stderr).not.toContain('[trouble]')
    expect(code).toBe(0)
  })

  it('asks 31 agreements, gets and assesses them all, and closes every one', () => {
    const { summary } = year()
    expect(summary).toMatchObject({ year: 2014, agreements: 31, requested: 31, assessed: 31, closed: 31 })
    // Langeland is silent, and a member of the partnership of three is.
    expect(summary.replied).toBe(29)
  })

  it('verifies: chains, seals, lists, files, rows, and every assessment judged again', async () => {
    const record = await openStoredRecord(year().folder)
    try {
      const verified = await makeVerifyRecord(record.ports)({})
      expect(verified).toMatchObject({ ok: true, faults: [] })
      // A draft and a final assessment of each review at least.
      expect(verified.judged).toBeGreaterThanOrEqual(2 * year().summary.assessed)
    } finally {
      await record.close()
    }
  })

  it('judges every target of the manifest as the set intends', () => {
    const { summary } = year()
    const found = Object.fromEntries(askedCases(year()).map((one) => [one.id, one.verdicts()]))
    const named = Object.entries(intendedVerdicts).map(([id, targets]) => [
      id,
      Object.fromEntries(Object.entries(targets).map(([key, verdict]) => [key, kebab(verdict)])),
    ])
    expect(found).toEqual(Object.fromEntries(named))
    const intended = Object.values(intendedVerdicts).flatMap((targets) => Object.values(targets))
    const count = (verdict: string) => intended.filter((one) => one === verdict).length
    expect(summary.verdicts).toEqual({
      met: count('met'),
      partlyMet: count('partlyMet'),
      notMet: count('notMet'),
      notMetAssumptionFailed: count('notMetAssumptionFailed'),
      notAssessable: count('notAssessable'),
    })
    expect(intended).toHaveLength(summary.targets)
  })

  it('raises 30 questions, and each comes to its end', () => {
    const { renegotiations } = year().summary
    expect(renegotiations.raised).toBe(30)
    expect(renegotiations.opened + renegotiations.declined).toBe(renegotiations.raised)
    expect(renegotiations.agreed + renegotiations.lapsed + renegotiations.withdrawn).toBe(
      renegotiations.opened,
    )
    expect(renegotiations).toEqual({
      raised: 30,
      opened: 8,
      declined: 22,
      agreed: 5,
      lapsed: 2,
      withdrawn: 1,
    })
  })

  it('freezes the report on 1 September 2015, archived with the checksum it prints', () => {
    const { report } = year().summary
    if (report === null) throw new Error('no report')
    expect(report.frozenOn).toBe('2015-09-01')
    expect(year().archive.sha256(report.path)).toBe(report.sha256)
    const { frozen } = year().record.run.state
    for (const file of frozen?.files ?? []) expect(year().archive.sha256(file.archiveKey)).toBe(file.sha256)
    expect(frozen?.files.map((file) => file.name)).toEqual(
      expect.arrayContaining(['samlet-afrapportering-2014.html', 'samlet-afrapportering-2014.json']),
    )
    expect(frozen?.files.some((file) => file.name.endsWith('.csv'))).toBe(true)
  })

  it('tells the moved days from the set’s first to the day after the report’s, when the experiences go out', () => {
    const { simulatedDays, seconds } = year().summary
    expect(simulatedDays).toBe(275)
    expect(seconds).toBeGreaterThan(0)
  })

  it('leaves nothing waiting: no open wait, no lost execution, no undecided mail', () => {
    expect(year().record.openWaits).toEqual([])
    for (const one of askedCases(year())) {
      expect(one.state.status).toBe('closed')
      expect(one.events('ExecutionLost')).toEqual([])
      expect(one.state.mails.filter((mail) => mail.decidedAt === null)).toEqual([])
    }
  })

  it('never stops the answers: no hour has anywhere near as many as stop them', () => {
    expect(year().record.streams).not.toContain(answersStream)
    const hours = askedCases(year()).flatMap((one) =>
      one
        .events('LetterSent')
        .filter(({ order }) => declaredLetters[order.kind].form === 'answer')
        .map(({ meta }) => meta.at.slice(0, 13)),
    )
    const counts = [...Map.groupBy(hours, (hour) => hour).values()].map(({ length }) => length)
    expect(Math.max(...counts)).toBeGreaterThan(0)
    expect(Math.max(...counts)).toBeLessThan(50)
  })
})

const kebab = (verdict: string): string => verdict.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

collectionCases(year)
mailCases(year)
judgingCases(year)
renegotiationCases(year)
factCheckCases(year)
experienceCases(year)

describe('letters', () => {
  const all = () =>
    [...lettersByStream(year().record)].flatMap(([stream, of]) => of.map((one) => ({ stream, ...one })))

  it('go out once: each letter has a key, an order and a message of its own', () => {
    const letters = all()
    expect(new Set(letters.map((one) => one.letterKey)).size).toBe(letters.length)
    expect(new Set(letters.map((one) => one.messageId)).size).toBe(letters.length)
    const orders = letters.map((one) => `${one.stream} ${JSON.stringify(one.order)}`)
    expect(new Set(orders).size).toBe(letters.length)
    expect(letters).toHaveLength(year().summary.letters.sent)
  })

  it('lie in the mailboxes they are addressed to, each once and nowhere else', () => {
    const bouncing = new Map(year().set.bounces.map((one) => [one.address, one.from]))
    for (const letter of all()) {
      const there = year().mails.filter((mail) => mail.messageId === letter.messageId)
      const expected = letter.to
        .map((address) => address.toLowerCase())
        .filter((address) => (bouncing.get(address) ?? '9') > letter.sentAt)
      expect(there.map((mail) => mail.mailbox).sort(), letter.subject ?? '').toEqual(expected.sort())
    }
  })

  it('are not repeated in other words: no mailbox holds the same text of the same day twice', () => {
    const seen = new Map<string, number>()
    for (const mail of year().mails) {
      const what = `${mail.mailbox} | ${mail.subject} | ${todayInCopenhagen(mail.at)} | ${mail.text}`
      seen.set(what, (seen.get(what) ?? 0) + 1)
    }
    expect([...seen].filter(([, count]) => count > 1)).toEqual([])
  })

  it('are archived before they go out, each as it was sent', () => {
    const kept = new Set(
      year()
        .archive.keys('letters')
        .map((key) => year().archive.sha256(key)),
    )
    for (const letter of all()) expect(kept.has(letter.rawSha256)).toBe(true)
  })

  it('come from 28 June 2015 under the ministry’s new name, and before that under the old', () => {
    const change = '2015-06-28'
    const after = all().filter((letter) => letter.datedOn >= change)
    expect(after.length).toBeGreaterThan(31)
    for (const mail of year().mails) {
      const isNew = todayInCopenhagen(mail.at) >= change
      expect(
        mail.from.endsWith(isNew ? 'nytministerium.example' : '.ministeriet.example') ||
          mail.from === 'aarshjul@ministeriet.example',
      ).toBe(true)
      if (isNew) expect(mail.from.endsWith('nytministerium.example'), mail.subject).toBe(true)
    }
    for (const letter of all()) {
      const expected = ministryOn(letter.datedOn)
      const other = ministryOn(letter.datedOn >= change ? '2015-06-27' : '2015-06-29')
      // A letter that is the same to all keeps its text in the archive: its reader has it.
      const text =
        letter.text === ''
          ? year().mails.find(({ messageId }) => messageId === letter.messageId)?.text
          : letter.text
      const signature = (text ?? '').split('Med venlig hilsen').at(-1)?.split('Yours sincerely').at(-1) ?? ''
      const flat = signature.replaceAll(/\s+/g, ' ')
      expect(
        [expected.name, expected.english].some((name) => flat.includes(name)),
        letter.subject ?? '',
      ).toBe(true)
      expect(
        [other.name, other.english].some((name) => flat.includes(name)),
        letter.subject ?? '',
      ).toBe(false)
    }
  })
})

describe('the data folder of a run that is over', () => {
  it('says so when it is started again, prints the same summary, and sends nothing', async () => {
    const before = await snapshot()
    const again = await playYear(year().folder).ended
    expect(again.stdout).toContain('The run for 2014 is over; nothing is sent.')
    expect(again.code).toBe(0)
    const { seconds: _, ...summary } = printedSummarySchema.parse(summaryLine(again.stdout))
    expect(summary).toEqual({ ...year().summary, seconds: undefined })
    expect(await snapshot()).toEqual(before)
  })

  const snapshot = async () => ({
    mails: (await readMailboxes(year().folder)).map((mail) => `${mail.mailbox} ${mail.id}`),
    archive: year()
      .archive.keys('')
      .map((key) => `${key} ${createHash('sha256').update(year().archive.get(key)).digest('hex')}`),
  })
})
