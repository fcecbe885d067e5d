import { DomUtils, parseDocument } from 'htmlparser2'
import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import type { Answer, Reading } from '../../../functions/domain/casefile/reading.ts'
import { type ParsedMessage, sheetPlace, type SheetRows } from '../../../functions/intake/message.ts'
import { labels } from './entered-figures.ts'

/**
 * Looks by itself, without the reader's rules, whether a figure that counts stands in its mail: visible, whole, on a
 * line or in a row with its key.
 */

/** Figures that were read, by key. */
export const figuresOfReading = ({
  answers,
}: {
  readonly answers: readonly Pick<Answer, 'key' | 'value'>[]
}): Readonly<Record<string, string>> =>
  Object.fromEntries(answers.flatMap(({ key, value }) => (value.is === 'number' ? [[key, value.value]] : [])))

const { textContent } = DomUtils

/** What a page shows, line by line: without what is struck out, with raised marks set apart, a row's cells on a line. */
const shownLines = (html: string): readonly string[] =>
  shownText(
    (/<(?:pre|textarea)\b/iu.test(html) ? html : html.replaceAll(/[ \t\r\n\f]+/gu, ' '))
      .replaceAll(/<(s|del|strike)\b[^>]*>.*?<\/\1>/gisu, ' ')
      .replaceAll(/<(?:span|font)\b[^>]*style\s*=[^>]*line-through[^>]*>.*?<\/(?:span|font)>/gisu, ' ')
      .replaceAll(/<(sup|sub)\b[^>]*>.*?<\/\1>/gisu, ' ¤ ')
      .replaceAll(
        /<span\b[^>]*style\s*=[^>]*(?:vertical-align:\s*super|text-raise)[^>]*>.*?<\/span>/gisu,
        ' ¤ ',
      )
      // A cell's paragraphs are no lines of their own.
      .replaceAll(
        /<t[dh]\b[^>]*>(.*?)<\/t[dh]>/gisu,
        (_, inside: string) => `${inside.replaceAll(/<[^>]*>/gu, ' ')} ¦ `,
      )
      // One that nobody closed is a cell too.
      .replaceAll(/<t[dh]\b[^>]*>/giu, ' ¦ ')
      .replaceAll(/<(?:br|\/?(?:p|div|tr|li|h\d))\b[^>]*>/giu, '\n')
      .replaceAll(/<[^<>]*>/gu, ''),
  )

/** Lines without tags, as they are shown. */
const shownText = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => (line.includes('&') ? textContent(parseDocument(line.replaceAll('<', '&lt;'))) : line))

/** Without signs that nobody sees, and without the digits of what is shown from right to left. */
const seen = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\u202E[^\u202C\n]*/gu, (turned) => turned.replaceAll(/\d/gu, ''))
    .replaceAll(/[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu, '')

const bare = (text: string): string =>
  seen(text)
    .toLowerCase()
    .replaceAll(/[\s*>\u00A0]+/gu, '')

/** Whole numbers of a line, exact: groups of three are one, everything else that blanks set apart is several. */
const numbersOf = (line: string): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const [written] of seen(line).replaceAll(/[\u00A0\u202F\u2009]/gu, ' ').matchAll(/(?<![\p{L}\d.,])-?\d{1,3}(?: \d{3})+(?:,\d+)?(?![\d])|\d[\d.,’']*/gu)) {
    for (const one of [written, ...written.split(' ')]) {
      const trimmed = one.replace(/[.,]+$/u, '').replaceAll(/[ ’']/gu, '')
      const danish = trimmed.replaceAll('.', '').replace(',', '.')
      for (const text of [danish, trimmed]) {
        const [whole = '', decimals = ''] = text.split('.')
        const fraction = decimals.replace(/0+$/u, '')
        if (text.split('.').length <= 2) found.add(`${whole.replace(/^0+(?=\d)/u, '')}${fraction === '' ? '' : `.${fraction}`}`)
      }
    }
  }
  return found
} // prettier-ignore

/** The figure as it may be written: in its own size, in thousands, in millions. */
const writtenAs = (value: string): readonly string[] => {
  const inSize = (size: number): string => String(Number((Number(value) / size).toPrecision(15)))
  return [value, inSize(1000), inSize(1_000_000)]
}

/** Words for the letters of a numbered key: `Mål 1` is M1. */
const lettersOf: Readonly<Record<string, readonly string[]>> = {
  M: ['mål', 'target'],
  FS: ['forudsætning', 'assumption'],
  H: ['aktivitet', 'handling', 'activity', 'action'],
}
const spellingsOf = (key: string): readonly string[] => {
  const [target = key, letters = '', digits = ''] = /^([A-Z]+)(\d+)/u.exec(key) ?? []
  const worded = (lettersOf[letters] ?? []).map((word) => `${word}${digits}`)
  return [key, ...(labels[key] ?? []), target, ...worded].map(bare)
}

const standsIn = (lines: readonly string[], { key, value }: Answer, below = 2): boolean =>
  value.is === 'number' &&
  lines.some((line, at) => {
    const text = bare(line)
    const spelled = spellingsOf(key).filter((one) => text.includes(one))
    if (spelled.length === 0) return false
    // A value may stand on the line below its key, or below it in a table turned on its side.
    const near = lines.slice(at, at + 1 + below).join(' ¦ ')
    const found = [near, ...spelled.map((one) => withoutKey(near, one))].flatMap((one) => [...numbersOf(one)])
    return writtenAs(value.value).some((written) => found.includes(written))
  })

/** A line after the key it names, whose own digits are no part of the number. */
const withoutKey = (line: string, spelled: string): string => {
  const signs = [...line.normalize('NFC')]
  let before = ''
  const at = signs.findIndex((sign) => {
    before += bare(sign)
    return before.endsWith(spelled)
  })
  return signs.slice(at + 1).join('')
}

const standsInSheet = (sheets: readonly SheetRows[], { key, value, at }: Answer): boolean => {
  if (at.part !== 'workbook' || value.is !== 'number') return false
  // A file may give two sheets one name.
  return sheets.some((sheet) => {
    if (sheet.file !== at.file || sheetPlace(sheet, sheets) !== at.sheet || sheet.hidden) return false
    const row = sheet.rows.find((cells) => cells.some(({ address }) => address === at.cell)) ?? []
    const cell = row.find(({ address }) => address === at.cell)
    return (
      cell !== undefined &&
      cell.hidden !== true &&
      row.some(({ text }) => spellingsOf(key).includes(bare(text))) &&
      writtenAs(value.value).some((written) => numbersOf(cell.text).has(written))
    )
  })
}

const parser = makeMimeParser()
const spreadsheets = makeSpreadsheetReader()

/** An attached text or page, which is read line by line. */
const sheetText = ({ rows }: SheetRows): string =>
  rows.map((cells) => cells.map((cell) => cell.text).join('\t')).join('\n')
const textLines = (sheet: SheetRows): readonly string[] => {
  const text = sheetText(sheet)
  return [...text.split('\n'), ...shownLines(text)]
}

interface OpenedMail {
  readonly message: ParsedMessage
  readonly sheets: readonly SheetRows[]
}

/** A page whose tags nobody can trust: every one of them ends a line, or none does. */
const brokenPage = (html: string): readonly (readonly string[])[] =>
  ['\n', ''].map((by) =>
    shownText(html.replaceAll('\t', ' ').replaceAll(/<[^<>]*>/gu, by)).filter((line) => line.trim() !== ''),
  )

/** The figures that stand nowhere in a mail of broken parts, however it is looked at. */
export const strayInBroken = (opened: OpenedMail, reading: Pick<Reading, 'answers'>): readonly string[] => {
  const { message, sheets } = opened
  const sources = [message.html ?? '', ...sheets.filter(({ isText }) => isText === true).map(sheetText)]
  const views = sources.flatMap(brokenPage)
  const answers = reading.answers.filter((answer) => !views.some((lines) => standsIn(lines, answer, 8)))
  return answers.length === 0 ? [] : strayIn(opened, { answers })
}

/** The figures that count and do not stand in the mail, which is taken apart already. */
export const strayIn = ({ message, sheets }: OpenedMail, { answers }: Pick<Reading, 'answers'>): readonly string[] => {
  const lines = [
    ...(message.html === null ? [] : shownLines(message.html)),
    ...(message.text ?? '').split(/\r?\n/u),
  ]
  const texts = sheets.filter(({ isText }) => isText === true).flatMap(textLines)
  return answers
    .filter(({ value }) => value.is === 'number')
    .filter((answer) => !(answer.at.part === 'workbook' ? standsInSheet(sheets, answer) || standsIn(texts, answer) : standsIn(lines, answer)))
    .map(({ key, written }) => `${key}: ${written}`)
} // prettier-ignore

/** The figures that count and do not stand in the mail. */
export const strayFigures = async (
  raw: Uint8Array,
  reading: Pick<Reading, 'answers'>,
): Promise<readonly string[]> => {
  const message = await parser.parse(raw)
  const sheets: SheetRows[] = []
  for (const [file, attachment] of message.attachments.entries()) {
    const read = await spreadsheets(attachment, file)
    if (read?.ok === true) sheets.push(...read.sheets)
  }
  return strayIn({ message, sheets }, reading)
}
