import type * as z from 'zod'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import {
  correctionSheetSchema,
  holdsNow,
  isPrintableReason,
  makeCorrectionSheet,
  type CorrectionSheet,
  type HoldsNow,
} from '../../domain/report/correction-sheet.ts'
import { type ReportedAgreement, reportKey } from '../../domain/report/report.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { nextNumber } from '../../domain/year-run/slices/corrections.ts'
import type { proposeCorrection, RunFacts } from '../../domain/year-run/commands.ts'
import { refusalOfSheet } from '../../domain/year-run/corrections.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { correctedPlaces, type CorrectedPlace, correctionFiles } from '../../web/report/correction-sheet.ts'
import type { Ports } from '../../ports/ports.ts'
import { archivedOnce, readCompiled } from './read-report.ts'
import { type ReadablePorts, readAgreement } from './read-year.ts'

type CorrectionPorts = ReadablePorts & Pick<Ports, 'archive' | 'digest'>

/** What a sheet's value lies under, by its hash; the issued files lie beside it. */
const sheetKey = (year: number, subject: string): string => reportKey(year, subject, 'rettelsesblad.json')

/** The sheet of this hash. @throws Error when the archive has it not, or another */
export const readSheetOf = async (
  ports: Pick<Ports, 'archive' | 'digest'>,
  year: number,
  subject: string,
): Promise<CorrectionSheet> => {
  const bytes = await ports.archive.get(sheetKey(year, subject))
  if (bytes === null || ports.digest(bytes) !== subject)
    throw new Error(`the archive has no correction sheet ${subject.slice(0, 12)}`)
  return correctionSheetSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

/** What a sheet of the agreement would say now. */
export interface CorrectionDraft {
  readonly was: ReportedAgreement
  readonly holds: ReportedAgreement
  readonly places: readonly CorrectedPlace[]
  /** Hash of what was seen: a proposal names it. */
  readonly seen: string
  readonly hidesFigures: boolean
}

/** The pages as they have been published, oldest first: the frozen report's, then each sheet's. */
const publishedPages = async (
  ports: CorrectionPorts,
  run: RunState,
  agreement: AgreementId,
): Promise<readonly ReportedAgreement[]> => {
  if (run.report === null || run.frozen === null) return []
  const report = await readCompiled(ports, run.report)
  const sheets = await Promise.all(
    run.corrections.issued
      .filter((one) => one.agreement === agreement)
      .map((one) => readSheetOf(ports, run.year, one.subject)),
  )
  return [
    ...report.agreements.filter((one) => one.agreement === agreement),
    ...sheets.map(({ holds }) => holds),
  ]
}

const versionsOf = (pages: readonly ReportedAgreement[]): readonly number[] =>
  pages.flatMap(({ assessed }) => assessed?.version ?? [])

/** What may be published of an agreement now, beside everything that has been published of it. */
export const publishableNow = async (
  ports: CorrectionPorts,
  run: RunState,
  agreement: AgreementId,
): Promise<HoldsNow> =>
  holdsNow(
    await readAgreement(ports, agreement, run.year),
    run,
    versionsOf(await publishedPages(ports, run, agreement)),
  )

/** Null before the report is frozen, and for an agreement that is not in it. */
export const correctionDraft = async (
  ports: CorrectionPorts,
  run: RunState,
  agreement: AgreementId,
): Promise<CorrectionDraft | null> => {
  const pages = await publishedPages(ports, run, agreement)
  const was = pages.at(-1)
  if (was === undefined) return null
  const now = holdsNow(await readAgreement(ports, agreement, run.year), run, versionsOf(pages))
  const places = correctedPlaces(was, now.agreement)
  return {
    was,
    holds: now.agreement,
    places,
    seen: ports.digest(canonicalJson({ agreement, places })),
    hidesFigures: now.hidesFigures,
  }
}

/**
 * What a proposal of the agreement's sheet is decided on. Where it may be proposed the sheet is made, and its value
 * archived before the record names it.
 */
export const draftToPropose = async (
  ports: CorrectionPorts,
  run: RunState,
  asked: z.output<typeof proposeCorrection.input>,
  now: string,
): Promise<RunFacts['draft']> => {
  const { agreement, reason: why } = asked
  const draft = await correctionDraft(ports, run, agreement)
  if (draft === null) return null
  const { was, holds, hidesFigures } = draft
  const read = {
    seen: draft.seen,
    differs: draft.places.length > 0,
    printable: isPrintableReason(why, { agreement: holds, hidesFigures }),
  }
  const { report, frozen, corrections } = run
  if (refusalOfSheet(run, asked, read) !== null || report === null || frozen === null)
    return { ...read, sheet: null }
  const number = nextNumber(corrections)
  const sheet = makeCorrectionSheet({
    year: run.year,
    number,
    report: report.subject,
    frozenOn: frozen.on,
    madeOn: todayInCopenhagen(now),
    due: corrections.due.filter((one) => one.agreement === agreement),
    why,
    was,
    holds,
  })
  const text = canonicalJson(sheet)
  const subject = ports.digest(text)
  const archiveKey = sheetKey(run.year, subject)
  await ports.archive.putOnce(archiveKey, new TextEncoder().encode(text), 'application/json')
  return { ...read, sheet: { number, subject, archiveKey } }
}

/**
 * Makes the files of the sheet that waits, and archives each once, before the record names them.
 * @param subject the hash of the sheet that was seen
 * @returns null when it is another now, or when what holds has changed since it was proposed
 */
export const filesToIssue = async (
  ports: CorrectionPorts & { readonly reportFormats: Pick<Ports['reportFormats'], 'print'> },
  run: RunState,
  subject: unknown,
  now: string,
): Promise<RunFacts['issued']> => {
  const { proposed } = run.corrections
  if (proposed === null || proposed.subject !== subject) return null
  const sheet = await readSheetOf(ports, run.year, proposed.subject)
  const draft = await correctionDraft(ports, run, proposed.agreement)
  if (
    draft === null ||
    canonicalJson(draft.places) !== canonicalJson(correctedPlaces(sheet.was, sheet.holds))
  )
    return null
  const issuedOn = todayInCopenhagen(now)
  const files: { name: string; archiveKey: string; sha256: string }[] = []
  for (const file of correctionFiles({ sheet, issuedOn }, ports.reportFormats)) {
    const archiveKey = reportKey(run.year, proposed.subject, `${issuedOn}/${file.name}`)
    files.push({
      name: file.name,
      archiveKey,
      sha256: ports.digest(await archivedOnce(ports, archiveKey, file)),
    })
  }
  return { issuedOn, files }
}
