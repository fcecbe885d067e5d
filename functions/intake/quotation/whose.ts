import type { LabelledLine } from './segments.ts'
import type { SentTexts } from './sent.ts'

/** A line of ours this long stands in a quotation by no chance. */
const longEnough = 25

const isLineOfOurs = ({ segment, text }: LabelledLine, sent: SentTexts): boolean =>
  segment === 'quoted' && text.trim().length >= longEnough && sent.has(text)

const formYear =
  /\b(?:Indberetning|Return) (?:for|af resultater for) (20\d{2}),\s*(?:resultatkontrakt|partnerskab|performance contract|partnership)/iu
const ourAddress = /\+(?:[a-z\d]{1,12}-){0,4}(20\d{2})-[a-z\d]{16}@/iu
const ourSubject = /\[#[A-Z\d]{16}\]/iu
const replied = /(?:^|[\s:])(?:sv|svar|vs|re|fw|fwd|aw|wg|antw|vb|vl|odp|tr)\s?:/iu

/**
 * Whether what opens a quotation says that a letter of ours of this year follows: our address for the request, or the
 * subject we gave it and nobody has answered. Our name alone says nothing: a caseworker's own mail bears it too.
 */
const opensOurs = (opening: string, year: number): boolean => {
  const address = ourAddress.exec(opening)
  if (address !== null && senderPart(opening).includes(address[0])) return address[1] === String(year)
  return ourSubject.test(opening) && !replied.test(opening) && !/@/u.test(senderPart(opening))
}

/** What an opening says of the sender: all before it tells to whom, when or about what. */
const senderPart = (opening: string): string => {
  const from = /(?:^|[\s*_])(?:fra|from|von|från)\s?[*_]{0,2}:/iu.exec(opening)
  if (from === null) return opening
  const rest = opening.slice(from.index + from[0].length)
  const next = /\s[*_]{0,2}[\p{L}-]{2,12}(?: den)?\s?[*_]{0,2}:\s/u.exec(rest)
  return next === null ? rest : rest.slice(0, next.index)
}

interface Group {
  readonly opening: string
  ours: boolean
  /** Worked out where it is asked for. */
  opensOurs?: boolean
  readonly years: Set<string>
}

/** Whose words the quotations of a body are. */
export interface Quotations {
  /** The depths at which a letter of ours stands. */
  readonly oursAt: ReadonlySet<number>
  /**
   * Whether a quoted line is another's than our request: of an older mail, a colleague, a caseworker, a form of
   * another year. Such a line answers nothing; what it says is at most asked (MAIL 280, 281).
   */
  readonly isOthers: (line: LabelledLine) => boolean
  /**
   * Whether a quoted line stands in the letter that is answered, opened as ours: what is filled in there was written
   * now, though an earlier mail may say the same (MAIL 281).
   */
  readonly isAnswered: (line: LabelledLine) => boolean
  /** `isOthers` of a whole depth, for what stands in tables. */
  readonly areOthersAt: (level: number) => boolean
}

/** Tells the quotations of our request from all others: by their lines, by what opens them, by the year of the form. */
export const quotationsIn = (lines: readonly LabelledLine[], sent: SentTexts, year: number): Quotations => {
  // By depth, then by what opens it: the lines of a quotation share that text, and none is made anew for each.
  const groups = new Map<number, Map<string, Group>>()
  const oursAt = new Set<number>()
  const groupOf = ({ level, opening }: LabelledLine): Group | undefined => groups.get(level)?.get(opening)
  const newGroup = ({ level, opening }: LabelledLine): Group => {
    const group: Group = { opening, ours: false, years: new Set() }
    const there = groups.get(level)
    if (there === undefined) groups.set(level, new Map([[opening, group]]))
    else there.set(opening, group)
    return group
  }
  for (const line of lines) {
    if (line.segment !== 'quoted' || line.text === '') continue
    const group = groupOf(line) ?? newGroup(line)
    // One line of ours is enough for its quotation and its depth.
    if (!group.ours || !oursAt.has(line.level)) {
      const isOurs = isLineOfOurs(line, sent)
      if (isOurs) oursAt.add(line.level)
      group.ours ||= isOurs || (line.text.includes('__') && sent.isLine(line.text))
    }
    const other = line.text.includes(' for 20') ? formYear.exec(line.text)?.[1] : undefined
    if (other !== undefined) group.years.add(other)
  }
  const isOthers = (line: LabelledLine): boolean => {
    if (line.level === 0) return false
    const group = groupOf(line)
    if (group === undefined) return false
    if (group.years.size > 0 && !group.years.has(String(year))) return true
    if (group.ours || (group.opensOurs ??= opensOurs(group.opening, year))) return false
    if (group.opening !== '') return true
    // Marks alone: a filled-in line of our form is one whose key we printed.
    const colon = line.text.indexOf(':')
    return colon < 1 || !sent.has(line.text.slice(0, colon + 1))
  }
  return {
    oursAt,
    isOthers,
    isAnswered: (line) =>
      line.level === 1 &&
      (opensOurs(line.opening, year) ||
        (groupOf(line)?.ours === true && /minist(?:eri|ry)/iu.test(senderPart(line.opening)))),
    areOthersAt: (level) => {
      const there = lines.filter(
        (line) => line.level === level && line.segment === 'quoted' && line.text !== '',
      )
      return level > 0 && there.every(isOthers)
    },
  }
}
