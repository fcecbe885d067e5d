import { fileType } from '../../domain/base/file-type.ts'
import { type JointReport, jointReportSchema, reportKey } from '../../domain/report/report.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { compiledFiles, type ReportFile } from '../../web/report/report-files.ts'
import type { Ports } from '../../ports/ports.ts'
import { runCase } from '../streams/cases.ts'
import { loadCase } from '../record/perform.ts'
import type { RunStatus } from '../../domain/year-run/slices/manifest.ts'

export interface ReportOfYear {
  readonly year: number
  readonly status: RunStatus
  /** What a decision on it names. */
  readonly subject: string
  /** UTC instant. */
  readonly compiledAt: string
  /** Null until it is frozen. */
  readonly frozenOn: string | null
  readonly report: JointReport
  /** Null checksums until it is frozen. */
  readonly files: readonly {
    readonly name: string
    readonly archiveKey: string
    readonly sha256: string | null
  }[]
  /** Numbered corrections (rettelsesblade) of the frozen report, by number. */
  readonly corrections: RunState['corrections']['issued']
}

type ReadPorts = Pick<Ports, 'streams' | 'archive' | 'digest'>

/** The year's report as compiled last, or as frozen; null before there is one. For the console and the CLI. */
export const makeReadReport =
  (ports: ReadPorts) =>
  async (year: number): Promise<ReportOfYear | null> => {
    const { state: run } = await loadCase(ports, runCase, runStream(year))
    if (run.report === null) return null
    const { subject, compiledAt } = run.report
    const report = await readCompiled(ports, run.report)
    return {
      year,
      status: run.status,
      subject,
      compiledAt,
      frozenOn: run.frozen?.on ?? null,
      report,
      files:
        run.frozen?.files ??
        compiledFiles(report).map(({ name }) => ({
          name,
          archiveKey: reportKey(year, subject, name),
          sha256: null,
        })),
      corrections: run.corrections.issued,
    }
  }

/** One of the files of the report and its correction sheets by its name; null when the report has no such file. */
export const makeFindReportFile =
  (ports: ReadPorts) =>
  async (
    year: number,
    name: string,
  ): Promise<{ readonly archiveKey: string; readonly contentType: string } | null> => {
    const read = await makeReadReport(ports)(year)
    const files = [...(read?.files ?? []), ...(read?.corrections ?? []).flatMap((one) => one.files)]
    const found = files.find((file) => file.name === name)
    return found === undefined ? null : { archiveKey: found.archiveKey, contentType: fileType(name) }
  }

/** The archive has not what was compiled under a hash, or has something else under its key. */
export class CompiledReportLost extends Error {
  override readonly name = 'CompiledReportLost'
}

/**
 * The report that was compiled under this hash, read back from the archive.
 * @throws CompiledReportLost when it is not there or is not what its hash says
 */
export const readCompiled = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  compiled: { readonly subject: string; readonly archiveKey: string },
): Promise<JointReport> => {
  const bytes = await ports.archive.get(compiled.archiveKey)
  if (bytes === null) throw new CompiledReportLost(`the archive has no ${compiled.archiveKey}`)
  if (ports.digest(bytes) !== compiled.subject)
    throw new CompiledReportLost(`${compiled.archiveKey} is not the report that was compiled`)
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes))
  return jointReportSchema.parse(parsed)
}

/** The file as the archive has it; made now when it is not there. */
export const archivedOnce = async (
  ports: Pick<Ports, 'archive'>,
  archiveKey: string,
  file: ReportFile,
): Promise<Uint8Array> => {
  const before = await ports.archive.get(archiveKey)
  if (before !== null) return before
  await ports.archive.putOnce(archiveKey, await file.bytes(), fileType(file.name))
  const bytes = await ports.archive.get(archiveKey)
  if (bytes === null) throw new Error(`the archive did not keep ${archiveKey}`)
  return bytes
}
