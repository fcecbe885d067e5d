import * as z from 'zod'
import { openFixedText, readFileIfThere } from './atomic-file.ts'
import {
  type ClockGate,
  type ClockMode,
  type ClockSource,
  type DueTimer,
  earliestDue,
  type MoveOutcome,
} from './clock-source.ts'
import { type WorkInHand, WorkLedger } from './work-ledger.ts'

/** Where the clock publishes itself for the Lambda entry points, which read it when `CLOCK=embedded`. */
export const clockSymbol = Symbol.for('aarshjul.clock')

const clockFileSchema = z.object({ nowAt: z.iso.datetime() })
/** A source may answer "due now" this often without time passing or any work entered before it is a bug. */
const fruitlessFires = 1000
const longestTimeoutMs = 2 ** 31 - 1

type Step = 'fired' | 'there' | 'nothing due' | 'refused' | 'disturbed' | 'stopped'

/**
 * The one clock of the local system: business time for waits, deadlines, letters and the journal. It never
 * goes backwards, never passes a timer, and in `moved` mode moves only when nothing is in hand.
 */
export class LocalClock {
  readonly #write: ((text: string) => void) | undefined
  readonly #ledger = new WorkLedger(() => this.changed())
  readonly #sources = new Set<ClockSource>()
  readonly #gates = new Set<ClockGate>()
  readonly #pauses = new Set<(nextMs: number) => boolean>()
  readonly #onMove = new Set<(toMs: number, fromMs: number) => void>()
  readonly #onStalled = new Set<() => void>()
  #mode: ClockMode
  #now: number
  #stopped = false
  #version = 0
  /** The version on which the last step was decided: while it stands there is no reason to look again. */
  #seen = 0
  #waiters: (() => void)[] = []
  #stepping: Promise<unknown> = Promise.resolve()
  #fruitless = 0

  /**
   * @param options.mode how time passes
   * @param options.startMs the first time of a new data folder (ms); ignored where a later one is stored
   * @param options.file where the time is kept over restarts; without it the clock forgets
   */
  constructor(options: { mode: ClockMode; startMs: number; file?: string }) {
    this.#mode = options.mode
    this.#write = options.file === undefined ? undefined : openFixedText(options.file)
    const stored = options.file === undefined ? undefined : readFileIfThere(options.file)
    const storedMs =
      stored === undefined ? options.startMs : Date.parse(clockFileSchema.parse(JSON.parse(stored)).nowAt)
    this.#now = Math.max(options.startMs, storedMs)
    Object.defineProperty(globalThis, clockSymbol, { value: this, configurable: true, writable: true })
  }

  /** Business time in ms since the epoch. In `real` mode the wall's, but never before a time once reached. */
  now(): number {
    if (this.#mode === 'real') this.#now = Math.max(this.#now, Date.now())
    return this.#now
  }

  nowIso(): string {
    return new Date(this.now()).toISOString()
  }

  get mode(): ClockMode {
    return this.#mode
  }

  /** Changes how time passes from here on. The time itself stays; it never goes back. */
  setMode(mode: ClockMode): void {
    this.now()
    this.#mode = mode
    this.changed()
  }

  /** Enters work in hand; the clock stands until the answered release is called (more calls do nothing). */
  hold(reason: string): () => void {
    return this.#ledger.enter(reason)
  }

  /** The work in hand, by reason. */
  ledger(): readonly WorkInHand[] {
    return this.#ledger.list()
  }

  /** Adds a keeper of timers; the answer takes it away again. */
  attach(source: ClockSource): () => void {
    return this.#add(this.#sources, source)
  }

  /** Adds a veto on moves; the answer takes it away again. */
  attachGate(gate: ClockGate): () => void {
    return this.#add(this.#gates, gate)
  }

  /** Stops before any timer (ms) the predicate picks, until `changed()`; the answer takes it away again. */
  pauseBefore(predicate: (nextMs: number) => boolean): () => void {
    return this.#add(this.#pauses, predicate)
  }

  /** Called after each move, with the new and the former time in ms. */
  onMove(told: (toMs: number, fromMs: number) => void): () => void {
    return this.#add(this.#onMove, told)
  }

  /** Called when nothing is in hand and no source has anything due: only a person can go on. */
  onStalled(told: () => void): () => void {
    return this.#add(this.#onStalled, told)
  }

  /** Tells that a timer, a gate's answer or anything else the clock looks at may have changed. */
  changed(): void {
    this.#version += 1
    const waiters = this.#waiters
    this.#waiters = []
    for (const wake of waiters) wake()
  }

  /** The earliest timer of all sources: whose, and when (ms). */
  nextDue(): DueTimer | undefined {
    return earliestDue(this.#sources)
  }

  /**
   * Lets time pass as the mode says until `until` answers true (asked whenever nothing is in hand) or `stop()`.
   * Rejects when a source fails, or says that something is due and never does it.
   */
  async run(until: () => boolean = () => false): Promise<'reached' | 'stopped'> {
    this.#stopped = false
    let stalled = false
    for (;;) {
      if (this.#mode === 'moved') await this.#idle()
      if (this.#stopped) return 'stopped'
      if (until()) return 'reached'
      const step = await this.#passTime()
      if (step === 'nothing due' && !stalled) for (const told of this.#onStalled) told()
      stalled = step === 'nothing due'
      if (step === 'fired' || step === 'disturbed' || this.#version !== this.#seen) continue
      await this.#woken(this.#mode === 'real' ? this.nextDue()?.dueMs : undefined)
    }
  }

  /** Ends `run` at its next look, and any move under way. */
  stop(): void {
    this.#stopped = true
    this.changed()
  }

  /**
   * Moves to an instant, stopping at each timer on the way until its work is done. Not in `real` mode.
   * @param options.force passes gates that refuse and pauses (they are asked all the same): the operator's word
   */
  async moveTo(iso: string, options: { force?: boolean } = {}): Promise<MoveOutcome> {
    const target = Date.parse(z.iso.datetime().parse(iso))
    if (this.#mode === 'real') throw new Error('The clock runs in real time and cannot be moved')
    if (target < this.#now) throw new Error(`The clock is at ${this.nowIso()} and does not go back to ${iso}`)
    this.#stopped = false
    for (;;) {
      const step = await this.#step(target, options.force ?? false)
      if (step === 'stopped') return { reached: false, because: 'the clock was stopped' }
      if (step === 'refused') return { reached: false, because: 'someone has to act first' }
      if (step === 'there') return { reached: true }
    }
  }

  /** Moves to the next timer and lets its work be done. */
  async moveToNext(options: { force?: boolean } = {}): Promise<MoveOutcome> {
    await this.#idle()
    const next = this.nextDue()
    if (next === undefined) return { reached: false, because: 'nothing is due' }
    return this.moveTo(new Date(Math.max(next.dueMs, this.#now)).toISOString(), options)
  }

  #add<T>(to: Set<T>, one: T): () => void {
    to.add(one)
    this.changed()
    return () => {
      if (to.delete(one)) this.changed()
    }
  }

  #woken(atMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer =
        atMs === undefined
          ? undefined
          : setTimeout(resolve, Math.min(Math.max(0, atMs - Date.now()), longestTimeoutMs))
      this.#waiters.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** Resolves when the ledger is empty and has stayed so, with nothing changed, for some turns of the loop. */
  async #idle(): Promise<void> {
    for (;;) {
      while (!this.#ledger.empty && !this.#stopped) await this.#woken()
      const version = this.#version
      // Three turns: one for what is already in the sockets, one for what that wakes, one for its callbacks.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      await Promise.resolve()
      if (this.#stopped || (this.#ledger.empty && version === this.#version)) return
    }
  }

  async #passTime(): Promise<Step> {
    this.#seen = this.#version
    if (this.#mode === 'manual') return 'there'
    if (this.#mode === 'moved') return this.#step(Number.POSITIVE_INFINITY, false)
    const next = this.nextDue()
    if (next === undefined) return 'nothing due'
    if (next.dueMs > this.now()) return 'there'
    this.#persist()
    this.#fire(next)
    // What is due and waits for a reader stays due: look again soon, but leave the loop to the reader.
    await new Promise((resolve) => setTimeout(resolve, 10))
    return 'fired'
  }

  /** One step to the next timer, or to the limit if that comes first. Steps never overlap. */
  #step(limitMs: number, force: boolean): Promise<Step> {
    const step = this.#stepping.then(() => this.#stepAlone(limitMs, force))
    this.#stepping = step.catch(() => undefined)
    return step
  }

  async #stepAlone(limitMs: number, force: boolean): Promise<Step> {
    await this.#idle()
    if (this.#stopped) return 'stopped'
    this.#seen = this.#version
    const next = this.nextDue()
    const target = Math.min(next?.dueMs ?? Number.POSITIVE_INFINITY, limitMs)
    if (target === Number.POSITIVE_INFINITY) return 'nothing due'
    if (target > this.#now) {
      const free = await this.#mayMove(target)
      // The gates may have done work that set a nearer timer or is still under way: look again.
      this.#seen = this.#version
      await this.#idle()
      if (this.#stopped) return 'stopped'
      const switched = limitMs === Number.POSITIVE_INFINITY && this.#mode !== 'moved'
      if (switched || this.#seen !== this.#version || this.nextDue()?.dueMs !== next?.dueMs)
        return 'disturbed'
      if (!free && !force) return 'refused'
      this.#moveOn(target)
    }
    if (next === undefined || next.dueMs > this.#now) return 'there'
    this.#fire(next)
    return 'fired'
  }

  async #mayMove(nextMs: number): Promise<boolean> {
    let free = true
    for (const gate of this.#gates) if ((await gate(nextMs)) === false) free = false
    for (const pauses of this.#pauses) if (pauses(nextMs)) free = false
    return free
  }

  #moveOn(toMs: number): void {
    const from = this.#now
    this.#persist(toMs)
    this.#now = toMs
    this.#fruitless = 0
    for (const told of this.#onMove) told(toMs, from)
  }

  #persist(nowMs: number = this.now()): void {
    this.#write?.(`${JSON.stringify({ nowAt: new Date(nowMs).toISOString() })}\n`)
  }

  #fire(next: DueTimer): void {
    const version = this.#version
    const sources = [...this.#sources]
    for (const source of sources) source.fireDue()
    this.#fruitless = version === this.#version && this.#mode !== 'real' ? this.#fruitless + 1 : 0
    if (this.#fruitless > fruitlessFires)
      throw new Error(
        `${next.source} has something due at ${new Date(next.dueMs).toISOString()} and never does it`,
      )
  }
}
