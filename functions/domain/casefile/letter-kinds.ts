import * as z from 'zod'

/** Whose name stands under a letter: the head of office, the caseworker, or nobody (mails to the ministry's own). */
export type LetterSender = 'office-head' | 'caseworker' | 'system'

/** How the reader is spoken to; never both in one mail (LETTERS.md 1.4). */
export type FormOfAddress = 'you' | 'municipality' | 'ministry'

/** What holds for every letter of a kind. */
export interface LetterKindFacts {
  readonly sender: LetterSender
  /** The municipality's main mailbox (hovedpostkasse) is in copy (LETTERS.md 1.8). */
  readonly mainMailboxInCopy: boolean
  readonly address: FormOfAddress
  /** Answers go at once, day and night, as `auto-replied`; the rest at 9.00 on a working day (LETTERS.md 1.5). */
  readonly autoSubmitted: 'auto-generated' | 'auto-replied'
  /** A plain message: no date, salutation or heading above its first line (receipts, LETTERS.md 2). */
  readonly bare: boolean
}

const kind = (
  sender: LetterSender,
  address: FormOfAddress,
  options: { copy?: boolean; replied?: boolean; bare?: boolean } = {},
): LetterKindFacts => ({
  sender,
  address,
  mainMailboxInCopy: options.copy ?? false,
  autoSubmitted: options.replied === true ? 'auto-replied' : 'auto-generated',
  bare: options.bare ?? false,
})

const receiptLike = kind('caseworker', 'you', { replied: true, bare: true })

/** Every kind of letter the product sends, with what holds for each. Written once; ids are kept for ever. */
export const letterKinds = {
  'contact-confirmation': kind('office-head', 'you', { copy: true }),
  request: kind('office-head', 'you', { copy: true }),
  'courtesy-notice': kind('office-head', 'you'),
  'to-deputy': kind('office-head', 'you'),
  'later-figure': kind('office-head', 'you'),
  'observed-value': kind('office-head', 'you'),
  'reminder-1': kind('office-head', 'you'),
  'reminder-2': kind('office-head', 'you', { copy: true }),
  'collection-closed': kind('office-head', 'you'),
  receipt: receiptLike,
  'held-mail-notice': kind('caseworker', 'you', { bare: true }),
  'neutral-notice': kind('caseworker', 'you', { bare: true }),
  'pdf-notice': receiptLike,
  'closed-notice': receiptLike,
  'unplaced-notice': receiptLike,
  'too-large-notice': receiptLike,
  'citizen-data-notice': receiptLike,
  'mail-erased': kind('caseworker', 'you'),
  question: kind('caseworker', 'you'),
  'extension-received': receiptLike,
  'extension-granted': kind('caseworker', 'you'),
  'extension-refused': kind('caseworker', 'you'),
  hearing: kind('office-head', 'municipality', { copy: true }),
  'hearing-comment': kind('caseworker', 'municipality', { copy: true }),
  'hearing-receipt': kind('caseworker', 'municipality', { replied: true, bare: true }),
  'contact-changed': kind('caseworker', 'you'),
  'final-assessment': kind('office-head', 'municipality', { copy: true }),
  'renegotiation-opened': kind('office-head', 'municipality', { copy: true }),
  'renegotiation-declined': kind('office-head', 'municipality', { copy: true }),
  'renegotiation-wish-received': kind('caseworker', 'municipality', { replied: true, bare: true }),
  proposal: kind('office-head', 'municipality', { copy: true }),
  'proposal-reminder': kind('office-head', 'municipality'),
  'counter-proposal-answer': kind('office-head', 'municipality'),
  'no-authority': kind('caseworker', 'municipality', { replied: true, bare: true }),
  'party-accepted': kind('caseworker', 'municipality', { replied: true, bare: true }),
  'party-declined': kind('caseworker', 'municipality', { replied: true, bare: true }),
  'proposal-lapsed': kind('office-head', 'municipality', { copy: true }),
  withdrawal: kind('office-head', 'municipality', { copy: true }),
  rider: kind('office-head', 'municipality', { copy: true }),
  'final-return': kind('office-head', 'municipality', { copy: true }),
  'intended-decision': kind('office-head', 'municipality', { copy: true }),
  'decision-on-money': kind('office-head', 'municipality', { copy: true }),
  'fact-check': kind('office-head', 'you'),
  'fact-check-answer': kind('caseworker', 'you'),
  'correction-sheet': kind('office-head', 'municipality', { copy: true }),
  dissemination: kind('office-head', 'you'),
  experiences: kind('office-head', 'you'),
  'first-time-next-year': kind('office-head', 'you', { copy: true }),
  'decisions-waiting': kind('system', 'ministry'),
  'release-waiting': kind('system', 'ministry'),
  'waiting-too-long': kind('system', 'ministry'),
  'held-untouched': kind('system', 'ministry'),
} as const satisfies Readonly<Record<string, LetterKindFacts>>

export type LetterKind = keyof typeof letterKinds

const isLetterKind = (id: string): id is LetterKind => Object.hasOwn(letterKinds, id)

/** All ids, in the order of the year. */
export const letterKindIds: readonly LetterKind[] = Object.keys(letterKinds).filter(isLetterKind)

/** A letter kind as events, keys and tags name it. */
export const letterKindSchema = z.custom<LetterKind>(
  (id) => typeof id === 'string' && isLetterKind(id),
  'one of the letter kinds in functions/domain/letter-kinds.ts',
)
