import type { Language } from '../base/values.ts'
import type { Theme } from './theme.ts'

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
