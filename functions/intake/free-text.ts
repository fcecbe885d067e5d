import { boundedText } from './clean-text.ts'
import type { LabelledLine } from './segments.ts'
import type { SentTexts } from './sent.ts'

/** A line that only greets. */
const greeting =
  /^(?:kære|kjære|hej|hejsa|hei|hallo|goddag|god (?:morgen|dag|formiddag|eftermiddag)|bästa|dear|hi|hello|liebe[rs]?|sehr geehrte[rs]?|guten tag|til)(?![\p{L}])[^.?!:]{0,50}[,!.]?$/iu

/**
 * The sender's own text that no key took: own lines, and lines written inside our quoted letter. Greeting and
 * signature are left out; nothing else is. Shown to the caseworker, never read as a figure.
 */
export const freeLinesOf = (
  lines: readonly LabelledLine[],
  taken: ReadonlySet<number>,
  sent: SentTexts,
  oursAt: ReadonlySet<number>,
): readonly LabelledLine[] => {
  let begun = false
  const kept: LabelledLine[] = []
  for (const line of lines) {
    const own = line.segment === 'new' || (line.segment === 'quoted' && line.level === 1 && oursAt.has(1))
    if (!own || taken.has(line.number) || sent.has(line.text)) continue
    const text = line.text.trim()
    if (text === '' || /^[_\-=*\s]+$/u.test(text)) {
      if (kept.length > 0 && kept.at(-1)?.text !== '') kept.push({ ...line, text: '' })
      continue
    }
    if (!begun && greeting.test(text)) {
      begun = true
      continue
    }
    begun = true
    kept.push({ ...line, text })
  }
  return kept
}

/** Free text as it is shown. */
export const freeTextOf = (lines: readonly LabelledLine[]): string =>
  boundedText(lines.map(({ text }) => text).join('\n'))

const longEnough = 25

/** The depths of quotation at which a letter of ours stands: a line of it long enough to be no chance. */
export const depthsOfOurs = (lines: readonly LabelledLine[], sent: SentTexts): ReadonlySet<number> =>
  new Set(
    lines
      .filter(
        ({ segment, text }) => segment === 'quoted' && text.trim().length >= longEnough && sent.has(text),
      )
      .map(({ level }) => level),
  )

const okWord = /^(?:ok|okay|bekræftet|confirmed)(?![\p{L}\p{N}])[\s.,:;!–-]*/iu
/** What may follow OK without taking it back. */
const agreeing =
  /^(?:$|(?:fra|til|tak|mvh|vh|kh|hilsen|(?:med )?venlig|de (?:bedste )?hilsner|herfra|ja\b|godkendt|bekræftet|vi bekræfter|jeg bekræfter|tallene (?:er|passer)|tal er|det (?:er (?:rigtigt|korrekt)|passer|ser rigtigt)|alt (?:er (?:rigtigt|korrekt)|passer)|all (?:is )?correct|thanks|thank you|with (?:these|the following)|med (?:disse|følgende|denne|rettelse)))/iu
const reserving = /^(?:men|dog|undtagen|bortset|but|except|however)(?![\p{L}])/iu

/**
 * `OK` as the first word of the new text (LETTERS 3.1), a greeting line before it left out. `OK, men ...` without a key is asked, and so is anything
 * after OK that we do not know to agree; in a signature or a quotation it is nothing (MAIL 124).
 */
export const readConfirmation = (
  lines: readonly LabelledLine[],
  corrects: boolean,
): { readonly confirms: boolean; readonly butLine: LabelledLine | null } => {
  const words = lines.filter(({ segment, text }) => segment === 'new' && text.trim() !== '')
  const own = greeting.test(words[0]?.text.trim() ?? '') ? words.slice(1) : words
  const [first, second] = own
  const match = first === undefined ? null : okWord.exec(first.text.trim())
  if (first === undefined || match === null) return { confirms: false, butLine: null }
  const rest = first.text.trim().slice(match[0].length)
  const reserved =
    reserving.test(rest) || (rest === '' && second !== undefined && reserving.test(second.text.trim()))
  if (corrects) return { confirms: true, butLine: null }
  if (
    reserved ||
    /\?/u.test(first.text.slice(0, 12)) ||
    (!agreeing.test(rest) && rest.split(/\s+/u).length > 3)
  )
    return { confirms: false, butLine: first }
  return { confirms: true, butLine: null }
}
