import { withoutEnds } from '../../domain/base/text.ts'
import { excerpt } from '../clean-text.ts'
import { comingDate, dateText, findDate, weekdayDiffers, type WrittenDate } from './dates.ts'
import { readNumber, readPair } from './number-value.ts'
import type { Scale } from './scale.ts'
import { doubtful, understood, type Read, type ValueShape } from './value-read.ts'
import { isNoneOrZero, noteAfter, noteOf, reasonNotAvailable, statusOf, yesOrNo } from './value-words.ts'

/**
 * The value without the form's ruled blank, emphasis and what is struck out; `__1.134__` is 1.134 (MAIL 47). A tab,
 * a ruled blank or several blanks between two figures stay a tab: they set columns apart (MAIL 240).
 */
export const bareValue = (text: string): string =>
  hasBlankSigns.test(text) ? withoutBlanks(text) : text.trim()

/** Most values have no ruled blank, no emphasis, nothing struck out and single blanks only. */
const hasBlankSigns = /[_*\t~]|\u0336| {2}/u
/** What mail programs without formatting write for it: `~~126~~`, or a stroke over each sign. */
const struckOut = /~~[^~]*~~|(?:[^\u0336]\u0336)+/gu

const withoutBlanks = (text: string): string => {
  const shown = text.replace(struckOut, ' ')
  let figures = false
  let from = 0
  let bare = ''
  for (const { 0: gap, index } of shown.matchAll(/[ \t_]+/gu)) {
    const before = shown.slice(from, index)
    from = index + gap.length
    figures ||= /\d/u.test(before)
    bare += before
    const next = shown.slice(from, from + 6)
    const isRuled = gap.includes('__')
    // A single underscore inside a word is part of it.
    if (!/[ \t]/u.test(gap) && !isRuled && before !== '' && next !== '') bare += gap
    else if (
      figures &&
      (gap.includes('\t') || ((/ {2}/u.test(gap) || isRuled) && /^(?:[-–−+(]?\d|kr\.? ?\d)/iu.test(next)))
    )
      bare += '\t'
    else bare += ' '
  }
  return withoutEnds(bare + shown.slice(from), (sign) => sign === '*' || sign.trim() === '')
}

/** What we ask about a date: the year when it was short or left out, the weekday when it disagrees; else null. */
const dateDoubt = (date: WrittenDate, resultsYear: number, text: string): Read | null => {
  if (date.short || date.year === null) {
    const suggestion = dateText(date.year ?? resultsYear, date.month, date.day)
    return doubtful('short-year', date.written, suggestion === null ? {} : { suggestion })
  }
  const on = dateText(date.year, date.month, date.day)
  if (on === null) return doubtful('not-a-value', text)
  return weekdayDiffers(date, on) ? doubtful('weekday-differs', date.written, { date: on }) : null
}

const readMilestone = (text: string, resultsYear: number): Read => {
  const missing = reasonNotAvailable(text)
  if (missing !== null) return understood({ is: 'not-available' }, missing, text)
  const answer = yesOrNo(text)
  const date = findDate(answer?.rest ?? text)
  if (answer === null) {
    if (isNoneOrZero(text)) return doubtful('none-or-zero', text)
    return doubtful('not-a-value', text, date === null ? {} : { half: 'yes-no' })
  }
  if (date === null) return doubtful(answer.yes ? 'date-missing-met' : 'date-missing-not-met', text)
  const between = answer.rest
    .slice(0, date.index)
    .replace(/[\s,.:;()–-]+/gu, ' ')
    .trim()
  const expected =
    /^(?:forventes|forventet|ventes|forventer|vi forventer|expected|opfyldt|den|d|pr|by|on|senest|underskrevet)?(?: (?:den|d|pr|on|by|opfyldt))?$/iu
  if (!expected.test(between) && between.length > 60)
    return doubtful(answer.yes ? 'date-missing-met' : 'date-missing-not-met', text)
  const doubt = dateDoubt(date, resultsYear, text)
  if (doubt !== null) return doubt
  const on = dateText(date.year ?? resultsYear, date.month, date.day)
  if (on === null) return doubtful('not-a-value', text)
  const note = [expected.test(between) ? '' : between, noteOf(date.rest)]
    .filter((part) => part !== '')
    .join(' – ')
  return understood({ is: 'milestone', met: answer.yes, on }, note, text, date.rest.trim() === '')
}

const readDate = (text: string, receivedOn: string): Read => {
  const date = findDate(text)
  if (date === null) return doubtful('not-a-value', text)
  const on = comingDate(date, receivedOn)
  if (on === null) return doubtful('not-a-value', text)
  if (date.short) return doubtful('short-year', date.written, { suggestion: on })
  if (weekdayDiffers(date, on)) return doubtful('weekday-differs', date.written, { date: on })
  return understood({ is: 'date', on }, noteOf(date.rest), text, date.rest.trim() === '')
}

const readYesNo = (text: string, withText: boolean): Read => {
  const answer = yesOrNo(text)
  if (answer === null)
    return withText && text.length > 1
      ? understood({ is: 'text' }, text, text)
      : doubtful('not-a-value', text)
  const courtesy =
    /^\s+(?:tak|gerne|thanks|please|det må i(?: gerne)?|vi er færdige|helt færdige?)[.!]?$/iu.test(
      answer.rest,
    )
  const note = withText ? noteOf(answer.rest) : courtesy ? '' : noteAfter(answer.rest)
  if (note === null) return doubtful('not-a-value', text)
  return understood({ is: 'yes-no', yes: answer.yes }, note, text, note === '')
}

const readStatus = (text: string): Read => {
  const found = statusOf(text)
  const note = found === null ? null : noteAfter(found.rest)
  if (found === null || note === null) return doubtful('not-a-value', text)
  return understood({ is: 'status', status: found.status }, note, text, note === '')
}

/** No comments is the whole answer, at most with a courtesy behind: "ingen bemærkninger til mål 1, men ..." is one. */
const noComments =
  /^(?:(?:vi|kommunen) har )?(?:ingen(?: (?:bemærkninger|kommentarer))?|no comments?|none)(?: til (?:udkastet|bedømmelsen))?[.!,]?(?:\s*(?:tak|god|mvh|hilsen|venlig|thanks)(?![\p{L}])[^\d?]{0,60})?$/iu

const readHearingReply = (text: string): Read =>
  noComments.test(text)
    ? understood({ is: 'hearing-reply', comments: false }, '', text)
    : understood({ is: 'hearing-reply', comments: true }, text, text)

/** What makes an acceptance less than one: it is asked, since it binds. */
const reserved =
  /\b(?:men|dog|hvis|såfremt|forbehold|under forudsætning|betinget|undtagen|but|if|provided|except|subject to)\b|\?/iu

const readProposalAnswer = (text: string): Read => {
  const answers = [
    ['declined', /^(?:tiltrædes ikke|kan ikke tiltrædes|declined|not accepted)(?!\p{L})/iu],
    ['accepted', /^(?:tiltrædes|accepted)(?!\p{L})(?!\s+(?:ikke|delvist|med undtagelse))/iu],
    ['counter-proposal', /^(?:ændringsforslag|counter-?\s?proposal)(?!\p{L})/iu],
  ] as const
  for (const [answer, pattern] of answers) {
    const match = pattern.exec(text)
    if (match !== null && answer === 'accepted' && reserved.test(text)) return doubtful('not-a-value', text)
    if (match !== null)
      return understood({ is: 'proposal-answer', answer }, noteOf(text.slice(match[0].length)), text)
  }
  return doubtful('not-a-value', text)
}

/** What is known where a value stands. */
export interface ReadOn {
  readonly year: number
  readonly receivedOn: string
  /** In what size amounts are given there, when it is said once for all (MAIL 249). */
  readonly scale?: Scale | null
  /** What stood in brackets between key and value: a unit, a year. */
  readonly label?: string
}

/**
 * Reads one value of a shape. Anything doubtful comes back as a doubt and never as a value; years of dates are
 * asked in a milestone and taken as the nearest to come in an extension.
 */
export const readValue = (written: string, shape: ValueShape, on: ReadOn): Read => {
  const text = bareValue(written)
  if (text === '' || isUnitAlone(text, shape.unit)) return { as: 'empty' }
  if (text.includes('\uFFFD')) return doubtful('unreadable-sign', text)
  switch (shape.type) {
    case 'pair':
      return readPair(text, { ...on, unit: shape.unit })
    case 'count':
    case 'number':
    case 'amount':
      return readNumber(text, shape, on)
    case 'milestone':
      return readMilestone(text, on.year)
    case 'date':
      return readDate(text, on.receivedOn)
    case 'attached-or-date':
      return /^(?:er )?(?:vedhæftet|vedlagt|attached|enclosed)[.!]?$/iu.test(text)
        ? understood({ is: 'yes-no', yes: true }, '', text)
        : readDate(text, on.receivedOn)
    case 'yes-no':
      return readYesNo(text, false)
    case 'yes-no-text':
      return readYesNo(text, true)
    case 'status':
      return readStatus(text)
    case 'hearing-reply':
      return readHearingReply(text)
    case 'proposal-answer':
      return readProposalAnswer(text)
    case 'fact-check':
      return /^ok(?:ay)?[.!]?$/iu.test(text)
        ? understood({ is: 'fact-check', ok: true }, '', text)
        : understood({ is: 'fact-check', ok: false }, text, text)
    case 'text':
    case 'emails':
    case 'person': {
      const words = text.replaceAll('\t', ' ')
      return { as: 'value', value: { is: 'text' }, text: words, written: excerpt(words), whole: false }
    }
    default:
      return shape.type satisfies never
  }
}

const isUnitAlone = (text: string, unit: string): boolean =>
  unit.trim() !== '' && text.toLowerCase() === unit.trim().toLowerCase()

/**
 * After a dash or blanks only one whole value of the type counts, or a doubt about what is clearly meant as one
 * (LETTERS 3.3.2).
 */
export const isWholeAlone = (read: Read, rest: string): boolean => {
  if (read.as === 'empty') return false
  if (read.as === 'doubt')
    return read.kind !== 'not-a-value' && (read.kind !== 'share-only' || /^\W*\d/u.test(bareValue(rest)))
  if (read.as === 'value' && read.value.is === 'text') return false
  return read.whole || /^[^()]*\([^()]*\)\.?\s*$/u.test(rest)
}
