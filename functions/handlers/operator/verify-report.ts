import { compileReport } from '../../domain/report/compile.ts'
import type { JointReport } from '../../domain/report/report.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { isStreamId, runStream } from '../../domain/base/stream-id.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { reportFiles } from '../../web/report/report-files.ts'
import type { Ports } from '../../ports/ports.ts'
import { runCase } from '../streams/cases.ts'
import { readCompiled } from '../report/read-report.ts'
import { loadStream, recordAsOf, type ReadablePorts, readReportFacts } from '../report/read-year.ts'

export interface ReportVerification {
  readonly subject: string
  /** The record as it was then gives the same canonical JSON; not so after an erasure of words that stood in it. */
  readonly reproducible: boolean
  /** Streams whose commit at that place is another than the report was compiled from. */
  readonly changedStreams: readonly string[]
  /** Frozen files, and those of correction sheets, whose archived bytes are gone or not those of the record. */
  readonly damagedFiles: readonly string[]
  /** Files that today's code renders otherwise from the same value: no fault, the archived bytes hold. */
  readonly renderedOtherwise: readonly string[]
}

/** The run as it stood when the report of this subject was compiled. */
const runBefore = async (ports: ReadablePorts, year: number, subject: string): Promise<RunState> => {
  const stream = runStream(year)
  const commits = await ports.streams.load(stream)
  const compiled = commits.find((commit) =>
    commit.events.some((stored) => {
      const event = runCase.read(stored)
      return event.type === 'ReportCompiled' && event.subject === subject
    }),
  )
  const before = recordAsOf(ports, new Map([[stream, (compiled?.meta.seq ?? 1) - 1]]))
  return (await loadStream(before, runCase, stream)).state
}

const recordsOf = (report: JointReport) =>
  [...report.agreements, ...report.leftOut].flatMap((one) => one.record)

/** Streams whose commit at the place that was read has another hash now, or is gone. */
const changedStreams = async (ports: ReadablePorts, report: JointReport): Promise<readonly string[]> => {
  const changed: string[] = []
  for (const { stream, seq, hash } of recordsOf(report)) {
    if (seq === 0 || !isStreamId(stream)) continue
    const commit = (await ports.streams.load(stream)).find((one) => one.meta.seq === seq)
    if (commit?.hash !== hash) changed.push(stream)
  }
  return changed
}

/** Words that stood in it were erased since: then it cannot be made again, and its archived bytes hold (I19). */
const erasedSince = async (ports: ReadablePorts, report: JointReport): Promise<boolean> => {
  for (const { stream, seq } of recordsOf(report)) {
    if (!isStreamId(stream)) continue
    const later = (await ports.streams.load(stream)).filter((commit) => commit.meta.seq > seq)
    if (later.some(({ events }) => events.some((event) => event.type === 'MailErased'))) return true
  }
  return false
}

/**
 * The report compiled again from the record as it was then, beside the archived one.
 * @returns null before there is a report @throws CompiledReportLost when the archived one is gone or another
 */
export const compiledAgain = async (
  ports: ReadablePorts & Pick<Ports, 'archive' | 'digest'>,
  year: number,
): Promise<
  | (Pick<ReportVerification, 'subject' | 'reproducible' | 'changedStreams'> & {
      readonly run: RunState
      readonly report: JointReport
      readonly erasedSince: boolean
    })
  | null
> => {
  const { state: run } = await loadStream(ports, runCase, runStream(year))
  if (run.report === null) return null
  const { subject } = run.report
  const report = await readCompiled(ports, run.report)
  const asOf = recordAsOf(ports, new Map(recordsOf(report).map((read) => [read.stream, read.seq])))
  const again = compileReport(await readReportFacts(asOf, await runBefore(ports, year, subject)))
  return {
    subject,
    run,
    report,
    reproducible: canonicalJson(again) === canonicalJson(report),
    changedStreams: await changedStreams(ports, report),
    erasedSince: await erasedSince(ports, report),
  }
}

/**
 * Does the archived report still follow from the record, and are its files what was frozen? Reads alone.
 * @returns null before there is a report
 */
export const makeVerifyReport =
  (ports: Pick<Ports, 'streams' | 'archive' | 'digest' | 'reportFormats'>) =>
  async (year: number): Promise<ReportVerification | null> => {
    const compiled = await compiledAgain(ports, year)
    if (compiled === null) return null
    const { run, report, subject, reproducible } = compiled
    const frozen = run.frozen?.files ?? []
    const sheets = run.corrections.issued.flatMap((one) => one.files)
    const rendered = reportFiles(report, ports.reportFormats)
    const damaged: string[] = []
    const otherwise: string[] = []
    for (const file of frozen) {
      const bytes = await ports.archive.get(file.archiveKey)
      if (bytes === null || ports.digest(bytes) !== file.sha256) damaged.push(file.name)
      const now = rendered.find((one) => one.name === file.name)
      if (now === undefined || ports.digest(await now.bytes()) !== file.sha256) otherwise.push(file.name)
    }
    for (const file of sheets) {
      const bytes = await ports.archive.get(file.archiveKey)
      if (bytes === null || ports.digest(bytes) !== file.sha256) damaged.push(file.name)
    }
    return {
      subject,
      reproducible,
      changedStreams: compiled.changedStreams,
      damagedFiles: damaged,
      renderedOtherwise: otherwise,
    }
  }
