import type { Actor } from '../../domain/base/stream.ts'
import type { Vouched } from '../../domain/casefile/mails.ts'

/** Which request a mail answers, as far as it is known. */
export interface Named {
  readonly municipality: string | null
  /** The letter of ours it answers, by thread; null when the thread does not say. */
  readonly letterKey: string | null
}

/** A person who has placed a mail of the inbox in a case, and as what they vouch for it. */
export interface Placing {
  readonly actor: Actor
  readonly vouched: Vouched
}
