import { describe, expect, test } from 'vitest'
import { feed, fuzz } from '../../fuzz/fuzzing.ts'
import { bytes } from '../../fuzz/mutations.ts'
import { Broken, foundBefore, targetOf, targets, type Target } from '../../fuzz/targets.ts'

const seed = 20_150_115
/** As many inputs as a second or two take; `npm run fuzz` feeds for as long as one likes. */
const inputs: Readonly<Record<string, number>> = {
  bytes: 500,
  structures: 700,
  sheets: 700,
  forms: 700,
  intake: 70,
}
/** Fewer different outcomes mean that most inputs stop at the door. */
const leastBehaviours: Readonly<Record<string, number>> = {
  bytes: 150,
  structures: 200,
  sheets: 70,
  forms: 20,
  intake: 10,
}

describe('MAIL security 32: inputs nobody has thought of', () => {
  test.each(Object.keys(targets))('%s: every promise holds', { timeout: 180_000 }, async (name) => {
    const { found, behaviours } = await fuzz({
      target: targetOf(name),
      seed,
      seeds: 40,
      isEnough: (count) => count.inputs >= (inputs[name] ?? 0),
    })
    expect([...found.values()].map(({ promise, words }) => `${promise}: ${words}`)).toEqual([])
    expect(behaviours.size).toBeGreaterThanOrEqual(leastBehaviours[name] ?? Infinity)
  })
  test.each(
    Object.keys(targets).flatMap((name) =>
      foundBefore(name).map(({ file, input }) => ({ name, file, input })),
    ),
  )('$file, found before, holds', async ({ name, input }) => {
    expect(await feed(targetOf(name), input)).toHaveProperty('did')
  })
})

describe('the fuzzer', () => {
  const target = (breaks: (text: string) => void): Target => ({
    seeds: async () => [Buffer.from('M1 i alt: 134\r\nM1 heraf: 61\r\n'.repeat(20))],
    mutations: bytes,
    mostBytes: 10_000,
    feed: async (input) => {
      breaks(input.toString('latin1'))
      return String(input.length % 97)
    },
  })
  const run = (breaks: (text: string) => void) =>
    fuzz({ target: target(breaks), seed, seeds: 1, isEnough: ({ inputs: fed }) => fed >= 2000 })
  test('finds what breaks a promise and makes it as small as it can be', async () => {
    const { found } = await run((text) => {
      if (text.includes('>')) throw new Broken('no marks', text)
    })
    expect([...found.values()].map(({ promise, input }) => [promise, input.toString()])).toEqual([
      ['no marks', '>'],
    ])
  })
  test('finds an exception that nobody declared, by where it was thrown, once', async () => {
    const { found } = await run((text) => {
      if (text.length > 700) JSON.parse(text)
    })
    expect([...found.values()].map(({ promise }) => promise)).toHaveLength(1)
    expect([...found.keys()][0]).toMatch(/^SyntaxError/u)
  })
  const busy = (ms: number): void => {
    const from = process.threadCpuUsage()
    while (process.threadCpuUsage(from).user + process.threadCpuUsage(from).system < ms * 1000);
  }
  test.each([
    ['each time', () => 550, 'time without proportion'],
    ['once, as a machine is', (nth: number) => (nth === 0 ? 550 : 1), undefined],
  ] as const)('an input that is slow %s', async (_, ms, promise) => {
    let nth = 0
    const fed = await feed(
      target(() => busy(ms(nth++))),
      Buffer.alloc(1000),
    )
    expect('promise' in fed ? fed.promise : undefined).toBe(promise)
  })
  test('feeds the same inputs for the same seed', async () => {
    const fed: string[][] = []
    for (let time = 0; time < 2; time += 1) {
      const texts: string[] = []
      await run((text) => void texts.push(text))
      fed.push(texts)
    }
    expect(fed[0]).toEqual(fed[1])
    expect(new Set(fed[0]).size).toBeGreaterThan(1500)
  })
})
