import * as z from 'zod'

/** An instant, UTC with `Z`, milliseconds optional. */
export const instantSchema = z.iso.datetime()
/** A Danish calendar date, `YYYY-MM-DD`. */
export const dateSchema = z.iso.date()
/** A municipality's code without the leading zero (`479`), never its name: names change their spelling. */
export const municipalityCodeSchema = z
  .string()
  .regex(/^[1-9]\d{2}$/, 'a kommunekode of three digits, e.g. "479"')
/** An agreement's id: lower case, digits and hyphens, part of execution names and addresses. */
export const agreementIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,30}$/, 'lower case letters, digits and hyphens, at most 31')
  .brand<'AgreementId'>()
export type AgreementId = z.infer<typeof agreementIdSchema>
export const contactIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}$/)
  .brand<'ContactId'>()
export type ContactId = z.infer<typeof contactIdSchema>
/** A ministry person's id, as the identity provider's `sub` gives it. */
export const personIdSchema = z.string().min(1).max(100).brand<'PersonId'>()
export type PersonId = z.infer<typeof personIdSchema>

/**
 * An exact number as text: `45.5`, `-3`, or a fraction `61/134`. Never an IEEE double: (0.56-0.50)/(0.60-0.50)
 * is not 0.6 there, and a verdict would turn on it.
 */
export const exactPattern = /^(-?\d+)(?:\.(\d+))?(?:\/([1-9]\d*))?$/
export const exactSchema = z.string().regex(exactPattern, 'an exact number as text, e.g. "45.5"')
/** A whole number of kroner or persons, as exact text. */
export const countSchema = z.string().regex(/^\d+$/, 'a whole number as text, e.g. "134"')

export const languages = ['da', 'en'] as const
export const languageSchema = z.enum(languages)
export type Language = z.infer<typeof languageSchema>

/** The names of a table's rows, in its order: whatever is listed by them has no list of its own. */
export const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] =>
  Object.keys(table).filter((key): key is K => Object.hasOwn(table, key))

/**
 * The roles of the ministry's people, as a Danish directory names them (domain/README.md, "Words"), and above the
 * approver the head of department, to whom an objection goes that stays unresolved (Edge case 17). What a role may do
 * stands with each command.
 */
export const danishRoles = {
  caseworker: 'sagsbehandler',
  approver: 'godkender',
  'head-of-department': 'afdelingschef',
  administrator: 'administrator',
  auditor: 'revisor',
} as const
export const ministryRoles = keysOf(danishRoles)
export const ministryRoleSchema = z.enum(ministryRoles)
export type MinistryRole = z.infer<typeof ministryRoleSchema>
