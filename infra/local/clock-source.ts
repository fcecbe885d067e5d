/**
 * - `moved`: whenever nothing is in hand, on to the next timer, as fast as the work allows.
 * - `manual`: stands until told to move.
 * - `real`: the wall clock.
 */
export type ClockMode = 'moved' | 'manual' | 'real'

/** Something that keeps timers: the engine's waits, invisible messages, schedules, a player's next act. */
export type ClockSource = {
  readonly name: string
  /** The earliest instant (ms) at which it has something to do, or undefined. */
  nextDue(): number | undefined
  /** Does all that is due at the clock's time. What it starts and does not finish at once, it holds. */
  fireDue(): void
}

/**
 * Asked before each move, with the instant (ms) the clock would move to. False stops the move until
 * `changed()` is called or work comes in. What it does meanwhile (reconciling) is awaited.
 */
export type ClockGate = (nextMs: number) => boolean | void | Promise<boolean | void>

/** How a move that was asked for ended: at the time asked for, or earlier, and why. */
export type MoveOutcome = { readonly reached: true } | { readonly reached: false; readonly because: string }

/** A timer: whose, and when (ms). */
export type DueTimer = { readonly source: string; readonly dueMs: number }

/** The earliest timer of several sources; of two at the same time, the one attached first. */
export function earliestDue(sources: Iterable<ClockSource>): DueTimer | undefined {
  let first: DueTimer | undefined
  for (const source of sources) {
    const dueMs = source.nextDue()
    if (dueMs !== undefined && (first === undefined || dueMs < first.dueMs))
      first = { source: source.name, dueMs }
  }
  return first
}
