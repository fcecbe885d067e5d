import { readFileSync } from 'node:fs'
import * as sheetjs from '@e965/xlsx'
import * as fc from 'fast-check'
import * as z from 'zod'
import { describe, expect, test } from 'vitest'
import { makeMimeParser } from '../../../../functions/adapters/mime.ts'
import { doubts, values } from '../../../unit/intake/mail.ts'
import { filledRows } from '../filled-workbook.ts'
import { page } from '../quoted-shapes.ts'
import { rawMail, readMail, readRaw } from '../read-mime.ts'

describe('what a mail may try', () => {
  test('MAIL security 13: formulas are not computed, links not followed, macros refused', async () => {
    const sheet = sheetjs.utils.aoa_to_sheet(filledRows.map((row) => [...row]))
    const row = (key: string): number => filledRows.findIndex(([first]) => first === key) + 1
    sheet[`F${row('M1 i alt')}`] = { t: 'n', f: '1+1', v: 134 }
    sheet[`F${row('M1 heraf')}`] = { t: 'n', f: "'[other.xlsx]Ark1'!A1", v: 61 }
    sheet[`F${row('M2')}`] = { t: 's', f: 'WEBSERVICE("https://evil.example")', v: '24,5' }
    sheet[`F${row('FS2')}`] = { t: 'n', f: 'SUM(A1:A9)' }
    sheet[`F${row('Formidling')}`] = { t: 's', v: "=cmd|'/C calc'!A0" }
    const book = sheetjs.utils.book_new()
    sheetjs.utils.book_append_sheet(book, sheet, 'Ark1')
    const content = Buffer.from(new Uint8Array(sheetjs.write(book, { type: 'buffer', bookType: 'xlsx' })))
    const reading = await readMail({ text: '', attachments: [{ filename: 'tal.xlsx', content }] })
    expect(values(reading)).toMatchObject({
      'M1 i alt': '134',
      'M1 heraf': '61',
      M2: '24.5',
      Formidling: "=cmd|'/C calc'!A0",
    })
    expect(doubts(reading)).toEqual(['cell-formula FS2'])
    const macros = await readMail({ text: '', attachments: [{ filename: 'tal.xlsm', content }] })
    expect(macros.doubts).toMatchObject([{ details: { refusal: 'macros' } }])
  })
  test('MAIL security 14: names that mean something to JavaScript are only names', async () => {
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'M1 __proto__',
      '__proto__ i alt',
    ]) {
      const reading = await readMail({
        text: `${name}: 5\nM2: 24,5`,
        html: page(`<table><tr><td>${name}</td><td>5</td></tr><tr><td>M2</td><td>24,5</td></tr></table>`),
        headers: { 'X-Constructor': name },
        attachments: [
          {
            filename: `${name}.csv`,
            contentType: 'text/csv',
            content: `Nøgle;Jeres tal\n${name};5\nM2;24,5`,
          },
        ],
      })
      expect(values(reading)).toEqual({ M2: '24.5' })
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  })
  test('MAIL security 15: charsets that hide, letters that only look alike, digits of other scripts', async () => {
    const typed = (charset: string, body: Buffer): Buffer =>
      Buffer.concat([
        rawMail([`Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: 8bit', '', '']),
        body,
      ])
    expect((await readRaw(typed('utf-7', Buffer.from('+AE0AMg-: 24,5')))).answers).toEqual([])
    const overlong = typed('utf-8', Buffer.from([0x4d, 0x32, 0x3a, 0x20, 0xc0, 0xb2, 0xc0, 0xb4]))
    expect((await readRaw(overlong)).answers).toEqual([])
    expect((await makeMimeParser().parse(overlong)).flags).toContain('repaired-charset')
    // Cyrillic М, Greek Μ, letter O for zero, letter l for one.
    for (const text of [
      'М2: 24,5',
      'Μ2: 24,5',
      'M1 i alt: 1O4',
      'M1 i alt: l34',
      'M1 i alt: １３４',
      'M1 i alt: ໑໓໔',
    ])
      expect((await readMail({ text })).answers).toEqual([])
  })
  test('MAIL security 17: what is hidden is no value, what differs between text and HTML is asked', async () => {
    const hidden = page('<p>M2: 24,5</p><p style="display:none">M1 i alt: 999</p>')
    expect(values(await readMail({ html: hidden }))).toEqual({ M2: '24.5' })
    const differs = await readMail({ text: 'M2: 99', html: hidden })
    expect(differs.answers).toEqual([])
    expect(doubts(differs)).toEqual(['two-values M2'])
  })
  test('MAIL security 10: encoded words, continued parameters and parts are bounded', async () => {
    const word = '=?utf-8?B?w6Y=?= '
    await expect(
      makeMimeParser().parse(rawMail([`X-Words: ${word.repeat(20_000)}`, '', 'x'])),
    ).rejects.toMatchObject({ name: 'MessageUnreadable' })
    const parameters = Array.from({ length: 3000 }, (_, at) => `name*${at}=x`).join('; ')
    const message = await makeMimeParser().parse(
      rawMail([`Content-Type: text/plain; ${parameters}`, '', 'M2: 24,5']),
    )
    expect(message.text).toContain('M2: 24,5')
    const files = Array.from(
      { length: 50 },
      (_, at) =>
        `--x\r\nContent-Type: application/pdf; name=${at}.pdf\r\nContent-Disposition: attachment\r\n\r\nx`,
    )
    const many = await makeMimeParser().parse(
      rawMail(['Content-Type: multipart/mixed; boundary=x', '', ...files, '--x--']),
    )
    expect(many.attachments).toHaveLength(20)
    expect(many.flags).toContain('too-many-attachments')
  })
  test('MAIL security 11: no line is slow, whatever it repeats', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          '>',
          'Den ',
          '_',
          'M1 i alt',
          'M1 ',
          '(',
          '1.',
          '1 ',
          ', ',
          'ca. ',
          'Fra: ',
          ' skrev ',
          '-',
          'kr. ',
          '\u00A0',
          'ikke ',
        ),
        fc.constantFrom('', 'M1 i alt: ', 'M3: ja, ', 'H1 udgift: ', 'Den ', 'Fra: '),
        fc.constantFrom('', ':', '1', 'personer', ' skrev x@y.example:'),
        async (unit, before, after) => {
          const text = `${before}${unit.repeat(Math.ceil(100_000 / unit.length))}${after}`
          expect(await readMail({ text })).toMatchObject({ citizenData: false })
        },
      ),
      { numRuns: 40 },
    )
  }, 120_000)
})

test('MAIL security 23: every dependency is pinned exactly, locked, and only the known ones run scripts at installation', () => {
  const file = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8'))
  const versions = z.record(z.string(), z.string())
  const { dependencies, devDependencies, allowScripts } = z
    .object({
      dependencies: versions,
      devDependencies: versions,
      allowScripts: z.record(z.string(), z.boolean()),
    })
    .parse(file('package.json'))
  const all = { ...dependencies, ...devDependencies }
  expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version))).toEqual([])
  const { packages } = z
    .object({
      packages: z.record(
        z.string(),
        z.object({ version: z.string().optional(), hasInstallScript: z.boolean().optional() }),
      ),
    })
    .parse(file('package-lock.json'))
  expect(Object.keys(all).filter((name) => packages[`node_modules/${name}`]?.version !== all[name])).toEqual(
    [],
  )
  const scripted = Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript === true ? [path.replace(/^.*node_modules\//u, '')] : [],
  )
  expect(scripted.filter((name) => allowScripts[name] !== true && !/^fsevents$/u.test(name))).toEqual([])
  expect(Object.keys(dependencies).filter((name) => /re2|mailparser|exceljs|^xlsx$/u.test(name))).toEqual([])
})
