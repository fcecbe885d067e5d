import {
  type Action,
  type AgreementContent,
  type Assumption,
  type Target,
  leadOn,
  yearEnd,
} from '../agreement/content.ts'
import { isAfter } from '../base/time.ts'
import type { FormField } from './field.ts'
import {
  actionCostField,
  actionStatusField,
  agreementFields,
  assumptionField,
  assumptionNoteField,
  newTargetField,
  targetFields,
  targetNoteField,
} from './fields.ts'

/** Whose form it is: one party of the agreement in one results' year. */
export interface FormFor {
  readonly year: number
  readonly municipality: string
  /** The day it is asked: a figure not available by then is left out (`laterTargets`). Absent: all. */
  readonly askedOn?: string
  /** Keys a person has asked about (letter L5): required now, and first. */
  readonly questions?: readonly string[]
}

/** The target's value to reach in the year, or null: then it is neither asked nor judged. */
export const targetValue = (target: Target, year: number): string | null =>
  target.targets.find((one) => one.year === year)?.value ?? null

/** From when the figure of the year can be had; null: from 1 January after. */
export const availableFrom = (target: Target, year: number): string | null =>
  target.earliestAvailable.find((one) => one.year === year)?.on ?? null

/** The targets this party reports for the year. */
export const askedTargets = (content: AgreementContent, { year, municipality }: FormFor): readonly Target[] =>
  content.targets.filter(
    (target) => targetValue(target, year) !== null && target.reportedBy.includes(municipality),
  )

/** Those of them that cannot be had yet on the day of asking, with their day (letter L1e). */
export const laterTargets = (
  content: AgreementContent,
  options: FormFor,
): readonly { readonly target: Target; readonly on: string }[] => {
  const { askedOn } = options
  if (askedOn === undefined) return []
  return askedTargets(content, options).flatMap((target) => {
    const on = availableFrom(target, options.year)
    return on !== null && isAfter(on, askedOn) ? [{ target, on }] : []
  })
}

/** Assumptions of the year that the municipality itself observes. */
const askedAssumptions = (content: AgreementContent, year: number): readonly Assumption[] =>
  content.assumptions.filter((one) => one.observedBy === 'municipality' && one.years.includes(year))

const actions = (content: AgreementContent): readonly Action[] => content.actionPlan?.actions ?? []
const hasGrant = (action: Action, year: number): boolean =>
  action.grants.some((grant) => grant.year === year && grant.kroner !== '0')

/**
 * What belongs to the agreement as a whole (assumptions, actions, dissemination, advice) is asked of the lead
 * municipality; a member is asked for its own figures (LETTERS 1.13).
 */
const isLead = (content: AgreementContent, { year, municipality }: FormFor): boolean =>
  leadOn(content, yearEnd(year)) === municipality

const withQuestions = (fields: readonly FormField[], questions: readonly string[]): readonly FormField[] => {
  const asked = fields.filter((field) => questions.includes(field.key))
  const rest = fields.filter((field) => !questions.includes(field.key))
  return [...asked.map((field) => ({ ...field, required: true })), ...rest]
}

/** The key lines printed for a party, in the mail's order: required ones first (LETTERS 3.1, 6.1). */
export const formFor = (content: AgreementContent, options: FormFor): readonly FormField[] => {
  const { year, questions = [] } = options
  const later = new Set(laterTargets(content, options).map((one) => one.target.key))
  const targets = askedTargets(content, options).filter((target) => !later.has(target.key))
  const lead = isLead(content, options)
  const own = lead ? actions(content) : []
  const status = own.map(actionStatusField)
  const fields: readonly FormField[] = [
    ...targets.flatMap(targetFields),
    ...(lead ? askedAssumptions(content, year).map(assumptionField) : []),
    ...own.flatMap((action) => (hasGrant(action, year) ? [actionCostField(action)] : [])),
    ...status.filter((field) => field.required),
    ...(lead && content.kind === 'resultatkontrakt' ? [agreementFields.dissemination] : []),
    ...(lead && content.kind === 'partnerskab-2015' ? [agreementFields.advice] : []),
    ...targets.map(targetNoteField),
    agreementFields.comments,
    ...status.filter((field) => !field.required),
    agreementFields.renegotiation,
    agreementFields.experience,
    agreementFields.mayShare,
    agreementFields.approvedBy,
    agreementFields.reservation,
    agreementFields.finished,
  ]
  return questions.length === 0 ? fields : withQuestions(fields, questions)
}

/** Keys read in any reply though no form prints them. */
export const unprintedFields = (
  content: AgreementContent,
  { year }: { readonly year: number },
): readonly FormField[] => [
  ...content.assumptions.filter((one) => one.years.some((about) => about >= year)).map(assumptionNoteField),
  agreementFields.ministrysPart,
  agreementFields.extensionUntil,
  agreementFields.theirCaseNumber,
  agreementFields.coReporter,
  agreementFields.contact,
  agreementFields.deputy,
]

/** Everything a reply to the request may answer: what is printed, figures that come later, and the rest. */
export const readableFields = (content: AgreementContent, options: FormFor): readonly FormField[] => {
  const { year, municipality, questions } = options
  const all = formFor(content, { year, municipality, ...(questions === undefined ? {} : { questions }) })
  const account = isFinalYear(content, year) && isLead(content, options) ? finalReturnForm() : []
  return [...all, ...account, ...unprintedFields(content, options)]
}

const typedTypes: readonly FormField['type'][] = [
  'count',
  'number',
  'amount',
  'milestone',
  'attached-or-date',
]

/**
 * What a caseworker may type in from a letter or a call: figures, and the last year's account with its papers.
 * Words are never typed for a municipality.
 */
export const typedFields = (content: AgreementContent, options: FormFor): readonly FormField[] =>
  readableFields(content, options).filter(({ type }) => typedTypes.includes(type))

/** The hearing on a draft (letter L6): one reply, a note per target, comments. */
export const hearingForm = (
  content: AgreementContent,
  { year }: { readonly year: number },
): readonly FormField[] => [
  agreementFields.hearingReply,
  ...content.targets.filter((target) => targetValue(target, year) !== null).map(targetNoteField),
  agreementFields.comments,
]

/** The answer to a proposed rider (letter L8c), with a blank for each target it changes. */
export const proposalForm = (content: AgreementContent, changed: readonly string[]): readonly FormField[] => [
  agreementFields.proposalAnswer,
  agreementFields.reason,
  ...content.targets.filter((target) => changed.includes(target.key)).map(newTargetField),
]

/** The fact check of a municipality's own pages (letter L11). */
export const factCheckForm = (): readonly FormField[] => [agreementFields.factCheck]

/** Who is asked in January (letter L0); a plain `OK` confirms. */
export const contactConfirmationForm = (): readonly FormField[] => [
  agreementFields.contact,
  agreementFields.deputy,
  agreementFields.coReporter,
]

/** Where the results are described (letter L12). */
export const disseminationForm = (): readonly FormField[] => [agreementFields.dissemination]

/** Does the agreement end in the year? Then its account is asked for as well. */
export const isFinalYear = (content: AgreementContent, year: number): boolean =>
  !isAfter(content.expiresOn, yearEnd(year))

/** The last year's account (letter L10). */
export const finalReturnForm = (): readonly FormField[] => [
  agreementFields.totalSpent,
  agreementFields.finalAccount,
  agreementFields.auditorsStatement,
]

/** One answered key, as the review keeps it. */
export interface Answered {
  readonly key: string
  readonly value: { readonly is: string }
}

const shareOf = (field: FormField): string | null =>
  field.subject.of === 'target' && (field.subject.part === 'total' || field.subject.part === 'of-which')
    ? field.subject.target.key
    : null

/**
 * The required fields still unanswered, in the form's order. *Ikke opgjort* closes a gap; said of one of a
 * share's two numbers it closes both, since the other would say nothing.
 */
export const missing = (form: readonly FormField[], answers: readonly Answered[]): readonly FormField[] => {
  const answered = new Set(answers.map((answer) => answer.key))
  const unavailable = new Set(
    answers.filter((answer) => answer.value.is === 'not-available').map((answer) => answer.key),
  )
  const closedShares = new Set(
    form.filter((field) => unavailable.has(field.key)).flatMap((field) => shareOf(field) ?? []),
  )
  return form.filter((field) => {
    const share = shareOf(field)
    return field.required && !answered.has(field.key) && !(share !== null && closedShares.has(share))
  })
}
