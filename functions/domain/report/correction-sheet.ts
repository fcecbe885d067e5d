import * as z from 'zod'
import { ministryOn } from '../directory/ministry.ts'
import { dateSchema } from '../base/values.ts'
import type { DueCorrection } from '../year-run/slices/corrections.ts'
import type { RunState } from '../year-run/state.ts'
import { compileAgreement } from './compile-agreement.ts'
import { publishableText } from './figure-disclosure.ts'
import { reportedAgreementSchema, type ReportedAgreement } from './report.ts'
import type { AgreementFacts } from './report-facts.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * A numbered correction (rettelsesblad) of a frozen joint report, as a plain value: what the report said of one
 * agreement, what holds now, why, and since when. Compiled as the report is, so that what may not be published is
 * not in it.
 */
export const correctionSheetSchema = z.strictObject({
  format: z.literal('correction-sheet/1'),
  year: z.int(),
  number: z.int().positive(),
  /** The frozen report's hash; its files stay as they are. */
  report: hash,
  frozenOn: dateSchema,
  /** By its name on the day the sheet was made. */
  ministry: z.string(),
  madeOn: dateSchema,
  /** What showed the error, and when it was decided. */
  causes: z.array(z.strictObject({ is: z.enum(['assessment', 'fact-check']), on: dateSchema })).min(1),
  /** The caseworker's words. */
  why: z.string(),
  /** As the report had it, or the last sheet of the same agreement. */
  was: reportedAgreementSchema,
  holds: reportedAgreementSchema,
})
export type CorrectionSheet = z.infer<typeof correctionSheetSchema>

/** What holds of an agreement now, as it may be published, and whether the words beside it may hold numbers. */
export interface HoldsNow {
  readonly agreement: ReportedAgreement
  readonly hidesFigures: boolean
}

/** @param publishedVersions see `compileAgreement`: what has been published is read beside what holds now */
export const holdsNow = (
  facts: AgreementFacts,
  run: RunState,
  publishedVersions: readonly number[],
): HoldsNow => {
  const { agreement, cells } = compileAgreement(facts, run.openedOn, publishedVersions)
  return { agreement, hidesFigures: cells > 0 }
}

/** May the reason be printed? A number beside a hidden figure might give it away. */
export const isPrintableReason = (why: string, { hidesFigures }: HoldsNow): boolean =>
  publishableText(why, hidesFigures) !== null

/** Makes the sheet. Pure: equal values give an equal sheet, byte for byte in canonical JSON. */
export const makeCorrectionSheet = (sheet: {
  readonly year: number
  readonly number: number
  readonly report: string
  readonly frozenOn: string
  readonly madeOn: string
  readonly due: readonly DueCorrection[]
  readonly why: string
  readonly was: ReportedAgreement
  readonly holds: ReportedAgreement
}): CorrectionSheet => {
  const { due, ...rest } = sheet
  return {
    format: 'correction-sheet/1',
    ...rest,
    ministry: ministryOn(sheet.madeOn).name,
    causes: due.map(({ cause, decidedOn }) => ({ is: cause.is, on: decidedOn })),
  }
}
