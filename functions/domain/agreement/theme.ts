import * as z from 'zod'

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
