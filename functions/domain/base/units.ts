import type { Language } from './values.ts'

/** English for the units that agreements use; a unit not here is printed as the agreement has it. */
const english: Readonly<Record<string, string>> = {
  personer: 'persons',
  borgere: 'citizens',
  elever: 'pupils',
  børn: 'children',
  unge: 'young people',
  familier: 'families',
  husstande: 'households',
  virksomheder: 'enterprises',
  stillinger: 'positions',
  forløb: 'courses',
  timer: 'hours',
  dage: 'days',
  uger: 'weeks',
  måneder: 'months',
  år: 'years',
  antal: 'number',
  indeks: 'index',
  'kr.': 'DKK',
  'pct.': 'per cent',
  procentpoint: 'percentage points',
}

/** A unit's word in a language. */
export const unitIn = (unit: string, language: Language): string =>
  language === 'da' ? unit : (english[unit] ?? unit)
