import * as z from 'zod'
import { choose, mailKeyField, missing, requiredText, typedText } from '../../base/command.ts'
import { accept, refuse } from '../../base/stream.ts'
import { openDisputes } from '../slices/disputes.ts'
import type { ReviewEvent } from '../state.ts'
import { openCorrections, titlesOnPages } from '../slices/facts.ts'
import { command } from './declare.ts'

/**
 * A caseworker decides on a correction the fact check asked for. What changes is words on the pages; a figure that
 * was assessed is never changed here, it asks whether to reopen. The approver sees it in the report.
 */
export const decideFactCheck = command('decide-fact-check', {
  input: z.object({
    mailKey: mailKeyField,
    as: z.enum(['corrected', 'rejected', 'figure'], choose('Vælg, hvad der sker med siderne.')),
    renamed: z.array(z.object({ key: z.string().max(20), title: z.string().max(300) })).readonly(),
    text: requiredText('Skriv svaret til kommunen.'),
  }),
  roles: ['caseworker'],
  label: { da: 'Afgør rettelsen', en: 'Decide the correction' },
  done: {
    da: 'Rettelsen er afgjort, og kommunen får svar.',
    en: 'The correction is decided, and the municipality gets an answer.',
  },
  decide: (state, { mailKey, as, renamed: titles, text }, who) => {
    const check = openCorrections(state).find((candidate) => candidate.mailKey === mailKey)
    if (check === undefined)
      return refuse('no-correction', 'no undecided correction of the fact check has that key')
    const known = new Set(titlesOnPages(state).map(({ key }) => key))
    const renamed = as === 'corrected' ? titles : []
    const unknown = renamed.find(({ key }) => !known.has(key))
    if (unknown !== undefined) return refuse('title', `${unknown.key} has no title on the pages`)
    const decided: ReviewEvent = {
      type: 'FactCheckDecided',
      v: 1,
      party: check.party,
      mailKey,
      as,
      renamed: [...renamed],
      by: who.id,
      private: { text },
    }
    const settled = state.status === 'assessed' || state.status === 'closed'
    const raised = state.reopen !== null && !state.reopen.decided
    return as === 'figure' && settled && !raised
      ? accept<ReviewEvent>(decided, { type: 'ReopenRaised', v: 1, mailKey })
      : accept(decided)
  },
})

/** Whether the ministry kept one of its own promises in the year; not kept takes a reason. The latest answer holds. */
export const answerPromise = command('answer-promise', {
  input: z
    .object({
      promise: z.string().regex(/^L\d+$/),
      kept: z.boolean(choose('Vælg, om bidraget er ydet.')),
      reason: typedText.default(''),
    })
    .refine(({ kept, reason }) => kept || reason !== '', missing('Skriv en begrundelse.')),
  roles: ['caseworker'],
  label: { da: 'Gem svaret', en: 'Save the answer' },
  done: { da: 'Svaret er gemt.', en: 'The answer is saved.' },
  decide: (state, { promise, kept, reason }, who) => {
    if (['not-asked', 'preparing', 'stopped'].includes(state.status))
      return refuse('status', `promises are answered in a year that is opened; the review is ${state.status}`)
    if (!(state.content?.promises ?? []).some(({ id }) => id === promise))
      return refuse('unknown-promise', `the agreement has no promise ${promise}`)
    return accept<ReviewEvent>({
      type: 'PromiseAnswered',
      v: 1,
      promise,
      kept,
      by: who.id,
      private: { text: reason },
    })
  },
})

/** The ministry's answer to a remark on a value it observed. Another value is recorded as an observation. */
export const answerDispute = command('answer-dispute', {
  input: z.object({
    mailKey: mailKeyField,
    assumption: z.string().regex(/^FS\d+$/),
    answer: requiredText('Skriv et svar på bemærkningen.'),
  }),
  roles: ['caseworker'],
  label: { da: 'Svar på bemærkningen', en: 'Answer the remark' },
  done: { da: 'Bemærkningen er besvaret.', en: 'The remark is answered.' },
  decide: (state, { mailKey, assumption, answer: text }, who) =>
    openDisputes(state).some((one) => one.mailKey === mailKey && one.assumption === assumption)
      ? accept<ReviewEvent>({
          type: 'DisputeAnswered',
          v: 1,
          mailKey,
          assumption,
          by: who.id,
          private: { text },
        })
      : refuse('no-dispute', 'no unanswered remark of that mail is on an observed value'),
})
