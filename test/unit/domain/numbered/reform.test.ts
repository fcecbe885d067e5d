import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type AgreementContent, partiesOn } from '../../../../functions/domain/agreement/content.ts'
import { contentShortcomings } from '../../../../functions/domain/agreement/completeness.ts'
import {
  apportioned,
  contentAfterReform,
  sumMeasured,
  type Succession,
} from '../../../../functions/domain/agreement/municipal-reform.ts'
import { assess } from '../../../../functions/domain/judging/rule.ts'
import { municipalities } from '../../../../functions/domain/directory/municipalities.ts'
import { contentWith } from '../../../support/judging/agreement-world.ts'
import { inputFor, shareTarget } from '../judging-input.ts'

const reform = z
  .object({
    whole: z.array(z.object({ old: z.string(), new: z.string() })),
    split: z.array(z.object({ old: z.string(), new: z.array(z.object({ to: z.string() })) })),
  })
  .parse(JSON.parse(readFileSync(new URL('../../../fixtures/mergers-2007.json', import.meta.url), 'utf8')))

/** The codes of the municipalities before the reform are not in the data: these stand in for them. */
const oldNames = [...reform.whole.map((one) => one.old), ...reform.split.map((one) => one.old)]
const oldCode = (name: string): string => String(900 + oldNames.indexOf(name))
const newCode = (name: string): string => municipalities.find((one) => one.name === name)!.code
const [first, ...others] = reform.whole
const on = '2007-01-01'

const share = (numerator: number, denominator: number) => ({
  numerator: String(numerator),
  denominator: String(denominator),
})

/** A partnership of old municipalities, each with its own part of the baseline. */
const before = (names: readonly string[], year = 2006): AgreementContent => {
  const codes = names.map(oldCode)
  const all = names.length
  return contentWith(
    [
      shareTarget({
        reportedBy: codes,
        targets: [{ year: 2007, value: '60' }],
        baseline: {
          year: 2005,
          measured: share(10 * all, 50 * all),
          source: 'prøve',
          byMember: codes.map((municipality) => ({ municipality, measured: share(10, 50) })),
        },
        history: codes.map((municipality) => ({ year, municipality, measured: share(12, 50) })),
      }),
    ],
    {
      effectiveFrom: '2005-01-01',
      expiresOn: '2008-12-31',
      parties: codes.map((municipality, index) => ({
        municipality,
        role: index === 0 ? 'lead' : 'member',
        from: '2005-01-01',
        to: null,
      })),
    },
  )
}

describe('numbered edge cases: municipalities that merge or are divided', () => {
  test('Edge case 7: every whole merger of 2007: the successor inherits, counts of the old ones are summed', () => {
    expect([first, ...others]).toHaveLength(18)
    for (const successor of new Set(reform.whole.map((one) => one.new))) {
      const olds = reform.whole.filter((one) => one.new === successor).map((one) => one.old)
      const successions: Succession[] = olds.map((old) => ({ old: oldCode(old), into: [newCode(successor)] }))
      const after = contentAfterReform(before(olds), successions, on)
      const [target] = after.targets
      expect(partiesOn(after, '2006-12-31').map((one) => one.municipality)).toEqual(olds.map(oldCode))
      expect(partiesOn(after, on)).toEqual([
        { municipality: newCode(successor), role: 'lead', from: on, to: null },
      ])
      expect(target?.reportedBy).toEqual([newCode(successor)])
      const sum = share(10 * olds.length, 50 * olds.length)
      expect(target?.baseline).toMatchObject({
        measured: sum,
        byMember: [{ municipality: newCode(successor), measured: sum }],
      })
      expect(target?.history).toEqual([
        {
          year: 2006,
          municipality: newCode(successor),
          measured: share(12 * olds.length, 50 * olds.length),
        },
      ])
      expect(contentShortcomings(after)).toEqual([])
    }
  })

  test('Edge case 7: every division of 2007 cannot be judged until a rider says how it is apportioned', () => {
    expect(reform.split.length).toBeGreaterThanOrEqual(11)
    for (const { old, new: parts } of reform.split) {
      const heirs = parts.map((one) => newCode(one.to))
      const [main = '', ...rest] = heirs
      const after = contentAfterReform(before([old]), [{ old: oldCode(old), into: [main, ...rest] }], on)
      const target = after.targets[0]!
      expect(target).toMatchObject({ reportedBy: heirs, awaits: 'apportionment', history: [] })
      expect(partiesOn(after, on).map(({ municipality, role }) => [municipality, role])).toEqual(
        heirs.map((code) => [code, code === main ? 'lead' : 'member']),
      )
      const counts = Object.fromEntries(heirs.map((code) => [code, [30, 50] as const]))
      const judged = assess(inputFor(target, counts, { year: 2007 })).targets[0]
      expect([judged?.verdict, judged?.reason]).toEqual(['not-assessable', 'awaits-apportionment'])
      const [one, two] = heirs
      const agreed = apportioned(target, {
        byMember: [
          { municipality: one ?? '', measured: share(8, 40) },
          { municipality: two ?? '', measured: share(2, 10) },
        ],
      })!
      expect(agreed.baseline?.measured, 'the parts sum to what was divided').toEqual(share(10, 50))
      expect(agreed.awaits).toBeUndefined()
      const anew = assess(inputFor(agreed, counts, { year: 2007 })).targets[0]
      expect([anew?.verdict, anew?.achieved]).toEqual(['met', '1'])
    }
  })

  test('a median of two has no sum', () => {
    const target = shareTarget({ measure: { type: 'number', unit: 'uger', whole: false } })
    expect(sumMeasured({ value: '24.5' }, { value: '20' }, target)).toBeNull()
    expect(
      sumMeasured(
        { value: '24' },
        { value: '20' },
        { ...target, measure: { type: 'number', unit: 'stillinger', whole: true } },
      ),
    ).toEqual({ value: '44' })
  })
})
