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
import type { PublishedFiles } from '../../domain/year-run/slices/report.ts'
import { archivedOnce } from '../report/read-report.ts'
import { readReportFacts } from '../report/read-year.ts'
import { performTask, unlessStale } from './perform-task.ts'
import { runCase } from '../streams/cases.ts'

export type ReportPorts = RecordPorts & Pick<Ports, 'archive' | 'digest'>

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * What is decided on and each agreement's pages, each put once under the report's own hash.
 * @returns what then lies there: of two that compile one report at once both name the same bytes
 */
const archiveReport = async (
  ports: ReportPorts,
  report: JointReport,
  subject: string,
): Promise<PublishedFiles> => {
  const named = compiledFiles(report).map((file) => ({
    archiveKey: reportKey(report.year, subject, file.name),
    file,
  }))
  const pages = (await factCheckFiles(report)).map(({ agreement, text }) => ({
    archiveKey: pagesKey(report.year, subject, agreement),
    file: {
      name: `${agreement}.html`,
      bytes: () => Promise.resolve(bytesOf(text)),
    },
  }))
  return Promise.all(
    [...named, ...pages].map(async ({ archiveKey, file }) => ({
      name: file.name,
      archiveKey,
      sha256: ports.digest(await archivedOnce(ports, archiveKey, file)),
    })),
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
  return {
    subject,
    files: await archiveReport(ports, report, subject),
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
