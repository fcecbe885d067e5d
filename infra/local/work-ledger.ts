/** One reason in the ledger: how many pieces of work it stands for, and for how long (real ms) the oldest. */
export type WorkInHand = { readonly reason: string; readonly count: number; readonly oldestMs: number }

/**
 * The work in hand. While anything is in it the clock stands still: time must not pass a task that is
 * running, a message being read or a letter its reader has not seen.
 */
export class WorkLedger {
  readonly #open = new Map<number, { readonly reason: string; readonly since: number }>()
  readonly #changed: () => void
  #last = 0

  /** @param changed called after every entry and every release */
  constructor(changed: () => void) {
    this.#changed = changed
  }

  get empty(): boolean {
    return this.#open.size === 0
  }

  /** Enters one piece of work and answers its release, which may be called any number of times. */
  enter(reason: string): () => void {
    const id = (this.#last += 1)
    this.#open.set(id, { reason, since: Date.now() })
    this.#changed()
    return () => {
      if (this.#open.delete(id)) this.#changed()
    }
  }

  /** Every reason with its count, the longest standing first. */
  list(): readonly WorkInHand[] {
    const now = Date.now()
    const byReason = new Map<string, { count: number; oldestMs: number }>()
    for (const { reason, since } of this.#open.values()) {
      const seen = byReason.get(reason) ?? { count: 0, oldestMs: 0 }
      byReason.set(reason, { count: seen.count + 1, oldestMs: Math.max(seen.oldestMs, now - since) })
    }
    return [...byReason]
      .map(([reason, { count, oldestMs }]) => ({ reason, count, oldestMs }))
      .sort((a, b) => b.oldestMs - a.oldestMs)
  }
}
