import { isWithin } from '../base/time.ts'
import type { AgreementContent } from './content.ts'

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
