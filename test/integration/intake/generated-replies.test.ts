import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { request, values } from '../../unit/intake/mail.ts'
import { olderFigures, replyOf } from './reply-generator.ts'
import { combinations, recipe } from './reply-recipes.ts'
import { readRaw } from './read-mime.ts'
import { strayFigures } from './seen-figures.ts'

const wanted = 2400
const share = 8

/** Every figure entered is found with its value and stands in the mail, none is invented, none comes from what is quoted. */
describe('replies by layout, marker, header style, language, spacing and quirk', () => {
  const seen = new Set<string>()
  test.each(Array.from({ length: share }, (_, at) => at))('part %i', { timeout: 120_000 }, async (part) => {
    const wrong: unknown[] = []
    for (let nth = part; nth < wanted; nth += share) {
      const asked = recipe(nth)
      const { raw, expected } = await replyOf(asked)
      seen.add(createHash('sha256').update(raw).digest('hex'))
      const reading = await readRaw(raw, { sent: [request], received: [olderFigures] })
      const found = values(reading)
      const stray = await strayFigures(raw, reading)
      if (!isDeepStrictEqual(found, expected) || reading.doubts.length > 0 || stray.length > 0)
        wrong.push({
          asked,
          stray,
          expected,
          found,
          doubts: reading.doubts.map(({ kind, key, written }) => `${kind} ${key} »${written}«`),
        })
    }
    expect(wrong).toEqual([])
  })

  test('they are as many messages as they are said to be, each another', () => {
    expect(combinations).toBeGreaterThan(wanted)
    expect(seen.size).toBe(wanted)
  })
})
