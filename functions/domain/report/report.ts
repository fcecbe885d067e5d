import * as z from 'zod'
import { agreementKindSchema, targetKeySchema, advanceSchema } from '../agreement/content.ts'
import { judgingMethodSchema } from '../agreement/judging-methods.ts'
import { themeSchema, themes, type Theme } from '../agreement/theme.ts'
import { notAssessableReasons, verdictSchema } from '../judging/assessment.ts'
import { reviewStatuses } from '../review/status.ts'
import {
  agreementIdSchema,
  countSchema,
  dateSchema,
  exactSchema,
  municipalityCodeSchema,
} from '../base/values.ts'
import { leftOutReasons } from '../year-run/slices/manifest.ts'
import { renegotiationCauses } from '../agreement/slices/questions.ts'
import { typedSources } from '../casefile/figures-typed.ts'

const count = z.int().min(0)

/** What the method note says (Invariant I20). */
export const methodNoteSchema = z.strictObject({
  /** Day of the last commit read. */
  dataOn: dateSchema,
  sources: z.array(z.string()),
  ruleVersions: z.array(z.string()),
  thresholds: z.array(z.strictObject({ partlyFromPct: exactSchema, targets: count })),
  cliffs: count,
  rounded: count,
  /** Targets that count to another limit than 100 pct. (absent: none). */
  caps: z.array(z.strictObject({ capPct: exactSchema, targets: count })).optional(),
  /** Rounded targets with another number of decimals than one (absent: none). */
  decimals: z.array(z.strictObject({ decimals: count, targets: count })).optional(),
  /** Agreements with a least coverage of their own (absent: none; the half of the weight holds). */
  coverages: z.array(z.strictObject({ minimumCoveragePct: exactSchema, agreements: count })).optional(),
  suppression: z.strictObject({ threshold: z.int(), zeroShown: z.boolean(), cells: count, overalls: count }),
  typedByMinistry: count,
  /** What they were typed in from, where the record says it (absent: nothing was typed in). */
  typedFrom: z.array(z.strictObject({ source: z.enum(typedSources), figures: count })).optional(),
  changedByHand: count,
  agreementsChanged: z.array(
    z.strictObject({
      agreement: agreementIdSchema,
      title: z.string(),
      rider: z.int().positive(),
      signedOn: dateSchema,
      effectiveFrom: dateSchema,
    }),
  ),
  synthetic: count,
})
export type MethodNote = z.infer<typeof methodNoteSchema>

/**
 * The joint report (samlet afrapportering) as a plain value: what is decided on, archived and published. What
 * may not be published is not in it: suppression happens where it is compiled, so that no reader of this value
 * can forget it. Numbers are exact texts; free text is Danish as people wrote it.
 */
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** A figure as it may be published. */
export const shownFigureSchema = z.discriminatedUnion('is', [
  /** Of which, in all, and the percentage they make, exact. */
  z.strictObject({
    is: z.literal('share'),
    numerator: countSchema,
    denominator: countSchema,
    percent: exactSchema.nullable(),
  }),
  z.strictObject({ is: z.literal('number'), value: exactSchema }),
  z.strictObject({ is: z.literal('milestone'), met: z.boolean(), on: dateSchema.nullable() }),
  /** *Ikke opgjort*: the municipality says that it cannot be had. */
  z.strictObject({ is: z.literal('not-available') }),
  /** No figure came. */
  z.strictObject({ is: z.literal('nothing') }),
  /** Not shown for reasons of confidentiality (domain/README.md, "Small numbers"). */
  z.strictObject({ is: z.literal('suppressed') }),
])
export type ShownFigure = z.infer<typeof shownFigureSchema>

export const reportedAssumptionSchema = z.strictObject({
  key: z.string(),
  title: z.string(),
  unit: z.string(),
  reference: exactSchema.nullable(),
  referenceOn: dateSchema.nullable(),
  /** Null: not known, or not shown (`suppressed`). */
  observed: exactSchema.nullable(),
  source: z.string(),
  suppressed: z.boolean(),
})
export type ReportedAssumption = z.infer<typeof reportedAssumptionSchema>

export const reportedTargetSchema = z.strictObject({
  key: targetKeySchema,
  title: z.string(),
  /** Absent where the agreement names none. */
  theme: themeSchema.optional(),
  measure: z.enum(['share', 'number', 'milestone']),
  unit: z.string(),
  direction: z.enum(['rising', 'falling']),
  method: judgingMethodSchema,
  weight: z.int(),
  /** The agreement's version it was judged by, in force on its measuring date. */
  version: z.int().positive().nullable(),
  source: z.string(),
  baseline: z.strictObject({ year: z.int(), figure: shownFigureSchema }).nullable(),
  /** The year's value to reach: percent, a number or a date. */
  goal: z.string(),
  /** The agreement's figure; a partnership's is the sum over the sum. */
  figure: shownFigureSchema,
  /** What each member gave; empty where one municipality reports. */
  members: z.array(z.strictObject({ municipality: municipalityCodeSchema, figure: shownFigureSchema })),
  /** Null while the review is not finally assessed. */
  verdict: verdictSchema.nullable(),
  notAssessable: z.enum(notAssessableReasons).nullable(),
  /** Uncapped share of the way, exact; null where there is none or it would give a hidden figure away. */
  achieved: exactSchema.nullable(),
  /** The verdict's reason in one sentence or more. */
  sentence: z.string(),
  /** Changed by a caseworker and approved by another; the rule's own verdict and the reason given. */
  byHand: z.strictObject({ ruleVerdict: verdictSchema, reason: z.string().nullable() }).nullable(),
  failedAssumptions: z.array(reportedAssumptionSchema),
})
export type ReportedTarget = z.infer<typeof reportedTargetSchema>

export const factCheckOutcomes = ['not-sent', 'ok', 'corrections', 'silent'] as const

export const reportedPartySchema = z.strictObject({
  municipality: municipalityCodeSchema,
  name: z.string(),
  role: z.enum(['lead', 'member']),
  replied: z.enum(['complete', 'partly', 'nothing']),
  factCheck: z.strictObject({
    is: z.enum(factCheckOutcomes),
    on: dateSchema.nullable(),
    /** The corrections asked for, in the municipality's words; null when there are none or they are withheld. */
    text: z.string().nullable(),
    /** What became of the corrections; absent while undecided, and where there are none. */
    decided: z
      .strictObject({
        as: z.enum(['corrected', 'rejected', 'figure']),
        on: dateSchema,
        /** The ministry's answer; null: erased or withheld. */
        text: z.string().nullable(),
      })
      .optional(),
  }),
})
export type ReportedParty = z.infer<typeof reportedPartySchema>

export const reportedHearingSchema = z.strictObject({
  is: z.enum(['not-concluded', 'none-received', 'none', 'answered']),
  /** Both parties' words, one entry per answer that holds comments. */
  comments: z.array(
    z.strictObject({
      municipality: municipalityCodeSchema,
      on: dateSchema,
      targets: z.array(targetKeySchema),
      /** Null: erased, or withheld because a number in it might give a hidden figure away. */
      text: z.string().nullable(),
      answer: z.string().nullable(),
    }),
  ),
})
export type ReportedHearing = z.infer<typeof reportedHearingSchema>

export const renegotiationPhases = [
  'undecided',
  'negotiated',
  'declined',
  'rider',
  'not-accepted',
  'lapsed',
  'withdrawn',
] as const

export const reportedRenegotiationSchema = z.strictObject({
  seq: z.int().positive(),
  raisedOn: dateSchema,
  causes: z.array(z.enum(renegotiationCauses)).min(1),
  /** An assumption was wrong from the start. */
  error: z.boolean(),
  assumptions: z.array(reportedAssumptionSchema),
  phase: z.enum(renegotiationPhases),
  /** Why it was declined or withdrawn, as the letter has it. */
  reason: z.string().nullable(),
  rider: z
    .strictObject({ number: z.int().positive(), signedOn: dateSchema, effectiveFrom: dateSchema })
    .nullable(),
})
export type ReportedRenegotiation = z.infer<typeof reportedRenegotiationSchema>

export const reportedActionSchema = z.strictObject({
  key: z.string(),
  title: z.string(),
  /** The year's grant in whole kroner; null without one. */
  grant: countSchema.nullable(),
  /** What it cost, kroner; the lead municipality is asked. Null when none came. */
  cost: exactSchema.nullable(),
  status: z.enum(['not-started', 'in-progress', 'completed']).nullable(),
})
export type ReportedAction = z.infer<typeof reportedActionSchema>

/** Where it was read: each stream's last commit then, so that the same report can be compiled again. */
const recordSchema = z.array(z.strictObject({ stream: z.string(), seq: z.int(), hash: z.string() }))

export const reportedAgreementSchema = z.strictObject({
  agreement: agreementIdSchema,
  title: z.string(),
  kind: agreementKindSchema,
  caseNumber: z.string(),
  synthetic: z.boolean(),
  signedOn: dateSchema,
  parties: z.array(reportedPartySchema).min(1),
  /** `unfinished` and `stopped` stand so in the report; their targets have no verdict. */
  outcome: z.enum(['assessed', 'unfinished', 'stopped']),
  status: z.enum(reviewStatuses),
  /** Finally assessed, and taken up again since: the earlier assessment holds until a new one. */
  reopened: z.boolean(),
  stopReason: z.string().nullable(),
  assessed: z
    .strictObject({ on: dateSchema, version: z.int().positive(), subject: hash, ruleVersion: z.string() })
    .nullable(),
  targets: z.array(reportedTargetSchema),
  /** Percent, exact; null when not assessable, not assessed or hidden. */
  overall: exactSchema.nullable(),
  overallSuppressed: z.boolean(),
  coverage: exactSchema.nullable(),
  externalFactors: z.array(z.string()),
  /** Figures were sent with reservation for political approval. */
  reservation: z.boolean(),
  /**
   * Targets whose figure the municipality has corrected since the assessment, without the case being reopened
   * (absent: none): a footnote, without the figure.
   */
  lateCorrections: z
    .strictObject({ targets: z.array(targetKeySchema).min(1), on: dateSchema, declined: z.boolean() })
    .optional(),
  hearing: reportedHearingSchema,
  actions: z.array(reportedActionSchema),
  /** Advance payments of the year, each with its ground (absent: none). */
  advances: z.array(advanceSchema).optional(),
  /** The ministry's own promises; absent while none of them is answered for the year. */
  promises: z
    .array(
      z.strictObject({
        text: z.string(),
        /** Null: not answered. */
        kept: z.boolean().nullable(),
        reason: z.string().nullable(),
      }),
    )
    .optional(),
  dissemination: z
    .strictObject({
      planned: z.string(),
      plannedOn: dateSchema,
      done: z.boolean(),
      text: z.string().nullable(),
    })
    .nullable(),
  renegotiations: z.array(reportedRenegotiationSchema),
  record: recordSchema,
})
export type ReportedAgreement = z.infer<typeof reportedAgreementSchema>

export const reportedLeftOutSchema = z.strictObject({
  agreement: agreementIdSchema,
  title: z.string(),
  kind: agreementKindSchema.nullable(),
  caseNumber: z.string(),
  municipalities: z.array(z.string()),
  reason: z.enum(leftOutReasons),
  record: recordSchema,
})
export type ReportedLeftOut = z.infer<typeof reportedLeftOutSchema>

export const verdictCountsSchema = z.strictObject({
  met: count,
  'partly-met': count,
  'not-met': count,
  'not-met-assumption-failed': count,
  'not-assessable': count,
  /** Targets of reviews that are not finally assessed. */
  pending: count,
})
export type VerdictCounts = z.infer<typeof verdictCountsSchema>

const tallySchema = z.strictObject({
  agreements: count,
  assessed: count,
  targets: count,
  verdicts: verdictCountsSchema,
  /** Assessable targets of all targets, percent, exact. */
  coverage: exactSchema,
})
export type Tally = z.infer<typeof tallySchema>

export const jointReportSchema = z.strictObject({
  format: z.literal('joint-report/1'),
  year: z.int(),
  /** By its name on the reporting date. */
  ministry: z.string(),
  reportingOn: dateSchema,
  factCheckOn: dateSchema,
  agreements: z.array(reportedAgreementSchema),
  leftOut: z.array(reportedLeftOutSchema),
  totals: tallySchema,
  byKind: z.array(z.strictObject({ kind: agreementKindSchema, tally: tallySchema })),
  renegotiations: z.strictObject({ raised: count, running: count }),
  method: methodNoteSchema,
})
export type JointReport = z.infer<typeof jointReportSchema>

/** Where a compiled report's parts lie in the archive: by year and the hash of what was compiled. */
export const reportKey = (year: number, subject: string, name: string): string =>
  `reports/${year}/${subject}/${name}`

/** One agreement's own pages of a compiled report, for its fact check. */
export const pagesKey = (year: number, subject: string, agreement: string): string =>
  reportKey(year, subject, `pages/${agreement}.html`)

export interface ThemedTarget {
  readonly agreement: ReportedAgreement
  readonly target: ReportedTarget
}

export interface ThemedTargets {
  /** Null: targets whose agreements name no theme. */
  readonly theme: Theme | null
  /** In the report's order of agreements. */
  readonly targets: readonly ThemedTarget[]
}

const targetsOf = (report: JointReport): readonly ThemedTarget[] =>
  report.agreements.flatMap((agreement) => agreement.targets.map((target) => ({ agreement, target })))

/** The report's targets by what they are about, in the barometer's order; a theme without a target is left out. */
export const targetsByTheme = (report: JointReport): readonly ThemedTargets[] => {
  const targets = targetsOf(report)
  return [...themes, null]
    .map((theme) => ({
      theme,
      targets: targets.filter(({ target }) => (target.theme ?? null) === theme),
    }))
    .filter((one) => one.targets.length > 0)
}

const unmetVerdicts: readonly ReportedTarget['verdict'][] = [
  'partly-met',
  'not-met',
  'not-met-assumption-failed',
]

/** Judged, and short of what was agreed; a target that cannot be judged is none of them. */
export const isUnmet = ({ verdict }: ReportedTarget): boolean => unmetVerdicts.includes(verdict)

export const unmetTargets = (report: JointReport): readonly ThemedTarget[] =>
  targetsOf(report).filter(({ target }) => isUnmet(target))
