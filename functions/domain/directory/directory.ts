import * as z from 'zod'
import { framesSchema } from '../money/frames.ts'
import {
  dateSchema,
  ministryRoleSchema,
  municipalityCodeSchema,
  personIdSchema,
  type MinistryRole,
} from '../base/values.ts'

/** A person of the ministry, as letters name them and daily mails reach them. */
export const ministryPersonSchema = z.strictObject({
  id: personIdSchema,
  name: z.string().min(1),
  title: z.string().min(1),
  email: z.email(),
  phone: z.string().min(1),
  roles: z.array(ministryRoleSchema).min(1),
  /** Stands in for the others of the role when they do not act. */
  deputy: z.boolean(),
  /** Municipalities whose cases the person may not decide (inhabilitet, Edge case 63). */
  barredFrom: z.array(municipalityCodeSchema).default([]),
})
export type MinistryPerson = z.infer<typeof ministryPersonSchema>

/** What the ministry says of itself, by date: it changes name and domain in the middle of a run. */
export const ministryDataSchema = z.strictObject({
  domains: z
    .array(z.strictObject({ from: dateSchema, replyDomain: z.string().min(1), domain: z.string().min(1) }))
    .min(1),
  officeHead: z
    .array(z.strictObject({ from: dateSchema, name: z.string().min(1), title: z.string().min(1) }))
    .min(1),
  privacyPolicy: z.string(),
  /** Printed after assessments and decisions; empty unless the ministry has filled it in. */
  complaint: z.string(),
})

/** Every municipality's main mailbox (hovedpostkasse), for letters that belong to no agreement. */
export const mainMailboxesSchema = z.array(
  z.strictObject({ municipality: municipalityCodeSchema, email: z.email() }),
)
export type MainMailboxes = z.infer<typeof mainMailboxesSchema>

export const directorySchema = z.strictObject({
  people: z.array(ministryPersonSchema).min(1),
  ministry: ministryDataSchema,
  /** Commitment frames by year; an installation without them does not check commitments. */
  frames: framesSchema.optional(),
  mainMailboxes: mainMailboxesSchema.optional(),
})
export type Directory = z.infer<typeof directorySchema>

const inForce = <T extends { readonly from: string }>(entries: readonly T[], on: string): T => {
  const found =
    [...entries].sort((a, b) => (a.from < b.from ? -1 : 1)).findLast((entry) => entry.from <= on) ??
    entries[0]
  if (found === undefined) throw new RangeError('the directory has no entry')
  return found
}

export const domainsOn = (directory: Directory, on: string) => inForce(directory.ministry.domains, on)
export const officeHeadOn = (directory: Directory, on: string) => inForce(directory.ministry.officeHead, on)

/** Every domain that replies may still come to: old addresses are received for twelve months more and longer. */
export const replyDomains = (directory: Directory): readonly string[] =>
  directory.ministry.domains.map((entry) => entry.replyDomain)

/**
 * The roles that a person decides by at this moment: those that the login gave and the ministry's own list still has.
 * Who has left the list has none.
 */
export const rolesOfNow = (
  { people }: Directory,
  { id, roles }: { readonly id: string; readonly roles: readonly MinistryRole[] },
): readonly MinistryRole[] => {
  const now = people.find((person) => person.id === id)?.roles ?? []
  return roles.filter((role) => now.includes(role))
}

/** What says whose case it is. */
export interface CaseToAssign {
  readonly agreement: string | null
  readonly parties: readonly { readonly municipality: string }[]
  /** Who was named; null or left out: nobody was. */
  readonly caseworker?: string | null
}

/** A caseworker who is not barred from it. */
export const mayBeCaseworkerOf = (person: MinistryPerson, { parties }: CaseToAssign): boolean =>
  person.roles.includes('caseworker') &&
  !parties.some(({ municipality }) => person.barredFrom.includes(municipality))

/**
 * The caseworker of a case: whoever took it over or was given it, as long as they may have it; else spread over the
 * caseworkers by the agreement's id, barred ones left out.
 */
export const caseworkerOf = (directory: Directory, of: CaseToAssign): MinistryPerson => {
  const caseworkers = directory.people.filter((person) => mayBeCaseworkerOf(person, of))
  const named = caseworkers.find(({ id }) => id === of.caseworker)
  if (named !== undefined) return named
  const spread = [...(of.agreement ?? '')].reduce(
    (sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 65_521,
    7,
  )
  const person = caseworkers[spread % Math.max(1, caseworkers.length)] ?? directory.people[0]
  if (person === undefined) throw new RangeError('the directory names no caseworker')
  return person
}
