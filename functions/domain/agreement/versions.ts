import { targetValue } from '../form/form.ts'
import { isAfter, isBefore } from '../base/time.ts'
import { type AgreementContent, type Assumption, type Target, partiesOn, yearEnd } from './content.ts'
import { contentKeys } from './reshape.ts'
import type { AgreementState } from './state.ts'
import type { AgreementVersion, OpenedYear } from './slices/course.ts'
import type { RenegotiationQuestion } from './slices/questions.ts'

/** The version with the latest signature, in force or not yet. */
export const latestVersion = (state: AgreementState): AgreementVersion | null => state.versions.at(-1) ?? null

/** Every key that has ever stood for anything in the agreement: none of them is given out again (Edge case 52). */
export const usedKeys = ({ versions }: AgreementState): readonly string[] => [
  ...new Set(versions.flatMap(({ content }) => contentKeys(content))),
]

/** The last day the agreement is in force: its expiry, or an earlier end. */
export const lastDay = (state: AgreementState): string | null => {
  const expires = latestVersion(state)?.content.expiresOn ?? null
  return expires !== null && state.endedOn !== null && isBefore(state.endedOn, expires)
    ? state.endedOn
    : expires
}

/** The version in force on a date; null before the first, and after the end. */
export const versionOn = (state: AgreementState, date: string): AgreementVersion | null => {
  const begun = state.versions.findLast((one) => !isAfter(one.effectiveFrom, date))
  if (begun === undefined) return null
  const ended =
    isAfter(date, begun.content.expiresOn) || (state.endedOn !== null && isAfter(date, state.endedOn))
  return ended ? null : begun
}

/**
 * The version in force on a date as it was known on another: a rider signed later is not seen. For whoever asks
 * what the agreement said then (Edge case 32).
 */
export const versionAsKnown = (
  state: AgreementState,
  { on, knownOn }: { readonly on: string; readonly knownOn: string },
): AgreementVersion | null => {
  const versions = state.versions.filter((one) => !isAfter(one.signedOn, knownOn))
  const endedOn = state.endedOn !== null && isAfter(state.endedOn, knownOn) ? null : state.endedOn
  return versionOn({ ...state, versions, endedOn }, on)
}

const measuredOn = (target: Target, year: number): string => `${year}-${target.measuringDate}`

/**
 * The target as reported by those of its municipalities that were parties on its measuring date. A baseline
 * that does not say each member's part then says whom it covers: others are not measured against it.
 */
const reportedByParties = (target: Target, content: AgreementContent, year: number): Target => {
  const parties = partiesOn(content, measuredOn(target, year)).map((party) => party.municipality)
  const reportedBy = target.reportedBy.filter((municipality) => parties.includes(municipality))
  const { baseline } = target
  if (reportedBy.length === target.reportedBy.length || baseline === null) return { ...target, reportedBy }
  const covers = baseline.covers ?? target.reportedBy
  return { ...target, reportedBy, baseline: { ...baseline, covers: [...covers] } }
}

/**
 * The targets that count for a year, each in the version in force on its own measuring date and reported by
 * who was a party then: a member that left is not waited for.
 */
export const targetsFor = (
  state: AgreementState,
  year: number,
): readonly { readonly target: Target; readonly version: number }[] =>
  state.versions.flatMap(({ content, version }) =>
    content.targets
      .filter(
        (target) =>
          targetValue(target, year) !== null &&
          versionOn(state, measuredOn(target, year))?.version === version,
      )
      .map((target) => ({ target: reportedByParties(target, content, year), version }))
      .filter(({ target }) => target.reportedBy.length > 0),
  )

/** A target that a rider has taken out or replaced: recorded as lapsed (bortfaldet), its key never used again. */
export interface LapsedTarget {
  readonly target: Target
  /** The last version that had it. */
  readonly version: number
  readonly riderNumber: number | null
  /** From this day it is no part of the agreement. */
  readonly lapsedOn: string
}

/** Targets that have lapsed by the end of a year, in the order they did. */
export const lapsedTargets = (state: AgreementState, year: number): readonly LapsedTarget[] =>
  state.versions.flatMap((after, index) => {
    const before = state.versions[index - 1]
    if (before === undefined || isAfter(after.effectiveFrom, yearEnd(year))) return []
    const kept = after.content.targets.map((one) => one.key)
    const lapsed = before.content.targets.filter((one) => !kept.includes(one.key))
    const { riderNumber, effectiveFrom: lapsedOn } = after
    return lapsed.map((target) => ({ target, version: before.version, riderNumber, lapsedOn }))
  })

/**
 * What is asked and judged for a year: the version in force at its end (or the last before), with each target
 * as it stood on its measuring date. Null when no target was in force on its measuring date.
 */
export const contentForYear = (state: AgreementState, year: number): AgreementContent | null => {
  const targets = targetsFor(state, year).map((one) => one.target)
  const base = state.versions.findLast((one) => !isAfter(one.effectiveFrom, yearEnd(year)))
  return base === undefined || targets.length === 0 ? null : { ...base.content, targets }
}

export const openedYear = (state: AgreementState, year: number): OpenedYear | null =>
  state.openedYears.find((one) => one.year === year) ?? null

/** The question that is undecided or negotiated; there is at most one. */
export const openQuestion = (state: AgreementState): RenegotiationQuestion | null =>
  state.questions.find((one) => one.outcome === null) ?? null

/**
 * The assumption as agreed for a period of validity: in the version in force at its end, else at its
 * beginning, else the latest that has it.
 */
export const assumptionFor = (
  state: AgreementState,
  key: string,
  period: { readonly validFrom: string; readonly validTo: string },
): Assumption | null => {
  const versions = [
    versionOn(state, period.validTo),
    versionOn(state, period.validFrom),
    ...state.versions.toReversed(),
  ]
  for (const version of versions) {
    const found = version?.content.assumptions.find((one) => one.key === key)
    if (found !== undefined) return found
  }
  return null
}
