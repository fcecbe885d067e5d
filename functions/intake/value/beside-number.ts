import { findDate, monthOfYear } from './dates.ts'
import { yearsIn } from '../table/headings.ts'

/** What stands at a number and makes it another thing than the figure asked for. */

const monthOrYear = /\p{L}|\d{4}|\d ?[./-] ?\d{1,2}\.? ?[./-] ?\d{2}$/u
const weekOrPlace =
  /^(?:(?:i|om|den|d\.|the) )?(?:(?:uge|week|kvartal|quarter|q|kvt\.?|halvår|u\.?) ?\d{1,2}(?![\d.,])|\d{1,2}\. ?(?:uge|kvartal|kvt|halvår|plads|år|måned|uges)(?!\p{L})|\d{1,2}\. ?[-–] ?\d{1,2}\. ?(?:uge|kvartal|kvt|halvår|måned)(?!\p{L})|\d{1,2}\.? (?:kvartal|halvår|kvt)(?!\p{L})|\d{1,2}(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)(?!\p{L}))/iu
/** A sentence behind a number begins with a capital. */
const ordinal = /^\d{1,3}\. (?=\p{Ll})/u

/**
 * The date, week or place in a row that a value begins with, where a number is asked for; null when it is none.
 * `24.5` is a number: a date without a year or a month's name is not told from one.
 */
export const dateInstead = (text: string): string | null => {
  const date = findDate(text)
  if (
    date !== null &&
    monthOrYear.test(date.written) &&
    /^(?:(?:pr|per|d|den|senest|fra|til|on|by|the)\.? ?)*$/iu.test(text.slice(0, date.index))
  )
    return date.written
  const isOther = weekOrPlace.test(text) || ordinal.test(text) || monthOfYear.test(text)
  return isOther ? text.slice(0, 40).trim() : null
}

/** Years of which people write: this one and its neighbours. */
const nearbyYears = 2

/** `2014`, or a day without its dashes: `20141231` (ISO 8601, basic format). */
const yearOrDay = /^(20\d\d)((?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?\.?$/u

/** Whether a value is a year or a day and nothing else, where no figure of that size is known: a date, and no number (MAIL 291). */
export const isYearAlone = (text: string, year: number, known: readonly string[]): boolean => {
  const said = yearOrDay.exec(text.trim())
  if (said === null || Math.abs(Number(said[1]) - year) > nearbyYears) return false
  const size = said[2] === undefined ? 1000 : 10_000_000
  return !known.some((figure) => Number(figure) > size / 2 && Number(figure) < size * 10)
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ'
/** A footnote's mark at a number, or behind the word at it; the two of `m²` is none. */
const mark = new RegExp(`^\\*{1,3}\\)?(?![\\d\\p{L}])|(?<![mM])[${raised}†‡]{1,3}\\)?(?![\\d\\p{L}])`, 'u')

/** What follows a number without the footnote's mark at it. */
export const withoutMarks = (rest: string): string => rest.replace(mark, '')

const before = /^[\s,;:–—([-]+/u
const yearAfter =
  /^(?:(?:tal|tallet|resultat|resultatet|år|året|i|for|fra|pr\.?|in|of) )*(20\d\d)(?:[ -]?tal)?[)\]. ]*$/iu
const lastYear =
  /^(?:(?:tal|tallet|resultat|fra|for) )*(?:sidste år|forrige år|året før|last year)s?[)\]. ]*$/iu

/** Whether all that stands after a figure is that it is another year's; its own year is no matter. */
export const isOfOtherYear = (rest: string, year: number): boolean => {
  if (rest.length > 60) return false
  const said = rest.replace(before, '')
  const named = yearAfter.exec(said)?.[1]
  return named === undefined ? lastYear.test(said) : Number(named) !== year
}

/** Whether all that stands after a figure is this year. */
export const isOfThisYear = (rest: string, year: number): boolean =>
  rest.length <= 60 && yearAfter.exec(rest.replace(before, ''))?.[1] === String(year)

/** `pr. 31. december 2014` behind a figure: the day it was counted on, which says no more than its year does. */
export const isAsOfThisYear = (rest: string, year: number): boolean => {
  const said = /^[\s,(]*(?:pr|per|as of|as at|den|on)\.?\s(?:den )?/iu.exec(rest.slice(0, 80))
  const date = said === null ? null : findDate(rest.slice(said[0].length))
  return date?.index === 0 && date.year === year && /^[.)\s]*$/u.test(date.rest)
}

/** Whether a text names two years: then two figures are no one figure. */
export const namesTwoYears = (text: string): boolean => yearsIn(text).length > 1

/** The noun behind a number, where nothing else stands there: `familier` of `139 familier`. */
export const nounAfter = (rest: string): string | null =>
  /^\s?(\p{L}[\p{L}-]{2,29})(?:[.,;!]|\s*[([–-].*)?$/u.exec(rest.trimEnd())?.[1] ?? null
