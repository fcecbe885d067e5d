import { describe, expect, test } from 'vitest'
import { notAssessableReasons, verdicts } from '../../../functions/domain/judging/assessment.ts'
import { assess } from '../../../functions/domain/judging/rule.ts'
import { judgeNaively, order, ratio, type Ratio } from '../../support/judging/naive-judge.ts'
import { randomInput } from '../../support/judging/random-agreements.ts'

const agreements = 10_000

const isSame = (text: string | null, naive: Ratio | null): boolean =>
  text === null || naive === null ? text === naive : order(ratio(text), naive) === 0

/** Where the two disagree, by name; empty when they do not. */
const differences = (seed: number, count: (kind: string) => void): readonly string[] => {
  const input = randomInput(seed)
  const assessment = assess(input)
  const naive = judgeNaively(input)
  const whole = [
    ...(isSame(assessment.overall, naive.overall) ? [] : ['overall']),
    ...(isSame(assessment.coverage, naive.coverage) ? [] : ['coverage']),
  ]
  const targets = assessment.targets.flatMap((one) => {
    const other = naive.targets[one.key]!
    count(one.reason ?? one.verdict)
    return [
      ...(one.verdict === other.verdict && one.reason === other.reason ? [] : ['verdict']),
      ...(one.failedAssumptions.join() === other.failed.join() ? [] : ['assumptions']),
      ...(isSame(one.achieved, other.achieved) ? [] : ['achieved']),
      ...(isSame(one.counted, other.counted) ? [] : ['counted']),
    ].map((what) => `${one.key} ${what}`)
  })
  return [...whole, ...targets].map((what) => `agreement ${seed}: ${what}`)
}

describe('a second judge, written from the description alone', () => {
  test('agrees on 10,000 random agreements: verdicts, reasons, shares of the way, the whole and its coverage', () => {
    const kinds = new Map<string, number>()
    const count = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    const found = Array.from({ length: agreements }, (_, seed) => differences(seed, count)).flat()
    expect(found).toEqual([])
    // All of them occur: the agreement is about something.
    for (const kind of [...verdicts.filter((one) => one !== 'not-assessable'), ...notAssessableReasons])
      expect(kinds.get(kind), kind).toBeGreaterThan(100)
  }, 60_000)
})
