import * as z from 'zod'
import type { Language } from '../base/values.ts'

/**
 * The nine goals of the integration barometer, in its order (domain/README.md, "Indicators"): what a target is about.
 */
export const themes = [
  'employment',
  'education',
  'danish',
  'citizenship',
  'equal-treatment',
  'self-determination',
  'self-support',
  'deprived-areas',
  'crime',
] as const
export const themeSchema = z.enum(themes)
export type Theme = z.infer<typeof themeSchema>

/** The barometer's nine goals by name, as pages and letters print them. */
export const themeWords: Readonly<Record<Theme, Readonly<Record<Language, string>>>> = {
  employment: { da: 'Arbejde', en: 'Employment' },
  education: { da: 'Uddannelse', en: 'Education' },
  danish: { da: 'Danskkundskaber', en: 'Command of Danish' },
  citizenship: { da: 'Medborgerskab', en: 'Citizenship' },
  'equal-treatment': { da: 'Ligebehandling', en: 'Equal treatment' },
  'self-determination': { da: 'Selvbestemmelse', en: 'Self-determination' },
  'self-support': { da: 'Forsørgelse', en: 'Self-support' },
  'deprived-areas': { da: 'Udsatte boligområder', en: 'Deprived areas' },
  crime: { da: 'Kriminalitet', en: 'Crime' },
}
