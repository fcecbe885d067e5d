import * as z from 'zod'
import { nextWorkingDay } from '../base/calendar.ts'
import { nineOn } from '../base/office-hours.ts'
import { earlier, type Plan } from './plan.ts'
import { compareInstants, todayInCopenhagen } from '../base/time.ts'
import { municipalityCodeSchema } from '../base/values.ts'

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

/** Until when a party that nobody reaches is left in peace: contacts are entered beside the case. */
const triedAgainAt = ({ at }: Unreachable): string => nineOn(nextWorkingDay(todayInCopenhagen(at)))

interface CaseOfParties {
  readonly parties: readonly { readonly municipality: string }[]
  readonly unreachable: readonly Unreachable[]
}

/**
 * A letter to somebody who cannot be written to waits for a person, and is tried again at 9.00 of each working
 * day. It holds nobody else back: the others get their letters meanwhile. Nothing but letters goes on, since what
 * follows was to wait for all of them.
 * @param planFor what comes next in the case, and what would if it had the other parties alone
 */
export const whenReachable = <State extends CaseOfParties, K extends string, S extends string>(
  planFor: (state: State) => Plan<K, S>,
  state: State,
  now: string,
): Plan<K | 'contact', S> => {
  const plan = planFor(state)
  if (plan.next !== 'letter') return plan
  const held = state.unreachable.filter((one) => compareInstants(now, triedAgainAt(one)) < 0)
  const { party } = plan.order
  if (!held.some((one) => one.party === party)) return plan
  const parties = state.parties.filter(({ municipality }) => !held.some((one) => one.party === municipality))
  const others = planFor({ ...state, parties })
  if (others.next === 'letter' && !held.some((one) => one.party === others.order.party)) return others
  const again = held.map(triedAgainAt).reduce<string | null>(earlier, null)
  return {
    next: 'wait',
    kind: 'contact',
    until: others.next === 'wait' ? earlier(again, others.until) : again,
  }
}
