/** Which of several columns holds the figures asked for: the one that is named as theirs, or as this year's. */
export type Heading = 'ours' | 'this-year' | 'other' | 'note' | 'none'

const ours = /^(?:jeres|vores|egne|vor|kommunens) (?:tal|resultat)|^your figures?/iu
const notOurs =
  /^(?:mål|målet|måltal|målsætning|målværdi|targets?|krav|budget|forventet|forventning|prognose|udgangspunkt|baseline|reference|sidste år|forrige år|året før|last year|previous|ændring|forskel|afvigelse|difference|udvikling|change|andel|share|pct|procent|percent|enhed|unit|hvad)(?!\p{L})/iu
const note = /^(?:bemærkning(?:er)?|kommentar(?:er)?|notes?|comments?)$/iu
const longestHeading = 40

/** The years that a text names. */
export const yearsIn = (text: string): readonly number[] => [
  ...new Set([...text.matchAll(/(?<![\d.,])20\d\d(?!\d|[.,]\d)/gu)].map(([year]) => Number(year))),
]

/** Years that figures of an agreement are of: `2062` heads nothing, it is a figure. */
const agreementYears = 8
const yearsOfHeading = (text: string, year: number): readonly number[] =>
  yearsIn(text).filter((named) => Math.abs(named - year) <= agreementYears)

/** What a column's heading says of the figures beneath it. */
export const headingOf = (text: string, year: number): Heading => {
  const heading = text.trim()
  if (heading === '' || heading.length > longestHeading) return 'none'
  if (note.test(heading)) return 'note'
  const years = yearsOfHeading(heading, year)
  const isOther = years.length > 0 && !years.includes(year)
  if (ours.test(heading)) return isOther ? 'other' : 'ours'
  if (notOurs.test(heading) || heading === '%') return 'other'
  if (isOther) return 'other'
  return years.length === 1 ? 'this-year' : 'none'
}

/** Whether a row of cells heads columns: one of them is named as theirs, or several are named and one by a year. */
export const isHeadingRow = (cells: readonly string[], year: number): boolean => {
  const headings = cells.map((cell) => headingOf(cell, year))
  return (
    headings.includes('ours') ||
    (cells.some((cell, at) => headings[at] !== 'none' && yearsOfHeading(cell, year).length > 0) &&
      cells.every((cell) => cell.trim().length <= longestHeading))
  )
}

const corner = /^(?:mål|målet|nøgle|key|keys|targets?|indikator|nr\.?|emne)?$/iu

/** Whether the first heading is the keys' own: empty, `Nøgle`, or nothing that is said of figures. */
export const isCorner = (text: string, year: number): boolean =>
  corner.test(text.trim()) || headingOf(text, year) === 'none'

/** Whether a row of a table heads columns although no year stands in it: one of them is last year's, or the target's. */
export const namesColumns = (cells: readonly string[], year: number): boolean =>
  cells.filter((cell) => cell.trim() !== '').length > 1 &&
  cells.every((cell) => cell.trim().length <= longestHeading) &&
  cells.some((cell) => headingOf(cell, year) === 'other')

/** A line that names the year of the lines beneath it: `Tal for 2013:`. */
const yearLine =
  /^(?:(?:vores |jeres |kommunens )?(?:tal|tallene|resultat|resultater|resultaterne|opgørelse|indberetning|år|året|figures|results|year)(?: (?:er|for|fra|i|in|of))* )?20\d\d ?:?$/iu
export const isYearLine = (text: string): boolean =>
  text.length <= longestHeading && yearLine.test(text.trim())

/**
 * The columns a figure may stand in: those named as theirs, else those named as this year's, else those that
 * nothing is said of. Several are asked about where more than one is filled.
 */
export const figureColumns = (headings: readonly Heading[]): readonly number[] => {
  const of = (wanted: Heading): readonly number[] =>
    headings.flatMap((heading, at) => (heading === wanted ? [at] : []))
  for (const wanted of ['ours', 'this-year'] as const) if (of(wanted).length > 0) return of(wanted)
  return of('none')
}

const gap = /[\t |│┃¦]+/gu

/** The cells of a line of text: what tabs, table lines or several blanks set apart. */
export const cellsOfLine = (text: string): readonly string[] =>
  text
    .replace(gap, (signs) => (signs === ' ' ? ' ' : '\t'))
    .replace(/\t$/u, '')
    .split('\t')
    .map((cell) => cell.trim())
