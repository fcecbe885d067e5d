/** In what size amounts are given, said once for all of them: "alle beløb i 1.000 kr." (MAIL 249). */
export interface Scale {
  /** Of ten. */
  readonly power: 3 | 6
  /** As it was said, for the question. */
  readonly written: string
}

const size =
  '(?:hele |dkk |kr\\.? )?(?:(?<thousands>1[.,]?000|[\u0027\u2019]000|tusinde?|tusinder|t\\.? ?(?=kr|dkk)|thousands?|tkr|tdkk)|(?<millions>mio|mill|millioner|millions?))(?:\\.|\\b)?(?: ?(?:of )?(?:kr\\.?|kroner|dkk))?'
/** What stands in every size: most lines have none of it. */
const namesSize = /1[.,]?000|['’]000|tusind|thousand|t\.? ?(?:kr|dkk)|mio|mill/iu
/** Whether a line may give the size of amounts at all: a look that spares most lines the rest. */
export const maySayScale = (text: string): boolean => namesSize.test(text)

const saying = new RegExp(
  `(?<!\\p{L})(?:beløb|beløbene|tal|tallene|udgift|udgifter|udgifterne|udgiften|kroner|amounts?|figures?|costs?|expenditure)(?: (?:er|is|are|opgjort|angivet|anført|vist|opgøres|stated|given|shown|alle|all)){0,3} (?:i|in) ${size}`,
  'iu',
)
/** A line, a cell or a heading that says nothing but the size. */
const alone = new RegExp(`^[([]?(?:(?:alle )?(?:beløb|tal) )?(?:i |in )?${size}[)\\]]?[:.]?$`, 'iu')
/** A heading with the size in brackets: `Jeres tal (t.kr.)`. */
const inBrackets = new RegExp(`[([](?:i |in )?${size}[)\\]]\\s*$`, 'iu')

const scaleOf = (match: RegExpExecArray | null): Scale | null =>
  match === null
    ? null
    : { power: match.groups?.['thousands'] === undefined ? 6 : 3, written: match[0].trim() }

/** The size a line of text gives for all amounts. */
const scaleSaidIn = (text: string): Scale | null =>
  text.length > 400 || !/\b(?:i|in)\s/iu.test(text) ? null : scaleOf(saying.exec(text))

/** The size that one of these lines, none of them a key's, gives for all amounts; the first that says so. */
export const scaleOfLines = (lines: readonly string[]): Scale | null => {
  for (const text of lines) {
    if (!maySayScale(text)) continue
    const scale = scaleSaidIn(text) ?? (/^[([]/u.test(text) ? scaleInHeading(text) : null)
    if (scale !== null) return scale
    if (!text.includes('\t')) continue
    for (const cell of text.split('\t', 20)) {
      const ofColumn = /^\d/u.test(cell.trim()) ? null : scaleInHeading(cell)
      if (ofColumn !== null) return ofColumn
    }
  }
  return null
}

/** The size a heading or a cell of its own gives. */
export const scaleInHeading = (text: string): Scale | null =>
  text.length > 80
    ? null
    : scaleOf(alone.exec(text.trim()) ?? inBrackets.exec(text.trim()) ?? saying.exec(text))
