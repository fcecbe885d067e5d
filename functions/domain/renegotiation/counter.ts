import type { AgreementContent } from '../agreement/content.ts'
import { canonicalJson } from '../judging/canonical.ts'
import { changesTo, contentWith, proposedContent, valueOf, type ProposalDraft } from './proposal.ts'
import { openCounters, type RenegotiationState } from './state.ts'

/** The version that a counter-proposal asks for: the proposed one with its values in it. */
export const counterContent = (state: RenegotiationState, mailKey: string): AgreementContent | null => {
  const { proposal, content } = state
  const counter = openCounters(state).find((one) => one.mailKey === mailKey)
  if (proposal === null || content === null || counter === undefined) return null
  const wished = proposal.changes.flatMap((change) => {
    const value = counter.values.find((one) => one.target === change.target)
    return value === undefined ? [] : [{ ...change, to: value.value }]
  })
  return contentWith(proposedContent(content, proposal), wished)
}

/** The proposal with the counter-proposal's values in it; null when no such counter-proposal is open. */
export const counterDraft = (state: RenegotiationState, mailKey: string): ProposalDraft | null => {
  const { proposal, content } = state
  const wished = counterContent(state, mailKey)
  if (proposal === null || content === null || wished === null) return null
  const { riderNumber, effectiveFrom, note } = proposal
  return { riderNumber, ...changesTo(content, wished), effectiveFrom, note }
}

/** Is every value that the municipality has asked for in the draft? Its letter says that it is followed. */
export const holdsCounter = (state: RenegotiationState, mailKey: string, drafted: ProposalDraft): boolean => {
  const { content } = state
  const wished = counterContent(state, mailKey)
  if (content === null || wished === null) return false
  const counter = openCounters(state).find((one) => one.mailKey === mailKey)
  const after = proposedContent(content, drafted)
  return (counter?.values ?? []).every(({ target: key }) => {
    const [asked, got] = [wished, after].map((one) => one.targets.find((target) => target.key === key))
    const ahead = asked?.targets.filter(({ year }) => year > state.year) ?? []
    return got !== undefined && ahead.every(({ year, value }) => valueOf(got, year) === value)
  })
}

/** A counter-proposal in words changes nothing by itself: the caseworker writes what it comes to. */
export const isAsProposed = ({ proposal, content }: RenegotiationState, drafted: ProposalDraft): boolean =>
  proposal !== null &&
  content !== null &&
  drafted.effectiveFrom === proposal.effectiveFrom &&
  canonicalJson(proposedContent(content, drafted)) === canonicalJson(proposedContent(content, proposal))
