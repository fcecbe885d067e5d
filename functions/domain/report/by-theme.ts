import { themes, type Theme } from '../agreement/theme.ts'
import type { JointReport, ReportedAgreement, ReportedTarget } from './report.ts'

export interface ThemedTarget {
  readonly agreement: ReportedAgreement
  readonly target: ReportedTarget
}

export interface ThemedTargets {
  /** Null: targets whose agreements name no theme. */
  readonly theme: Theme | null
  /** In the report's order of agreements. */
  readonly targets: readonly ThemedTarget[]
}

const targetsOf = (report: JointReport): readonly ThemedTarget[] =>
  report.agreements.flatMap((agreement) => agreement.targets.map((target) => ({ agreement, target })))

/** The report's targets by what they are about, in the barometer's order; a theme without a target is left out. */
export const targetsByTheme = (report: JointReport): readonly ThemedTargets[] => {
  const targets = targetsOf(report)
  return [...themes, null]
    .map((theme) => ({
      theme,
      targets: targets.filter(({ target }) => (target.theme ?? null) === theme),
    }))
    .filter((one) => one.targets.length > 0)
}

const unmetVerdicts: readonly ReportedTarget['verdict'][] = [
  'partly-met',
  'not-met',
  'not-met-assumption-failed',
]

/** Judged, and short of what was agreed; a target that cannot be judged is none of them. */
export const isUnmet = ({ verdict }: ReportedTarget): boolean => unmetVerdicts.includes(verdict)

export const unmetTargets = (report: JointReport): readonly ThemedTarget[] =>
  targetsOf(report).filter(({ target }) => isUnmet(target))
