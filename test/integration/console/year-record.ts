import { accept } from '../../../functions/domain/base/stream.ts'
import { runStream } from '../../../functions/domain/base/stream-id.ts'
import type { AgreementId } from '../../../functions/domain/base/values.ts'
import type { LeftOutEntry } from '../../../functions/domain/year-run/slices/manifest.ts'
import { yearRun, type RunEvent } from '../../../functions/domain/year-run/state.ts'
import { perform, type RecordPorts } from '../../../functions/handlers/record/perform.ts'
import { runCase } from '../../../functions/handlers/streams/cases.ts'

let written = 0

/** Writes the run of 2014, each event through its schema, as the handlers would. */
export const writeRun = async (ports: RecordPorts, ...events: readonly object[]): Promise<void> => {
  written += 1
  await perform(ports, runCase, runStream(2014), {
    id: `test/${written}`,
    actor: { by: 'system', name: 'test' },
    decide: () => accept<RunEvent>(...events.map((event) => yearRun.eventSchema.parse({ v: 1, ...event }))),
  })
}

/** A run that asks these agreements, each of Svendborg. */
export const openYear = (
  ports: RecordPorts,
  asked: readonly AgreementId[],
  leftOut: readonly LeftOutEntry[] = [],
): Promise<void> =>
  writeRun(
    ports,
    {
      type: 'RunOpened',
      year: 2014,
      openedOn: '2014-12-01',
      requestOn: '2015-01-15',
      dueOn: '2015-03-02',
      factCheckOn: '2015-08-10',
      reportingOn: '2015-09-01',
    },
    {
      type: 'ManifestMade',
      asked: asked.map((agreement) => ({ agreement, municipalities: ['479'], targets: 3 })),
      leftOut,
    },
  )

/** The same run, its reviews started and its report frozen; the report itself lies in no archive. */
export const freezeYear = async (ports: RecordPorts, asked: readonly AgreementId[]): Promise<void> => {
  await openYear(ports, asked)
  const subject = 'c'.repeat(64)
  await writeRun(
    ports,
    { type: 'Released', agreements: asked, by: 'anders' },
    { type: 'ReviewsStarted', agreements: asked },
    { type: 'ReportCompiled', subject, archiveKey: 'reports/2014/c.json', unfinished: [] },
    { type: 'FactChecksSent', agreements: asked },
    { type: 'ReportApproved', subject, by: 'anders' },
    {
      type: 'ReportFrozen',
      subject,
      frozenOn: '2015-09-01',
      files: [{ name: 'report.html', archiveKey: 'reports/2014/c.html', sha256: 'd'.repeat(64) }],
    },
  )
}
