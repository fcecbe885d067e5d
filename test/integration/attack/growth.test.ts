import { afterAll, describe, expect, test } from 'vitest'
import { repairCharsets } from '../../../functions/adapters/charset-repair.ts'
import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import { makeSpreadsheetReader } from '../../../functions/adapters/spreadsheet-reader.ts'
import { caseSigns, findTokens } from '../../../functions/intake/belonging.ts'
import { holdsCitizenNumber } from '../../../functions/intake/citizen-data.ts'
import { inspect } from '../../../functions/intake/inspect.ts'
import { canonicalAddress, oneMailbox } from '../../../functions/intake/mailbox.ts'
import { headerSection, keyInputs, type ParsedMessage } from '../../../functions/intake/message.ts'
import { bodyOf } from '../../../functions/intake/message-body.ts'
import { message, read } from '../../unit/intake/mail.ts'

/** What every reader is fed, `size` signs of it: what grows in the square of its length grows on one of these. */
const shapes: Readonly<Record<string, (size: number) => string>> = {
  'x, blanks, x': (size) => `x${' '.repeat(size)}x`,
  'blanks in lines': (size) => `${' '.repeat(99)}\n`.repeat(size / 100),
  'blanks, then a sign, in lines': (size) => `${' '.repeat(499)}x\n`.repeat(size / 500),
  tabs: (size) => '\t'.repeat(size),
  'no-break blanks': (size) => `x${'\u00A0'.repeat(size)}x`,
  'empty lines': (size) => '\n'.repeat(size),
  '>': (size) => '>'.repeat(size),
  '> in lines': (size) => '> > > M1\n'.repeat(size / 9),
  '<': (size) => '<'.repeat(size),
  '<a': (size) => '<a '.repeat(size / 3),
  '<!--': (size) => '<!--'.repeat(size / 4),
  '&nbsp': (size) => '&nbsp'.repeat(size / 5),
  '[#': (size) => '[ # '.repeat(size / 4),
  Svarnr: (size) => 'Svarnr. '.repeat(size / 8),
  'Svarnr and blanks': (size) => `Svarnr.${' '.repeat(size)}`,
  'Sagsnr and blanks': (size) => `Sagsnr${' '.repeat(size)}:`,
  'signs of a token': (size) => `Svarnr. ${'7QX4 '.repeat(size / 5)}`,
  'Indberetning for': (size) => 'Indberetning for 2014, '.repeat(size / 23),
  digits: (size) => '1'.repeat(size),
  'digits and points': (size) => '1.'.repeat(size / 2),
  'digits and blanks': (size) => '1 '.repeat(size / 2),
  hyphens: (size) => '-'.repeat(size),
  _: (size) => '_'.repeat(size),
  '*': (size) => '*'.repeat(size),
  Den: (size) => 'Den '.repeat(size / 4),
  'Fra:': (size) => 'Fra: x\n'.repeat(size / 7),
  'M1 i alt:': (size) => 'M1 i alt: '.repeat(size / 10),
  addresses: (size) => 'a@b.example '.repeat(size / 12),
  '@': (size) => 'a@'.repeat(size / 2),
  '"': (size) => '"'.repeat(size),
  '(': (size) => '('.repeat(size),
  ';': (size) => ';'.repeat(size),
  '=?': (size) => '=?utf-8?q?x?= '.repeat(size / 14),
  '\\': (size) => '\\'.repeat(size),
  'http://': (size) => 'http://'.repeat(size / 7),
}

const parser = makeMimeParser()
const sheets = makeSpreadsheetReader()
const verdicts = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' } as const
const withText = (text: string): ParsedMessage => message({ text, subject: text.slice(0, 4000) })
const withHtml = (text: string): ParsedMessage => message({ html: `<pre>${text}</pre>`, text: null })
const inspected = (one: ParsedMessage) =>
  inspect({ message: one, verdicts, source: '', receivedOn: '2015-02-24', ownDomains: ['svar.example'] })
const attached = (text: string) => ({
  filename: 'tal.csv',
  mimeType: 'text/csv',
  content: Buffer.from(text),
  sha256: '',
  inline: false,
})

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'adapters/mime: a body': (text) => parser.parse(Buffer.from(`Subject: x\r\n\r\n${text}`)),
  'adapters/mime: a subject': (text) =>
    parser.parse(Buffer.from(`Subject: ${text.replaceAll('\n', '\r\n ')}\r\n\r\nx`)),
  'adapters/mime: From': (text) =>
    parser.parse(Buffer.from(`From: ${text.replaceAll('\n', '\r\n ')}\r\n\r\nx`)),
  'adapters/mime: References': (text) =>
    parser.parse(Buffer.from(`References: ${text.replaceAll('\n', '\r\n ')}\r\n\r\nx`)),
  'adapters/charset-repair': (text) => repairCharsets(Buffer.from(`Content-Type: ${text}\r\n\r\n${text}`)),
  'adapters/spreadsheet-reader: CSV': (text) => sheets(attached(text), 0),
  'intake/mailbox': (text) => [oneMailbox(text), oneMailbox(`${text} <a@b.example>`), canonicalAddress(text)],
  'intake/message: keys': (text) => keyInputs(withText(text)),
  'intake/message: header': (text) => headerSection(Buffer.from(text)),
  'intake/message-body: text': (text) => bodyOf(withText(text)).lines,
  'intake/message-body: HTML': (text) => bodyOf(withHtml(text)).lines,
  'intake/belonging: tokens': (text) => [findTokens(withText(text), [text]), findTokens(withHtml(text), [])],
  'intake/belonging: signs': (text) => caseSigns(withText(text)),
  'intake/citizen-data': (text) => holdsCitizenNumber(text),
  'intake/inspect': (text) => [inspected(withText(text)).nature, inspected(withHtml(text)).nature],
  'intake/read-reply: text': (text) => read(text),
  'intake/read-reply: HTML': (text) => read('', { message: withHtml(text) }),
}

const smallest = 1000
const doublings = 6
const runs = 3
/** A processor's clock may tick so coarsely; less than this is taken for this. */
const tickMs = 4
/** Three doublings of a linear reader are eight times the time, of a square one sixty-four. */
const most = 26

/** The least of a few runs, in ms of this thread's processor: what others do on the machine is not counted. */
const least = async (work: () => unknown): Promise<number> => {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run += 1) {
    const began = process.threadCpuUsage()
    await work()
    const { user, system } = process.threadCpuUsage(began)
    best = Math.min(best, (user + system) / 1000)
    if (best > 1000) break
  }
  return best
}

/** What a reader takes for a shape, size by size; it ends early where one run takes a second. */
const measure = async (reader: (text: string) => unknown, make: (size: number) => string) => {
  const ms: number[] = []
  for (let doubling = 0; doubling <= doublings && (ms.at(-1) ?? 0) < 1000; doubling += 1) {
    const text = make(smallest * 2 ** doubling)
    ms.push(await least(() => reader(text)))
  }
  return ms
}
const grows = (ms: readonly number[]): boolean => {
  const [last = 0, before = 0] = [ms.at(-1), ms.at(-4)]
  return ms.length <= doublings || last > Math.max(before, tickMs) * most
}
/** The same, measured again where it seems to grow: what is square is so each time. */
const measureAgain = async (reader: (text: string) => unknown, make: (size: number) => string) => {
  let ms = await measure(reader, make)
  for (let again = 0; again < 2 && grows(ms); again += 1) ms = await measure(reader, make)
  return ms
}

const table: string[] = []
afterAll(() => {
  process.stdout.write(
    `${['Slowest shape of each reader: ms at 1, 2, 4 … 64 thousand signs', ...table].join('\n')}\n`,
  )
})

/** Looks from every eighth sign to the end of the text, sign by sign. */
const squared = (text: string): number => {
  let found = 0
  for (let from = 0; from < text.length; from += 8)
    for (let at = from; at < text.length; at += 1) found += text.charCodeAt(at) === 164 ? 1 : 0
  return found
}
test('a reader that looks again and again to the end is found to grow, one that looks once is not', async () => {
  const make = (size: number): string => 'x'.repeat(size)
  expect(grows(await measure(squared, make))).toBe(true)
  expect(grows(await measureAgain((text) => text.indexOf('¤'), make))).toBe(false)
})

describe('MAIL security 30: no reader grows faster than what it reads', () => {
  test.each(Object.entries(readers))('%s', { timeout: 300_000 }, async (name, reader) => {
    const measured: { shape: string; ms: readonly number[] }[] = []
    for (const [shape, make] of Object.entries(shapes)) {
      const ms = await measureAgain(reader, make)
      measured.push({ shape, ms })
    }
    const [slowest] = measured.toSorted((a, b) => (b.ms.at(-1) ?? 0) - (a.ms.at(-1) ?? 0))
    table.push(
      `${name.padEnd(36)} ${(slowest?.shape ?? '').padEnd(30)} ${(slowest?.ms ?? []).map((one) => one.toFixed(1).padStart(7)).join('')}`,
    )
    const growing = measured.filter(({ ms }) => grows(ms))
    expect(growing.map(({ shape, ms }) => `${shape}: ${ms.map((one) => one.toFixed(1)).join(' ')}`)).toEqual(
      [],
    )
  })
})
