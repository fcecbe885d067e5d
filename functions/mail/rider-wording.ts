import type { Target } from '../domain/agreement/content.ts'
import { inYear } from '../domain/agreement/year-text.ts'
import { joinWords } from '../domain/base/danish.ts'
import { changedValue } from './proposal-changes.ts'

const bound = (target: Target): string => {
  if (target.measure.type === 'milestone') return 'senest'
  return target.direction === 'rising' ? 'mindst' : 'højst'
}

/**
 * A target's whole new wording for a rider, always Danish: what is measured, and the value to reach in every
 * year of the agreement, changed or not (`Mål 1 affattes således: »...«`).
 */
export const targetWording = (target: Target): string => {
  const last = target.targets.at(-1)?.year ?? 0
  const values = target.targets.map(
    ({ year, value }) => `${bound(target)} ${changedValue(target, value, 'da')} i ${year}`,
  )
  return `${inYear(target.title, last)}: ${joinWords(values, 'da')}`
}
