export type InvocationOutcome = 'ok' | 'error' | 'timeout'

/** How often a function ran and how long it took (real ms). */
export type FunctionFigures = {
  readonly function: string
  readonly count: number
  readonly errors: number
  readonly timeouts: number
  readonly totalMs: number
  readonly maxMs: number
}

/** Counts and times invocations, to tell where a run's time went. */
export class FunctionStatistics {
  readonly #byFunction = new Map<string, FunctionFigures>()

  readonly #byInvoker = new Map<string, number>()
  #inFlight = 0
  #busySince = 0
  #busyMs = 0

  add(line: { function: string; by: string; outcome: InvocationOutcome; ms: number }): void {
    const { function: name, by, outcome, ms } = line
    this.#byInvoker.set(by, (this.#byInvoker.get(by) ?? 0) + 1)
    const sum = this.#byFunction.get(name) ?? {
      function: name,
      count: 0,
      errors: 0,
      timeouts: 0,
      totalMs: 0,
      maxMs: 0,
    }
    this.#byFunction.set(name, {
      function: name,
      count: sum.count + 1,
      errors: sum.errors + (outcome === 'error' ? 1 : 0),
      timeouts: sum.timeouts + (outcome === 'timeout' ? 1 : 0),
      totalMs: sum.totalMs + ms,
      maxMs: Math.max(sum.maxMs, ms),
    })
  }

  /** One more is in flight; the answer says that it is over. */
  begin(): () => void {
    if (this.#inFlight === 0) this.#busySince = performance.now()
    this.#inFlight += 1
    return () => {
      this.#inFlight -= 1
      if (this.#inFlight === 0) this.#busyMs += performance.now() - this.#busySince
    }
  }

  /** For how long at least one was in flight (real ms): the rest of a run is mail, workflows, players and waiting. */
  get busyMs(): number {
    return this.#busyMs + (this.#inFlight === 0 ? 0 : performance.now() - this.#busySince)
  }

  /** How many invocations of an invoker have ended. */
  countBy(invoker: string): number {
    return this.#byInvoker.get(invoker) ?? 0
  }

  /** Every function that ran, the one that took most time first. */
  list(): readonly FunctionFigures[] {
    return [...this.#byFunction.values()].sort((a, b) => b.totalMs - a.totalMs)
  }
}
