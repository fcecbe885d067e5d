import { reminderKinds } from '../../../functions/domain/base/calendar.ts'
import type { LetterKind } from '../../../functions/domain/casefile/letter-kinds.ts'
import type { FiledLetter } from './choose-rule.ts'
import type { SeenKind } from './recognise-letter.ts'

/** A letter that its reader has to answer. */
export interface WaitingLetter {
  readonly address: string
  readonly id: string
  readonly kind: SeenKind
  readonly subject: string
  /** False until a mail program has shown it. */
  readonly seen: boolean
}

const asks: readonly LetterKind[] = [
  'contact-confirmation',
  'request',
  'to-deputy',
  'courtesy-notice',
  ...reminderKinds,
  'later-figure',
  'held-mail-notice',
  'pdf-notice',
  'citizen-data-notice',
  'question',
  'hearing',
  'proposal',
  'proposal-reminder',
  'counter-proposal-answer',
  'fact-check',
  'dissemination',
  'final-return',
]
const settles: readonly LetterKind[] = [
  'extension-received',
  'hearing-receipt',
  'renegotiation-wish-received',
  'no-authority',
  'party-accepted',
  'party-declined',
  'collection-closed',
  'final-assessment',
  'contact-changed',
  'mail-erased',
  'decision-on-money',
  'fact-check-answer',
  'correction-sheet',
  'renegotiation-declined',
  'proposal-lapsed',
  'withdrawal',
  'rider',
  'neutral-notice',
]

/** Nothing comes back when these are answered: the reply itself is the end of it. */
export const answeredByReply: readonly LetterKind[] = ['contact-confirmation', 'fact-check']

const isOne = (kinds: readonly LetterKind[], kind: SeenKind): boolean => kinds.some((one) => one === kind)

/** A receipt that is not the end of it: something is missing, in doubt, or to be confirmed. */
const receiptAsks = (text: string): boolean =>
  /Vi mangler|i tvivl om|Svar OK|Vi fandt ingen tal|is missing|are missing|in doubt|Reply OK|found no figures/i.test(
    text.slice(0, 400),
  )

/**
 * The letters that wait for an answer, at most one an agreement: the last that asks, unless a later one shows
 * that it was answered or is over. Judged from her mailboxes and her own replies, as the reader could.
 * @param letters `replied`: she has replied to it; looked at only where nothing comes back
 */
export function lettersWaiting(
  letters: readonly {
    id: string
    address: string
    seen: boolean
    filed: FiledLetter
    replied?: boolean
  }[],
): WaitingLetter[] {
  const waiting = new Map<string, WaitingLetter>()
  for (const { id, address, seen, filed, replied = false } of letters.toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  )) {
    const { letter, agreement } = filed
    const about = agreement ?? ''
    const asking = letter.kind === 'receipt' ? receiptAsks(letter.text) : isOne(asks, letter.kind)
    if (replied && isOne(answeredByReply, letter.kind)) continue
    if (asking) waiting.set(about, { address, id, kind: letter.kind, subject: letter.subject, seen })
    else if (letter.kind === 'receipt' || isOne(settles, letter.kind)) waiting.delete(about)
  }
  return [...waiting.values()]
}
