import { beforeEach, describe, expect, test } from 'vitest'
import { personIdSchema } from '../../../functions/domain/base/values.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'
import { makeReadReport, makeFindReportFile } from '../../../functions/handlers/report/read-report.ts'
import { reportPageInput } from '../../../functions/handlers/console/report-page-input.ts'
import { loadCase } from '../../../functions/handlers/record/perform.ts'
import { tellReport, sendCorrectionSheets } from '../../../functions/handlers/report/tell-report.ts'
import { makeSendDailyMails } from '../../../functions/handlers/schedules/send-daily-mails.ts'
import { makeVerifyReport } from '../../../functions/handlers/operator/verify-report.ts'
import { assessAgain, frozenYear, id, review, run, type FrozenYear } from './svendborg-year.ts'
import type { ReviewEvent } from '../../../functions/domain/review/state.ts'
import { tasksInWords } from '../../support/tasks-in-words.ts'

const view = async (year: FrozenYear) => (await reportPageInput(year.ports, 2014))!.corrections
const proposal = (seen: string, reason = 'Kommunen havde talt personer to gange.') =>
  ({ do: 'propose-correction', agreement: id, subject: seen, reason }) as const

/** Proposed by Sofie and approved by Anders. */
const issueNext = async (year: FrozenYear, reason?: string) => {
  const { due } = await view(year)
  expect(await year.decide(proposal(due[0]!.seen, reason), 'sofie', 'caseworker')).toEqual({
    outcome: 'done',
  })
  const { subject } = (await view(year)).proposed!
  return year.decide({ do: 'issue-correction', subject }, 'anders', 'approver')
}

let year: FrozenYear
beforeEach(async () => {
  year = await frozenYear()
})

/** What waits of the year itself, beside its reviews. */
const ofTheYear = async () => (await tasksInWords(year.ports)).filter(({ agreement }) => agreement === null)

describe('Edge case 53: an error found after the report', () => {
  test('Joint report 14, Edge case 53: a new assessment after the freeze gives a numbered sheet beside the report, whose bytes do not change', async () => {
    const before = await year.frozenBytes()
    expect((await view(year)).due).toEqual([])
    await assessAgain(year, '2015-10-12T08:00:00.000Z', { 'M1 heraf': '41' })
    const [due] = (await view(year)).due
    expect(due?.places.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['Bedømmelsen', 'Samlet', 'Mål 1, resultat', 'Mål 1, bedømmelse']),
    )
    expect((await ofTheYear()).map(({ kind, roles }) => [kind, roles])).toEqual([
      ['correction', ['caseworker']],
    ])

    expect(await issueNext(year)).toEqual({ outcome: 'done' })

    const [issued] = (await view(year)).issued
    expect(issued?.sheet).toMatchObject({
      number: 1,
      year: 2014,
      why: 'Kommunen havde talt personer to gange.',
      causes: [{ is: 'assessment', on: '2015-10-12' }],
      was: { assessed: { version: 1 } },
      holds: { assessed: { version: 2 } },
    })
    const files = await Promise.all(
      issued!.files.map(async ({ name, sha256 }) => {
        const file = await makeFindReportFile(year.ports)(2014, name)
        const bytes = (await year.ports.archive.get(file!.archiveKey))!
        expect(year.ports.digest(bytes)).toBe(sha256)
        return { name, text: new TextDecoder().decode(bytes) }
      }),
    )
    expect(files.map(({ name }) => name.split('.').at(-1))).toEqual(['json', 'html', 'pdf', 'csv'])
    const html = files.find(({ name }) => name.endsWith('.html'))!.text
    expect(html).toContain('Rettelsesblad nr. 1 til den samlede afrapportering for 2014')
    expect(html).toContain('61 af 134')
    expect(html).toContain('41 af 134')
    expect(files.find(({ name }) => name.endsWith('.pdf'))!.text.slice(0, 5)).toBe('%PDF-')
    expect(files.find(({ name }) => name.endsWith('.csv'))!.text).toContain('Mål 1, bedømmelse')
    expect(await year.frozenBytes()).toEqual(before)
    expect(await makeVerifyReport(year.ports)(2014)).toMatchObject({ reproducible: true, damagedFiles: [] })
    expect((await makeReadReport(year.ports)(2014))?.corrections).toMatchObject([{ number: 1 }])
    expect((await view(year)).due).toEqual([])
  })

  test('the municipality is told once, with the sheet attached (L13b)', async () => {
    await assessAgain(year, '2015-10-12T08:00:00.000Z', { 'M1 heraf': '41' })
    await issueNext(year)
    await sendCorrectionSheets(year.ports, run)
    expect(year.ports.mail.sent).toHaveLength(1)
    const mail = await year.ports.mime.parse(year.ports.mail.sent[0]!.raw)
    expect(mail.subject).toContain('rettelsesblad nr. 1 til den samlede afrapportering for 2014')
    const { state } = await loadCase(year.ports, reviewCase, review)
    expect(state.letters.map(({ order }) => order)).toContainEqual(
      expect.objectContaining({ kind: 'correction-sheet', seq: 1, party: '479' }),
    )
  })

  test('whoever proposes does not approve; sending back takes a reason; a press on an older page is refused', async () => {
    await assessAgain(year, '2015-10-12T08:00:00.000Z', { 'M1 heraf': '41' })
    const [due] = (await view(year)).due
    const stale = proposal('f'.repeat(64))
    expect(await year.decide(stale, 'sofie', 'caseworker')).toMatchObject({ refusal: { kind: 'superseded' } })
    expect(await year.decide(proposal(due!.seen), 'anders', 'approver')).toMatchObject({
      refusal: { kind: 'role' },
    })
    await year.decide(proposal(due!.seen), 'begge', 'caseworker', 'approver')
    const { subject } = (await view(year)).proposed!
    const issue = { do: 'issue-correction', subject } as const
    expect(await year.decide(issue, 'begge', 'caseworker', 'approver')).toMatchObject({
      refusal: { kind: 'same-person' },
    })
    expect(await year.decide(issue, 'sofie', 'caseworker')).toMatchObject({ refusal: { kind: 'role' } })
    const back = { do: 'send-correction-back', subject, reason: 'Skriv hvilke tal.' } as const
    expect(await year.decide(back, 'anders', 'approver')).toEqual({ outcome: 'done' })
    expect(await view(year)).toMatchObject({ proposed: null, sentBack: 'Skriv hvilke tal.', issued: [] })
    expect(year.ports.mail.sent).toEqual([])
  })

  test('the daily mails tell the caseworkers that the report is to be corrected, then another approver of the sheet', async () => {
    await assessAgain(year, '2015-10-12T08:00:00.000Z', { 'M1 heraf': '41' })
    const told = async (at: string) => {
      year.ports.clock.set(at)
      const before = year.ports.mail.sent.length
      await makeSendDailyMails(year.ports)({})
      return Promise.all(
        year.ports.mail.sent.slice(before).map(async ({ to, raw }) => {
          const { text } = await year.ports.mime.parse(raw)
          return [to.join(), (text ?? '').replaceAll(/\s+/g, ' ')] as const
        }),
      )
    }
    expect(await told('2015-10-13T05:30:00.000Z')).toEqual([
      [
        expect.stringContaining('sofie@'),
        expect.stringContaining('Året 2014 · den samlede afrapportering skal rettes'),
      ],
    ])
    const [due] = (await view(year)).due
    await year.decide(proposal(due!.seen), 'sofie', 'caseworker')
    expect(await told('2015-10-14T05:30:00.000Z')).toEqual([
      [expect.stringContaining('anders@'), expect.stringContaining('rettelsesblad nr. 1 skal godkendes')],
    ])
  })

  test('a new error voids what was proposed; the second sheet says what the first said', async () => {
    await assessAgain(year, '2015-10-12T08:00:00.000Z', { 'M1 heraf': '41' })
    const [due] = (await view(year)).due
    await year.decide(proposal(due!.seen), 'sofie', 'caseworker')
    await assessAgain(year, '2015-10-20T08:00:00.000Z', { 'M1 heraf': '45' }, 3)
    expect((await view(year)).proposed).toBeNull()
    await issueNext(year)
    await assessAgain(year, '2015-11-02T08:00:00.000Z', { 'M1 heraf': '50' }, 4)
    await issueNext(year, 'Endnu en optælling.')
    const { issued } = await view(year)
    expect(issued.map(({ sheet }) => [sheet.number, sheet.was.assessed?.version])).toEqual([
      [1, 1],
      [2, 3],
    ])
    expect(issued[0]?.sheet.causes).toHaveLength(2)
  })

  test('a correction of the fact check decided after the freeze calls for a sheet, told twice or once', async () => {
    year.ports.clock.set('2015-09-14T08:00:00.000Z')
    await year.append(review, [
      {
        type: 'FactCheckAnswered',
        v: 1,
        party: '479',
        mailKey: 'late-check',
        ok: false,
        private: { text: 'Navnet på mål 1 er forkert.' },
      },
      {
        type: 'FactCheckDecided',
        v: 1,
        party: '479',
        mailKey: 'late-check',
        by: personIdSchema.parse('sofie'),
        as: 'corrected',
        renamed: [{ key: 'M1', title: 'Nyt navn' }],
        private: { text: 'Rettet.' },
      },
    ] satisfies ReviewEvent[])
    const tell = async () => tellReport(year.ports, (await loadCase(year.ports, reviewCase, review)).state)
    await tell()
    await tell()
    const { due } = (await year.state()).corrections
    expect(due).toMatchObject([{ agreement: id, cause: { is: 'fact-check', mailKey: 'late-check' } }])
    expect((await view(year)).due[0]?.places.map(({ place }) => place)).toContain('Mål 1, navn')
  })

  test('a number is not printed as a reason beside a figure that is not shown', async () => {
    await assessAgain(year, '2015-10-12T08:00:00.000Z', { 'M1 heraf': '3' })
    const [due] = (await view(year)).due
    expect(JSON.stringify(due)).not.toContain('3 af 134')
    expect(await year.decide(proposal(due!.seen, 'Det er 3 personer.'), 'sofie', 'caseworker')).toMatchObject(
      { refusal: { kind: 'number-beside-hidden' } },
    )
  })
})
