import * as z from 'zod'
import { reminderKinds } from '../base/calendar.ts'

/**
 * Every kind of letter the product sends, in the order of the year; ids are kept for ever, as events, keys and tags
 * name them. What holds for each is declared with its words, in `functions/mail`.
 */
export const letterKinds = [
  'contact-confirmation',
  'request',
  'courtesy-notice',
  'to-deputy',
  'later-figure',
  'observed-value',
  ...reminderKinds,
  'collection-closed',
  'receipt',
  'held-mail-notice',
  'neutral-notice',
  'pdf-notice',
  'closed-notice',
  'unplaced-notice',
  'too-large-notice',
  'citizen-data-notice',
  'mail-erased',
  'question',
  'extension-received',
  'extension-granted',
  'extension-refused',
  'hearing',
  'hearing-comment',
  'hearing-receipt',
  'contact-changed',
  'final-assessment',
  'renegotiation-opened',
  'renegotiation-declined',
  'renegotiation-wish-received',
  'proposal',
  'proposal-reminder',
  'counter-proposal-answer',
  'no-authority',
  'party-accepted',
  'party-declined',
  'proposal-lapsed',
  'withdrawal',
  'rider',
  'final-return',
  'intended-decision',
  'decision-on-money',
  'fact-check',
  'fact-check-answer',
  'correction-sheet',
  'dissemination',
  'experiences',
  'first-time-next-year',
  'decisions-waiting',
  'release-waiting',
  'waiting-too-long',
  'held-untouched',
] as const

export const letterKindSchema = z.enum(letterKinds)
export type LetterKind = z.infer<typeof letterKindSchema>
