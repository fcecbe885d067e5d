import * as z from 'zod'
import {
  choose,
  mailKeyField,
  reasonField,
  requiredText,
  subjectField,
  typedText,
} from '../../base/command.ts'
import { accept, refuse } from '../../base/stream.ts'
import type { ReviewEvent, ReviewState } from '../state.ts'
import { takesHearingAnswers, hearingAnswers } from '../slices/hearing.ts'
import { distinctComments } from '../slices/comments.ts'
import { objectionDecision, openObjections } from '../slices/objections.ts'
import { planReview } from '../plan.ts'
import { commentsToShare, holdsFigures } from '../slices/comments.ts'
import { command, draftSubject } from './declare.ts'

const figuresRefused = () =>
  refuse('figures', 'the other parties are told the substance of an objection, not its figures')

/** What a reply in the hearing is that does not say it by its keys. */
export const markHearingAnswer = command('mark-hearing-answer', {
  input: z.object({
    mailKey: mailKeyField,
    as: z.enum(['none', 'comments', 'courtesy'], choose('Vælg, hvad svaret er.')),
  }),
  roles: ['caseworker'],
  label: { da: 'Markér svaret', en: 'Mark the answer' },
  done: { da: 'Høringssvaret er markeret.', en: 'The answer of the hearing is marked.' },
  decide: (state, { mailKey, as }, who) =>
    hearingAnswers(state).some((answer) => answer.mailKey === mailKey) && takesHearingAnswers(state)
      ? accept<ReviewEvent>({ type: 'HearingAnswerMarked', v: 1, mailKey, as, by: who.id })
      : refuse('unknown-mail', 'no reply of this hearing has that key'),
})

const answersField = z
  .array(
    z.object({
      mailKey: mailKeyField,
      text: typedText,
      /** The comment led to a change of the assessment. */
      changed: z.boolean().exactOptional(),
      /** The objection stands: the approver's superior decides it before anything is final. */
      unresolved: z.boolean().exactOptional(),
      /** For the other parties of a partnership: a clause after »En af parterne har gjort gældende, at«, no figures. */
      substance: typedText.exactOptional(),
    }),
  )
  .readonly()

/** The answers that leave an objection standing; one the superior has decided is not put up again. */
const disputedAnswers = (state: ReviewState, answers: z.output<typeof answersField>): string[] => {
  const unresolved = new Set(
    answers.flatMap((one) => (one.unresolved === true && one.changed !== true ? [one.mailKey] : [])),
  )
  return distinctComments(state)
    .filter(({ mailKeys }) => objectionDecision(state, ...mailKeys) === null)
    .map(({ answer }) => answer.mailKey)
    .filter((mailKey) => unresolved.has(mailKey))
}

/** Answered together, when nothing more can come: it ends the hearing, for every party. */
export const answerComments = command('answer-comments', {
  input: z.object({
    subject: subjectField,
    answers: answersField,
  }),
  roles: ['caseworker'],
  label: { da: 'Besvar bemærkningerne', en: 'Answer the comments' },
  done: { da: 'Bemærkningerne er besvaret.', en: 'The comments are answered.' },
  subject: draftSubject,
  decide: (state, { subject, answers }, who, now) => {
    const plan = planReview(state, now)
    if (plan.next !== 'wait' || plan.kind !== 'comments')
      return refuse('hearing-open', 'the hearing is not over, or an answer in it is undecided')
    const answered = new Map(answers.map(({ mailKey, text }) => [mailKey, text]))
    const unanswered = distinctComments(state).filter(
      ({ answer }) => (answered.get(answer.mailKey) ?? '') === '',
    )
    if (unanswered.length > 0) return refuse('unanswered', `${unanswered.length} comments have no answer`)
    if (answers.some(({ substance = '' }) => holdsFigures(substance))) return figuresRefused()
    return accept<ReviewEvent>({
      type: 'CommentsAnswered',
      v: 1,
      subject,
      by: who.id,
      disputed: disputedAnswers(state, answers),
      private: {
        answers: answers.map(({ unresolved: _public, ...answer }) => ({ changed: false, ...answer })),
      },
    })
  },
})

/** Tells the other parties what one has submitted, in a caseworker's words. */
export const shareComment = command('share-comment', {
  input: z.object({
    mailKey: mailKeyField,
    /** Completes »En af parterne har gjort gældende, at …«; no figures. */
    substance: requiredText('Skriv bemærkningen i hovedtræk.'),
  }),
  roles: ['caseworker'],
  label: { da: 'Send bemærkningen til de andre parter', en: 'Send the comment to the other parties' },
  done: {
    da: 'De andre parter får bemærkningen på næste arbejdsdag kl. 9.',
    en: 'The other parties get the comment on the next working day at 9.',
  },
  decide: (state, { mailKey, substance }, who) => {
    if (!commentsToShare(state).some((one) => one.mailKey === mailKey))
      return refuse(
        'not-to-share',
        'no comment of that mail is to be told to other parties in a running hearing',
      )
    if (holdsFigures(substance)) return figuresRefused()
    const text = substance.replace(/\.$/u, '')
    return accept<ReviewEvent>({ type: 'HearingCommentShared', v: 1, mailKey, by: who.id, private: { text } })
  },
})

/**
 * The superior's decision: the assessment stands, or a new draft is made. Neither who recommended nor who approved
 * decides it.
 */
export const decideObjection = command('decide-objection', {
  input: z.object({
    subject: subjectField,
    mailKey: mailKeyField,
    outcome: z.enum(['upheld', 'changed'], choose('Vælg, om bedømmelsen fastholdes.')),
    reason: reasonField,
  }),
  roles: ['head-of-department'],
  label: { da: 'Afgør uenigheden', en: 'Decide the disagreement' },
  done: { da: 'Uenigheden er afgjort.', en: 'The disagreement is decided.' },
  status: ['answered'],
  subject: draftSubject,
  notBy: {
    persons: (state) => [state.recommendation?.by, state.approval?.by],
    refusal: 'same-superior',
  },
  decide: (state, { subject, mailKey, outcome, reason }, who) => {
    if (!openObjections(state).some((one) => one.mailKey === mailKey))
      return refuse('no-objection', 'no objection of that mail waits for a decision')
    const decided: ReviewEvent = {
      type: 'ObjectionDecided',
      v: 1,
      subject,
      mailKey,
      outcome,
      by: who.id,
      private: { text: reason },
    }
    return outcome === 'upheld'
      ? accept(decided)
      : accept<ReviewEvent>(decided, { type: 'DraftSuperseded', v: 1, subject, cause: 'superior', mailKey })
  },
})
