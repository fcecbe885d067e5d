import { todayInCopenhagen } from '../../domain/base/time.ts'
import { freezeReport } from '../../domain/year-run/decide.ts'
import { reportFiles } from '../../web/report/report-files.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import type { Ports } from '../../ports/ports.ts'
import { loadCase } from '../record/perform.ts'
import { finished, performTask, unlessStale } from './perform-task.ts'
import type { ReportPorts } from './compile-report.ts'
import { archivedOnce, readCompiled } from '../report/read-report.ts'
import { runCase } from '../streams/cases.ts'
import { reportKey } from '../../domain/report/report.ts'

/** Freezing makes the files of every format. */
export type FreezePorts = ReportPorts & Pick<Ports, 'reportFormats'>

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
    const visit = { task: 'FreezeReport', input, read } as const
    if (run.status === 'frozen' || run.report === null) return finished(ports, runCase, visit)
    const { subject } = run.report
    const report = await readCompiled(ports, run.report)
    const files: { name: string; archiveKey: string; sha256: string }[] = []
    for (const file of reportFiles(report, ports.reportFormats)) {
      const archiveKey = reportKey(run.year, subject, file.name)
      const bytes = await archivedOnce(ports, archiveKey, file)
      files.push({ name: file.name, archiveKey, sha256: ports.digest(bytes) })
    }
    const performed = await performTask(ports, runCase, visit, (current, now) =>
      current.report?.subject === subject
        ? freezeReport(current, { frozenOn: todayInCopenhagen(now), files }, input.attempt, now)
        : { ok: true, events: [] },
    )
    if (performed.outcome === 'refused') unlessStale(performed.refusal)
    return {}
  }
