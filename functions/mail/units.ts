import type { Language } from '../domain/values.ts'

/** The English of the units agreements use; a unit not listed is printed as the agreement has it. */
const english: ReadonlyMap<string, string> = new Map([
  ['personer', 'persons'],
  ['uger', 'weeks'],
  ['dage', 'days'],
  ['måneder', 'months'],
  ['år', 'years'],
  ['timer', 'hours'],
  ['virksomheder', 'enterprises'],
  ['procentpoint', 'percentage points'],
  ['pct.', 'per cent'],
  ['kr.', 'DKK'],
])

export const printUnit = (unit: string, language: Language): string =>
  language === 'da' ? unit : (english.get(unit) ?? unit)
