import { agreementKinds } from '../agreement/content.ts'
import { latestVersion } from '../agreement/versions.ts'
import { compareDanish } from '../base/danish.ts'
import { div, exactText, mul, whole } from '../base/exact.ts'
import { ministryOn } from '../directory/ministry.ts'
import { municipality } from '../directory/municipalities.ts'
import { compileAgreement, recordOf } from './compile-agreement.ts'
import { methodNote } from './method-note.ts'
import type { JointReport, ReportedAgreement, ReportedLeftOut, Tally } from './report.ts'
import type { ReportFacts } from './report-facts.ts'

/** By the first municipality's name in Danish order, then by title: one municipality may hold two agreements. */
const byName = (a: ReportedAgreement, b: ReportedAgreement): number =>
  compareDanish(a.parties[0]?.name ?? '', b.parties[0]?.name ?? '') ||
  compareDanish(a.title, b.title) ||
  (a.agreement < b.agreement ? -1 : 1)

const tally = (agreements: readonly ReportedAgreement[]): Tally => {
  const targets = agreements.flatMap((one) => one.targets)
  const count = (verdict: string | null) => targets.filter((target) => target.verdict === verdict).length
  const verdicts = {
    met: count('met'),
    'partly-met': count('partly-met'),
    'not-met': count('not-met'),
    'not-met-assumption-failed': count('not-met-assumption-failed'),
    'not-assessable': count('not-assessable'),
    pending: count(null),
  }
  const assessable = targets.length - verdicts['not-assessable'] - verdicts.pending
  return {
    agreements: agreements.length,
    assessed: agreements.filter((one) => one.outcome === 'assessed').length,
    targets: targets.length,
    verdicts,
    coverage:
      targets.length === 0 ? '0' : exactText(mul(div(whole(assessable), whole(targets.length)), whole(100))),
  }
}

const leftOutOf = (facts: ReportFacts): ReportedLeftOut[] =>
  facts.run.leftOut
    .map((entry) => {
      const found = facts.leftOut.find((one) => one.id === entry.agreement)
      const state = found?.agreement
      const content = state === undefined ? null : (latestVersion(state)?.content ?? state.draft)
      return {
        agreement: entry.agreement,
        title: content?.title ?? entry.agreement,
        kind: content?.kind ?? null,
        caseNumber: content?.caseNumber ?? '',
        municipalities: entry.municipalities
          .map((code) => municipality(code).officialName)
          .sort(compareDanish),
        reason: entry.reason,
        record: recordOf(found?.read ?? []),
      }
    })
    .sort((a, b) => compareDanish(a.title, b.title) || (a.agreement < b.agreement ? -1 : 1))

/**
 * The joint report of a year from the record alone: equal streams give an equal report, byte for byte in
 * canonical JSON. No clock is read: its dates are the record's. Small numbers are left out here, so that
 * whatever is made of the report cannot show them.
 */
export const compileReport = (facts: ReportFacts): JointReport => {
  const { run } = facts
  const compiled = facts.asked.map((one) => compileAgreement(one, run.openedOn))
  const agreements = compiled.map((one) => one.agreement).sort(byName)
  const cells = compiled.reduce((all, one) => all + one.cells, 0)
  const questions = agreements.flatMap((one) => one.renegotiations)
  return {
    format: 'joint-report/1',
    year: run.year,
    ministry: ministryOn(run.reportingOn).name,
    reportingOn: run.reportingOn,
    factCheckOn: run.factCheckOn,
    agreements,
    leftOut: leftOutOf(facts),
    totals: tally(agreements),
    byKind: agreementKinds
      .map((kind) => ({ kind, tally: tally(agreements.filter((one) => one.kind === kind)) }))
      .filter(({ tally: { agreements: held } }) => held > 0),
    renegotiations: {
      raised: agreements.filter((one) => one.renegotiations.length > 0).length,
      running: questions.filter((one) => one.phase === 'undecided' || one.phase === 'negotiated').length,
    },
    method: methodNote(facts, agreements, cells),
  }
}
