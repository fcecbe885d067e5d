import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileReport } from '../../../functions/domain/report/compile.ts'
import {
  holdsNow,
  isPrintableReason,
  makeCorrectionSheet,
} from '../../../functions/domain/report/correction-sheet.ts'
import type { ReportedAgreement } from '../../../functions/domain/report/report.ts'
import { correctedPlaces } from '../../../functions/web/report/correction-sheet.ts'
import { factsOf, type Case } from '../../fixtures/report/report-facts.ts'
import { foldReview } from '../../fixtures/report/folding.ts'
import { partnership } from '../../fixtures/report/partnership.ts'
import { reviewEvents } from '../../fixtures/report/review-events.ts'
import {
  codes,
  derivable,
  derivableByMember,
  pairOf,
  versions,
  type Counts,
} from '../../support/judging/published-versions.ts'
import { review, type ReviewEvent } from '../../../functions/domain/review/state.ts'

const caseOf = (counts: Counts): Case =>
  partnership(counts.map(([part, rest], index) => [codes[index]!, part, part + rest]))

/** The review as it stands after so many assessments, each reopened for the next. */
const reviewOf = (all: readonly Counts[]): readonly ReviewEvent[] =>
  all.flatMap((counts, index): readonly ReviewEvent[] => {
    const { file, options } = caseOf(counts)
    const events = reviewEvents(file, options)
    if (index === 0) return events
    const from = events.findIndex(({ type }) => type === 'DraftMade')
    return [
      review.eventSchema.parse({ type: 'Reopened', v: 1, by: 'anders' }),
      ...events
        .slice(from)
        .map((event) => (event.type === 'Assessed' ? { ...event, version: index + 1 } : event)),
    ]
  })

/** Everything published of one agreement: the report's pages, then a sheet's for each later version. */
const publishedOf = (all: readonly Counts[]) => {
  const [first] = all
  if (first === undefined) throw new RangeError('no version')
  const facts = factsOf([caseOf(first)])
  const report = compileReport(facts)
  const pages: ReportedAgreement[] = [...report.agreements]
  const hides: boolean[] = []
  for (let upTo = 2; upTo <= all.length; upTo += 1) {
    const [asked] = facts.asked
    if (asked === undefined) throw new RangeError('no agreement')
    const holds = holdsNow(
      { ...asked, review: foldReview(reviewOf(all.slice(0, upTo))) },
      facts.run,
      Array.from({ length: upTo - 1 }, (_, index) => index + 1),
    )
    pages.push(holds.agreement)
    hides.push(holds.hidesFigures)
  }
  return { pages, hides }
}

const shownIn = (pages: readonly ReportedAgreement[], all: readonly Counts[]) =>
  pages.map(({ targets: [target] }, version) => ({
    members:
      all[version]!.length === 1
        ? [pairOf(target!.figure)]
        : target!.members.map((member) => pairOf(member.figure)),
    total: pairOf(target!.figure),
  }))

describe('Invariant I6: no published cell can be derived from the report and its correction sheets', () => {
  test('Joint report 14, Invariant I6: whoever subtracts one sheet from another, or from the report, tells no hidden count', () => {
    fc.assert(
      fc.property(versions, (all) => {
        const { pages } = publishedOf(all)
        expect(pages.map(({ assessed }) => assessed?.version)).toEqual(all.map((_, index) => index + 1))
        const shown = shownIn(pages, all)
        expect(derivable(all, shown)).toEqual([])
        expect(derivableByMember(all, shown)).toEqual([])
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  test('what is worked out of a hidden figure is not printed beside it: sentence, share of the way, overall', () => {
    fc.assert(
      fc.property(versions, (all) => {
        for (const { targets, overall, overallSuppressed } of publishedOf(all).pages)
          for (const target of targets) {
            if (target.figure.is !== 'suppressed') continue
            expect(target.achieved).toBeNull()
            expect(target.sentence).not.toMatch(/\p{Nd}/u)
            if (overall !== null) expect(['0', '100']).toContain(overall)
            else expect(overallSuppressed || target.verdict === 'not-assessable').toBe(true)
          }
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  test('a correction by two persons is not printed: neither the count, nor a place of the sheet, nor a reason with a number', () => {
    const { pages, hides } = publishedOf([[[61, 73]], [[59, 75]]])
    const [was, holds] = pages
    expect(was!.targets[0]?.figure).toMatchObject({ numerator: '61', denominator: '134' })
    expect(holds!.targets[0]?.figure).toEqual({ is: 'suppressed' })
    const sheet = makeCorrectionSheet({
      year: 2014,
      number: 1,
      report: 'a'.repeat(64),
      frozenOn: '2015-09-01',
      madeOn: '2015-10-12',
      due: [
        {
          agreement: holds!.agreement,
          cause: { is: 'assessment', version: 2 },
          decidedOn: '2015-10-12',
          at: '2015-10-12T08:00:00.000Z',
        },
      ],
      why: 'To personer var talt med to gange.',
      was: was!,
      holds: holds!,
    })
    const places = correctedPlaces(sheet.was, sheet.holds)
    expect(places.map(({ holds: text }) => text).join(' ')).toContain('vises ikke af diskretionshensyn')
    expect(JSON.stringify([sheet.holds, places.map(({ holds: text }) => text)])).not.toMatch(/\b(59|44)\b/)
    expect(hides).toEqual([true])
    expect(isPrintableReason('Det var 2 personer.', { agreement: holds!, hidesFigures: true })).toBe(false)
  })

  test('a correction by many is printed, and one that only renames leaves what was printed', () => {
    const many = publishedOf([[[61, 73]], [[41, 93]]])
    expect(many.pages[1]!.targets[0]?.figure).toMatchObject({ numerator: '41', denominator: '134' })
    const same = publishedOf([[[61, 73]], [[61, 73]]])
    expect(same.pages[1]!.targets[0]?.figure).toEqual(same.pages[0]!.targets[0]?.figure)
    expect([...many.hides, ...same.hides]).toEqual([false, false])
  })

  test('without the earlier versions beside it the sheet would tell: the attack finds it', () => {
    const others = [
      [25, 40],
      [50, 60],
    ] as const
    const all: readonly Counts[] = [
      [[2, 9], [20, 30], ...others],
      [[2, 9], [200, 300], ...others],
    ]
    const facts = factsOf([caseOf(all[0]!)])
    const naive = holdsNow({ ...facts.asked[0]!, review: foldReview(reviewOf(all)) }, facts.run, []).agreement
    const { pages } = publishedOf(all)
    expect(derivable(all, shownIn([pages[0]!, naive], all))).toEqual([
      '450@0 of which 20–20',
      '450@0 the rest 30–30',
    ])
    expect(derivable(all, shownIn(pages, all))).toEqual([])
  })
})
