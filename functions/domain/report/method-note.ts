import { publishedRules } from '../disclosure.ts'
import { compareExact, exact } from '../exact.ts'
import { compareDanish } from '../danish.ts'
import { todayInCopenhagen } from '../time.ts'
import type { MethodNote, ReportedAgreement } from './report.ts'
import type { AgreementFacts, ReportFacts } from './report-facts.ts'

const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort(compareDanish)

/** Figures a caseworker typed in from a page the municipality sent (DOMAIN.md 8, 47). */
const typedIn = (facts: AgreementFacts): number =>
  facts.review.parties
    .flatMap((party) => Object.values(party.figures))
    .filter((figure) => figure.at.part === 'typed').length

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
    if (target.method === 'progress' || target.method === 'progress-without')
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

/** What the report says of how it was made (DOMAIN.md 12, I20). */
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
    suppression: {
      threshold: publishedRules.threshold,
      zeroShown: publishedRules.zero === 'show',
      cells,
      overalls: agreements.filter((one) => one.overallSuppressed).length,
    },
    typedByMinistry: facts.asked.reduce((all, one) => all + typedIn(one), 0),
    changedByHand: agreements.flatMap((one) => one.targets).filter((target) => target.byHand !== null).length,
    agreementsChanged: facts.asked.flatMap((one) => ridersOf(one, facts.run.year)),
    synthetic: agreements.filter((one) => one.synthetic).length,
  }
}
