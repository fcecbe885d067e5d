import { describe, expect, test } from 'vitest'
import { makeReadReport, makeFindReportFile } from '../../../functions/handlers/report/read-report.ts'
import { names, task, record, approve, toApproval } from './sample-record.ts'
import { makeFreezeReport } from '../../../functions/handlers/tasks/freeze-report.ts'

describe('reading the report', () => {
  test('none before it is compiled; then its value and files; checksums once it is frozen', async () => {
    const recorded = await record()
    const read = makeReadReport(recorded.ports)
    expect(await read(2014)).toBeNull()
    const { final } = await toApproval(recorded)
    expect(await read(2014)).toMatchObject({ subject: final.subject, status: 'compiled', frozenOn: null })
    await approve(recorded, final.subject)
    recorded.ports.clock.set('2015-09-01T07:00:00.000Z')
    await makeFreezeReport(recorded.ports)(task('2015-09-01T07:00:00.000Z'))
    const frozen = await read(2014)
    expect(frozen).toMatchObject({ status: 'frozen', frozenOn: '2015-09-01' })
    expect(frozen?.report.agreements).toHaveLength(31)
    const page = await makeFindReportFile(recorded.ports)(2014, names.page)
    expect(recorded.ports.digest((await recorded.ports.archive.get(page!.archiveKey))!)).toBe(
      frozen?.files.find((file) => file.name === names.page)?.sha256,
    )
    expect(await makeFindReportFile(recorded.ports)(2014, '../secret')).toBeNull()
  })
})
