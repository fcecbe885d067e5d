/**
 * `npm run fuzz -- --minutes 10 [--seed 7] [--class bytes] [--mails 1000000]`: changed inputs of every class, until
 * the time is up or the mails are read; `--replay file --class bytes` feeds one again. What breaks a promise is made
 * small, kept in `.cache/fuzz/` and printed with the command that feeds it again; then the run fails.
 *
 * Each class has a thread of its own with bounded memory, watched from outside: an input that is never finished, or
 * that takes all memory, is found too.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { feed, fuzz, nameOf, nothingCounted, type Found } from './fuzzing.ts'
import { targetOf, targets } from './targets.ts'

const folder = '.cache/fuzz'
/** An input that is fed for longer is never finished. */
const mostSeconds = 60
const mostMegabytes = 1024
const mostInputBytes = 1_000_000
const seedsAClass = 300

const asked = z.object({ name: z.string(), seed: z.number(), ms: z.number(), most: z.number() })
type Asked = z.infer<typeof asked>
/** What a thread tells now and then, and at its end. */
interface Told {
  readonly inputs: number
  readonly bytes: number
  readonly behaviours: number
  readonly slowest: number
  readonly rssMb: number
  readonly found: readonly Found[]
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const keep = (name: string, { promise, words, input }: Found): void => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}-${nameOf({ input })}`)
  writeFileSync(file, input)
  say(`FOUND in ${name}: ${promise}\n  ${words.slice(0, 600)}\n  ${input.length} bytes: npm run fuzz -- --class ${name} --replay ${file}`) // prettier-ignore
}

const inThread = async (): Promise<void> => {
  const { shared, ...given } = z
    .object({ shared: z.instanceof(SharedArrayBuffer) })
    .loose()
    .parse(workerData)
  const { name, seed, ms, most } = asked.parse(given)
  const [state, current] = [new Int32Array(shared, 0, 2), Buffer.from(shared, 8)]
  const until = Date.now() + ms
  let told = Date.now()
  const tell = ({ behaviours, found, ...count }: ReturnType<typeof nothingCounted>): void => {
    const rssMb = Math.round(process.memoryUsage.rss() / 2 ** 20)
    const next: Told = { ...count, behaviours: behaviours.size, rssMb, found: [...found.values()] }
    parentPort?.postMessage(next)
  }
  const count = await fuzz({
    target: targetOf(name),
    seed,
    seeds: seedsAClass,
    isEnough: ({ inputs }) => inputs >= most || Date.now() >= until,
    before: (input) => {
      current.set(input.subarray(0, mostInputBytes))
      state[1] = input.length
      Atomics.add(state, 0, 1)
    },
    after: (so) => {
      if (Date.now() - told < 2000) return
      told = Date.now()
      tell(so)
    },
  })
  tell(count)
}

/** One class, fed in a thread until it ends or is stuck. */
const watched = async (given: Asked): Promise<Told> => {
  const shared = new SharedArrayBuffer(8 + mostInputBytes)
  const [state, current] = [new Int32Array(shared, 0, 2), Buffer.from(shared, 8)]
  let last: Told = { inputs: 0, bytes: 0, behaviours: 0, slowest: 0, rssMb: 0, found: [] }
  const worker = new Worker(new URL(import.meta.url), { workerData: { ...given, shared }, resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } }) // prettier-ignore
  let seen = { at: Date.now(), nth: -1 }
  const ended = new Promise<string | null>((resolve) => {
    const watch = setInterval(() => {
      const nth = Atomics.load(state, 0)
      if (nth !== seen.nth) seen = { at: Date.now(), nth }
      if (nth > 0 && Date.now() - seen.at > mostSeconds * 1000) {
        clearInterval(watch)
        void worker.terminate()
        resolve('an input that is never finished')
      }
    }, 1000)
    worker.on('message', (told: Told) => {
      last = { ...told, found: told.found.map((found) => ({ ...found, input: Buffer.from(found.input) })) }
    })
    worker.on('error', (error) => {
      clearInterval(watch)
      resolve(error instanceof Error ? `${error.name}: ${error.message}` : 'the thread fell')
    })
    worker.on('exit', () => {
      clearInterval(watch)
      resolve(null)
    })
  })
  const promise = await ended
  const input = Buffer.from(current.subarray(0, Math.min(state[1] ?? 0, mostInputBytes)))
  return promise === null ? last : { ...last, found: [...last.found, { promise, words: promise, input }] }
}

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      mails: { type: 'string' },
      class: { type: 'string' },
      replay: { type: 'string' },
    },
  })
  if (values.replay !== undefined) {
    const target = targetOf(values.class ?? 'bytes')
    await target.seeds(1)
    const fed = await feed(target, readFileSync(values.replay))
    say('promise' in fed ? `broken: ${fed.words}` : `holds: ${fed.did}`)
    process.exitCode = 'promise' in fed ? 1 : 0
    return
  }
  const seed = Number(values.seed)
  const mails = values.mails === undefined ? null : Number(values.mails)
  const minutes = Number(values.minutes)
  if (!Number.isSafeInteger(seed) || !(minutes > 0) || (mails !== null && !(mails > 0))) throw new RangeError('--minutes, --seed and --mails are numbers')
  // Mails by count are those of the reader alone, half of them by their bytes, half by their structure.
  const names = values.class === undefined ? (mails === null ? Object.keys(targets) : ['bytes', 'structures']) : values.class.split(',')
  const ms = mails === null ? (minutes * 60_000) / names.length : Number.MAX_SAFE_INTEGER
  say(`seed ${seed}, ${mails === null ? `${minutes} minutes` : `${mails} mails`}: ${names.join(', ')}`)
  let finds = 0
  for (const name of names) {
    const from = Date.now()
    const told = await watched({ name, seed, ms, most: mails === null ? Number.MAX_SAFE_INTEGER : Math.ceil(mails / names.length) })
    const seconds = (Date.now() - from) / 1000
    say(`${name.padEnd(11)} ${String(told.inputs).padStart(8)} inputs, ${(told.bytes / 1e6).toFixed(0).padStart(6)} MB in ${seconds.toFixed(0)} s (${(told.inputs / seconds).toFixed(0)}/s), ${told.behaviours} behaviours, slowest ${(told.slowest * 100).toFixed(0)} % of what it may, ${told.rssMb} MB, ${told.found.length} finds`)
    for (const found of told.found) keep(name, found)
    finds += told.found.length
  }
  process.exitCode = finds === 0 ? 0 : 1
} // prettier-ignore

await (isMainThread ? main() : inThread())
