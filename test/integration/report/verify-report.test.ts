import { describe, expect, test } from 'vitest'
import { memoryPorts } from '../../../functions/adapters/memory/ports.ts'
import { reviewStream } from '../../../functions/domain/base/stream-id.ts'
import { makeVerifyReport } from '../../../functions/handlers/operator/verify-report.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { mailEvent } from '../../fixtures/report/review-events.ts'
import { stream, names, frozen } from './sample-record.ts'

describe('verifying the joint report', () => {
  test('Joint report 13: whatever happened since, the record as it was gives the same report', async () => {
    const recorded = await frozen()
    const svendborgs = reviewStream(2014, svendborg.agreement.id)
    await recorded.append(svendborgs, [mailEvent('479', 'late', { 'M1 heraf': '99' })])
    await recorded.append(stream, [
      {
        type: 'AgreementListed',
        v: 1,
        entry: { agreement: 'ny-p15', municipalities: ['101'], reason: 'first-year-next' },
      },
    ])
    expect(await makeVerifyReport(recorded.ports)(2014)).toMatchObject({
      reproducible: true,
      changedStreams: [],
      damagedFiles: [],
      renderedOtherwise: [],
    })
  })

  test('a file whose bytes are gone, and a stream that is another, are found', async () => {
    const recorded = await frozen()
    const { ports } = recorded
    const svendborgs = reviewStream(2014, svendborg.agreement.id)
    const page = (await recorded.state()).frozen!.files.find((file) => file.name === names.page)!
    const verified = await makeVerifyReport({
      ...ports,
      archive: {
        ...ports.archive,
        get: (key) => (key === page.archiveKey ? Promise.resolve(null) : ports.archive.get(key)),
      },
      streams: {
        ...ports.streams,
        load: async (id) => {
          const commits = await ports.streams.load(id)
          return id === svendborgs ? commits.slice(0, -1) : commits
        },
      },
    })(2014)
    expect(verified).toMatchObject({ changedStreams: [svendborgs], damagedFiles: [names.page] })
    expect(await makeVerifyReport(memoryPorts('2015-09-01T07:00:00.000Z'))(2014)).toBeNull()
  })
})
