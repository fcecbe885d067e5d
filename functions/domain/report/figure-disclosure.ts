import type { Assumption, Measured, Target } from '../agreement/content.ts'
import {
  differenceDiscloses,
  isDisclosive,
  isSmallCount,
  publishedRules,
  suppress,
  type Cell,
  type PublishedTable,
  type Suppression,
} from '../judging/disclosure.ts'
import { div, exact, exactText, isWhole, mul, sum, whole } from '../base/exact.ts'
import type { Assessment, AssessmentInput } from '../judging/assessment.ts'
import type { ShownFigure } from './report.ts'

/** Which figures of a target may be published, and in what form (domain/README.md, "Small numbers"). */

type Given = AssessmentInput['figures'][number]['given']

/** Units that count no people; any other counted thing is protected. */
const impersonal = new Set([
  'virksomheder',
  'stillinger',
  'forløb',
  'timer',
  'dage',
  'uger',
  'måneder',
  'år',
  'indeks',
  'områder',
  'boligområder',
  'kr.',
  'pct.',
  'procentpoint',
])
export const countsPersons = (unit: string): boolean => !impersonal.has(unit)

const suppressed: ShownFigure = { is: 'suppressed' }
/** A plain count is part of no whole: so far from it that the other side is never small. */
const far = 10n ** 12n

/** The persons behind a figure as a cell of a table; null where it counts none. */
const cellOf = (target: Target, municipality: string, measured: Measured): Cell | null => {
  if (target.measure.type === 'milestone' || !countsPersons(target.measure.unit)) return null
  if ('numerator' in measured)
    return {
      municipality,
      numerator: BigInt(measured.numerator),
      denominator: BigInt(measured.denominator),
    }
  if (!('value' in measured) || target.measure.type !== 'number') return null
  const value = exact(measured.value)
  if (!isWhole(value) || value.s < 0n) return null
  return { municipality, numerator: value.n, denominator: value.n + far }
}

const shown = (measured: Measured): ShownFigure => {
  if ('met' in measured) return { is: 'milestone', met: measured.met, on: measured.on }
  if ('value' in measured) return { is: 'number', value: measured.value }
  const { numerator, denominator } = measured
  const percent =
    denominator === '0' ? null : exactText(mul(div(exact(numerator), exact(denominator)), whole(100)))
  return { is: 'share', numerator, denominator, percent }
}

/** What one municipality gave, before any suppression. */
const asGiven = (given: Given): ShownFigure =>
  given.given === 'measured' ? shown(given.measured) : { is: given.given }

/** The agreement's own figure, as the assessment has it. */
const judgedFigure = (target: Target, assessment: Assessment, givens: readonly Given[]): ShownFigure => {
  const assessed = assessment.targets.find((one) => one.key === target.key)
  if (assessed === undefined) return { is: 'nothing' }
  if (assessed.numerator !== null && assessed.denominator !== null)
    return shown({ numerator: assessed.numerator, denominator: assessed.denominator })
  if (assessed.actual !== null) return { is: 'number', value: assessed.actual }
  if (assessed.reason === null) {
    // A milestone of several is reached when all have reached it, on the last one's day.
    const stages = givens.flatMap((one) =>
      one.given === 'measured' && 'met' in one.measured ? [one.measured] : [],
    )
    const met = stages.length > 0 && stages.every((stage) => stage.met)
    const on = stages.filter((stage) => stage.met === met).flatMap((stage) => stage.on ?? [])
    return { is: 'milestone', met, on: on.sort().at(-1) ?? null }
  }
  const only = givens[0]
  if (givens.length === 1 && only !== undefined) return asGiven(only)
  // Not assessable for another reason than a missing figure: the sum is there all the same.
  const counts = givens.flatMap((one) =>
    one.given === 'measured' && 'numerator' in one.measured ? [one.measured] : [],
  )
  if (counts.length === givens.length)
    return shown({
      numerator: exactText(sum(counts.map((one) => exact(one.numerator)))),
      denominator: exactText(sum(counts.map((one) => exact(one.denominator)))),
    })
  return givens.some((one) => one.given === 'nothing') ? { is: 'nothing' } : { is: 'not-available' }
}

export interface PublishedFigures {
  readonly figure: ShownFigure
  readonly members: readonly { readonly municipality: string; readonly figure: ShownFigure }[]
  readonly baseline: { readonly year: number; readonly figure: ShownFigure } | null
  /** A figure that the sentence or the share of the way would give away is hidden. */
  readonly hidden: boolean
  readonly cells: number
}

/** The baseline is a table of its own: one cell. */
const baselineOf = (target: Target): PublishedFigures['baseline'] => {
  if (target.baseline === null) return null
  const { year, measured } = target.baseline
  const cell = cellOf(target, '', measured)
  const figure = cell !== null && isDisclosive(cell, publishedRules) ? suppressed : shown(measured)
  return { year, figure }
}

type Givens = readonly { readonly municipality: string; readonly given: Given }[]

const givensOf = (target: Target, assessment: Assessment): Givens =>
  target.reportedBy.map((municipality) => ({
    municipality,
    given: assessment.input.figures.find(
      (one) => one.target === target.key && one.municipality === municipality,
    )?.given ?? { given: 'nothing' as const },
  }))

const cellsOf = (target: Target, givens: Givens): readonly Cell[] =>
  givens.flatMap(({ municipality, given }) => {
    const cell = given.given === 'measured' ? cellOf(target, municipality, given.measured) : null
    return cell === null ? [] : [cell]
  })

/** Is there a small year in a count that runs over years? One year's sum less another's would show it. */
const hasSmallYear = (target: Target, { input }: Assessment): boolean => {
  const from = target.cumulativeFrom
  if (from === undefined) return false
  return [...target.history, ...(input.earlier ?? []).filter((one) => one.target === target.key)].some(
    ({ year, municipality, measured }) => {
      const cell = cellOf(target, municipality, measured)
      return year >= from && year < input.year && cell !== null && isDisclosive(cell, publishedRules)
    },
  )
}

interface Table {
  readonly total: ShownFigure
  readonly cells: readonly Cell[]
  /** Members not shown, and whether the sum is not. */
  readonly suppression: Suppression
}

/** One version of a target's table, with what is not printed of it beside the versions before. */
const tableOf = (target: Target, assessment: Assessment, before: readonly PublishedTable[]): Table => {
  const givens = givensOf(target, assessment)
  const cells = cellsOf(target, givens)
  const total = judgedFigure(
    target,
    assessment,
    givens.map((one) => one.given),
  )
  if (hasSmallYear(target, assessment))
    return { total, cells, suppression: { municipalities: [...target.reportedBy], total: true } }
  if (total.is === 'share' || total.is === 'number')
    return { total, cells, suppression: suppress(cells, publishedRules, before) }
  // No sum is printed: each member stands for itself, and what was hidden stays so.
  const small = suppress(cells, publishedRules, before).municipalities.filter((municipality) =>
    cells.some(
      (cell) =>
        cell.municipality === municipality && (isDisclosive(cell, publishedRules) || before.length > 0),
    ),
  )
  return { total, cells, suppression: { municipalities: small, total: true } }
}

/**
 * A target's figures as they may be published: members and their sum are one table, so that nothing hidden can
 * be had by taking the printed members from the sum, nor one version from another. Where no sum is printed (a
 * member is silent), each member stands for itself.
 * @param published assessments whose figures have been published before, oldest first
 */
export const publishedFigures = (
  target: Target,
  assessment: Assessment,
  published: readonly Assessment[] = [],
): PublishedFigures => {
  const before = published.reduce<readonly PublishedTable[]>(
    (tables, one) => [...tables, tableOf(target, one, tables)],
    [],
  )
  const { total, suppression } = tableOf(target, assessment, before)
  const small = new Set(suppression.municipalities)
  const hasSum = total.is === 'share' || total.is === 'number'
  const alone = target.reportedBy.length === 1
  const hideTotal = alone ? small.size > 0 : hasSum && suppression.total
  const figure = hideTotal ? suppressed : total
  const members = alone
    ? []
    : givensOf(target, assessment).map(({ municipality, given }) => ({
        municipality,
        figure: small.has(municipality) && given.given === 'measured' ? suppressed : asGiven(given),
      }))
  const baseline = baselineOf(target)
  const all = [figure, ...members.map((one) => one.figure), ...(baseline === null ? [] : [baseline.figure])]
  return {
    figure,
    members,
    baseline,
    hidden: figure.is === 'suppressed' || baseline?.figure.is === 'suppressed',
    cells: all.filter((one) => one.is === 'suppressed').length,
  }
}

/**
 * A value the municipality observed may be a small number of persons; what the ministry observed is public.
 * @param before what has been published of it before: a change by a few persons would show them
 */
export const isObservationHidden = (
  assumption: Assumption,
  value: string,
  before: readonly string[] = [],
): boolean => {
  if (assumption.observedBy === 'ministry' || !countsPersons(assumption.unit)) return false
  const observed = exact(value)
  if (!isWhole(observed) || observed.s < 0n) return false
  const now = { numerator: observed.n, denominator: 0n }
  return (
    isSmallCount(observed.n, publishedRules) ||
    before.some((earlier) =>
      differenceDiscloses({ numerator: exact(earlier).n, denominator: 0n }, now, publishedRules),
    )
  )
}

/**
 * Free text beside a hidden figure may repeat it: with a digit in it, it is withheld. Null stays null (erased).
 */
export const publishableText = (text: string | null, besideHidden: boolean): string | null => {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' || (besideHidden && /\p{Nd}/u.test(trimmed)) ? null : trimmed
}
