import { addWorkingDays, hearingEnd, workingDaysFor } from '../../../domain/base/calendar.ts'
import { disseminationForm, factCheckForm, formFor, hearingForm } from '../../../domain/form/form.ts'
import type { Assessment } from '../../../domain/judging/assessment.ts'
import { questionEnd } from '../../../domain/review/plan.ts'
import { siblingKeys } from '../../../domain/review/slices/figures.ts'
import { objectionDecision } from '../../../domain/review/slices/objections.ts'
import type { ReviewState } from '../../../domain/review/state.ts'
import { finalAssessment as withChanges } from '../../../domain/judging/verdicts.ts'
import { todayInCopenhagen } from '../../../domain/base/time.ts'
import type { AssessedTarget, OverallResult } from '../../../mail/assessed-targets.ts'
import { dissemination } from '../../../mail/dissemination.ts'
import { factCheck } from '../../../mail/fact-check.ts'
import { factCheckAnswer } from '../../../mail/fact-check-answer.ts'
import { finalAssessment, type CommentAnswer, type HearingOutcome } from '../../../mail/final-assessment.ts'
import { hearing, hearingComment } from '../../../mail/hearing.ts'
import { question } from '../../../mail/question.ts'
import { suppressedFor } from '../../../domain/review/member-disclosure.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { addressed, threadOf, wholeForm, type ReviewLetter } from './shared.ts'
import { distinctComments } from '../../../domain/review/slices/comments.ts'

export const composeQuestion = (letter: ReviewLetter): ComposedLetter => {
  const { context, party, recipient, state, content } = letter
  const asked = state.questions.find((candidate) => candidate.questionId === context.order.about)
  if (asked === undefined) throw new Error('the question is not on the record')
  const dueOn = questionEnd(context.on)
  const form = formFor(content, { year: state.year, municipality: party.municipality })
  const keys = asked.keys.flatMap((key) => siblingKeys(key))
  const target = /^M\d+/u.exec(asked.keys[0] ?? '')?.[0]
  const answerField =
    form.find((field) => field.key === `${target ?? ''} bemærkning`) ??
    form.find((field) => field.key === 'Bemærkninger')
  if (answerField === undefined) throw new Error('the form has no line for the answer')
  return addressed(
    letter,
    question({
      facts: letter.facts,
      answerBy: dueOn,
      questions: [
        {
          text: recipient.language === 'da' ? asked.text : asked.text,
          answerField,
          figureFields: wholeForm(letter).filter((field) => keys.includes(field.key)),
        },
      ],
    }),
    { dueOn },
  )
}

const overallOf = ({ overall, coverage, notes, input }: Assessment): OverallResult => ({
  overall,
  coverage,
  minimumCoveragePct: input.scoring?.minimumCoveragePct,
  notes,
})

/** The assessed targets as a letter to this party may show them. */
const targetsFor = (letter: ReviewLetter, assessment: Assessment): readonly AssessedTarget[] => {
  const { state, party } = letter
  const hidden = suppressedFor(assessment.input, party.municipality)
  return assessment.targets.map((target) => {
    const change = state.recommendation?.changes.find((candidate) => candidate.target === target.key)
    return {
      key: target.key,
      verdict: target.verdict,
      sentence: target.sentence,
      byHand: change === undefined ? null : { reason: change.reason },
      factors: '',
      suppressed: hidden.has(target.key),
    }
  })
}

const reservationOf = (state: ReviewState): boolean =>
  state.parties.some((party) => {
    const value = party.figures['Forbehold']?.value
    return value !== undefined && !(value.is === 'yes-no' && !value.yes)
  })

/** External factors stand in the caseworker's words behind the first target they bear on. */
const withFactors = (targets: readonly AssessedTarget[], state: ReviewState): readonly AssessedTarget[] => {
  const factors = state.recommendation?.externalFactors ?? []
  if (factors.length === 0) return targets
  const at = Math.max(
    0,
    targets.findIndex((target) => target.verdict !== 'met'),
  )
  return targets.map((target, index) => (index === at ? { ...target, factors: factors.join(' ') } : target))
}

export const composeHearing = (letter: ReviewLetter): ComposedLetter => {
  const { state, content, context } = letter
  if (state.draft === null) throw new Error('there is no draft to hear')
  const assessment = withChanges(state.draft.assessment, state.recommendation?.changes ?? [])
  const dueOn = hearingEnd(context.on)
  return addressed(
    letter,
    hearing({
      facts: letter.facts,
      dueOn,
      targets: withFactors(targetsFor(letter, assessment), state),
      overall: overallOf(assessment),
      reservation: reservationOf(state),
      fields: hearingForm(content, { year: state.year }),
      documents: [],
    }),
    { dueOn },
  )
}

export const composeHearingComment = (letter: ReviewLetter): ComposedLetter => {
  const { state, context } = letter
  const shared = state.sharedComments.find((one) => one.mailKey === context.order.about)
  if (shared === undefined || state.hearing === null)
    throw new Error('no such comment of a running hearing is on the record')
  const answerBy = state.hearing.endsOn
  return addressed(letter, hearingComment({ facts: letter.facts, substance: shared.text, answerBy }))
}

/** The hearing's outcome as the final letter to this party tells it. */
const hearingOutcome = (letter: ReviewLetter): HearingOutcome => {
  const { state, party } = letter
  const comments = distinctComments(state)
  if (comments.length === 0)
    return state.hearing?.answers.some(
      (answer) => answer.answer === 'none' && answer.party === party.municipality,
    ) === true
      ? { is: 'answered-no-comments' }
      : { is: 'no-comments-received' }
  const answers: CommentAnswer[] = comments.map(({ answer: comment, mailKeys }) => {
    const mail = state.mails.find((candidate) => candidate.mailKey === comment.mailKey)
    const reply = state.commentAnswers.find((answer) => answer.mailKey === comment.mailKey)
    const decision = objectionDecision(state, ...mailKeys)
    return {
      targets: (mail?.values ?? [])
        .map((value) => /^(M\d+) bemærkning$/u.exec(value.key)?.[1])
        .filter((key): key is string => key !== undefined),
      receivedOn: todayInCopenhagen(mail?.receivedAt ?? comment.at),
      byAnotherParty: comment.party !== party.municipality,
      substance:
        reply?.substance ?? state.sharedComments.find((one) => mailKeys.includes(one.mailKey))?.text ?? '',
      changed: reply?.changed ?? false,
      answer: reply?.text ?? '',
      ...(decision === null
        ? {}
        : { superior: { upheld: decision.outcome === 'upheld', reason: decision.text } }),
    }
  })
  return { is: 'comments', answers }
}

export const composeFinalAssessment = (letter: ReviewLetter): ComposedLetter => {
  const { state, context } = letter
  const final = state.finals.find((candidate) => candidate.version === context.order.seq)
  if (final === undefined) throw new Error('there is no final assessment of that version')
  const before = state.finals.find((candidate) => candidate.version === final.version - 1)
  return addressed(
    letter,
    finalAssessment({
      facts: letter.facts,
      targets: withFactors(targetsFor(letter, final.assessment), state),
      overall: overallOf(final.assessment),
      hearing: hearingOutcome(letter),
      measuredOn: `${state.year}-12-31`,
      reservation: reservationOf(state),
      replaces: before === undefined ? null : todayInCopenhagen(before.at),
      complaint: context.directory.ministry.complaint,
      documents: [],
      promises: letter.content.promises.flatMap(({ id, text }) => {
        const answer = state.promiseAnswers.find((one) => one.promise === id)
        return answer === undefined ? [] : [{ text, kept: answer.kept, reason: answer.text }]
      }),
      disputes: state.disputeAnswers.flatMap(({ mailKey, assumption, text }) =>
        text !== '' &&
        state.mails.some((mail) => mail.mailKey === mailKey && mail.party === letter.party.municipality)
          ? [{ assumption, answer: text }]
          : [],
      ),
    }),
  )
}

export const composeDissemination = (letter: ReviewLetter): ComposedLetter => {
  const { state } = letter
  const field = disseminationForm()[0]
  if (field === undefined) throw new Error('the form has no line for the dissemination')
  const before = state.dissemination
  const mail = state.mails.find((candidate) => candidate.mailKey === before?.mailKey)
  return addressed(
    letter,
    dissemination({
      facts: letter.facts,
      before:
        before === null || before.text === ''
          ? null
          : { on: todayInCopenhagen(mail?.receivedAt ?? before.at), text: before.text },
      field,
    }),
  )
}

/** The report's pages of this agreement go along, as they would be published. */
export const composeFactCheck = (
  letter: ReviewLetter,
  pages: { readonly fileName: string; readonly archiveKey: string },
): ComposedLetter => {
  const { context } = letter
  const dueOn = addWorkingDays(context.on, workingDaysFor.factCheck)
  return addressed(
    letter,
    factCheck({ facts: letter.facts, dueOn, fields: factCheckForm(), documents: [pages] }),
    {
      dueOn,
      thread: null,
    },
  )
}

/** What became of a correction, in answer to the mail that asked for it. */
export const composeFactCheckAnswer = (letter: ReviewLetter): ComposedLetter => {
  const { state, context } = letter
  const check = state.factChecks.find((candidate) => candidate.mailKey === context.order.about)
  const mail = state.mails.find((candidate) => candidate.mailKey === context.order.about)
  if (check === undefined || check.decided === null || mail === undefined)
    throw new Error('the correction is not decided')
  return addressed(
    letter,
    factCheckAnswer({
      facts: letter.facts,
      theirSubject: mail.details?.subject ?? '',
      receivedOn: todayInCopenhagen(mail.receivedAt),
      as: check.decided.as,
      answer: check.decided.text,
    }),
    { thread: threadOf(mail) },
  )
}
