import type { AgreementState } from '../../domain/agreement/state.ts'
import type { Assessment, AssessmentInput, Observation } from '../../domain/judging/assessment.ts'
import { earlierFigures } from '../../domain/judging/earlier-year.ts'
import { assess, currentRuleVersion } from '../../domain/judging/rule.ts'
import { draftText, makeDraft } from '../../domain/review/decide/machine.ts'
import { assessmentInput, ministrysObservations } from '../../domain/review/judge-input.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { refuse } from '../../domain/base/stream.ts'
import { agreementStream, reviewStream } from '../../domain/base/stream-id.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { CaseInput } from '../../../workflows/tasks.ts'
import type { Ports } from '../../ports/ports.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import { done, performTask } from './perform-task.ts'
import { agreementCase, reviewCase } from '../streams/cases.ts'

export const agreementOf = async (ports: Pick<Ports, 'streams'>, state: ReviewState) => {
  if (state.agreement === null) throw new Error('the review was never prepared')
  const { state: agreement } = await loadCase(ports, agreementCase, agreementStream(state.agreement))
  return { id: state.agreement, agreement }
}

export const observationsOf = (agreement: AgreementState): readonly Observation[] =>
  agreement.observations.map((recorded) => recorded.observation)

/** Figures of years before as they were finally assessed, for counts that run over years; none is read otherwise. */
const earlierOf = async (
  ports: Pick<Ports, 'streams'>,
  { content, year }: ReviewState,
  id: AgreementId,
): Promise<NonNullable<AssessmentInput['earlier']>> => {
  const since = (content?.targets ?? []).flatMap((target) => target.cumulativeFrom ?? [])
  const finals: Assessment[] = []
  for (let before = Math.min(year, ...since); before < year; before += 1) {
    const { state } = await loadCase(ports, reviewCase, reviewStream(before, id))
    const final = state.finals.at(-1)
    if (final !== undefined) finals.push(final.assessment)
  }
  return earlierFigures(finals)
}

/** Judges what has come by the rule version of today, and puts the draft on the record under its hash. */
export const makeDraftAssessment =
  (ports: RecordPorts & Pick<Ports, 'digest'>) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, reviewCase, input.stream)
    const { state } = read
    const { id, agreement } = await agreementOf(ports, state)
    const earlier = await earlierOf(ports, state, id)
    return done(
      await performTask(ports, reviewCase, { task: 'DraftAssessment', input, read }, (current, now) => {
        if (current.content === null) return refuse('not-opened', 'the review has no content yet')
        const judged = assessmentInput(
          current,
          current.content,
          id,
          ministrysObservations(current.content.assumptions, observationsOf(agreement)),
          currentRuleVersion,
        )
        const assessment = assess(earlier.length === 0 ? judged : { ...judged, earlier })
        const subject = ports.digest(draftText(current, assessment))
        return makeDraft(current, { assessment, subject, attempt: input.attempt }, now)
      }),
    )
  }
