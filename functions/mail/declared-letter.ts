import type { LetterKind } from '../domain/casefile/letter-kinds.ts'
import type { LetterOrder } from '../domain/casefile/letters.ts'
import type { RenegotiationState } from '../domain/renegotiation/state.ts'
import type { ReviewState } from '../domain/review/state.ts'
import type { Framing } from './frame.ts'
import type { LetterDraft } from './letter.ts'
import type { RenegotiationLetter } from './renegotiation-letter.ts'
import type { ReviewLetter } from './review-letter.ts'

/** Which letters a case owes at once, day and night: each once, each for one mail or decision. */
export type OwedRule<S> = (state: S) => readonly LetterOrder[]

/** A kind of case that sends the letter. */
interface Sending<S> {
  /** Left out where the case's plan orders it: at 9.00 on a working day. One rule may serve several letters. */
  readonly owed?: readonly OwedRule<S>[]
}

/** What a letter needs beside its case; whoever sends it reads it first. */
export interface Needed {
  /** The request of the latest later year that the party has been asked for and that is still open. */
  readonly 'running-request': { readonly year: number; readonly requestedOn: string } | null
  /** The correction sheet of the order's number. */
  readonly 'correction-sheet': {
    readonly frozenOn: string
    readonly grounds: string
    readonly why: string
    readonly places: readonly { readonly place: string; readonly was: string; readonly holds: string }[]
    readonly documents: readonly { readonly fileName: string; readonly archiveKey: string }[]
  }
}

type Composing<L> =
  | { readonly needs?: undefined; readonly compose: (letter: L) => LetterDraft }
  | {
      readonly [N in keyof Needed]: {
        readonly needs: N
        readonly compose: (letter: L, needed: Needed[N]) => LetterDraft
      }
    }[keyof Needed]

/** What holds for every letter of a kind, and which cases send it. */
export interface DeclaredLetter<K extends LetterKind = LetterKind> extends Framing {
  readonly kind: K
  /** What the console's lists call it. */
  readonly name: string
  /** The municipality's main mailbox (hovedpostkasse) is in copy (LETTERS 1.8). */
  readonly mainMailboxInCopy?: true
  /** It ends with the first hex digits of the case's record (LETTERS 2). */
  readonly printsControlNumber?: true
  readonly review?: Sending<ReviewState> & Composing<ReviewLetter>
  readonly renegotiation?: Sending<RenegotiationState> & {
    readonly compose: (letter: RenegotiationLetter) => LetterDraft
  }
}

/** A letter: its kind, who signs it, what it says of a case and when it is owed, in one value beside its words. */
export const declareLetter = <K extends LetterKind>(
  kind: K,
  declared: Omit<DeclaredLetter<K>, 'kind'>,
): DeclaredLetter<K> => ({ kind, ...declared })
