import type * as z from 'zod'
import { accept, event, type Decision } from '../base/stream.ts'
import { slice } from '../base/slice.ts'
import { nextWorkingDay, nineOn } from '../base/calendar.ts'
import { letterSentSchema } from './letters.ts'
import { earlier, type Plan } from './plan.ts'
import { compareInstants, todayInCopenhagen } from '../base/time.ts'
import { municipalityCodeSchema } from '../base/values.ts'

/** A letter was to go to a party of whom every registered address has bounced: a person telephones. */
const nobodyReachableSchema = event('NobodyReachable', {
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

const initial: { readonly unreachable: readonly Unreachable[] } = { unreachable: [] }

/** Parties of whom nobody is left to write to. */
export const unreachableSlice = slice({
  initial,
  events: [nobodyReachableSchema],
  hears: [letterSentSchema],
  fold: {
    NobodyReachable: ({ unreachable }, { party }, { at }) => {
      const known = unreachable.find((one) => one.party === party)
      return {
        unreachable: [
          ...unreachable.filter((one) => one !== known),
          { party, since: known?.since ?? at, at },
        ],
      }
    },
    // A letter has gone out to the party: there is somebody again.
    LetterSent: ({ unreachable }, { order }) => ({
      unreachable: unreachable.filter(({ party }) => party !== order.party),
    }),
  },
})

/** Once a day: the case asks on the day it is found so, and says no more until it is looked at again. */
export const nobodyReachable = (
  { unreachable }: typeof initial,
  party: string,
  now: string,
): Decision<NobodyReachable> =>
  unreachable.some((one) => one.party === party && todayInCopenhagen(one.at) === todayInCopenhagen(now))
    ? accept()
    : accept({ type: 'NobodyReachable', v: 1, party })

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
