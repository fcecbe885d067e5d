import * as z from 'zod'
import { municipalityCodeSchema } from '../../base/values.ts'

/**
 * How a field of an agreement stands in a form and is read again: numbers as they are typed in Danish, lists one
 * thing a line. What is read is the stored form; what cannot be read says in Danish what must stand there.
 */
export interface FieldText {
  readonly print: (value: unknown) => string
  readonly read: (text: string) => { readonly value: unknown } | { readonly expected: string }
}

const read = (value: unknown) => ({ value })
const expected = (words: string) => ({ expected: words })

export const line: FieldText = {
  print: (value) => (typeof value === 'string' ? value : ''),
  read: (text) => read(text.trim().replaceAll('\r\n', '\n')),
}

const danishNumber = /^-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/u
const fraction = /^-?\d+\/[1-9]\d*$/u

/** `47,5` and `1.234` as typed in Danish to exact text; null for anything else. */
export const readNumber = (typed: string): string | null => {
  const text = typed.trim()
  if (fraction.test(text)) return text
  return danishNumber.test(text) ? text.replaceAll('.', '').replace(',', '.') : null
}

const printExact = (text: string): string => (text.includes('/') ? text : text.replace('.', ','))

/** An exact number. */
export const number: FieldText = {
  print: (value) => (typeof value === 'string' ? printExact(value) : ''),
  read: (text) => {
    const value = readNumber(text)
    return value === null ? expected('et tal, fx 105 eller 47,5') : read(value)
  },
}

const wholeText = (text: string): number | null => {
  const digits = readNumber(text)
  return digits !== null && /^\d{1,9}$/u.test(digits) ? Number(digits) : null
}

/** A whole number that the content keeps as a number: a weight, a year. */
export const whole: FieldText = {
  print: (value) => (typeof value === 'number' ? String(value) : ''),
  read: (text) => {
    const value = wholeText(text)
    return value === null ? expected('et helt tal') : read(value)
  },
}

export const date: FieldText = {
  print: (value) => (typeof value === 'string' ? value : ''),
  read: (text) =>
    z.iso.date().safeParse(text.trim()).success ? read(text.trim()) : expected('en dato, fx 2015-07-01'),
}

export const yesNo: FieldText = {
  print: (value) => (value === true ? 'ja' : value === false ? 'nej' : ''),
  read: (text) => (text === 'ja' || text === 'nej' ? read(text === 'ja') : expected('ja eller nej')),
}

/** One of a few; the stored word is posted, the Danish one is shown. */
export const oneOf = (values: readonly string[]): FieldText => ({
  print: (value) => (typeof value === 'string' ? value : ''),
  read: (text) => (values.includes(text) ? read(text) : expected(`en af: ${values.join(', ')}`)),
})

const parts = (text: string): readonly string[] =>
  text
    .split(/[,;\s]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** Words with commas between: keys, municipality codes. */
export const words = (pattern: RegExp, what: string): FieldText => ({
  print: (value) => z.array(z.string()).catch([]).parse(value).join(', '),
  read: (text) => {
    const found = parts(text)
    const wrong = found.find((part) => !pattern.test(part))
    return wrong === undefined ? read(found) : expected(`${what} (»${wrong}« er det ikke)`)
  },
})

export const municipalityCodes: FieldText = words(
  /^[1-9]\d{2}$/u,
  'kommunekoder med komma imellem, fx 479, 450',
)

export const years: FieldText = {
  print: (value) => z.array(z.int()).catch([]).parse(value).join(', '),
  read: (text) => {
    const found = parts(text)
    return found.every((part) => /^(?:19|20|21)\d{2}$/u.test(part))
      ? read(found.map(Number))
      : expected('årstal med komma imellem, fx 2014, 2015')
  },
}

/**
 * One thing a line.
 * @param parse what one line is; null when it is not of the kind
 */
export const lineByLine = <T extends z.ZodType>(
  schema: T,
  print: (one: z.infer<T>) => string,
  parse: (text: string) => unknown,
  what: string,
): FieldText => ({
  print: (value) => z.array(schema).catch([]).parse(value).map(print).join('\n'),
  read: (text) => {
    const found = lines(text).map((one) => ({ one, item: schema.safeParse(parse(one)) }))
    const wrong = found.find(({ item }) => !item.success)
    return wrong === undefined
      ? read(found.flatMap(({ item }) => (item.success ? [item.data] : [])))
      : expected(`${what}, én på hver linje (»${wrong.one}« er det ikke)`)
  },
})

/** A measured value in words: `47 af 122`, `34,5`, `ja 2014-12-31`, `nej`. */
export const printMeasured = (value: unknown): string => {
  const found = measured.safeParse(value)
  if (!found.success) return ''
  const one = found.data
  if ('numerator' in one) return `${printExact(one.numerator)} af ${printExact(one.denominator)}`
  if ('value' in one) return printExact(one.value)
  return one.met ? `ja${one.on === null ? '' : ` ${one.on}`}` : 'nej'
}

const measured = z.union([
  z.strictObject({ numerator: z.string(), denominator: z.string() }),
  z.strictObject({ value: z.string() }),
  z.strictObject({ met: z.boolean(), on: z.string().nullable() }),
])

/** @returns undefined when the text is no measured value */
export const readMeasured = (text: string): z.infer<typeof measured> | undefined => {
  const share = /^(\S+)\s+af\s+(\S+)$/u.exec(text.trim())
  if (share !== null) {
    const [numerator, denominator] = [readNumber(share[1] ?? ''), readNumber(share[2] ?? '')]
    return numerator === null || denominator === null ? undefined : { numerator, denominator }
  }
  const milestone = /^(ja|nej)(?:\s+(\d{4}-\d{2}-\d{2}))?$/u.exec(text.trim())
  if (milestone !== null) return { met: milestone[1] === 'ja', on: milestone[2] ?? null }
  const value = readNumber(text)
  return value === null ? undefined : { value }
}

const measuredWords = 'en værdi: »47 af 122« for en andel, et tal, eller »ja 2014-12-31« for en milepæl'

export const measuredValue: FieldText = {
  print: printMeasured,
  read: (text) => {
    const value = readMeasured(text)
    return value === undefined ? expected(measuredWords) : read(value)
  },
}

/** `479: 47 af 122` */
export const measuredByMember: FieldText = lineByLine(
  z.strictObject({ municipality: municipalityCodeSchema, measured }),
  (one) => `${one.municipality}: ${printMeasured(one.measured)}`,
  (text) => {
    const [, municipality = '', rest = ''] = /^(\d{3}):\s*(\S.*)$/u.exec(text) ?? []
    return { municipality, measured: readMeasured(rest) }
  },
  'en kommunekode og en værdi, fx »479: 47 af 122«',
)

/** `2013 479: 53 af 126` */
export const measuredHistory: FieldText = lineByLine(
  z.strictObject({ year: z.int(), municipality: municipalityCodeSchema, measured }),
  (one) => `${one.year} ${one.municipality}: ${printMeasured(one.measured)}`,
  (text) => {
    const [, year = '', municipality = '', rest = ''] = /^(\d{4})\s+(\d{3}):\s*(\S.*)$/u.exec(text) ?? []
    return { year: Number(year), municipality, measured: readMeasured(rest) }
  },
  'et år, en kommunekode og en værdi, fx »2013 479: 53 af 126«',
)
