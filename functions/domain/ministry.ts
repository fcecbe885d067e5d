import { isBefore } from './time.ts'

/**
 * The ministry by the date of a letter: agreements outlive ministries (DOMAIN.md 0.4). Dates before 2014 are
 * common knowledge and are to be confirmed before they are printed anywhere but in an agreement's own words.
 */
export interface MinistryName {
  /** First day under this name. */
  readonly from: string
  /** As under a letter: `Social- og Integrationsministeriet`. */
  readonly name: string
  /** After "det daværende": `Social- og Integrationsministerium`. */
  readonly indefinite: string
}

const earliest: MinistryName = {
  from: '2001-11-27',
  name: 'Ministeriet for Flygtninge, Indvandrere og Integration',
  indefinite: 'Ministerium for Flygtninge, Indvandrere og Integration',
}

/** All names, oldest first. */
export const ministryNames: readonly MinistryName[] = [
  earliest,
  {
    from: '2011-10-03',
    name: 'Social- og Integrationsministeriet',
    indefinite: 'Social- og Integrationsministerium',
  },
  {
    from: '2013-08-09',
    name: 'Social-, Børne- og Integrationsministeriet',
    indefinite: 'Social-, Børne- og Integrationsministerium',
  },
  {
    from: '2014-02-03',
    name: 'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
    indefinite: 'Ministerium for Børn, Ligestilling, Integration og Sociale Forhold',
  },
  {
    from: '2015-06-28',
    name: 'Udlændinge-, Integrations- og Boligministeriet',
    indefinite: 'Udlændinge-, Integrations- og Boligministerium',
  },
  {
    from: '2016-11-28',
    name: 'Udlændinge- og Integrationsministeriet',
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
