import * as z from 'zod'
import { nextWorkingDay } from '../calendar.ts'
import { nineOn } from '../office-hours.ts'
import type { Plan } from '../plan.ts'
import { compareInstants, todayInCopenhagen } from '../time.ts'
import { municipalityCodeSchema } from '../values.ts'

/** A letter was to go to a party of whom every registered address has bounced: a person telephones. */
export const nobodyReachableSchema = z.strictObject({
  type: z.literal('NobodyReachable'),
  v: z.literal(1),
  party: municipalityCodeSchema,
})
export type NobodyReachable = z.infer<typeof nobodyReachableSchema>

/** A party that cannot be written to until a contact is entered. */
export interface Unreachable {
  readonly party: string
  /** Instant from which it waits for a person. */
  readonly since: string
  /** When it was last found so. */
  readonly at: string
}

export const evolveUnreachable = (
  unreachable: readonly Unreachable[],
  event: NobodyReachable,
  at: string,
): readonly Unreachable[] => {
  const known = unreachable.find((one) => one.party === event.party)
  return [
    ...unreachable.filter((one) => one !== known),
    { party: event.party, since: known?.since ?? at, at },
  ]
}

/** A letter has gone out to the party: there is somebody again. */
export const reached = (unreachable: readonly Unreachable[], party: string | null): readonly Unreachable[] =>
  unreachable.filter((one) => one.party !== party)

/** Once a day: the case asks on the day it is found so, and says no more until it is looked at again. */
export const nobodyReachable = (
  unreachable: readonly Unreachable[],
  party: string,
  now: string,
): readonly NobodyReachable[] =>
  unreachable.some((one) => one.party === party && todayInCopenhagen(one.at) === todayInCopenhagen(now))
    ? []
    : [{ type: 'NobodyReachable', v: 1, party }]

/**
 * A letter to somebody who cannot be written to waits for a person, and is tried again at 9.00 of each working
 * day: contacts are entered beside the case.
 */
export const whenReachable = <K extends string, S extends string>(
  plan: Plan<K, S>,
  unreachable: readonly Unreachable[],
  now: string,
): Plan<K | 'contact', S> => {
  if (plan.next !== 'letter') return plan
  const held = unreachable.find((one) => one.party === plan.order.party)
  if (held === undefined) return plan
  const again = nineOn(nextWorkingDay(todayInCopenhagen(held.at)))
  return compareInstants(now, again) < 0 ? { next: 'wait', kind: 'contact', until: again } : plan
}
