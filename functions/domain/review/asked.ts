import type { AgreementContent } from '../agreement/content.ts'
import { addWorkingDays } from '../base/calendar.ts'
import { lettersTo, wasSent, type LetterOrder } from '../casefile/letters.ts'
import type { FormField } from '../form/field.ts'
import { formFor, laterTargets, missing } from '../form/form.ts'
import { isAfter, todayInCopenhagen } from '../base/time.ts'
import { siblingKeys, type PartyState } from './slices/figures.ts'
import type { ReviewState } from './state.ts'

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
  lettersTo(state.letters, municipality, 'request', 'to-deputy', 'later-figure')
    .map((letter) => letter.datedOn)
    .sort()
    .at(-1) ?? state.requestOn

/** The last day on which the party got the whole form: what existed by then needs no letter of its own. */
const wholeFormOn = (state: ReviewState, municipality: string): string =>
  lettersTo(state.letters, municipality, 'request', 'to-deputy')
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
  const { municipality } = party
  const today = todayInCopenhagen(now)
  const askedOn = wholeFormOn(state, municipality)
  for (const { target, on } of laterTargets(state.content, { year: state.year, municipality, askedOn })) {
    const order: LetterOrder = { kind: 'later-figure', party: municipality, seq: 1, about: target.key }
    if (!isAfter(on, today) && !wasSent(state.letters, order)) return { on, order }
  }
  return null
}

/** When figures that do not exist yet will: the collection of a party waits for them before a draft. */
export const nextAvailability = (state: ReviewState, party: PartyState, now: string): string | null => {
  if (state.content === null) return null
  const { municipality } = party
  const askedOn = todayInCopenhagen(now)
  return (
    laterTargets(state.content, { year: state.year, municipality, askedOn })
      .map(({ on }) => on)
      .sort()[0] ?? null
  )
}

export const laterFigureDueOn = (datedOn: string): string => addWorkingDays(datedOn, laterFigureWorkingDays)
