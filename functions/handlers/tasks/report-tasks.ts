import { compileReport } from '../../domain/report/compile.ts'
import { pagesKey, reportKey } from '../../domain/report/archive-keys.ts'
import { jointReportSchema, type JointReport } from '../../domain/report/report.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import type { Refusal } from '../../domain/base/stream.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { freezeReport, recordCompiled } from '../../domain/year-run/decide.ts'
import { planRun } from '../../domain/year-run/plan.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import {
  compiledFiles,
  factCheckFiles,
  reportFileNames,
  reportFiles,
  type ReportFile,
} from '../../web/report/report-files.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import type { Ports } from '../../ports/ports.ts'
import { runCase } from '../streams/run-case.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { readReportFacts } from '../report/read-year.ts'
import { performTask } from './perform-task.ts'

export type ReportPorts = RecordPorts & Pick<Ports, 'archive' | 'digest'>
/** Freezing makes the files of every format. */
export type FreezePorts = ReportPorts & Pick<Ports, 'reportFormats'>

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What is decided on and each agreement's pages, each put once under the report's own hash. */
const archiveReport = async (ports: ReportPorts, report: JointReport, subject: string): Promise<void> => {
  for (const file of compiledFiles(report))
    await ports.archive.putOnce(
      reportKey(report.year, subject, file.name),
      await file.bytes(),
      file.contentType,
    )
  await Promise.all(
    (await factCheckFiles(report)).map((pages) =>
      ports.archive.putOnce(
        pagesKey(report.year, subject, pages.agreement),
        bytesOf(pages.text),
        'text/html; charset=utf-8',
      ),
    ),
  )
}

/** A lower attempt's commit is passed over: PlanNext ends that execution. Anything else is a fault. */
const unlessStale = (refusal: Refusal): void => {
  if (refusal.kind !== 'stale-attempt') throw new Error(`${refusal.kind}: ${refusal.message}`)
}

const openCorrectionsOf = (report: JointReport): number =>
  report.agreements
    .flatMap((agreement) => agreement.parties)
    .filter(({ factCheck }) => factCheck.is === 'corrections' && factCheck.decided === undefined).length

/** Compiles, and archives what was made before the record names it. */
const compileNow = async (ports: ReportPorts, run: RunState) => {
  const report = compileReport(await readReportFacts(ports, run))
  const subject = ports.digest(canonicalJson(report))
  await archiveReport(ports, report, subject)
  return {
    subject,
    archiveKey: reportKey(run.year, subject, reportFileNames(run.year).json),
    unfinished: report.agreements
      .filter((agreement) => agreement.outcome !== 'assessed')
      .map((agreement) => agreement.agreement),
    openCorrections: openCorrectionsOf(report),
    outdatings: run.outdatings,
  }
}

/**
 * Compiles the joint report from the record as it stands. Its subject is the hash of its canonical JSON: equal
 * records give the same subject. Where it is not the time to compile (a retry after the commit), nothing is.
 */
export const makeCompileReport =
  (ports: ReportPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const run = read.state
    const openReviews = (await ports.register.openReviews(run.year)).length
    const plan = planRun(run, openReviews, ports.clock.now())
    const compiled = plan.next === 'step' && plan.step === 'compile' ? await compileNow(ports, run) : null
    const visit = { task: 'CompileReport', input, read } as const
    const performed = await performTask(ports, runCase, visit, (current, now) =>
      compiled === null
        ? { ok: true, events: [] }
        : recordCompiled(current, compiled, openReviews, input.attempt, now),
    )
    if (performed.outcome === 'refused') unlessStale(performed.refusal)
    return {}
  }

/**
 * The report that was compiled under this hash, read back from the archive.
 * @throws Error when it is not there or is not what its hash says
 */
export const readCompiled = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  compiled: { readonly subject: string; readonly archiveKey: string },
): Promise<JointReport> => {
  const bytes = await ports.archive.get(compiled.archiveKey)
  if (bytes === null) throw new Error(`the archive has no ${compiled.archiveKey}`)
  if (ports.digest(bytes) !== compiled.subject)
    throw new Error(`${compiled.archiveKey} is not the report that was compiled`)
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes))
  return jointReportSchema.parse(parsed)
}

/** The file as the archive has it; made now when it is not there. */
export const kept = async (
  ports: Pick<Ports, 'archive'>,
  archiveKey: string,
  file: ReportFile,
): Promise<Uint8Array> => {
  const before = await ports.archive.get(archiveKey)
  if (before !== null) return before
  await ports.archive.putOnce(archiveKey, await file.bytes(), file.contentType)
  const bytes = await ports.archive.get(archiveKey)
  if (bytes === null) throw new Error(`the archive did not keep ${archiveKey}`)
  return bytes
}

/**
 * Freezes the approved report on the reporting date: its files' names, keys and checksums go on the record. The
 * bytes are those that were compiled and approved; the print, the workbook and the export, and whatever is
 * missing, are made from the same value. Repeated, it finds the same files.
 */
export const makeFreezeReport =
  (ports: FreezePorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, runCase, input.stream)
    const run = read.state
    if (run.status === 'frozen' || run.report === null) return {}
    const { subject } = run.report
    const report = await readCompiled(ports, run.report)
    const files: { name: string; archiveKey: string; sha256: string }[] = []
    for (const file of reportFiles(report, ports.reportFormats)) {
      const archiveKey = reportKey(run.year, subject, file.name)
      const bytes = await kept(ports, archiveKey, file)
      files.push({ name: file.name, archiveKey, sha256: ports.digest(bytes) })
    }
    const visit = { task: 'FreezeReport', input, read } as const
    const performed = await performTask(ports, runCase, visit, (current, now) =>
      current.report?.subject === subject
        ? freezeReport(current, { frozenOn: todayInCopenhagen(now), files }, input.attempt, now)
        : { ok: true, events: [] },
    )
    if (performed.outcome === 'refused') unlessStale(performed.refusal)
    return {}
  }
