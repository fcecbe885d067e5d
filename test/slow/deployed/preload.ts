/**
 * Loaded by `--import` before a deployed function in the emulator's process.
 *
 * `Date` tells the time that stands in the file `TIME_FILE`, as the clock of the players writes it: on AWS a function
 * asks nothing but `Date`, and by this a year is played in minutes. And what a function throws keeps its name: the
 * emulator answers with the message alone, where AWS's `errorType` is what the workflows retry and catch by.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { nameEnd } from './error-name.ts'

const file = process.env['TIME_FILE'] ?? ''
const nowMs = (): number => {
  const at = /"nowAt":"([^"]+)"/u.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  return Date.parse(at)
}
const Real = Date
globalThis.Date = new Proxy(Real, {
  construct: (target, given: readonly unknown[], as) =>
    Reflect.construct(target, given.length === 0 ? [nowMs()] : given, as) as object,
  apply: () => new Real(nowMs()).toString(),
  get: (target, name, as) => (name === 'now' ? nowMs : (Reflect.get(target, name, as) as unknown)),
})

const wrapped = '?wrapped'
const source = `
import { handler as inner } from './index.mjs${wrapped}'
export const handler = async (...given) => {
  try {
    return await inner(...given)
  } catch (error) {
    throw new Error(error.name + ${JSON.stringify(nameEnd)} + error.message)
  }
}`
registerHooks({
  load: (url, context, next) =>
    url.endsWith('/index.mjs') ? { format: 'module', source, shortCircuit: true } : next(url, context),
})
