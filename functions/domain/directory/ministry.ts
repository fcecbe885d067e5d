import { isBefore } from '../base/time.ts'

/**
 * The ministry by the date of a letter: agreements outlive ministries (domain/README.md, "The ministry by date").
 * Dates marked [K] are common knowledge and are to be confirmed before they are printed anywhere but in an
 * agreement's own words; [V] is verified. Domains, signatories and people by date are the installation's own
 * (directory.ts).
 */
export interface MinistryName {
  /** First day under this name. */
  readonly from: string
  /** As under a letter: `Social- og Integrationsministeriet`. */
  readonly name: string
  /** After "det daværende": `Social- og Integrationsministerium`. */
  readonly indefinite: string
  /** For English letters; unofficial before 2014. */
  readonly english: string
}

const earliest: MinistryName = {
  from: '2001-11-27', // [V]
  name: 'Ministeriet for Flygtninge, Indvandrere og Integration',
  english: 'Ministry of Refugee, Immigration and Integration Affairs',
  indefinite: 'Ministerium for Flygtninge, Indvandrere og Integration',
}

/** All names, oldest first. */
export const ministryNames: readonly MinistryName[] = [
  earliest,
  {
    from: '2011-10-03', // [K]
    name: 'Social- og Integrationsministeriet',
    english: 'Ministry of Social Affairs and Integration',
    indefinite: 'Social- og Integrationsministerium',
  },
  {
    from: '2013-08-09', // [K]: in August 2013
    name: 'Social-, Børne- og Integrationsministeriet',
    english: 'Ministry of Social Affairs, Children and Integration',
    indefinite: 'Social-, Børne- og Integrationsministerium',
  },
  {
    from: '2014-02-03', // [K]; the name in 2014 [V]
    name: 'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
    english: 'Ministry of Children, Gender Equality, Integration and Social Affairs',
    indefinite: 'Ministerium for Børn, Ligestilling, Integration og Sociale Forhold',
  },
  {
    from: '2015-06-28', // [V] in part
    name: 'Udlændinge-, Integrations- og Boligministeriet',
    english: 'Ministry of Immigration, Integration and Housing',
    indefinite: 'Udlændinge-, Integrations- og Boligministerium',
  },
  {
    from: '2016-11-28', // [V] in part
    name: 'Udlændinge- og Integrationsministeriet',
    english: 'Ministry of Immigration and Integration',
    indefinite: 'Udlændinge- og Integrationsministerium',
  },
]

/** The ministry's name on a date; before the first known, the first. */
export const ministryOn = (date: string): MinistryName =>
  ministryNames.findLast((one) => !isBefore(date, one.from)) ?? earliest

/** The contracting ministry's former name in the indefinite; null while its name is unchanged. */
export const formerMinistry = (signedOn: string, on: string): string | null => {
  const then = ministryOn(signedOn)
  return then.name === ministryOn(on).name ? null : then.indefinite
}
