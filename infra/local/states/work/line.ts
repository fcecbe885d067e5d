import type { Store } from '../store/store.ts'
import type { EngineOptions } from '../types.ts'

/**
 * The line in which all work waits: one piece at a time, many in one transaction. What a piece owes to the outside
 * happens after the transaction is stored.
 */
export interface Line {
  /**
   * Queues work; the promise settles once the result is stored. The clock is held meanwhile. Where more waits than
   * fits in a transaction, work on what has begun goes before `fresh` work: what is under way stays small.
   */
  submit<T>(reason: string, work: () => T | Promise<T>, age?: 'begun' | 'fresh'): Promise<T>
  /** Queues work that belongs to the transaction of the work that is running. */
  within(work: () => Promise<void>): void
  /** What to do after the running work is stored. */
  afterwards(act: () => void): void
  /** Called after every transaction, with whether it was stored. */
  onEnd(act: (stored: boolean) => void): void
  /** Holds the clock and counts as work in hand until released. */
  hold(reason: string): () => void
  idle(): boolean
  isClosed(): boolean
  /** Refuses further work and waits for what is queued. */
  close(): Promise<void>
}

interface Piece {
  /** The place at which it came. */
  readonly place: number
  run(): Promise<void>
  fail(error: unknown): void
  settle(): void
}

/** More pieces in a transaction cost less each, but hold the process longer: these take about 50 ms. */
const BATCH = 500
/** Places in a transaction that fresh work has for itself. */
const FRESH = 100

export const makeLine = (store: Store, options: EngineOptions): Line => {
  const begun: Piece[] = []
  const fresh: Piece[] = []
  let came = 0
  const ends: ((stored: boolean) => void)[] = []
  let inner: (() => Promise<void>)[] = []
  let owed: (() => void)[] = []
  let held = 0
  let closed = false
  let draining: Promise<void> | undefined

  /**
   * Runs a piece with whatever it queued for the same transaction. A piece that throws without having written has
   * only refused something; one that throws later spoils the transaction.
   */
  const runPiece = async (piece: Piece): Promise<boolean> => {
    const [owedBefore, writesBefore] = [owed.length, store.writes()]
    try {
      await piece.run()
      for (let next = inner.shift(); next !== undefined; next = inner.shift()) await next()
      return true
    } catch (error) {
      inner = []
      owed.length = owedBefore
      piece.fail(error)
      return store.writes() === writesBefore
    }
  }

  /** Runs pieces in one transaction; answers whether it was stored. */
  const transact = async (pieces: readonly Piece[]): Promise<boolean> => {
    store.begin()
    for (const piece of pieces) {
      if (await runPiece(piece)) continue
      store.rollback()
      owed = []
      for (const end of ends) end(false)
      return false
    }
    store.commit()
    for (const end of ends) end(true)
    const acts = owed
    owed = []
    for (const act of acts) act()
    for (const piece of pieces) piece.settle()
    return true
  }

  /** The next pieces, in the order in which they came. Fresh ones always get a place, so that none waits for ever. */
  const nextBatch = (): readonly Piece[] => {
    const old = begun.splice(0, BATCH - Math.min(fresh.length, FRESH))
    const young = fresh.splice(0, BATCH - old.length)
    return [...old, ...young].sort((a, b) => a.place - b.place)
  }

  const drain = async (): Promise<void> => {
    while (begun.length + fresh.length > 0) {
      const batch = nextBatch()
      try {
        await runBatch(batch)
      } catch (error) {
        // The store itself failed, a full disk for instance: nothing of the batch has happened.
        options.onFault?.(error)
        giveUp(batch, error)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const giveUp = (pieces: readonly Piece[], error: unknown): void => {
    inner = []
    owed = []
    store.rollback()
    for (const end of ends) end(false)
    for (const piece of pieces) {
      piece.fail(error)
      piece.settle()
    }
  }

  const runBatch = async (batch: readonly Piece[]): Promise<void> => {
    // Where one piece spoils a transaction, the pieces run again, each in its own, and only that one fails.
    if (await transact(batch)) return
    for (const piece of batch) if (!(await transact([piece]))) piece.settle()
  }

  const wake = (): void => {
    draining ??= new Promise((resolve) => setImmediate(resolve))
      .then(drain)
      .catch((error: unknown) => options.onFault?.(error))
      .finally(() => {
        draining = undefined
        if (begun.length + fresh.length > 0) wake()
      })
  }

  const hold: Line['hold'] = (reason) => {
    const release = options.clock.hold(reason)
    let open = true
    held += 1
    return () => {
      if (!open) return
      open = false
      held -= 1
      release()
    }
  }

  return {
    submit: (reason, work, age = 'begun') => {
      if (closed) return Promise.reject(new Error('the engine is closed'))
      const release = hold(reason)
      return new Promise((resolve, reject: (reason: unknown) => void) => {
        let settle = (): void => {
          reject(new Error('the work was not done'))
        }
        came += 1
        const queue = age === 'begun' ? begun : fresh
        queue.push({
          place: came,
          run: async () => {
            const value = await work()
            settle = () => {
              resolve(value)
            }
          },
          fail: (error) => {
            settle = () => {
              reject(error)
            }
          },
          settle: () => {
            settle()
            release()
          },
        })
        wake()
      })
    },
    within: (work) => {
      inner.push(work)
    },
    afterwards: (act) => {
      owed.push(act)
    },
    onEnd: (act) => {
      ends.push(act)
    },
    hold,
    idle: () => held === 0,
    isClosed: () => closed,
    close: async () => {
      closed = true
      await draining
    },
  }
}
