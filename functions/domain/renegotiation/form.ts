import type { FormField } from '../form/field.ts'
import { agreementFields } from '../form/fields.ts'
import { proposalForm } from '../form/form.ts'
import { affectedTargets, type RenegotiationState } from './state.ts'

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
