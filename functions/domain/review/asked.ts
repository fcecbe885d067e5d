import type { AgreementContent } from '../agreement/content.ts'
import { addWorkingDays } from '../calendar.ts'
import type { LetterOrder } from '../casework/letters.ts'
import type { FormField } from '../form/field.ts'
import { availableFrom, formFor, missing } from '../form/form.ts'
import { isAfter, todayInCopenhagen } from '../time.ts'
import { siblingKeys } from './figures.ts'
import type { PartyState, ReviewState } from './state.ts'

/** How long a party has for a figure that could not be had before (L1e). */
const laterFigureWorkingDays = 10

/** The year's form for a party, without the figures that do not exist yet on the given date. */
export const askedForm = (
  content: AgreementContent,
  year: number,
  municipality: string,
  askedOn: string,
): readonly FormField[] => formFor(content, { year, municipality, askedOn })

/** Required fields that have no figure that counts, or an open question. */
export const missingFields = (state: ReviewState, party: PartyState, on: string): readonly FormField[] => {
  if (state.content === null) return []
  const doubted = new Set(party.doubts.flatMap((doubt) => siblingKeys(doubt.key)))
  const settled = Object.values(party.figures).filter((figure) => !doubted.has(figure.key))
  return missing(askedForm(state.content, state.year, party.municipality, on), settled)
}

/**
 * Has the party answered everything it was asked? What was not asked yet (a figure that exists later) counts
 * as missing only from its own letter on.
 */
export const isComplete = (state: ReviewState, party: PartyState): boolean =>
  missingFields(state, party, askedUpTo(state, party.municipality)).length === 0

/** The last day on which the party was asked for what existed then. */
export const askedUpTo = (state: ReviewState, municipality: string): string =>
  state.letters
    .filter(
      (letter) =>
        letter.order.party === municipality &&
        ['request', 'to-deputy', 'later-figure'].includes(letter.order.kind),
    )
    .map((letter) => letter.datedOn)
    .sort()
    .at(-1) ?? state.requestOn

/** The next letter about a figure that exists now and was not asked for yet; null when there is none. */
export const laterFigureDue = (
  state: ReviewState,
  party: PartyState,
  now: string,
): { readonly on: string; readonly order: LetterOrder } | null => {
  if (state.content === null) return null
  const today = todayInCopenhagen(now)
  const upTo = askedUpTo(state, party.municipality)
  for (const target of state.content.targets) {
    const on = availableFrom(target, state.year)
    if (on === null || !target.reportedBy.includes(party.municipality)) continue
    if (isAfter(on, upTo) && !isAfter(on, today))
      return {
        on,
        order: { kind: 'later-figure', party: party.municipality, seq: 1, about: target.key },
      }
  }
  return null
}

/** When figures that do not exist yet will: the collection of a party waits for them before a draft. */
export const nextAvailability = (state: ReviewState, party: PartyState, now: string): string | null => {
  if (state.content === null) return null
  const today = todayInCopenhagen(now)
  return (
    state.content.targets
      .filter((target) => target.reportedBy.includes(party.municipality))
      .map((target) => availableFrom(target, state.year))
      .filter((on): on is string => on !== null && isAfter(on, today))
      .sort()[0] ?? null
  )
}

export const laterFigureDueOn = (datedOn: string): string => addWorkingDays(datedOn, laterFigureWorkingDays)
