import type * as z from 'zod'
import { decideAgreement } from '../../domain/agreement/decide.ts'
import { contentForYear, openedYear } from '../../domain/agreement/versions.ts'
import { attach, open, makeDraft, assessFinally, close } from '../../domain/review/decide/machine.ts'
import { isOver } from '../../domain/review/status.ts'
import type { ReviewEvent, ReviewState } from '../../domain/review/state.ts'
import { accept, refuse, type Actor, type Decision } from '../../domain/base/stream.ts'
import { agreementStream, reviewStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { tasks, CaseInput } from '../../../workflows/tasks.ts'
import { NothingToDo } from '../../../workflows/errors.ts'
import { agreementCase, reviewCase } from '../streams/cases.ts'
import { loadCase, perform, type RecordPorts } from '../record/perform.ts'
import { done, performTask } from './shared-tasks.ts'
import type { AgreementState } from '../../domain/agreement/state.ts'
import type { Assessment, AssessmentInput, Observation } from '../../domain/judging/assessment.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import { earlierFigures } from '../../domain/judging/earlier-year.ts'
import { assess, currentRuleVersion } from '../../domain/judging/rule.ts'
import { assessmentInput, ministrysObservations } from '../../domain/review/judge-input.ts'
import { onlyInFavour } from '../../domain/judging/verdicts.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import type { Ports } from '../../ports/ports.ts'
import { takeObservations } from '../../domain/review/decide/observe.ts'
import { closeOpenReview } from '../record/owed-to-others.ts'
import { tellReport } from '../report/tell-report.ts'

const actor: Actor = { by: 'system', name: 'OpenReview' }

/** Attaches the execution and opens the collection with the version in force on each target's measuring date. */
export const makeOpenReview =
  (ports: RecordPorts) =>
  async (input: z.infer<typeof tasks.OpenReview.input>): Promise<Record<string, never>> => {
    const read = await loadCase(ports, reviewCase, input.stream)
    const { state } = read
    if (isOver(state.status)) throw new NothingToDo(`the review is ${state.status}`)
    const id = state.agreement
    if (id === null) throw new NothingToDo('the review was never prepared')
    const today = todayInCopenhagen(ports.clock.now())
    // The year is opened on the agreement's own stream first: it owns the rule that no rider changes it.
    const { loaded } = await perform(ports, agreementCase, agreementStream(id), {
      id: `open-year/${state.year}`,
      actor,
      decide: (agreement) =>
        decideAgreement(agreement, { do: 'open-year', year: state.year }, { today, finalYears: [] }),
    })
    const content = contentForYear(loaded.state, state.year)
    const versions = openedYear(loaded.state, state.year)?.versions ?? []
    return done(
      await performTask(ports, reviewCase, { task: 'OpenReview', input, read }, (current) => {
        const attached = attach(current, input.attempt, input.execution)
        if (!attached.ok) return attached
        if (content === null) return refuse('no-version', 'no version is in force on the measuring date')
        const opened: Decision<ReviewEvent> = open(current, { content, versions, today })
        return opened.ok ? accept(...attached.events, ...opened.events) : opened
      }),
    )
  }

const agreementOf = async (ports: Pick<Ports, 'streams'>, state: ReviewState) => {
  if (state.agreement === null) throw new Error('the review was never prepared')
  const { state: agreement } = await loadCase(ports, agreementCase, agreementStream(state.agreement))
  return { id: state.agreement, agreement }
}

const observationsOf = (agreement: AgreementState): readonly Observation[] =>
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
        const subject = ports.digest(`${current.rounds + 1}|${canonicalJson(assessment)}`)
        const inFavour = current.heard !== null && onlyInFavour(current.heard, assessment)
        return makeDraft(current, { assessment, subject, inFavour, attempt: input.attempt }, now)
      }),
    )
  }

/**
 * The final assessment; the run is told by its own open-review item. What was observed while the draft was on its
 * way is looked at once more: it may take the draft away instead.
 */
export const makeAssessFinally =
  (ports: RecordPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, reviewCase, input.stream)
    const observed = observationsOf((await agreementOf(ports, read.state)).agreement)
    const visit = { task: 'AssessFinally', input, read } as const
    const performed = await performTask(ports, reviewCase, visit, (state, now) => {
      const assessed = assessFinally(state, input.attempt, now)
      if (!assessed.ok || assessed.events.length === 0) return assessed
      const overtaken = takeObservations(state, observed, '')
      return overtaken.ok && overtaken.events.length > 0 ? overtaken : assessed
    })
    done(performed)
    const { state } = performed.loaded
    const { agreement, finals, year } = state
    if (agreement !== null && finals.length > 0) await closeOpenReview(ports, year, agreement)
    // A new version after the report was frozen calls for a correction sheet.
    if (finals.length > 1) await tellReport(ports, state)
    return {}
  }

export const makeCloseReview =
  (ports: RecordPorts) =>
  async (input: CaseInput): Promise<Record<string, never>> => {
    const read = await loadCase(ports, reviewCase, input.stream)
    return done(
      await performTask(ports, reviewCase, { task: 'CloseReview', input, read }, (state, now) =>
        close(state, input.attempt, now),
      ),
    )
  }
