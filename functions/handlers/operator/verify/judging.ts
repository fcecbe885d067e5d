import { agreementStream, parseStreamId } from '../../../domain/base/stream-id.ts'
import type { AgreementId } from '../../../domain/base/values.ts'
import type { Assessment, Observation } from '../../../domain/judging/assessment.ts'
import { canonicalJson } from '../../../domain/judging/canonical.ts'
import { earlierFigures } from '../../../domain/judging/earlier-year.ts'
import { assess } from '../../../domain/judging/rule.ts'
import { finalAssessment } from '../../../domain/judging/verdicts.ts'
import { draftText } from '../../../domain/review/decide/machine.ts'
import { assessmentInput } from '../../../domain/review/judge-input.ts'
import type { ReviewEvent, ReviewState } from '../../../domain/review/state.ts'
import type { Ports } from '../../../ports/ports.ts'
import { stateAfter } from '../../record/perform.ts'
import { agreementCase, reviewCase } from '../../streams/cases.ts'
import { type Fault, reasonOf } from './fault.ts'
import type { Streams } from './streams.ts'

/** What decides; sentences may have been reworded since. */
const decided = ({ targets, overall, coverage }: Assessment): string =>
  canonicalJson({
    overall,
    coverage,
    targets: targets.map(
      ({ key, verdict, reason, actual, achieved, counted, weight, failedAssumptions }) => ({
        key,
        verdict,
        reason,
        actual,
        achieved,
        counted,
        weight,
        failedAssumptions,
      }),
    ),
  })

/**
 * Judges every draft and every final assessment again from what is stored: the figures that the review had then, its
 * agreement, what was observed, by the rule; and each of them must have the hash it was decided on under.
 * @returns how many were judged again
 */
export const judgingFaults = (
  ports: Pick<Ports, 'digest'>,
  streams: Streams,
): { readonly faults: readonly Fault[]; readonly judged: number } => {
  const faults: Fault[] = []
  let judged = 0
  for (const [stream, commits] of streams) {
    const parsed = parseStreamId(stream)
    if (parsed.kind !== 'review') continue
    const other = (seq: number, what: string): void => {
      faults.push({ kind: 'judged-otherwise', where: stream, what: `commit ${seq}: ${what}` })
    }
    let state = reviewCase.folding.initial
    for (const { meta, events } of commits)
      for (const stored of events)
        try {
          const event = reviewCase.read(stored)
          if (event.type === 'DraftMade' || event.type === 'Assessed') judged += 1
          for (const what of judgedOtherwise(ports, streams, parsed, state, event)) other(meta.seq, what)
          state = reviewCase.folding.evolve(state, event, meta)
        } catch (error) {
          // What comes after it is judged all the same.
          other(meta.seq, `it cannot be read: ${reasonOf(error)}`)
        }
  }
  return { faults, judged }
}

const judgedOtherwise = (
  ports: Pick<Ports, 'digest'>,
  streams: Streams,
  { agreement, year }: { readonly agreement: AgreementId; readonly year: number },
  state: ReviewState,
  event: ReviewEvent,
): readonly string[] => {
  if (event.type === 'Assessed') {
    const { draft, recommendation } = state
    if (draft === null || draft.subject !== event.subject)
      return ['the final assessment is of another draft than the one before it']
    return canonicalJson(finalAssessment(draft.assessment, recommendation?.changes ?? [])) ===
      canonicalJson(event.assessment)
      ? []
      : ['the final assessment is not the draft with the changes that were recommended']
  }
  if (event.type !== 'DraftMade') return []
  const { assessment, subject } = event
  const found: string[] = []
  // The first drafts of all were named by their text alone.
  if (
    ![draftText(state, assessment), canonicalJson(assessment)].some(
      (named) => ports.digest(named) === subject,
    )
  )
    found.push('the draft does not have the hash it was decided on under')
  const { input } = assessment
  const { content } = state
  if (content === null) return [...found, 'a draft before the review was opened']
  const ministrys = ministrysOf(input.observations, content.assumptions)
  const recorded = observationsOf(streams, agreement).map((one) => canonicalJson(one))
  if (ministrys.some((one) => !recorded.includes(canonicalJson(one))))
    found.push('it was judged by an observation that nobody recorded')
  const again = assessmentInput(state, content, agreement, ministrys, assessment.ruleVersion)
  const { earlier, ...judgedFrom } = input
  if (canonicalJson(again) !== canonicalJson(judgedFrom))
    found.push('it was judged from other figures than the review had')
  const assessedBefore = earlierOf(streams, agreement, year)
  if (
    earlier !== undefined &&
    assessedBefore !== null &&
    canonicalJson(earlier) !== canonicalJson(assessedBefore)
  )
    found.push('it was judged from other figures of years before than were assessed')
  if (decided(assess(input)) !== decided(assessment)) found.push('judged again it is another assessment')
  return found
}

const ministrysOf = (
  observations: readonly Observation[],
  assumptions: readonly { readonly key: string; readonly observedBy: string }[],
): readonly Observation[] => {
  const keys = new Set(assumptions.filter((one) => one.observedBy === 'ministry').map((one) => one.key))
  return observations.filter((one) => keys.has(one.assumption))
}

const observationsOf = (streams: Streams, agreement: AgreementId): readonly Observation[] =>
  stateAfter(agreementCase, streams.get(agreementStream(agreement)) ?? []).observations.map(
    (one) => one.observation,
  )

/** What the years before were finally assessed by; null where one was assessed again since. */
const earlierOf = (streams: Streams, agreement: AgreementId, year: number) => {
  const before = [...streams].flatMap(([stream, commits]) => {
    const parsed = parseStreamId(stream)
    return parsed.kind === 'review' && parsed.agreement === agreement && parsed.year < year
      ? [{ year: parsed.year, finals: stateAfter(reviewCase, commits).finals }]
      : []
  })
  if (before.some(({ finals }) => finals.length > 1)) return null
  const ordered = before.toSorted((a, b) => a.year - b.year)
  return earlierFigures(ordered.flatMap(({ finals }) => finals.map((final) => final.assessment)))
}

/** Every version of an agreement, riders too, has the hash that it was signed under. */
export const versionFaults = (ports: Pick<Ports, 'digest'>, streams: Streams): readonly Fault[] =>
  [...streams].flatMap(([stream, commits]): readonly Fault[] => {
    if (parseStreamId(stream).kind !== 'agreement') return []
    try {
      return stateAfter(agreementCase, commits)
        .versions.filter(({ content, contentHash }) => ports.digest(canonicalJson(content)) !== contentHash)
        .map(({ version, riderNumber }) => ({
          kind: 'commit-changed',
          where: stream,
          what: `version ${version}${riderNumber === null ? '' : ` (rider ${riderNumber})`} is not what was signed`,
        }))
    } catch (error) {
      return [{ kind: 'chain', where: stream, what: `it cannot be read: ${reasonOf(error)}` }]
    }
  })
