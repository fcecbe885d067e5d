import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import type { Answer, Reading } from '../../../functions/domain/casefile/reading.ts'
import type { SheetRows } from '../../../functions/intake/message.ts'
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

/** What a page shows, line by line: without what is struck out, with raised marks set apart, a row's cells on a line. */
const shownLines = (html: string): readonly string[] =>
  html
    .replaceAll(/<(s|del|strike)\b[^>]*>.*?<\/\1>/gisu, ' ')
    .replaceAll(/<(?:span|font)[^>]*line-through[^>]*>.*?<\/(?:span|font)>/gisu, ' ')
    .replaceAll(/<(sup|sub)\b[^>]*>.*?<\/\1>/gisu, ' ¤ ')
    .replaceAll(/<span[^>]*(?:vertical-align:\s*super|text-raise)[^>]*>.*?<\/span>/gisu, ' ¤ ')
    // A cell's paragraphs are no lines of their own.
    .replaceAll(
      /<t[dh]\b[^>]*>(.*?)<\/t[dh]>/gisu,
      (_, inside: string) => `${inside.replaceAll(/<[^>]*>/gu, ' ')} ¦ `,
    )
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/giu, '\n')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/&#?\w+;/gu, ' ')
    .split('\n')

const bare = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s*>\u00AD\u200B-\u200F\u00A0]+/gu, '')

/** Whole numbers of a line, exact: groups of three are one, everything else that blanks set apart is several. */
const numbersOf = (line: string): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const [written] of line.normalize('NFC').replaceAll(/[\u00A0\u202F\u2009]/gu, ' ').matchAll(/(?<![\p{L}\d.,])-?\d{1,3}(?: \d{3})+(?:,\d+)?(?![\d])|\d[\d.,’']*/gu)) {
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
  const number = Number(value)
  return [value, String(number / 1000), String(number / 1_000_000)]
}

const spellingsOf = (key: string): readonly string[] =>
  [key, ...(labels[key] ?? []), key.replace(/ .*/u, '')].map(bare)

const standsIn = (lines: readonly string[], { key, value }: Answer): boolean =>
  value.is === 'number' &&
  lines.some((line, at) => {
    const text = bare(line)
    const isKeyed = spellingsOf(key).some((spelled) => text.includes(spelled))
    // A value may stand on the line below its key, or below it in a table turned on its side.
    const near = [line, lines[at + 1] ?? '', lines[at + 2] ?? ''].join(' ¦ ')
    return isKeyed && writtenAs(value.value).some((written) => numbersOf(near).has(written))
  })

const standsInSheet = (sheets: readonly SheetRows[], { key, value, at }: Answer): boolean => {
  if (at.part !== 'workbook' || value.is !== 'number') return false
  const sheet = sheets.find((one) => one.file === at.file && one.sheet === at.sheet)
  const row = sheet?.rows.find((cells) => cells.some(({ address }) => address === at.cell)) ?? []
  const cell = row.find(({ address }) => address === at.cell)
  return (
    sheet?.hidden === false &&
    cell !== undefined &&
    cell.hidden !== true &&
    row.some(({ text }) => spellingsOf(key).includes(bare(text))) &&
    writtenAs(value.value).some((written) => numbersOf(cell.text).has(written))
  )
}

const parser = makeMimeParser()
const spreadsheets = makeSpreadsheetReader()

/** The figures that count and do not stand in the mail. */
export const strayFigures = async (raw: Uint8Array, { answers }: Pick<Reading, 'answers'>): Promise<readonly string[]> => {
  const message = await parser.parse(raw)
  const sheets: SheetRows[] = []
  for (const [file, attachment] of message.attachments.entries()) {
    const read = await spreadsheets(attachment, file)
    if (read?.ok === true) sheets.push(...read.sheets)
  }
  const lines = [
    ...(message.html === null ? [] : shownLines(message.html)),
    ...(message.text ?? '').split(/\r?\n/u),
  ]
  return answers
    .filter(({ value }) => value.is === 'number')
    .filter((answer) => !(answer.at.part === 'workbook' ? standsInSheet(sheets, answer) : standsIn(lines, answer)))
    .map(({ key, written }) => `${key}: ${written}`)
} // prettier-ignore
