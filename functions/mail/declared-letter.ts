import type { LetterKind } from '../domain/casefile/letter-kinds.ts'

/** Declares what holds for every letter of a kind. */
export interface DeclaredLetter<K extends LetterKind = LetterKind> {
  readonly kind: K
  /** What the console's lists call it. */
  readonly name: string
  /** Whose name stands under it; nobody's under mails to the ministry's own people. */
  readonly signedBy: 'office-head' | 'caseworker' | 'nobody'
  /** How the reader is spoken to; never both in one mail (LETTERS.md 1.4). */
  readonly address: 'you' | 'municipality' | 'ministry'
  /**
   * `notice`: a plain message, with no date, salutation or heading above its first line (LETTERS.md 2). `answer`: a
   * notice that goes at once, day and night, as `auto-replied`; the rest at 9.00 on a working day (LETTERS.md 1.5).
   * Left out: a letter.
   */
  readonly form?: 'notice' | 'answer'
  /** The municipality's main mailbox (hovedpostkasse) is in copy (LETTERS.md 1.8). */
  readonly mainMailboxInCopy?: true
  /** It ends with the first hex digits of the case's record (LETTERS.md 2). */
  readonly printsControlNumber?: true
}

/** A letter: its kind, who signs it and when it is owed, in one value beside its words. */
export const declareLetter = <K extends LetterKind>(
  kind: K,
  declared: Omit<DeclaredLetter<K>, 'kind'>,
): DeclaredLetter<K> => ({ kind, ...declared })
