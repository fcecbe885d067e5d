import { createHash } from 'node:crypto'
import { chanceOf } from '../support/chance.ts'
import { drawOf, mutated } from './mutations.ts'
import { Broken, type Target } from './targets.ts'

/** One class of inputs fed for so many inputs or so long; what breaks a promise is made small. */

export interface Found {
  readonly promise: string
  readonly words: string
  readonly input: Buffer
}

export interface Count {
  inputs: number
  bytes: number
  /** Different things that were done with them. */
  readonly behaviours: Set<string>
  readonly found: Map<string, Found>
  /** The slowest, in processor's time of this thread over what its size allows. */
  slowest: number
}

export const nothingCounted = (): Count => ({
  inputs: 0,
  bytes: 0,
  behaviours: new Set(),
  found: new Map(),
  slowest: 0,
})

/** Milliseconds of the processor that an input may take: some for any, and more by its size. */
const allowedMs = (size: number): number => 400 + size / 50

/** Processor's time of this thread alone: what else the machine does, and the collector beside it, is not counted. */
const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Inputs that did something new, kept to be changed further. */
const mostKept = 400

const wordsOf = (error: unknown): { promise: string; words: string } => {
  if (error instanceof Broken) return { promise: error.promise, words: error.message }
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const at = stack.split('\n').find((line) => line.includes('/functions/') || line.includes('/node_modules/')) ?? ''
  const where = at.replace(/^.*\/((?:functions|node_modules)\/[^)]*).*$/u, '$1')
  return { promise: `${name} at ${where}`, words: `${name}: ${message} at ${where}` }
} // prettier-ignore

type Fed = { readonly did: string; readonly over: number } | Pick<Found, 'promise' | 'words'>

const feedOnce = async (target: Target, input: Buffer): Promise<Fed> => {
  const from = threadMs()
  try {
    const did = await target.feed(input)
    return { did, over: (threadMs() - from) / allowedMs(input.length) }
  } catch (error) {
    return wordsOf(error)
  }
}

/** Fed once, and twice more where it was slow: the machine has slow moments, an input is slow each time. */
export const feed = async (target: Target, input: Buffer): Promise<Fed> => {
  let fed = await feedOnce(target, input)
  for (let again = 0; again < 2 && 'over' in fed && fed.over > 1; again += 1) {
    const next = await feedOnce(target, input)
    if (!('over' in next) || next.over < fed.over) fed = next
  }
  return 'over' in fed && fed.over > 1
    ? { promise: 'time without proportion', words: `${fed.over.toFixed(1)} times what ${input.length} bytes may take` }
    : fed
} // prettier-ignore

/** Inputs that making one find smaller may cost. */
const triesOfOne = 600

/**
 * The same find, smaller: pieces are taken out, halves first, as long as the same promise breaks.
 * @param before is told of each input that is fed for it
 */
export const smaller = async (
  target: Target,
  found: Found,
  before: (input: Buffer) => void = () => {},
): Promise<Found> => {
  let { input, words } = found
  let left = triesOfOne
  for (let size = Math.ceil(input.length / 2); size >= 1 && left > 0;) {
    let isSmaller = false
    for (let at = 0; at < input.length && left > 0;) {
      const less = Buffer.concat([input.subarray(0, at), input.subarray(at + size)])
      left -= 1
      before(less)
      const fed = await feed(target, less)
      if ('promise' in fed && fed.promise === found.promise) {
        ;[input, words, isSmaller] = [less, fed.words, true]
      } else at += size
    }
    if (size === 1 && !isSmaller) break
    size = isSmaller ? Math.min(size, Math.ceil(input.length / 2)) : Math.floor(size / 2)
  }
  return { ...found, words, input }
}

interface Fuzzing {
  readonly target: Target
  readonly seed: number
  /** Inputs to begin with. */
  readonly seeds: number
  readonly isEnough: (count: Count) => boolean
  /** Tells of each input before it is fed, for whoever watches from outside. */
  readonly before?: (input: Buffer) => void
  readonly after?: (count: Count) => void
}

/** Feeds a class of inputs until it is enough. The same seed and count give the same inputs. */
export const fuzz = async (fuzzing: Fuzzing, count = nothingCounted()): Promise<Count> => {
  const { target } = fuzzing
  const draw = drawOf(chanceOf(fuzzing.seed))
  const seeds = await target.seeds(fuzzing.seeds)
  const kept: Buffer[] = []
  const any = (): Buffer => draw.of(kept.length > 0 && draw.isOneIn(2) ? kept : seeds)
  for (let nth = 0; !fuzzing.isEnough(count); nth += 1) {
    const next = (): Buffer => {
      if (nth < seeds.length) return seeds[nth]!
      const isMade = target.made !== undefined && draw.below(3) > 0
      const begun = isMade && target.made !== undefined ? target.made(draw) : any()
      return isMade && draw.isOneIn(2) ? begun : mutated(target.mutations, begun, { draw, other: any, most: target.mostBytes })
    }
    const input = next()
    fuzzing.before?.(input)
    const fed = await feed(target, input)
    count.inputs += 1
    count.bytes += input.length
    if ('promise' in fed) {
      if (!count.found.has(fed.promise)) count.found.set(fed.promise, await smaller(target, { ...fed, input }, fuzzing.before))
    } else {
      count.slowest = Math.max(count.slowest, fed.over)
      if (!count.behaviours.has(fed.did) && count.behaviours.size < 200_000) {
        count.behaviours.add(fed.did)
        if (input.length < 30_000) {
          if (kept.length < mostKept) kept.push(input)
          else kept[draw.below(mostKept)] = input
        }
      }
    }
    fuzzing.after?.(count)
  }
  return count
} // prettier-ignore

/** A name for a find that is the same each time. */
export const nameOf = ({ input }: Pick<Found, 'input'>): string =>
  createHash('sha256').update(input).digest('hex').slice(0, 12)
