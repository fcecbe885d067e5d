import { commitmentShortcomings, commitmentsOf } from '../money/budget.ts'
import { accept, refuse } from '../base/stream.ts'
import type { Decision } from '../base/stream.ts'
import { isAfter } from '../base/time.ts'
import type { AgreementFacts, TakeRider } from './commands.ts'
import { contentShortcomings } from './completeness.ts'
import { canonicalJson } from '../judging/canonical.ts'
import { judgingMethods } from './judging-methods.ts'
import { type AgreementContent, type Target, shortcomingText, yearEnd } from './content.ts'
import type { AgreementState, AgreementEvent } from './state.ts'
import { lastDay, latestVersion } from './versions.ts'

/** A key's thing for the agreement's life (Invariant I17): what is measured, not how high the target is. */
const meanings = (content: AgreementContent): ReadonlyMap<string, string> =>
  new Map([
    ...content.targets.map((one) => [one.key, `${one.measure.type}/${one.measurement.indicator}`] as const),
    ...content.assumptions.map((one) => [one.key, one.type] as const),
    ...(content.actionPlan?.actions ?? []).map((one) => [one.key, 'action'] as const),
  ])

/** A key that has lapsed, or that stood for something else. */
const reusedKey = (state: AgreementState, content: AgreementContent): string | null => {
  const current = latestVersion(state)?.content
  if (current === undefined) return null
  const now = meanings(current)
  const past = state.versions.flatMap((one) => [...meanings(one.content)])
  for (const [key, meaning] of meanings(content)) {
    if (now.has(key) ? now.get(key) !== meaning : past.some(([old]) => old === key)) return key
  }
  return null
}

const members = (target: Target): string => target.reportedBy.toSorted().join(' ')

/**
 * A target counted by another definition or of other members than before, on the baseline of before: it must
 * be re-based in the same rider (Edge case 6 and 10). Only what is judged against a baseline.
 */
export const notRebased = (before: AgreementContent, after: AgreementContent): string | null => {
  for (const target of after.targets) {
    const old = before.targets.find((one) => one.key === target.key)
    const { baseline } = target
    const method = judgingMethods[target.method]
    const isJudgedAgainstIt = method.needsFrom && method.from === 'baseline'
    if (old === undefined || baseline === null || !isJudgedAgainstIt) continue
    // Divided and not apportioned yet: it is not judged at all.
    if (target.awaits === 'apportionment') continue
    const isOther =
      old.measurement.indicatorVersion !== target.measurement.indicatorVersion ||
      (members(old) !== members(target) && baseline.byMember === undefined)
    if (isOther && old.baseline !== null && canonicalJson(old.baseline) === canonicalJson(baseline))
      return target.key
  }
  return null
}

/**
 * A rider becomes a version: after every opened year, or within one that is not finally assessed when both
 * sides have signed a note on it. An assessed year is never touched (Invariant I15).
 */
export const takeRider = (
  state: AgreementState,
  command: TakeRider,
  facts: AgreementFacts,
): Decision<AgreementEvent> => {
  const { seq, riderNumber, signedOn, effectiveFrom, content, contentHash, backdating } = command
  const current = latestVersion(state)
  if (current === null) return refuse('not-signed', 'only a signed agreement can get a rider')
  const same = state.versions.find((one) => one.riderNumber === riderNumber)
  if (same !== undefined)
    return same.contentHash === contentHash
      ? accept()
      : refuse('rider-exists', `rider ${riderNumber} is in force with another text`)
  const question = state.questions.find((one) => one.seq === seq)
  if (question === undefined) return refuse('no-question', `no renegotiation ${seq} was raised`)
  if (question.outcome !== null && question.outcome !== 'rider')
    return refuse('settled', `renegotiation ${seq} ended: ${question.outcome}`)
  const end = lastDay(state)
  if (end !== null && isAfter(facts.today, end)) return refuse('ended', `the agreement ended on ${end}`)
  if (content.id !== current.content.id || content.kind !== current.content.kind)
    return refuse('another-agreement', 'a rider keeps the id and the kind of its agreement')
  if (!isAfter(effectiveFrom, current.effectiveFrom))
    return refuse(
      'not-later',
      `a rider takes effect after version ${current.version} (${current.effectiveFrom})`,
    )
  const reused = reusedKey(state, content)
  if (reused !== null)
    return refuse('key-reused', `${reused} stands for another thing for the agreement's life`)
  const unbased = notRebased(current.content, content)
  if (unbased !== null)
    return refuse('not-rebased', `${unbased} is counted anew and keeps the baseline of before`)
  const shortcomings = contentShortcomings(content)
  if (shortcomings.length > 0) return refuse('incomplete', shortcomings.map(shortcomingText).join('; '))
  const beyond =
    facts.budget == null ? [] : commitmentShortcomings(content, facts.budget, commitmentsOf(state))
  if (beyond.length > 0) return refuse('frame', beyond.map(shortcomingText).join('; '))
  const reached = state.openedYears
    .map((one) => one.year)
    .filter((year) => !isAfter(effectiveFrom, yearEnd(year)))
    .toSorted((a, b) => a - b)
  const assessed = reached.find((year) => facts.finalYears.includes(year))
  if (assessed !== undefined) return refuse('year-assessed', `${assessed} is finally assessed`)
  const note = backdating?.note.trim() ?? ''
  if (reached.length > 0 && (backdating?.signedByAll !== true || note === ''))
    return refuse(
      'year-opened',
      `${reached.join(', ')} is opened: both sides sign a note, or it takes effect later`,
    )
  const rider: AgreementEvent = {
    type: 'RiderInForce',
    v: 1,
    version: current.version + 1,
    riderNumber,
    seq,
    signedOn,
    effectiveFrom,
    contentHash,
    content,
    reachesBackTo: reached,
    ...(note === '' ? {} : { private: { text: note } }),
  }
  return question.outcome === null
    ? accept<AgreementEvent>(rider, { type: 'RenegotiationSettled', v: 1, seq, outcome: 'rider' })
    : accept<AgreementEvent>(rider)
}
