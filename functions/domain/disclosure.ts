import * as z from 'zod'

/**
 * Statistical disclosure control (DOMAIN.md 7): nothing published, and no letter to others, lets fewer persons
 * than the threshold be seen or computed. Judging uses the true values; a municipality sees its own.
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

/** May these two numbers not be shown? Primary suppression. An empty target group shows nobody. */
export const isDisclosive = ({ numerator, denominator }: Counts, rules: DisclosureRules): boolean =>
  denominator !== 0n &&
  (denominator < BigInt(rules.threshold) ||
    isSmall(numerator, rules) ||
    isSmall(denominator - numerator, rules))

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

/**
 * Primary and secondary suppression of one table: members and their sum. The sum less the printed members is
 * what the suppressed ones come to, so it must itself be safe and be more than one municipality; members are
 * added, smallest first, until it is, and if all of them are not enough the sum goes too.
 */
export const suppress = (cells: readonly Cell[], rules: DisclosureRules): Suppression => {
  const primary = cells.filter((one) => isDisclosive(one, rules))
  const total = isDisclosive(sumOf(cells), rules)
  const hidden = new Set(primary.map((one) => one.municipality))
  const names = (): readonly string[] =>
    cells.map((one) => one.municipality).filter((municipality) => hidden.has(municipality))
  if (total || hidden.size === 0) return { municipalities: names(), total }
  const candidates = cells
    .filter((one) => !hidden.has(one.municipality) && one.denominator > 0n)
    .toSorted(bySize)
  const isRecoverable = (): boolean => {
    const suppressed = cells.filter((one) => hidden.has(one.municipality))
    return suppressed.length < 2 || isDisclosive(sumOf(suppressed), rules)
  }
  for (const candidate of candidates) {
    if (!isRecoverable()) break
    hidden.add(candidate.municipality)
  }
  return { municipalities: names(), total: isRecoverable() }
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
