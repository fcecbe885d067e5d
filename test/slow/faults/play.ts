/** Plays a set's year with faults between its parts: `SEED`, `CHANCE`, `RATE` and `SET` in the environment. */
import * as z from 'zod'
import { clockSymbol } from '../../../infra/local/clock.ts'
import { playYear } from '../../../infra/local/play-year.ts'
import { readSampleSet } from '../../../infra/local/sample/read-set.ts'
import { readStartOptions } from '../../../infra/local/start-options.ts'
import { faultsBetween, type FaultCounts } from './between.ts'

const given = z
  .object({ SEED: z.coerce.number(), CHANCE: z.coerce.number(), RATE: z.coerce.number().optional() })
  .parse(process.env)
const options = readStartOptions(process.argv.slice(2))
if (options === 'help') throw new Error('no help here')
const read = readSampleSet(options.set)
if (!read.ok) throw new Error(JSON.stringify(read.errors))
const counts: FaultCounts = {}
const code = await playYear(
  options,
  read.loaded,
  faultsBetween({
    seed: given.SEED,
    chance: given.CHANCE,
    ...(given.RATE === undefined ? {} : { maxSendRate: given.RATE }),
    clock: () => Reflect.get(globalThis, clockSymbol) as { hold(reason: string): () => void },
    counts,
  }),
)
console.error(`[faults] ${JSON.stringify(counts)}`)
process.exit(code)
