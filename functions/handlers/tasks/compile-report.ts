import { compileReport } from '../../domain/report/compile.ts'
import { type JointReport, pagesKey, reportKey } from '../../domain/report/report.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { recordCompiled } from '../../domain/year-run/decide.ts'
import { planRun } from '../../domain/year-run/plan.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { compiledFiles, factCheckFiles, reportFileNames } from '../../web/report/report-files.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import type { Ports } from '../../ports/ports.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { readReportFacts } from '../report/read-year.ts'
import { performTask, unlessStale } from './perform-task.ts'
import { runCase } from '../streams/cases.ts'

export type ReportPorts = RecordPorts & Pick<Ports, 'archive' | 'digest'>

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
