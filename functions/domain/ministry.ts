import * as z from 'zod'
import { isAfter, isBefore, isWithin } from './time.ts'
import { dateSchema } from './values.ts'

/**
 * The ministry's name, sending domain and signatory by date: a reorganisation changes the letterhead in the
 * middle of a year, and a letter bears what holds on its own date (DOMAIN.md 0.4, 8 case 49).
 */
const period = { from: dateSchema, to: dateSchema.nullable() }

export const ministrySchema = z.strictObject({
  names: z.array(z.strictObject({ ...period, name: z.string().min(1), nameEn: z.string().min(1) })).min(1),
  /** Domain that letters are sent from and answered to; old ones go on receiving. */
  domains: z.array(z.strictObject({ ...period, domain: z.string().min(1) })).min(1),
  /** Head of office who signs. */
  signatories: z
    .array(
      z.strictObject({
        ...period,
        name: z.string().min(1),
        title: z.string().min(1),
        titleEn: z.string().min(1),
      }),
    )
    .min(1),
})
export type Ministry = z.infer<typeof ministrySchema>

/** What the letterhead says on a day. */
export interface MinistryToday {
  readonly name: string
  readonly nameEn: string
  readonly domain: string
  readonly signatory: { readonly name: string; readonly title: string; readonly titleEn: string }
}

/** The real names. Marks as in DOMAIN.md: [V] verified, [K] unverified: confirm before printing those dates. */
export const ministryNames: Ministry['names'] = [
  {
    from: '2001-11-27', // [V]
    to: '2011-10-02', // [K]
    name: 'Ministeriet for Flygtninge, Indvandrere og Integration',
    nameEn: 'Ministry of Refugee, Immigration and Integration Affairs',
  },
  {
    from: '2011-10-03', // [K]
    to: '2013-08-08', // [K]: in August 2013
    name: 'Social- og Integrationsministeriet',
    nameEn: 'Ministry of Social Affairs and Integration',
  },
  {
    from: '2013-08-09', // [K]: in August 2013
    to: '2014-02-02', // [K]
    name: 'Social-, Børne- og Integrationsministeriet',
    nameEn: 'Ministry of Social Affairs, Children and Integration',
  },
  {
    from: '2014-02-03', // [K]; the name in 2014 [V]
    to: '2015-06-27',
    name: 'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
    nameEn: 'Ministry of Children, Gender Equality, Integration and Social Affairs',
  },
  {
    from: '2015-06-28', // [V] in part
    to: '2016-11-27', // [V] in part
    name: 'Udlændinge-, Integrations- og Boligministeriet',
    nameEn: 'Ministry of Immigration, Integration and Housing',
  },
  {
    from: '2016-11-28', // [V] in part
    to: null,
    name: 'Udlændinge- og Integrationsministeriet',
    nameEn: 'Ministry of Immigration and Integration',
  },
]

/** The sample's letterhead: real names, sample domains and a sample signatory. */
export const sampleMinistry: Ministry = {
  names: ministryNames,
  domains: [
    { from: '2001-11-27', to: '2015-06-27', domain: 'svar.ministeriet.example' },
    { from: '2015-06-28', to: null, domain: 'svar.nytministerium.example' },
  ],
  signatories: [
    { from: '2001-11-27', to: null, name: 'Anders Prøvesen', title: 'kontorchef', titleEn: 'Head of Office' },
  ],
}

const on = <P extends { readonly from: string; readonly to: string | null }>(
  periods: readonly P[],
  date: string,
  what: string,
): P => {
  const found = periods.find((one) => isWithin(date, one))
  if (found === undefined) throw new RangeError(`the ministry has no ${what} on ${date}`)
  return found
}

/** Name, domain and signatory on a date. Throws a `RangeError` for a date the data do not cover. */
export const ministryOn = (ministry: Ministry, date: string): MinistryToday => {
  const { name, nameEn } = on(ministry.names, date, 'name')
  const { domain } = on(ministry.domains, date, 'domain')
  const signatory = on(ministry.signatories, date, 'signatory')
  return {
    name,
    nameEn,
    domain,
    signatory: { name: signatory.name, title: signatory.title, titleEn: signatory.titleEn },
  }
}

/** As after »det daværende«: `Ministerium for …`, `Social- og Integrationsministerium`. */
export const indefiniteName = (name: string): string => name.replace(/inisteriet\b/u, 'inisterium')

/**
 * The contracting ministry's name when it is no longer the ministry's: for »indgået med det daværende …«.
 * Null while the name is the one of the signature.
 */
export const formerNameSince = (
  ministry: Ministry,
  signedOn: string,
  today: string,
): { readonly da: string; readonly en: string } | null => {
  const then = on(ministry.names, signedOn, 'name')
  return then.name === on(ministry.names, today, 'name').name
    ? null
    : { da: indefiniteName(then.name), en: then.nameEn }
}

/**
 * The latest change of name after one date and up to another, both Danish: an agreement whose last letter was
 * of `since` is told of it once. Null when there was none.
 */
export const renamedBetween = (
  ministry: Ministry,
  since: string,
  today: string,
): { readonly on: string } | null => {
  const change = ministry.names.findLast((one) => isAfter(one.from, since) && !isAfter(one.from, today))
  return change === undefined ? null : { on: change.from }
}

/** Every domain that has been printed up to a date: replies to an old address must still arrive. */
export const receivingDomains = (ministry: Ministry, date: string): readonly string[] =>
  ministry.domains.filter((one) => !isBefore(date, one.from)).map((one) => one.domain)
