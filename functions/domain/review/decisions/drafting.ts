import * as z from 'zod'
import { targetKeySchema } from '../../agreement/content.ts'
import { missing, reasonField, requiredText, subjectField, typedText } from '../../base/command.ts'
import { sendingTime } from '../../base/calendar.ts'
import { accept, refuse } from '../../base/stream.ts'
import { todayInCopenhagen } from '../../base/time.ts'
import { municipalityCodeSchema } from '../../base/values.ts'
import { verdictSchema } from '../../judging/assessment.ts'
import { openDisputes } from '../slices/disputes.ts'
import type { ReviewEvent } from '../state.ts'
import { hearingThatGoesOn } from '../slices/hearing.ts'
import type { ReviewState } from '../state.ts'
import { mayHappen } from '../status.ts'
import { command, draftSubject } from './declare.ts'
import { questionEnd } from '../slices/questions.ts'

/** A remark on a value that the ministry observed is answered before anybody judges by it. */
const refusalForDispute = (state: ReviewState) =>
  openDisputes(state).length > 0
    ? refuse('dispute', 'a remark on a value the ministry observed is not answered')
    : null

export const recommend = command('recommend', {
  input: z.object({
    subject: subjectField,
    changes: z
      .array(
        z.object({
          target: targetKeySchema,
          verdict: verdictSchema,
          reason: requiredText('Skriv en begrundelse for hver ændret vurdering.'),
        }),
      )
      .readonly(),
    externalFactors: z.array(z.string()).readonly(),
    text: typedText,
  }),
  roles: ['caseworker'],
  label: { da: 'Indstil til godkendelse', en: 'Recommend for approval' },
  done: {
    da: 'Indstillingen er gemt. Sagen ligger nu hos godkenderen.',
    en: 'The recommendation is saved. The case is now with the approver.',
  },
  status: ['drafted'],
  subject: draftSubject,
  decide: (state, { subject, changes, externalFactors, text }, who) => {
    const dispute = refusalForDispute(state)
    if (dispute !== null) return dispute
    const known = new Set(state.draft?.assessment.targets.map((target) => target.key))
    const unknown = changes.find(({ target }) => !known.has(target))
    if (unknown !== undefined) return refuse('target', `${unknown.target} is no target of this draft`)
    return accept<ReviewEvent>({
      type: 'Recommended',
      v: 1,
      subject,
      by: who.id,
      changes: [...changes],
      externalFactors: [...externalFactors],
      private: { text },
    })
  },
})

/** Approved; a hearing that runs goes on with a draft that needs none of its own, to its old end. */
export const approve = command('approve', {
  input: z.object({ subject: subjectField }),
  roles: ['approver'],
  label: { da: 'Godkend udkastet', en: 'Approve the draft' },
  done: { da: 'Udkastet er godkendt.', en: 'The draft is approved.' },
  status: ['recommended'],
  subject: draftSubject,
  notBy: { persons: (state) => [state.recommendation?.by], refusal: 'same-person' },
  decide: (state, { subject }, who) => {
    const dispute = refusalForDispute(state)
    if (dispute !== null) return dispute
    const approved: ReviewEvent = { type: 'Approved', v: 1, subject, by: who.id }
    const goesOn = hearingThatGoesOn(state)
    return goesOn === null
      ? accept(approved)
      : accept<ReviewEvent>(approved, { type: 'HearingBegun', v: 1, subject, ...goesOn })
  },
})

export const sendBack = command('send-back', {
  input: z.object({ subject: subjectField, reason: reasonField }),
  roles: ['approver'],
  label: { da: 'Send tilbage til sagsbehandleren', en: 'Send back to the caseworker' },
  done: {
    da: 'Sagen er sendt tilbage til sagsbehandleren.',
    en: 'The case is sent back to the caseworker.',
  },
  status: ['recommended'],
  subject: draftSubject,
  decide: (_state, { subject, reason }, who) =>
    accept<ReviewEvent>({ type: 'SentBack', v: 1, subject, by: who.id, private: { text: reason } }),
})

/** A question to one party on figures of the draft. */
export const ask = command('ask', {
  input: z.object({
    /** Derived from the form: sent twice, it is asked once. */
    questionId: z.string().min(1).max(60),
    party: municipalityCodeSchema,
    keys: z
      .array(z.string().max(60))
      .refine((keys) => keys.length > 0, missing('Vælg mindst ét tal, spørgsmålet handler om.'))
      .readonly(),
    text: requiredText('Skriv, hvad der spørges om.'),
  }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Send spørgsmålet', en: 'Send the question' },
  done: {
    da: 'Spørgsmålet er gemt og sendes til kommunen på næste arbejdsdag kl. 9, eller straks inden for kontortid.',
    en: 'The question is saved and sent to the municipality on the next working day at 9, or at once in office hours.',
  },
  decide: (state, { questionId, party, keys, text }, who, now) => {
    if (!mayHappen(state.status, 'QuestionAsked'))
      return refuse('status', `a question is asked on a draft; the review is ${state.status}`)
    if (!state.parties.some(({ municipality }) => municipality === party))
      return refuse('party', 'the municipality is no party of this agreement')
    return accept<ReviewEvent>({
      type: 'QuestionAsked',
      v: 1,
      questionId,
      party,
      keys: [...keys],
      dueOn: questionEnd(todayInCopenhagen(sendingTime(todayInCopenhagen(now), now))),
      by: who.id,
      private: { text },
    })
  },
})
