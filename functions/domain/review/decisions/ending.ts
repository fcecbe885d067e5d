import * as z from 'zod'
import { choose, reasonField, requiredText } from '../../base/command.ts'
import { accept, refuse } from '../../base/stream.ts'
import { todayInCopenhagen } from '../../base/time.ts'
import type { ReviewEvent } from '../state.ts'
import { isFootnote } from '../late-correction.ts'
import type { ReviewState } from '../state.ts'
import { mayHappen } from '../status.ts'
import { command } from './declare.ts'

const refusalForReopening = (state: ReviewState) =>
  state.reopen === null || state.reopen.decided
    ? refuse('nothing-raised', 'no question of reopening is open')
    : null

export const reopen = command('reopen', {
  input: z.object({ reason: reasonField }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Genoptag sagen', en: 'Reopen the case' },
  done: { da: 'Sagen er genoptaget.', en: 'The case is reopened.' },
  decide: (state, { reason }, who) =>
    refusalForReopening(state) ??
    (isFootnote(state)
      ? refuse('footnote', 'the correction changes no verdict and moves no share by more than one point')
      : accept<ReviewEvent>({ type: 'Reopened', v: 1, by: who.id, private: { text: reason } })),
})

export const leaveClosed = command('leave-closed', {
  input: z.object({ reason: reasonField }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Genoptag ikke', en: 'Do not reopen' },
  done: { da: 'Sagen genoptages ikke.', en: 'The case is not reopened.' },
  decide: (state, { reason }, who) =>
    refusalForReopening(state) ??
    accept<ReviewEvent>({ type: 'ReopenDeclined', v: 1, by: who.id, private: { text: reason } }),
})

export const stop = command('stop', {
  input: z.object({ reason: reasonField }),
  roles: ['approver'],
  label: { da: 'Stands sagen', en: 'Stop the case' },
  done: { da: 'Sagen er standset.', en: 'The case is stopped.' },
  decide: (state, { reason }, who) =>
    mayHappen(state.status, 'Stopped')
      ? accept<ReviewEvent>({ type: 'Stopped', v: 1, by: who.id, private: { text: reason } })
      : refuse('status', `a review that is ${state.status} cannot be stopped`),
})

export const note = command('note', {
  input: z.object({
    about: z.enum(['phone', 'meeting', 'other'], choose('Vælg, hvad notatet er om.')),
    text: requiredText('Skriv notatets tekst.'),
  }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Gem notatet', en: 'Save the note' },
  done: { da: 'Notatet er gemt.', en: 'The note is saved.' },
  decide: (_state, { about, text }, who, now) =>
    accept<ReviewEvent>({
      type: 'Noted',
      v: 1,
      by: who.id,
      on: todayInCopenhagen(now),
      about,
      contactId: null,
      private: { text },
    }),
})
