import * as z from 'zod'
import {
  agreementIdSchema,
  contactIdSchema,
  countSchema,
  dateSchema,
  exactSchema,
  languageSchema,
  municipalityCodeSchema,
} from '../base/values.ts'
import { assumptionRuleSchema, assumptionTypeSchema } from './assumption-rules.ts'
import { judgingMethodSchema } from './judging-methods.ts'
import { themeSchema } from './theme.ts'
import { isWithin } from '../base/time.ts'

/**
 * Why an advance payment (forskudsvis udbetaling) may be decided: it is necessary for the project, or it is
 * administratively simpler and financially sound (domain/README.md, "Money").
 */
const advanceGrounds = ['necessary', 'simpler-and-sound'] as const

export const advanceSchema = z.strictObject({
  /** Of the year's grants. */
  year: z.int(),
  kroner: countSchema,
  ground: z.enum(advanceGrounds),
  /** The ground in this case's own words. */
  reason: z.string().trim().min(1),
  /** The Budgetvejledning's paragraph with its edition: the numbers have moved since. */
  rule: z.strictObject({ paragraph: z.string().regex(/^\d+(\.\d+)+$/), edition: z.int() }),
})
export type Advance = z.infer<typeof advanceSchema>

/** `Budgetvejledning 2006, pkt. 2.2.12`: never the paragraph without its year. */
export const advanceCitation = ({ rule }: Advance): string =>
  `Budgetvejledning ${rule.edition}, pkt. ${rule.paragraph}`

/** The kinds of agreement (domain/README.md, "The kinds of agreement"), by the Finance Act's own words. */
export const agreementKinds = ['resultatkontrakt', 'partnerskabsaftale', 'partnerskab-2015'] as const
export const agreementKindSchema = z.enum(agreementKinds)
export type AgreementKind = z.infer<typeof agreementKindSchema>

export const targetKeySchema = z.string().regex(/^M[1-9]\d?$/, 'a target key, e.g. "M1"')
export const assumptionKeySchema = z.string().regex(/^FS[1-9]\d?$/, 'an assumption key, e.g. "FS1"')
export const actionKeySchema = z.string().regex(/^H[1-9]\d?$/, 'an action key, e.g. "H1"')

/** What is counted: a share (two whole numbers), a number in a unit, or a yes/no with its date. */
export const measureSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('share'), unit: z.string().min(1) }),
  z.strictObject({ type: z.literal('number'), unit: z.string().min(1), whole: z.boolean() }),
  z.strictObject({ type: z.literal('milestone') }),
])
export type Measure = z.infer<typeof measureSchema>

/** A measured value of the target's measure. A share is kept as its two numbers, never as a percentage. */
export const measuredSchema = z.union([
  z.strictObject({ numerator: countSchema, denominator: countSchema }),
  z.strictObject({ value: exactSchema }),
  z.strictObject({ met: z.boolean(), on: dateSchema.nullable() }),
])
export type Measured = z.infer<typeof measuredSchema>

const memberMeasuredSchema = z.strictObject({
  municipality: municipalityCodeSchema,
  measured: measuredSchema,
})
export const baselineSchema = z.strictObject({
  year: z.int(),
  measured: measuredSchema,
  source: z.string().min(1),
  /** Each member's part, so that the baseline follows the members; their sum is `measured`. */
  byMember: z.array(memberMeasuredSchema).min(1).optional(),
  /** Whom `measured` covers, where that is not who reports: set when a member has left or joined. */
  covers: z.array(municipalityCodeSchema).min(1).optional(),
  /** The indicator's version it was measured by; absent: the target's own. */
  indicatorVersion: z.int().positive().optional(),
})

/**
 * Fields marked "optional" came after agreements had been signed: absent means the house's rule, and an
 * agreement's hash does not change by them.
 */
export const targetSchema = z.strictObject({
  key: targetKeySchema,
  /** Danish title and English title, as printed. */
  title: z.string().min(1),
  titleEn: z.string().min(1),
  /** What it is about, as the joint report groups targets (optional: no theme is agreed). */
  theme: themeSchema.optional(),
  /** Measurement method: whom and what is counted, when, from which source. */
  measurement: z.strictObject({
    definition: z.string().min(1),
    definitionEn: z.string().min(1),
    source: z.string().min(1),
    indicator: z.string().min(1),
    indicatorVersion: z.int().positive(),
  }),
  measure: measureSchema,
  direction: z.enum(['rising', 'falling']),
  method: judgingMethodSchema,
  weight: z.int().min(0).max(100),
  baseline: baselineSchema.nullable(),
  /** The level expected without the agreement, for `progress-without` (the UK LPSA rule, R1 of domain/README.md). */
  expectedWithout: exactSchema.nullable(),
  /** The value to reach, by results' year: percent for a share, the unit for a number, a date for a milestone. */
  targets: z.array(z.strictObject({ year: z.int(), value: z.union([exactSchema, dateSchema]) })).min(1),
  /** From this share of the way (percent) a progress target counts as partly met. */
  partlyFromPct: exactSchema,
  /** Below the threshold nothing counts in the overall result (the LPSA cliff). */
  cliff: z.boolean(),
  rounding: z.enum(['exact', 'rounded']),
  /** Decimals of a rounded figure (optional: one). */
  roundingDecimals: z.int().min(0).max(3).optional(),
  /** The most the target counts in the overall result, percent (optional: 100). */
  capPct: exactSchema.optional(),
  /**
   * A count that runs from this year on: earlier years' counts and this year's together (optional: the year's alone).
   */
  cumulativeFrom: z.int().optional(),
  /**
   * The years a survey is held (optional: every year). In the others the target is not measured; nothing is carried
   * forward.
   */
  measuredYears: z.array(z.int()).min(1).optional(),
  /**
   * Part of a divided municipality: not judged until a rider says how baseline and value to reach are divided
   * (optional: none).
   */
  awaits: z.literal('apportionment').optional(),
  /** `MM-DD` of the measuring date in the results' year. */
  measuringDate: z.string().regex(/^\d{2}-\d{2}$/),
  /** Day from which the figure of the year can be had; asked earlier by nobody. Null: from 1 January after. */
  earliestAvailable: z.array(z.strictObject({ year: z.int(), on: dateSchema })),
  /** Which municipalities report it; a partnership's figure is the sum over the sum. */
  reportedBy: z.array(municipalityCodeSchema).min(1),
  minimumDenominator: z.int().min(0),
  /** Figures of earlier years, for the request and for plausibility. */
  history: z.array(
    z.strictObject({ year: z.int(), municipality: municipalityCodeSchema, measured: measuredSchema }),
  ),
})
export type Target = z.infer<typeof targetSchema>

export const assumptionSchema = z.strictObject({
  key: assumptionKeySchema,
  type: assumptionTypeSchema,
  title: z.string().min(1),
  titleEn: z.string().min(1),
  unit: z.string().min(1),
  observedBy: z.enum(['ministry', 'municipality']),
  reference: z.strictObject({
    value: exactSchema,
    on: dateSchema,
    source: z.string().min(1),
    derived: z.boolean(),
  }),
  /** When a change counts as beyond the limit. */
  rule: assumptionRuleSchema,
  bearsOn: z.array(targetKeySchema).min(1),
  /** The results' years it is about: asked and judged only in these. */
  years: z.array(z.int()).min(1),
  /** Why the value is set anew, a sentence that the request prints (LETTERS 6.1); none when left out. */
  background: z.strictObject({ da: z.string().min(1), en: z.string().min(1) }).optional(),
})
export type Assumption = z.infer<typeof assumptionSchema>

export const actionSchema = z.strictObject({
  key: actionKeySchema,
  title: z.string().min(1),
  titleEn: z.string().min(1),
  /** Grants by year in whole kroner; an action with a grant must answer its cost. */
  grants: z.array(z.strictObject({ year: z.int(), kroner: countSchema })),
  statusRequired: z.boolean(),
})
export type Action = z.infer<typeof actionSchema>

export const contactRoles = ['contact', 'deputy', 'signatory', 'main-mailbox', 'co-reporter'] as const
export const contactRoleSchema = z.enum(contactRoles)
export type ContactRole = z.infer<typeof contactRoleSchema>

/** A person or mailbox on the municipality's side. Personal data: kept as an item of its own, never in an event. */
export const contactSchema = z.strictObject({
  id: contactIdSchema,
  municipality: municipalityCodeSchema,
  role: contactRoleSchema,
  name: z.string().min(1),
  title: z.string(),
  email: z.email(),
  language: languageSchema,
  validFrom: dateSchema,
  validTo: dateSchema.nullable(),
})
export type Contact = z.infer<typeof contactSchema>

/** The agreement's own rule for its overall result. */
export const scoringSchema = z.strictObject({
  /** Assessable weight of all weight, percent; below it the whole is not assessable. */
  minimumCoveragePct: exactSchema,
})

/** One immutable version of an agreement's content: what judging and letters read. */
export const agreementContentSchema = z.strictObject({
  id: agreementIdSchema,
  kind: agreementKindSchema,
  /** The ministry's case number (`2015-0479`). */
  caseNumber: z.string().min(1).max(40),
  title: z.string().min(1),
  /** True when targets and contacts are synthetic samples; printed on pages and in the report. */
  synthetic: z.boolean(),
  /** Members by date; the first lead in force is the tovholderkommune. */
  parties: z
    .array(
      z.strictObject({
        municipality: municipalityCodeSchema,
        role: z.enum(['lead', 'member']),
        from: dateSchema,
        to: dateSchema.nullable(),
      }),
    )
    .min(1),
  /** The agreement's own clauses, cited in letters (`pkt. 6`). */
  clauses: z.strictObject({ presentation: z.string().min(1), renegotiation: z.string().min(1) }),
  effectiveFrom: dateSchema,
  expiresOn: dateSchema,
  targets: z.array(targetSchema),
  /** How the overall result is made (optional: below 50 pct. coverage there is none). */
  scoring: scoringSchema.optional(),
  assumptions: z.array(assumptionSchema),
  /** Handlingsplan. Null: the part is missing. */
  actionPlan: z.strictObject({ text: z.string().min(1), actions: z.array(actionSchema) }).nullable(),
  /** How the results are spread, incl. through Erfaringsbasen (a resultatkontrakt must have it). */
  dissemination: z
    .strictObject({ text: z.string().min(1), plannedOn: dateSchema, throughExperienceBase: z.boolean() })
    .nullable(),
  /** What the ministry has promised: advice, experience exchange, payment. */
  promises: z.array(z.strictObject({ id: z.string().regex(/^L[1-9]\d?$/), text: z.string().min(1) })),
  /** Later years' money stands with this reservation (domain/README.md, "Money"). */
  reservation: z.string().nullable(),
  /** Advance payments decided for it, each with its ground (optional: none). */
  advances: z.array(advanceSchema).optional(),
})
export type AgreementContent = z.infer<typeof agreementContentSchema>

/** The grants of an agreement's text, each with its place in the file. */
export const grantsOf = ({ actionPlan }: Pick<AgreementContent, 'actionPlan'>) =>
  (actionPlan?.actions ?? []).flatMap(({ grants }, action) =>
    grants.map((grant, index) => ({ ...grant, path: `actionPlan.actions.${action}.grants.${index}` })),
  )

/** A file of the import folder: the content, who signed and when, and the contacts. */
export const agreementFileSchema = z.strictObject({
  agreement: agreementContentSchema,
  signatures: z.array(
    z.strictObject({
      party: z.union([z.literal('ministry'), municipalityCodeSchema]),
      name: z.string().min(1),
      title: z.string().min(1),
      on: dateSchema,
    }),
  ),
  contacts: z.array(contactSchema),
})
export type AgreementFile = z.infer<typeof agreementFileSchema>

/** What keeps an agreement from being signed: where in the file, what was expected there, which part is missing. */
export interface Shortcoming {
  /** Place in the agreement's file, e.g. `targets.0.weight`. */
  readonly path: string
  /** One English sentence: what must stand there. */
  readonly expected: string
  /** The same as the console says it. */
  readonly da: string
  /** A mandatory part that is missing, in the Finance Act's own words. */
  readonly part?: string
}

/** `targets.0.weight: the weights must sum to 100 (they sum to 90)` */
export const shortcomingText = ({ path, expected, part }: Shortcoming): string =>
  part === undefined ? `${path}: ${expected}` : `${path}: ${expected} (mangler: ${part})`

export type Party = AgreementContent['parties'][number]

/** The members of the partnership on a date, the lead municipality (tovholderkommune) first. */
export const partiesOn = (content: AgreementContent, date: string): readonly Party[] => {
  const inForce = content.parties.filter((party) => isWithin(date, party))
  return [...inForce.filter((one) => one.role === 'lead'), ...inForce.filter((one) => one.role !== 'lead')]
}

/** The lead municipality on a date; the only party leads, named so or not. */
export const leadOn = (content: AgreementContent, date: string): string | null =>
  partiesOn(content, date)[0]?.municipality ?? null

/** A results' year's last day: who was a party then answers for the year. */
export const yearEnd = (year: number): string => `${year}-12-31`

/**
 * An agreement's text for one results' year: `{år}` in a title or a definition stands for it, since a
 * measurement method is the same sentence every year (`med bopæl i kommunen den 31. december {år}`).
 */
export const inYear = (text: string, year: number): string => text.replaceAll('{år}', String(year))
