import { createHash } from 'node:crypto'
import type { Chance } from '../values/chance.ts'

/** What the functions of an expression may depend on besides their arguments. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly chance: Chance
  /** Formats an instant as `$fromMillis` does. */
  readonly format: (ms: number, picture: unknown, zone: unknown) => unknown
}

/** An error in the shape of the JSONata library's own. */
export class FunctionError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'FunctionError'
    this.code = code
  }
}

const wrongArgument = (name: string, index: number): FunctionError =>
  new FunctionError('T0410', `Argument ${index} of function "${name}" does not match function signature`)

const integer = (name: string, index: number, value: unknown): number => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongArgument(name, index)
  return value
}

const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
}

/** `$partition(array, n)`: slices of n elements, the last one shorter. */
const partition = (array: unknown, size: unknown): unknown => {
  if (array === undefined) return undefined
  const list: unknown[] = Array.isArray(array) ? array : [array]
  if (typeof size !== 'number') throw wrongArgument('partition', 2)
  const step = Math.trunc(size)
  if (step < 1) throw wrongArgument('partition', 2)
  const slices: unknown[][] = []
  for (let start = 0; start < list.length; start += step) slices.push(list.slice(start, start + step))
  return slices
}

/** `$range(start, end, step)`: from start up or down to end, end included. */
const range = (start: unknown, end: unknown, step: unknown): unknown => {
  if (start === undefined || end === undefined) return undefined
  const [from, to, by] = [integer('range', 1, start), integer('range', 2, end), integer('range', 3, step)]
  if (by === 0) throw new FunctionError('D3137', 'The third argument of the range function must not be zero')
  const count = Math.max(0, Math.floor((to - from) / by) + 1)
  if (count > 1000)
    throw new FunctionError('D2014', 'The range function must not give more than 1000 elements')
  return Array.from({ length: count }, (_, index) => from + index * by)
}

/** `$hash(data, algorithm)`: the digest in hexadecimal. */
const hash = (data: unknown, algorithm: unknown): unknown => {
  if (data === undefined) return undefined
  const name = typeof algorithm === 'string' ? algorithms[algorithm] : undefined
  if (name === undefined) throw wrongArgument('hash', 2)
  return createHash(name)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex')
}

/** `$parse(json)`: the value of a JSON text; AWS's replacement for `$eval`. */
const parse = (text: unknown): unknown => {
  if (text === undefined) return undefined
  if (typeof text !== 'string') throw wrongArgument('parse', 1)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new FunctionError('D3120', `The argument of the parse function is not valid JSON: ${String(cause)}`)
  }
}

/** `$random([seed])`: a seed gives the same number each time. */
const random = (chance: Chance, seed: unknown): number => {
  if (seed === undefined) return chance.random()
  const digest = createHash('sha256')
    .update(JSON.stringify(seed) ?? 'null')
    .digest()
  return digest.readUIntBE(0, 6) / 2 ** 48
}

const shuffle = (chance: Chance, array: unknown): unknown => {
  if (array === undefined) return undefined
  const list: unknown[] = Array.isArray(array) ? [...array] : [array]
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(chance.random() * (last + 1))
    const [a, b] = [list[last], list[other]]
    list[last] = b
    list[other] = a
  }
  return list
}

/**
 * The functions that Step Functions adds to JSONata, and those of JSONata that read a clock or throw dice,
 * bound to the engine's clock and chance.
 */
export const extraFunctions: Readonly<
  Record<string, (around: Surroundings) => (...args: readonly unknown[]) => unknown>
> = {
  partition: () => partition,
  range: () => range,
  hash: () => hash,
  parse: () => parse,
  uuid: (around) => () => around.chance.uuid(),
  random: (around) => (seed) => random(around.chance, seed),
  shuffle: (around) => (array) => shuffle(around.chance, array),
  millis: (around) => () => around.now,
  now: (around) => (picture, zone) =>
    picture === undefined && zone === undefined
      ? new Date(around.now).toISOString()
      : around.format(around.now, picture, zone),
}
