import type { Assessment, Observation } from '../../judging/assessment.ts'
import { canonicalJson } from '../../judging/canonical.ts'
import { assess } from '../../judging/rule.ts'
import { accept, type Decision } from '../../base/stream.ts'
import { ministrysObservations } from '../judge-input.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import { mayHappen } from '../status.ts'

const nothing: Decision<ReviewEvent> = { ok: true, events: [] }

/** What the stored assessment would be with the ministry's observations as they are now, by its own rule version. */
const judgedWith = ({ input }: Assessment, observed: readonly Observation[]): Assessment => {
  const ministrys = new Set(ministrysObservations(input.assumptions, input.observations))
  return assess({
    ...input,
    observations: [
      ...input.observations.filter((observation) => !ministrys.has(observation)),
      ...ministrysObservations(input.assumptions, observed),
    ],
  })
}

const verdictsOf = ({ targets }: Assessment): string =>
  canonicalJson(targets.map(({ key, verdict }) => ({ key, verdict })))
const outcomeOf = ({ targets, overall, coverage }: Assessment): string =>
  canonicalJson({ targets, overall, coverage })

/**
 * What the ministry has observed since is told to the review. An observation that is valid in the measuring period
 * of a target its assumption bears on, and changes what the draft says, takes the draft away with what was decided
 * on it: it is judged anew, and heard. One of another period, within the limit or of an assumption that bears on
 * no target changes nothing (Invariant I11). After the final assessment a changed verdict asks whether to
 * reopen. While a question is with the municipality the draft is made anew in any case.
 * @param observed the agreement's observations, all of them
 * @param observationId what is new, for the question of reopening
 */
export const takeObservations = (
  state: ReviewState,
  observed: readonly Observation[],
  observationId: string,
): Decision<ReviewEvent> => {
  const { draft, status } = state
  if (draft !== null && status !== 'asking' && mayHappen(status, 'DraftSuperseded')) {
    const [before, after] = [assess(draft.assessment.input), judgedWith(draft.assessment, observed)]
    return outcomeOf(before) === outcomeOf(after)
      ? nothing
      : accept<ReviewEvent>({
          type: 'DraftSuperseded',
          v: 1,
          subject: draft.subject,
          cause: 'observation',
          mailKey: null,
        })
  }
  const final = state.finals.at(-1)
  if (final === undefined || (status !== 'assessed' && status !== 'closed')) return nothing
  if (state.reopen !== null && !state.reopen.decided) return nothing
  const [before, after] = [assess(final.assessment.input), judgedWith(final.assessment, observed)]
  return verdictsOf(before) === verdictsOf(after)
    ? nothing
    : accept<ReviewEvent>({ type: 'ReopenRaised', v: 1, mailKey: `observation/${observationId}` })
}
