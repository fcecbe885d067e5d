import type { AgreementContent, Target } from '../agreement/content.ts'
import { div, exact, exactText, isZero, mul, roundHalfUp } from '../base/exact.ts'
import { canonicalJson } from '../judging/canonical.ts'
import { affectedTargets, type RenegotiationState } from './state.ts'
import type { ProposedChange } from './slices/proposal.ts'
import type { FormField } from '../form/field.ts'
import { agreementFields } from '../form/fields.ts'
import { proposalForm } from '../form/form.ts'

/** What a proposal changes and from when; its hash is what is decided on. */
export interface ProposalDraft {
  readonly riderNumber: number
  /** Values to reach that change. */
  readonly changes: readonly ProposedChange[]
  /** The whole proposed version, where it changes more than those values. */
  readonly content?: AgreementContent | undefined
  readonly effectiveFrom: string
  readonly note: string
}

/** The text whose SHA-256 is the proposal's subject: round and content, so that no two rounds share one. */
export const subjectText = (state: RenegotiationState, draft: ProposalDraft): string => {
  const { riderNumber, changes, effectiveFrom, content } = draft
  const decided = { riderNumber, changes, effectiveFrom, ...(content === undefined ? {} : { content }) }
  return `${state.agreement ?? ''}|${state.seq}|${state.rounds + 1}|${canonicalJson(decided)}`
}

export const valueOf = (target: Target, year: number): string | null =>
  target.targets.find((one) => one.year === year)?.value ?? null

/** The version that is renegotiated, with the changed values alone. */
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

/** The agreement as the rider makes it. */
export const proposedContent = (
  content: AgreementContent,
  proposed: Pick<ProposalDraft, 'changes' | 'content'>,
): AgreementContent => proposed.content ?? contentWith(content, proposed.changes)

/** The values to reach that both versions have, and that differ. */
const changedValues = (before: AgreementContent, after: AgreementContent): readonly ProposedChange[] =>
  after.targets.flatMap((target) => {
    const old = before.targets.find((one) => one.key === target.key)
    return target.targets.flatMap(({ year, value: to }) => {
      const from = old === undefined ? null : valueOf(old, year)
      return from === null || from === to ? [] : [{ target: target.key, year, from, to }]
    })
  })

/** What a proposed version changes: its values to reach, and the whole of it when it changes anything else. */
export const changesTo = (
  before: AgreementContent,
  after: AgreementContent,
): Pick<ProposalDraft, 'changes' | 'content'> => {
  const changes = changedValues(before, after)
  const isMore = canonicalJson(contentWith(before, changes)) !== canonicalJson(after)
  return { changes, ...(isMore ? { content: after } : {}) }
}

/** A value the caseworker starts from; `scaled` says that arithmetic made it, not a person. */
export interface SuggestedChange extends ProposedChange {
  readonly scaled: boolean
}

/**
 * A draft to start from. A number of persons scales with the assumption that bears on the target; a share does
 * not move by itself with the number (Edge case 20), nor does a duration: those stand unchanged in the list
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

/** The targets a counter-proposal may name: those of the proposal, before it those that are negotiated. */
const changedTargets = (state: RenegotiationState): readonly string[] =>
  state.proposal === null
    ? (state.opened?.targets ?? affectedTargets(state))
    : [...new Set(state.proposal.changes.map((change) => change.target))]

/** What the proposal's letter prints: `Svar`, `Begrundelse`, a new value for each changed target. */
export const printedProposalForm = (state: RenegotiationState): readonly FormField[] =>
  state.content === null ? [] : proposalForm(state.content, changedTargets(state))

/** What a reply in a renegotiation may answer; the wish itself may be taken back under its key. */
export const renegotiationForm = (state: RenegotiationState): readonly FormField[] => [
  ...printedProposalForm(state),
  agreementFields.renegotiation,
  agreementFields.comments,
]
