import { typedSources } from '../casefile/figures-typed.ts'
import { judgingMethods } from '../agreement/judging-methods.ts'
import { publishedRules } from '../judging/disclosure.ts'
import { compareExact, exact } from '../base/exact.ts'
import { compareDanish } from '../base/danish.ts'
import { todayInCopenhagen } from '../base/time.ts'
import type { ReportedAgreement, MethodNote } from './report.ts'
import type { AgreementFacts, ReportFacts } from './report-facts.ts'

const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort(compareDanish)

/** Figures a caseworker typed in from a page the municipality sent (Edge case 47). */
const typedIn = (facts: AgreementFacts): number =>
  facts.review.parties
    .flatMap((party) => Object.values(party.figures))
    .filter((figure) => figure.at.part === 'typed').length

/** How many of them came by what. */
const typedFrom = (facts: readonly AgreementFacts[]): Pick<MethodNote, 'typedFrom'> => {
  const sources = facts.flatMap(({ review }) =>
    review.parties
      .flatMap((party) => Object.values(party.figures))
      .filter((figure) => figure.at.part === 'typed')
      .flatMap((figure) => review.mails.find((mail) => mail.mailKey === figure.mailKey)?.typed?.source ?? []),
  )
  const counted = typedSources.map((source) => ({
    source,
    figures: sources.filter((one) => one === source).length,
  }))
  const known = counted.filter(({ figures }) => figures > 0)
  return known.length === 0 ? {} : { typedFrom: known }
}

/** How many have each value, smallest value first. */
const tallied = (values: readonly string[]): readonly (readonly [string, number])[] =>
  [...new Set(values)]
    .toSorted((a, b) => compareExact(exact(a), exact(b)))
    .map((value) => [value, values.filter((one) => one === value).length])

/** What agreements have of their own; a report in which none has any is as it always was. */
const ownRules = (facts: readonly AgreementFacts[]): Pick<MethodNote, 'caps' | 'decimals' | 'coverages'> => {
  const contents = facts.flatMap((one) => one.review.content ?? [])
  const targets = contents.flatMap((content) => content.targets)
  const caps = tallied(targets.flatMap(({ capPct }) => (capPct === undefined ? [] : [capPct])))
  const decimals = tallied(
    targets.flatMap(({ rounding, roundingDecimals }) =>
      rounding === 'rounded' && roundingDecimals !== undefined && roundingDecimals !== 1
        ? [String(roundingDecimals)]
        : [],
    ),
  )
  const coverages = tallied(contents.flatMap(({ scoring }) => scoring?.minimumCoveragePct ?? []))
  return {
    ...(caps.length === 0 ? {} : { caps: caps.map(([capPct, of]) => ({ capPct, targets: of })) }),
    ...(decimals.length === 0
      ? {}
      : { decimals: decimals.map(([places, of]) => ({ decimals: Number(places), targets: of })) }),
    ...(coverages.length === 0
      ? {}
      : { coverages: coverages.map(([minimumCoveragePct, of]) => ({ minimumCoveragePct, agreements: of })) }),
  }
}

/** Riders that took effect in the results' year or were agreed since. */
const ridersOf = (facts: AgreementFacts, year: number): MethodNote['agreementsChanged'] =>
  facts.agreement.versions.flatMap((version) =>
    version.riderNumber === null || version.effectiveFrom < `${year}-01-01`
      ? []
      : [
          {
            agreement: facts.id,
            title: version.content.title,
            rider: version.riderNumber,
            signedOn: version.signedOn,
            effectiveFrom: version.effectiveFrom,
          },
        ],
  )

const thresholdsOf = (facts: readonly AgreementFacts[]): MethodNote['thresholds'] => {
  const counts = new Map<string, number>()
  for (const target of facts.flatMap((one) => one.review.content?.targets ?? []))
    if (judgingMethods[target.method].countsTheWay)
      counts.set(target.partlyFromPct, (counts.get(target.partlyFromPct) ?? 0) + 1)
  return [...counts]
    .map(([partlyFromPct, targets]) => ({ partlyFromPct, targets }))
    .sort((a, b) => compareExact(exact(a.partlyFromPct), exact(b.partlyFromPct)))
}

/** The last day anything was written that the report was compiled from; the run's own opening at the least. */
const dataDay = ({ run, asked }: ReportFacts): string =>
  asked
    .flatMap((one) => one.read.map((stream) => stream.at))
    .filter((at) => at !== '')
    .map(todayInCopenhagen)
    .sort()
    .at(-1) ?? run.openedOn

/** What the report says of how it was made (Invariant I20). */
export const methodNote = (
  facts: ReportFacts,
  agreements: readonly ReportedAgreement[],
  cells: number,
): MethodNote => {
  const targets = facts.asked.flatMap((one) => one.review.content?.targets ?? [])
  return {
    dataOn: dataDay(facts),
    sources: sorted(targets.map((target) => target.measurement.source)),
    ruleVersions: sorted(agreements.flatMap((one) => one.assessed?.ruleVersion ?? [])),
    thresholds: thresholdsOf(facts.asked),
    cliffs: targets.filter((target) => target.cliff).length,
    rounded: targets.filter((target) => target.rounding === 'rounded').length,
    ...ownRules(facts.asked),
    suppression: {
      threshold: publishedRules.threshold,
      zeroShown: publishedRules.zero === 'show',
      cells,
      overalls: agreements.filter((one) => one.overallSuppressed).length,
    },
    typedByMinistry: facts.asked.reduce((all, one) => all + typedIn(one), 0),
    ...typedFrom(facts.asked),
    changedByHand: agreements.flatMap((one) => one.targets).filter((target) => target.byHand !== null).length,
    agreementsChanged: facts.asked.flatMap((one) => ridersOf(one, facts.run.year)),
    synthetic: agreements.filter((one) => one.synthetic).length,
  }
}
