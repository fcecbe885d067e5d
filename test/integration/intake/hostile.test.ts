import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import * as z from 'zod'

const child = fileURLToPath(new URL('hostile-child.ts', import.meta.url))
const outcome = z.object({
  kept: z.boolean(),
  standing: z.string(),
  answers: z.array(z.string()),
  archived: z.boolean(),
  seconds: z.number(),
  peakMb: z.number(),
})
const takeIn = async (name: string): Promise<z.infer<typeof outcome>> => {
  const { stdout } = await promisify(execFile)(process.execPath, [child, name])
  return outcome.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

/** Each in a process of its own: kept whatever it does, within 10 seconds of the processor and 512 MB of the whole process. */
test.each([
  ['9', 'zip bomb'],
  ['9', 'zip bomb that lies'],
  ['9', 'a million cells of CSV'],
  ['10', '40 MB mail'],
  ['10', '14 MB of text'],
  ['10', '14 MB in one line'],
  ['10', '1,000 nested parts'],
  ['10', '10,000 parts beside each other'],
  ['10', '100,000 addresses'],
  ['11', '200,000 lines of >'],
  ['11', '200,000 quoted keys'],
  ['11', '1 MB of >'],
  ['11', '1 MB of Den'],
  ['11', '1 MB of _'],
  ['11', '1 MB of brackets'],
  ['11', '5 MB of tags'],
])('MAIL security %s: %s is answered or held, within bounds', { timeout: 120_000 }, async (_, name) => {
  const result = await takeIn(name)
  expect(result).toMatchObject({ kept: true, archived: true })
  expect(result.seconds).toBeLessThan(10)
  expect(result.peakMb).toBeLessThan(512)
})
