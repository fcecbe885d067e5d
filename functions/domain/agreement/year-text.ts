/**
 * An agreement's text for one results' year: `{år}` in a title or a definition stands for it, since a
 * measurement method is the same sentence every year (`med bopæl i kommunen den 31. december {år}`).
 */
export const inYear = (text: string, year: number): string => text.replaceAll('{år}', String(year))
