import type { AgreementContent, Target } from '../agreement/content.ts'
import { contentShortcomings } from '../agreement/completeness.ts'
import { shortcomingText } from '../agreement/shortcoming.ts'
import { div, exact, exactText, isZero, mul, roundHalfUp } from '../exact.ts'
import { canonicalJson } from '../judging/canonical.ts'
import { refuse, type Refusal } from '../stream.ts'
import { isAfter } from '../time.ts'
import type { ProposedChange } from './events.ts'
import { affectedTargets, type RenegotiationState } from './state.ts'

/** What a proposal changes and from when; its hash is what is decided on. */
export interface ProposalDraft {
  readonly riderNumber: number
  readonly changes: readonly ProposedChange[]
  readonly effectiveFrom: string
  readonly note: string
}

/** The text whose SHA-256 is the proposal's subject: round and content, so that no two rounds share one. */
export const subjectText = (state: RenegotiationState, draft: ProposalDraft): string => {
  const { riderNumber, changes, effectiveFrom } = draft
  return `${state.agreement ?? ''}|${state.seq}|${state.rounds + 1}|${canonicalJson({ riderNumber, changes, effectiveFrom })}`
}

export const valueOf = (target: Target, year: number): string | null =>
  target.targets.find((one) => one.year === year)?.value ?? null

/** The agreement as the rider makes it: the version that is renegotiated, with the changed values alone. */
export const contentWith = (
  content: AgreementContent,
  changes: readonly ProposedChange[],
): AgreementContent => ({
  ...content,
  targets: content.targets.map((target) => ({
    ...target,
    targets: target.targets.map((value) => {
      const change = changes.find((one) => one.target === target.key && one.year === value.year)
      return change === undefined ? value : { ...value, value: change.to }
    }),
  })),
})

const fits = (target: Target, value: string): boolean =>
  target.measure.type === 'milestone'
    ? /^\d{4}-\d{2}-\d{2}$/.test(value)
    : /^-?\d+(\.\d+)?(\/[1-9]\d*)?$/.test(value)

const objectionTo = (
  state: RenegotiationState,
  content: AgreementContent,
  change: ProposedChange,
): string | null => {
  const target = content.targets.find((one) => one.key === change.target)
  if (target === undefined) return `${change.target} is no target of the agreement`
  const current = valueOf(target, change.year)
  const where = `${change.target} for ${change.year}`
  if (current === null) return `${where} has no value to change`
  if (change.year <= state.year) return `${where} belongs to a year that is opened`
  if (current !== change.from) return `${where} is ${current} in the version in force, not ${change.from}`
  if (change.to === change.from) return `${where} is not changed`
  return fits(target, change.to) ? null : `${where}: ${change.to} is no value of the target's measure`
}

/** Why the draft cannot become a rider; null when it can. */
export const draftRefusal = (state: RenegotiationState, draft: ProposalDraft): Refusal | null => {
  const { content } = state
  if (content === null) return refuse('status', 'no question was raised').refusal
  if (draft.changes.length === 0) return refuse('no-change', 'a proposal changes at least one value').refusal
  const places = draft.changes.map((change) => `${change.target}/${change.year}`)
  if (new Set(places).size < places.length)
    return refuse('twice', 'a value is changed twice in the same proposal').refusal
  for (const change of draft.changes) {
    const objection = objectionTo(state, content, change)
    if (objection !== null) return refuse('change', objection).refusal
  }
  if (!isAfter(draft.effectiveFrom, `${state.year}-12-31`))
    return refuse('opened-year', `${state.year} is opened: the rider takes effect later`).refusal
  if (!isAfter(draft.effectiveFrom, content.effectiveFrom) || isAfter(draft.effectiveFrom, content.expiresOn))
    return refuse('not-in-force', 'the rider takes effect while the agreement is in force').refusal
  const shortcomings = contentShortcomings(contentWith(content, draft.changes))
  return shortcomings.length === 0
    ? null
    : refuse('incomplete', shortcomings.map(shortcomingText).join('; ')).refusal
}

/** A value the caseworker starts from; `scaled` says that arithmetic made it, not a person. */
export interface SuggestedChange extends ProposedChange {
  readonly scaled: boolean
}

/**
 * A draft to start from. A number of persons scales with the assumption that bears on the target; a share does
 * not move by itself with the number (DOMAIN.md 8, 20), nor does a duration: those stand unchanged in the list
 * for the caseworker to fill in.
 */
export const suggestedChanges = (state: RenegotiationState): readonly SuggestedChange[] => {
  const { content } = state
  if (content === null) return []
  const affected = affectedTargets(state)
  return content.targets
    .filter((target) => affected.includes(target.key))
    .flatMap((target) =>
      target.targets
        .filter((one) => one.year > state.year)
        .map((one) => suggestion(state, content, target, one.year, one.value)),
    )
}

const suggestion = (
  state: RenegotiationState,
  content: AgreementContent,
  target: Target,
  year: number,
  from: string,
): SuggestedChange => {
  const change = state.grounds
    .flatMap((ground) => ground.changes)
    .findLast(
      (one) =>
        Number(one.validFrom.slice(0, 4)) <= year &&
        content.assumptions.some(
          (assumption) => assumption.key === one.assumption && assumption.bearsOn.includes(target.key),
        ),
    )
  const unchanged = { target: target.key, year, from, to: from, scaled: false }
  if (change === undefined || target.measure.type !== 'number' || !target.measure.whole) return unchanged
  const reference = exact(change.reference)
  if (isZero(reference)) return unchanged
  const scaled = roundHalfUp(mul(exact(from), div(exact(change.value), reference)), 0)
  return { ...unchanged, to: exactText(exact(scaled)), scaled: true }
}
