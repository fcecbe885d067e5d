/** English twins of the keys of LETTERS 3.1 that a form of this year asks for. */
const twins: readonly (readonly [RegExp, string])[] = [
  [/^(M\d+) i alt$/, '$1 total'],
  [/^(M\d+) heraf$/, '$1 of which'],
  [/^((?:M|FS)\d+) bemærkning$/, '$1 note'],
  [/^(H\d+) udgift$/, '$1 cost'],
  [/^Formidling$/, 'Dissemination'],
  [/^Færdig$/, 'Finished'],
  [/^Genforhandling$/, 'Renegotiation'],
  [/^Høringssvar$/, 'Hearing reply'],
  [/^Svar$/, 'Answer'],
  [/^Begrundelse$/, 'Reason'],
  [/^Faktatjek$/, 'Fact check'],
  [/^Udsættelse til$/, 'Extension until'],
]

/** The key as the other language prints it; the same where it has no twin. */
export function inEnglish(key: string): string {
  for (const [danish, english] of twins) if (danish.test(key)) return key.replace(danish, english)
  return key
}

const blank = /^[> \t|]*([A-ZÆØÅ][\p{L}\d .']{0,30}?):\s*_{2,}/gmu

/** The keys whose blanks a letter prints, as printed. */
export const keysAsked = (text: string): string[] =>
  [...text.matchAll(blank)].flatMap(([, key]) => (key === undefined ? [] : [key]))

/**
 * The figures a letter asks for, by the key it prints: those of its blanks, or all when it prints none of the form
 * and points to the workbook.
 */
export function askedFigures(
  text: string,
  figures: Readonly<Record<string, string>>,
): { key: string; figure: string; danish: string }[] {
  const printed = new Set(keysAsked(text).map((key) => key.toLowerCase()))
  const all = Object.entries(figures).map(([danish, figure]) => {
    const english = inEnglish(danish)
    return printed.has(english.toLowerCase()) && english !== danish
      ? { key: english, figure, danish, asked: true }
      : { key: danish, figure, danish, asked: printed.has(danish.toLowerCase()) }
  })
  const asked = all.filter((one) => one.asked)
  return (asked.length > 0 || printed.size > 0 ? asked : all).map(({ key, figure, danish }) => ({
    key,
    figure,
    danish,
  }))
}

/** Writes figures into the blanks of a quoted form, where a person would type them. */
export function fillBlanks(quoted: string, filled: ReadonlyMap<string, string>): string {
  return quoted
    .split('\n')
    .map((line) => {
      const match = /^([>\s|]*)([A-ZÆØÅ][\p{L}\d .']{0,30}?):\s*_{2,}/u.exec(line)
      const figure = match?.[2] === undefined ? undefined : filled.get(match[2])
      if (match === null || figure === undefined) return line
      const rest = line.slice(match[0].length)
      // A yes or a text takes the blank's place; a number keeps the unit that is printed after it.
      return `${match[1] ?? ''}${match[2] ?? ''}: ${figure}${/\p{L}/u.test(figure) ? '' : rest}`
    })
    .join('\n')
}
