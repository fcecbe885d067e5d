import { describe, expect, test } from 'vitest'
import { pagesKey, reportKey } from '../../../functions/domain/report/report.ts'
import { sampleFigures } from '../../fixtures/report/sample-year.ts'
import { stream, names, task, record, compile, approve, decide, text, toApproval } from './sample-record.ts'
import { makeFreezeReport } from '../../../functions/handlers/tasks/freeze-report.ts'

describe('compiling the joint report', () => {
  test('archives value, page, table and every agreement’s pages under its hash before the record names it', async () => {
    const recorded = await record()
    const compiled = await compile(recorded, '2015-08-10T07:00:00.000Z')
    expect(compiled).toMatchObject({
      unfinished: [],
      archiveKey: reportKey(2014, compiled!.subject, names.json),
    })
    expect(recorded.ports.digest((await text(recorded, compiled!.archiveKey))!)).toBe(compiled!.subject)
    expect(await text(recorded, reportKey(2014, compiled!.subject, names.page))).toContain(
      'Samlet afrapportering for 2014',
    )
    expect(await text(recorded, reportKey(2014, compiled!.subject, names.csv))).toContain('svendborg-rk')
    for (const agreement of recorded.agreements)
      expect(await text(recorded, pagesKey(2014, compiled!.subject, agreement))).toContain(
        `aftale-${agreement}`,
      )
  })

  test('a retried task changes neither record nor archive', async () => {
    const recorded = await record()
    await compile(recorded, '2015-08-10T07:00:00.000Z')
    const keys = recorded.ports.archive.keys()
    const commits = await recorded.ports.streams.load(stream)
    await compile(recorded, '2015-08-10T07:00:00.000Z')
    expect(recorded.ports.archive.keys()).toEqual(keys)
    expect(await recorded.ports.streams.load(stream)).toEqual(commits)
  })

  test('before its day there is nothing to compile', async () => {
    const recorded = await record()
    expect(await compile(recorded, '2015-08-07T07:00:00.000Z')).toBeNull()
  })

  test('a review that is not finished is named on the record and stands so in the report', async () => {
    const recorded = await record({
      'svendborg-rk': { figures: sampleFigures['svendborg-rk']!, until: 'hearing' },
    })
    const compiled = await compile(recorded, '2015-08-10T07:00:00.000Z')
    expect(compiled?.unfinished).toEqual(['svendborg-rk'])
    expect(await text(recorded, reportKey(2014, compiled!.subject, names.page))).toContain(
      'Ikke afsluttede bedømmelser',
    )
  })

  test('Joint report 11: compiled again after the fact check it says who was silent', async () => {
    const recorded = await record()
    const { first, final } = await toApproval(recorded)
    expect(final.subject).not.toBe(first.subject)
    expect(await text(recorded, reportKey(2014, final.subject, names.page))).toContain(
      'ikke kontrolleret af kommunen',
    )
  })

  test('sent back in the instant in which it was compiled it is compiled anew', async () => {
    const recorded = await record()
    const { final } = await toApproval(recorded)
    await decide(recorded, { do: 'send-report-back', subject: final.subject, reason: 'Forklar side 2.' })
    expect((await recorded.state()).status).toBe('running')
    expect((await compile(recorded, '2015-08-24T22:00:00.000Z'))?.subject).toBe(final.subject)
    expect((await recorded.state()).status).toBe('compiled')
  })
})

describe('Invariant I19: freezing the joint report', () => {
  test('Joint report 12: on the reporting date, the bytes compiled and approved; repeated, the same files', async () => {
    const recorded = await record()
    const { final } = await toApproval(recorded)
    await approve(recorded, final.subject)
    recorded.ports.clock.set('2015-09-01T06:59:00.000Z')
    await makeFreezeReport(recorded.ports)(task('2015-09-01T06:59:00.000Z'))
    expect((await recorded.state()).frozen).toBeNull()
    recorded.ports.clock.set('2015-09-01T07:00:00.000Z')
    const { listEntries } = recorded.ports
    const crashing = { ...listEntries, put: () => Promise.reject(new Error('crash')) }
    const freeze = makeFreezeReport({ ...recorded.ports, listEntries: crashing })
    await expect(freeze(task('2015-09-01T07:00:00.000Z'))).rejects.toThrow('crash')
    const { length: version } = await recorded.ports.streams.load(stream)
    expect(await listEntries.list('runs')).toMatchObject([{ version: version - 1 }])
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:00:00.000Z'))
    expect(await listEntries.list('runs'), 'repeated after a crash').toMatchObject([{ version }])
    const { frozen } = await recorded.state()
    expect(frozen?.on).toBe('2015-09-01')
    expect(frozen?.files.map((file) => file.name).sort()).toEqual(Object.values(names).sort())
    for (const file of frozen!.files) {
      expect(file.archiveKey).toBe(reportKey(2014, final.subject, file.name))
      expect(recorded.ports.digest((await recorded.ports.archive.get(file.archiveKey))!)).toBe(file.sha256)
    }
    const keys = recorded.ports.archive.keys()
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:00:00.000Z'))
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:05:00.000Z'))
    expect((await recorded.state()).frozen).toEqual(frozen)
    expect(recorded.ports.archive.keys()).toEqual(keys)
  })

  test('a value that is not what its hash says is not frozen', async () => {
    const recorded = await record()
    const { ports } = recorded
    const { final } = await toApproval(recorded)
    await approve(recorded, final.subject)
    ports.clock.set('2015-09-01T07:00:00.000Z')
    const archive = { ...ports.archive, get: async () => new TextEncoder().encode('{}') }
    await expect(makeFreezeReport({ ...ports, archive })(task('2015-09-01T07:00:00.000Z'))).rejects.toThrow(
      'is not the report that was compiled',
    )
  })

  test('an unapproved report is never frozen by time', async () => {
    const recorded = await record()
    await toApproval(recorded)
    recorded.ports.clock.set('2015-09-02T07:00:00.000Z')
    await makeFreezeReport(recorded.ports)(task('2015-09-02T07:00:00.000Z'))
    expect((await recorded.state()).frozen).toBeNull()
  })
})
