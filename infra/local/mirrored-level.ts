import { ClassicLevel } from 'classic-level'
import { MemoryLevel } from 'memory-level'

type Write =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string }
type Waiting = {
  readonly writes: readonly Write[]
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/** So many rows are read from the disk at a time. */
const rowsAtOnce = 1000

/**
 * A LevelDB on disk with all of it in memory too: reads are answered from memory, writes are answered when they
 * are on disk. Each trip to LevelDB is a change of threads there and back, which costs more than the look-up; a
 * request to the table makes several, and the rows of a year are a few megabytes. Writes that come while others
 * are being written go together, in their order.
 */
export class MirroredLevel {
  readonly #disk: ClassicLevel<string, unknown>
  readonly #memory: MemoryLevel<string, unknown>
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined

  private constructor(disk: ClassicLevel<string, unknown>, memory: MemoryLevel<string, unknown>) {
    this.#disk = disk
    this.#memory = memory
  }

  /** Opens the folder, made if it is not there, and reads it whole. Values are anything JSON can carry. */
  static async open(folder: string): Promise<MirroredLevel> {
    const disk = new ClassicLevel<string, unknown>(folder, { valueEncoding: 'json' })
    const memory = new MemoryLevel<string, unknown>({ valueEncoding: 'json', storeEncoding: 'utf8' })
    await disk.open()
    const rows = disk.iterator()
    for (;;) {
      const some = await rows.nextv(rowsAtOnce)
      if (some.length === 0) break
      await memory.batch(some.map(([key, value]) => ({ type: 'put', key, value })))
    }
    await rows.close()
    return new MirroredLevel(disk, memory)
  }

  get(key: string): Promise<unknown> {
    return this.#memory.get(key)
  }

  put(key: string, value: unknown): Promise<void> {
    return this.batch([{ type: 'put', key, value }])
  }

  del(key: string): Promise<void> {
    return this.batch([{ type: 'del', key }])
  }

  /** All of them or none, on disk when the promise settles and seen by nobody before. */
  batch(writes: readonly Write[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ writes, done: resolve, failed: reject })
      this.#writing ??= this.#writeAll()
    })
  }

  /** An iterator over the keys of a range, as abstract-level has it. */
  keys(range: Parameters<MemoryLevel<string, unknown>['keys']>[0]) {
    return this.#memory.keys(range ?? {})
  }

  values(range: Parameters<MemoryLevel<string, unknown>['values']>[0]) {
    return this.#memory.values(range ?? {})
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#memory.close()
    await this.#disk.close()
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const now = this.#waiting
      this.#waiting = []
      const writes = now.flatMap((one) => one.writes)
      try {
        await this.#disk.batch([...writes])
        await this.#memory.batch([...writes])
        for (const { done } of now) done()
      } catch (error) {
        for (const { failed } of now) failed(error)
      }
    }
    this.#writing = undefined
  }
}
