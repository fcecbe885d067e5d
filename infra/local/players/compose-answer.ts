import { askedFigures, inEnglish, keysAsked } from './answer-keys.ts'
import type { ShapedMail } from './mail-shapes.ts'
import { shapeMail } from './mail-shapes.ts'
import type { SeenLetter } from './read-letter.ts'
import type { PlayerAnswer, Saying } from './script.ts'
import { fillWorkbook } from './workbook-answer.ts'

/** Who writes, and what she knows. */
export interface Writer {
  readonly name: string
  readonly title: string
  readonly email: string
  readonly municipality: string
  readonly figures: Readonly<Record<string, string>>
}

export interface ComposedAnswer {
  readonly mail: ShapedMail
  readonly attachment: { readonly filename: string; readonly bytes: Uint8Array } | null
}

/** Makes one answer of the script to a letter: what is said, in the shape of its mail program. */
export async function composeAnswer(
  answer: PlayerAnswer,
  letter: SeenLetter,
  writer: Writer,
  writtenMs: number,
): Promise<ComposedAnswer> {
  const { saying } = answer
  const values = saying.say === 'figures' ? figuresToSay(saying, letter, writer.figures) : []
  const byKey = new Map(values.map(({ key, figure }) => [key, figure]))
  const inWorkbook = saying.say === 'figures' && saying.where === 'workbook' && letter.workbook !== null
  const inQuote = saying.say === 'figures' && saying.where === 'quote'
  const draft = {
    lines: [...linesOf(answer, letter, writer, inWorkbook || inQuote ? [] : values, inWorkbook, inQuote)],
    intoQuote: inQuote ? byKey : new Map<string, string>(),
    writer,
  }
  const mail = shapeMail(answer.program, letter, draft, writtenMs)
  return {
    mail: {
      ...mail,
      subject:
        answer.program === 'records'
          ? `${mail.subject} - vores sagsnr. ${recordsNumber(writer.municipality)} (dok. 8841${writer.municipality})`
          : answer.automatic
            ? `Automatisk svar: ${letter.subject}`
            : mail.subject,
    },
    attachment: inWorkbook ? await filledWorkbook(letter, byKey) : null,
  }
}

const recordsNumber = (municipality: string): string => `15/2${municipality}`

async function filledWorkbook(
  letter: SeenLetter,
  figures: ReadonlyMap<string, string>,
): Promise<ComposedAnswer['attachment']> {
  if (letter.workbook === null) return null
  const both = new Map(
    [...figures].flatMap(
      ([key, figure]) =>
        [
          [key, figure],
          [inEnglish(key), figure],
        ] as const,
    ),
  )
  const { bytes } = await fillWorkbook(letter.workbook.bytes, both)
  return { filename: `Kopi af ${letter.workbook.filename.replace(/\.xlsx$/i, '')} (2).xlsx`, bytes }
}

type Figures = Extract<Saying, { say: 'figures' }>

function figuresToSay(
  saying: Figures,
  letter: SeenLetter,
  known: Readonly<Record<string, string>>,
): { key: string; figure: string }[] {
  const values: Record<string, string> = { ...known, ...saying.instead }
  const [one, other] = saying.swapped ?? []
  if (one !== undefined && other !== undefined) {
    const kept = values[one] ?? ''
    values[one] = values[other] ?? ''
    values[other] = kept
  }
  // What the script names is written whether or not the letter prints its blank: a correction is not asked for.
  const named =
    saying.only === undefined
      ? null
      : Object.fromEntries(
          saying.only.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]])),
        )
  const said =
    named === null
      ? askedFigures(letter.text, values)
      : Object.entries(named).map(([danish, figure]) => ({ key: danish, figure, danish }))
  return said.filter(({ danish }) => !(saying.without?.includes(danish) ?? false))
}

/** From memory: whole values need no colon (LETTERS 3.3.2); text does. */
function figureLine(style: Figures['style'], key: string, figure: string, nth: number): string {
  if (style === 'colon') return `${key}: ${figure}`
  if (key.endsWith(' i alt')) return `${key} ${figure} personer`
  if (/^\d+$/.test(figure) && nth % 2 === 1) return `${key} = ${figure}`
  return `${key}: ${figure}`
}

function* linesOf(
  answer: PlayerAnswer,
  letter: SeenLetter,
  writer: Writer,
  figures: readonly { key: string; figure: string }[],
  inWorkbook: boolean,
  inQuote: boolean,
): Generator<string> {
  const { saying } = answer
  const closing = answer.automatic
    ? []
    : ['', 'Med venlig hilsen', '', writer.name, ...(writer.title === '' ? [] : [writer.title])]
  if (answer.program === 'records') {
    yield* ['Se venligst vedhæftede.', '', 'Med venlig hilsen', writer.name]
    yield `F2: 2015 - 2${writer.municipality}   EAN: 5790000000000   Tlf. 00 00 00 00`
    return
  }
  if (saying.say === 'text') {
    yield* [...saying.lines, ...closing]
    return
  }
  if (saying.say === 'explanation') {
    const notes = keysAsked(letter.text).filter((key) => /(?:bemærkning|note)$/i.test(key))
    yield* [
      ...(notes.length === 0 ? [saying.text] : notes.map((key) => `${key}: ${saying.text}`)),
      ...closing,
    ]
    return
  }
  if (inWorkbook) yield 'Regnearket er udfyldt og vedhæftet.'
  else if (inQuote) yield 'Vores tal er skrevet ind nedenfor.'
  else yield* ['Her er vores tal.', '']
  for (const [nth, { key, figure }] of figures.entries()) yield figureLine(saying.style, key, figure, nth)
  if (saying.more.length > 0) yield* ['', ...saying.more]
  yield* closing
}
