import type { Store } from './store.ts'
import type { EngineOptions } from './types.ts'

/**
 * The line in which all work waits: one piece at a time, many in one transaction. What a piece owes to the outside
 * happens after the transaction is stored.
 */
export interface Line {
  /** Queues work; the promise settles once the result is stored. The clock is held meanwhile. */
  submit<T>(reason: string, work: () => T | Promise<T>): Promise<T>
  /** Queues work that belongs to the transaction of the work that is running. */
  within(work: () => Promise<void>): void
  /** What to do after the running work is stored. */
  afterwards(act: () => void): void
  /** Called after every transaction. */
  afterBatch(act: () => void): void
  /** Holds the clock and counts as work in hand until released. */
  hold(reason: string): () => void
  idle(): boolean
  isClosed(): boolean
  /** Refuses further work and waits for what is queued. */
  close(): Promise<void>
}

interface Piece {
  run(): Promise<void>
  settle(): void
}

const BATCH = 200

export const makeLine = (store: Store, options: EngineOptions): Line => {
  const queue: Piece[] = []
  const batchEnds: (() => void)[] = []
  let inner: (() => Promise<void>)[] = []
  let owed: (() => void)[] = []
  let held = 0
  let closed = false
  let draining: Promise<void> | undefined

  const runPiece = async (piece: Piece): Promise<void> => {
    const owedBefore = owed.length
    store.run('SAVEPOINT piece')
    try {
      await piece.run()
      for (let next = inner.shift(); next !== undefined; next = inner.shift()) await next()
    } catch (error) {
      // A piece that throws has written nothing; its caller is told when it settles.
      inner = []
      owed.length = owedBefore
      store.run('ROLLBACK TO piece')
      for (const end of batchEnds) end()
      throw error
    } finally {
      store.run('RELEASE piece')
    }
  }

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, BATCH)
      const faults: unknown[] = []
      store.begin()
      for (const piece of batch) await runPiece(piece).catch((error: unknown) => faults.push(error))
      store.commit()
      for (const end of batchEnds) end()
      const acts = owed
      owed = []
      for (const act of acts) act()
      for (const piece of batch) piece.settle()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const wake = (): void => {
    draining ??= new Promise((resolve) => setImmediate(resolve))
      .then(drain)
      .catch((error: unknown) => options.onFault?.(error))
      .finally(() => {
        draining = undefined
        if (queue.length > 0) wake()
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
    submit: (reason, work) => {
      if (closed) return Promise.reject(new Error('the engine is closed'))
      const release = hold(reason)
      return new Promise((resolve, reject) => {
        let settle = (): void => {
          reject(new Error('the work was not done'))
        }
        queue.push({
          run: async () => {
            try {
              const value = await work()
              settle = () => {
                resolve(value)
              }
            } catch (error) {
              settle = () => {
                reject(error)
              }
              throw error
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
    afterBatch: (act) => {
      batchEnds.push(act)
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
