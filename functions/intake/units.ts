/** Units a number may be followed by. Sizes of one family are converted, other families are asked (LETTERS 3.3.10). */
export interface ScannedUnit {
  readonly family: string
  /** The power of ten that turns it into the family's first unit. */
  readonly power: number
  readonly written: string
  readonly rest: string
}

interface Unit {
  readonly family: string
  readonly power: number
  readonly pattern: RegExp
}

const unit = (family: string, power: number, words: string): Unit => ({
  family,
  power,
  pattern: new RegExp(`^\\s*(?:${words})(?![\\p{L}\\p{N}])`, 'iu'),
})

const kr = '(?:kr\\.?|kroner|dkk|dkr\\.?)'
const units: readonly Unit[] = [
  unit('kr', 9, `(?:mia\\.?|milliarder|milliard|billion)(?:\\s*${kr})?`),
  unit('kr', 6, `(?:mio\\.?|mill\\.?|millioner|million)(?:\\s*${kr})?`),
  unit('kr', 3, `(?:t\\.?\\s?kr\\.?|tusinde?\\s*${kr}|1\\.?000\\s*${kr}|thousand(?:\\s*${kr})?)`),
  { family: 'kr', power: 0, pattern: /^\s*[,.][-–]+(?:\s*kr\.?)?/iu },
  unit('kr', 0, kr),
  unit('persons', 0, 'personer|persons?|people|pers\\.?|borgere|mennesker|stk\\.?|deltagere'),
  unit('days', 0, 'dage?|days?|kalenderdage|arbejdsdage'),
  unit('weeks', 0, 'uger?|weeks?'),
  unit('months', 0, 'måneder|måned|mdr\\.?|md\\.?|months?'),
  unit('years', 0, 'år|years?'),
  unit('hours', 0, 'timer?|hours?'),
  unit('points', 0, '(?:procentpoint|pct\\.?-?\\s?point|percentage points?)'),
  { family: 'percent', power: 0, pattern: /^\s*%/u },
  unit('percent', 0, 'pct\\.?|procent|percent|per cent'),
]

/** Families of the units that forms print: a bounded number of them, asked for at every value. */
const families = new Map<string, string>()
const mostFamilies = 500

/** The family of the unit the form prints. A unit of its own is its own family. */
export const familyOf = (printed: string): string => {
  const before = families.get(printed)
  if (before !== undefined) return before
  const text = printed.trim()
  const known = units.find(({ pattern }) => pattern.exec(text)?.[0].length === text.length)
  const family = known?.family ?? text.toLowerCase()
  if (families.size < mostFamilies) families.set(printed, family)
  return family
}

const wordGoesOn = /^[\p{L}\p{N}]/u

/** The length of the printed unit at the start of a text with the blanks before it; 0 when it is not there. */
const ownLength = (text: string, own: string): number => {
  if (own === '') return 0
  const start = text.length - text.trimStart().length
  const end = start + own.length
  const same = text.slice(start, end).toLowerCase() === own.toLowerCase()
  return same && !wordGoesOn.test(text.slice(end, end + 2)) ? end : 0
}

const knownUnit = (
  text: string,
): { readonly family: string; readonly power: number; readonly match: string } | null => {
  for (const { family, power, pattern } of units) {
    const match = pattern.exec(text)
    if (match !== null) return { family, power, match: match[0] }
  }
  return null
}

/** The unit a text begins with: the printed one, a known one, or null. */
export const scanUnit = (text: string, printed: string): ScannedUnit | null => {
  if (text === '' || text.trim() === '') return null
  const known = knownUnit(text)
  const own = printed.trim()
  const length = ownLength(text, own)
  if (length > (known?.match.length ?? 0))
    return {
      family: familyOf(own),
      power: 0,
      written: text.slice(0, length).trim(),
      rest: text.slice(length),
    }
  if (known === null) return null
  const { family, power, match } = known
  return { family, power, written: match.trim(), rest: text.slice(match.length) }
}

const leadingKroner = new RegExp(`^\\s*${kr}\\s*(?=\\d)`, 'iu')

/** `kr. 400.000`, `DKK 400.000`: the unit before the number. */
export const scanLeadingKroner = (text: string): string | null => {
  const match = leadingKroner.exec(text)
  return match === null ? null : text.slice(match[0].length)
}
