import * as z from 'zod'
import type { AssessmentInput } from './assessment.ts'

/**
 * Statistical disclosure control (domain/README.md, "Small numbers"): nothing published, and no letter to others,
 * lets fewer persons than the threshold be seen or computed. Judging uses the true values; a municipality sees its
 * own.
 */
export const disclosureRulesSchema = z.strictObject({
  /** Fewest persons a printed cell may show, on either side of the share. */
  threshold: z.int().min(1),
  /** Whether nobody (and everybody: `of which` equal to `in all`) may be shown. 0 and 100 pct. disclose too. */
  zero: z.enum(['show', 'suppress']),
})
export type DisclosureRules = z.infer<typeof disclosureRulesSchema>

/** For the joint report. */
export const publishedRules: DisclosureRules = { threshold: 5, zero: 'suppress' }

/** One municipality's share in persons; the percentage is part of the cell and goes with it. */
export interface Cell {
  readonly municipality: string
  readonly numerator: bigint
  readonly denominator: bigint
}

type Counts = Pick<Cell, 'numerator' | 'denominator'>

const isSmall = (persons: bigint, { threshold, zero }: DisclosureRules): boolean =>
  persons === 0n ? zero === 'suppress' : persons < BigInt(threshold)

/**
 * May these two numbers not be shown? Primary suppression. An empty target group shows nobody; of one below the
 * threshold one side is small.
 */
export const isDisclosive = ({ numerator, denominator }: Counts, rules: DisclosureRules): boolean =>
  denominator !== 0n && (isSmall(numerator, rules) || isSmall(denominator - numerator, rules))

/** A plain number of persons, without a whole it is part of. */
export const isSmallCount = (persons: bigint, rules: DisclosureRules): boolean => isSmall(persons, rules)

const sumOf = (cells: readonly Counts[]): Counts => ({
  numerator: cells.reduce((all, one) => all + one.numerator, 0n),
  denominator: cells.reduce((all, one) => all + one.denominator, 0n),
})

/** What is not printed of a partnership's table. */
export interface Suppression {
  readonly municipalities: readonly string[]
  readonly total: boolean
}

/** The cell whose loss tells least: fewest persons; equal ones by code, so that every run chooses alike. */
const bySize = (a: Cell, b: Cell): number =>
  a.denominator < b.denominator
    ? -1
    : a.denominator > b.denominator
      ? 1
      : a.municipality < b.municipality
        ? -1
        : 1

/** A table that has been published: its true numbers, and what of them was not printed. */
export interface PublishedTable {
  readonly cells: readonly Cell[]
  readonly suppression: Suppression
}

const isSameCounts = (a: Counts, b: Counts): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator

const cellIn = (table: PublishedTable, municipality: string): Cell | undefined =>
  table.cells.find((one) => one.municipality === municipality)

const isHiddenIn = ({ suppression }: PublishedTable, municipality: string): boolean =>
  suppression.municipalities.includes(municipality)

/** The version since which a member's number has stood unchanged. */
const unchangedSince = (tables: readonly PublishedTable[], version: number, municipality: string): number => {
  let since = version
  for (;;) {
    const [before, now] = [tables[since - 1], tables[since]].map(
      (table) => table && cellIn(table, municipality),
    )
    if (before === undefined || now === undefined || !isSameCounts(before, now)) return since
    since -= 1
  }
}

/** Has an earlier version printed the number as it stands? Hiding it now covers nothing. */
const isKnown = ({ municipality }: Cell, tables: readonly PublishedTable[]): boolean => {
  const now = tables.length - 1
  return tables
    .slice(unchangedSince(tables, now, municipality), now)
    .some((table) => !isHiddenIn(table, municipality))
}

/** A printed number changed by a few persons: beside the earlier version it would show them. */
const showsFew = (cell: Cell, table: PublishedTable, rules: DisclosureRules): boolean => {
  const before = cellIn(table, cell.municipality)
  return (
    before !== undefined && !isHiddenIn(table, cell.municipality) && differenceDiscloses(before, cell, rules)
  )
}

/** The same members hidden, each with the number it had then: the two sums say no more than one of them did. */
const saysNothingNew = (hidden: readonly Cell[], table: PublishedTable): boolean =>
  hidden.length === table.suppression.municipalities.length &&
  hidden.every((one) => {
    const before = cellIn(table, one.municipality)
    return before !== undefined && isHiddenIn(table, one.municipality) && isSameCounts(before, one)
  })

/**
 * Primary and secondary suppression of one table: members and their sum. The sum less the printed members is
 * what the suppressed ones come to, so it must itself be safe and be more than one municipality, also for one of
 * them who takes its own number away; members are added, smallest first, until it is, and if all of them are not
 * enough the sum goes too.
 *
 * A later version of a table (a correction) is read beside the earlier ones. What was hidden stays hidden; what
 * was printed and is unchanged covers nothing; a change by a few persons is not printed; and beside an earlier
 * sum a new one is printed only where the hidden members are the same with the same numbers. Any other sum would
 * be one more equation for who subtracts one version from another.
 * @param published earlier versions of the same table, as they were printed, oldest first
 */
export const suppress = (
  cells: readonly Cell[],
  rules: DisclosureRules,
  published: readonly PublishedTable[] = [],
): Suppression => {
  const isPrimary = (cell: Cell): boolean =>
    isDisclosive(cell, rules) ||
    published.some((one) => isHiddenIn(one, cell.municipality) || showsFew(cell, one, rules))
  const hidden = new Set(cells.filter(isPrimary).map((one) => one.municipality))
  const hiddenCells = (): readonly Cell[] => cells.filter((one) => hidden.has(one.municipality))
  const answer = (total: boolean): Suppression => ({
    municipalities: hiddenCells().map((one) => one.municipality),
    total,
  })
  const sums = published.filter((one) => !one.suppression.total)
  if (isDisclosive(sumOf(cells), rules)) return answer(true)
  if (sums.length > 0) return answer(!sums.every((one) => saysNothingNew(hiddenCells(), one)))
  const now: PublishedTable = { cells, suppression: answer(false) }
  const covers = (cell: Cell): boolean => !isKnown(cell, [...published, now])
  const candidates = cells
    .filter((one) => !hidden.has(one.municipality) && one.denominator > 0n && covers(one))
    .toSorted(bySize)
  const isRecoverable = (): boolean => {
    const covered = hiddenCells().filter(covers)
    const isTold = (others: readonly Cell[]): boolean => {
      const sum = sumOf(others)
      // A sum of nobody shows that each of them is nobody.
      return others.length > 0 && (sum.denominator === 0n || isDisclosive(sum, rules))
    }
    // A hidden member reads the report too, and takes its own number away.
    const isToldToMember = covered.some((one) => isTold(covered.filter((other) => other !== one)))
    return covered.length === 1 || isTold(covered) || isToldToMember
  }
  for (const candidate of candidates) {
    if (!isRecoverable()) break
    hidden.add(candidate.municipality)
  }
  return answer(isRecoverable())
}

/**
 * May a member's letter show the partnership's sum? Its own figure taken away, the sum is the others': with one
 * other it is that one's figure, with several it must be safe to show. A municipality alone is its own sum.
 */
export const maySeeSum = (municipality: string, cells: readonly Cell[], rules: DisclosureRules): boolean => {
  const others = cells.filter((one) => one.municipality !== municipality)
  return others.length === 0 || (others.length > 1 && !isDisclosive(sumOf(others), rules))
}

/**
 * Would a corrected version, read beside the one already published, show a few persons? A difference of one to
 * threshold less one in either number does; the corrected cell is then not printed.
 */
export const differenceDiscloses = (
  before: Counts,
  after: Counts,
  { threshold }: DisclosureRules,
): boolean => {
  const isFew = (a: bigint, b: bigint): boolean => {
    const difference = a < b ? b - a : a - b
    return difference > 0n && difference < BigInt(threshold)
  }
  return isFew(before.numerator, after.numerator) || isFew(before.denominator, after.denominator)
}

const cellsOf = (input: AssessmentInput, target: string): readonly Cell[] =>
  input.figures.flatMap((figure) =>
    figure.target === target && figure.given.given === 'measured' && 'numerator' in figure.given.measured
      ? [
          {
            municipality: figure.municipality,
            numerator: BigInt(figure.given.measured.numerator),
            denominator: BigInt(figure.given.measured.denominator),
          },
        ]
      : [],
  )

/**
 * Targets whose common figure a letter to this member may not show: its own taken away, another member's small
 * number could be computed (domain/README.md, "Small numbers", LETTERS 1.13).
 */
export const suppressedFor = (input: AssessmentInput, municipality: string): ReadonlySet<string> =>
  new Set(
    input.targets
      .map((target) => target.key)
      .filter((key) => !maySeeSum(municipality, cellsOf(input, key), publishedRules)),
  )
