import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { formFor, missing, readableFields } from '../../../../functions/domain/form/form.ts'
import type { Reading } from '../../../../functions/domain/casefile/reading.ts'
import { toText } from '../../../../functions/mail/block.ts'
import { receipt } from '../../../../functions/mail/receipt.ts'
import { svendborg } from '../../../fixtures/agreements/svendborg.ts'
import { sampleReceipt } from '../../../fixtures/letters/sample-receipt.ts'
import { answer, doubts, fixture, marked, outlookQuote, request, values } from '../../../unit/intake/mail.ts'
import { complete, mainMailbox } from '../compose-mail.ts'
import { figuresOf, ourWorkbook } from '../filled-workbook.ts'
import { openPostOffice, words, type PostOffice } from '../post-office.ts'
import { asParagraphs, page, shapes } from '../quoted-shapes.ts'
import { readMail } from '../read-mime.ts'

const asked = { year: 2014, municipality: '479' } as const
const receiptTo = (reading: Reading): string => {
  const { context, ...rest } = sampleReceipt()
  const wish = reading.wishes.find((one) => one.wish === 'renegotiation')
  return toText(
    receipt({
      ...rest,
      context: {
        ...context,
        fields: readableFields(svendborg.agreement, asked),
        renegotiation:
          wish === undefined ? null : { assumptions: wish.assumptionKeys, answerBy: '2015-03-24' },
      },
      answers: reading.answers,
      missing: missing(formFor(svendborg.agreement, asked), reading.answers),
      doubts: reading.doubts,
    }).blocks,
  )
}

describe('the three replies and the receipt', () => {
  const table = {
    'M1 i alt': '134', 'M1 heraf': '61', M2: '24.5', M3: 'ja 2014-11-14', FS2: '83', 'H1 udgift': '400000',
    Formidling: 'kommer i Erfaringsbasen inden sommerferien', Genforhandling: 'ja',
  } // prettier-ignore
  const check = (reading: Reading): void => {
    const { 'M1 bemærkning': note, ...rest } = values(reading)
    expect(rest).toEqual(table)
    expect(note?.replace(/\s+/gu, ' ')).toBe(
      'Vi fik mange nye i efteråret, som endnu er på sprogkursus. I oktober alene kom der 22. Ser vi kun på dem med mere end et års ophold, er andelen over 60 pct.',
    )
    expect(reading.doubts).toEqual([])
    expect(reading.wishes).toEqual([{ wish: 'renegotiation', assumptionKeys: ['FS2'], written: 'FS2' }])
  }
  test('LETTERS 6.2: reply 1, as text, as HTML and as both', async () => {
    const own = fixture('reply-1.txt')
    const [outlook] = shapes
    check(await readMail({ text: `${own}${outlookQuote(request)}` }))
    const html = page(asParagraphs(own), outlook!.html(request, 'da'))
    check(await readMail({ html }))
    check(await readMail({ text: `${own}${outlookQuote(request)}`, html }))
    const reading = await readMail({ text: `${own}${outlookQuote(request)}` })
    expect(answer(reading, 'M3')?.text).toBe('seks virksomheder')
    expect(answer(reading, 'FS2')?.text).toBe('altså væsentligt flere end forudsat')
    expect(answer(reading, 'H1 udgift')?.written).toBe('0,4 mio. kr.')
  })
  test('LETTERS 6.3: reply 2, a colleague inside the quotation', async () => {
    const reading = await readMail(
      { text: fixture('reply-2.txt'), from: 'integration@svendborg-kommune.example' },
      { receivedOn: '2015-02-26' },
    )
    expect(values(reading)).toEqual({ M2: '24.5', 'H1 udgift': 'ikke opgjort' })
    expect(answer(reading, 'H1 udgift')?.text).toBe('regnskabet lukker først 1/4')
    expect(doubts(reading).toSorted()).toEqual(['date-missing-met M3', 'not-a-value FS2', 'share-only M1'])
    expect(reading.wishes).toMatchObject([{ wish: 'extension', until: '2015-03-13', byKey: false }])
  })
  test('LETTERS 6.4: reply 3, the records system with PDF and workbook', async () => {
    const reading = await readMail({
      from: mainMailbox,
      subject: 'Svar på jeres henvendelse - vores sagsnr. 15/2207 (dok. 884113)',
      text: fixture('reply-3.txt'),
      attachments: [
        { filename: 'Følgebrev.pdf', content: '%PDF-1.4 134 61', contentType: 'application/pdf' },
        {
          filename: 'Kopi af indberetning-2014-svendborg (2).xlsx',
          content: Buffer.from(await ourWorkbook()),
        },
      ],
    })
    expect(values(reading)).toEqual(figuresOf)
    // The covering letter is named (MAIL 285).
    expect(reading.doubts).toMatchObject([
      { kind: 'unreadable-attachment', written: 'Følgebrev.pdf', details: { refusal: 'pdf' } },
    ])
    expect(reading.theirCaseNumber).toBe('15/2207')
    expect(reading.freeText).toBe('Se venligst vedhæftede.')
  })
  test('LETTERS 6.5: the receipt to reply 1, word for word', async () => {
    const reading = await readMail({ text: `${fixture('reply-1.txt')}${outlookQuote(request)}` })
    expect(receiptTo(reading)).toBe(
      readFileSync(new URL('../../../fixtures/letters/receipt-svendborg.txt', import.meta.url), 'utf8'),
    )
  })
})

describe('how a line is read', () => {
  const line = async (text: string): Promise<Record<string, string>> => values(await readMail({ text }))
  test('LETTERS 3.3.1: case, blanks, bullets, labels in brackets, the unit and the title', async () => {
    for (const text of [
      'm1 I alt: 134',
      'M1 ialt: 134',
      '> M1 i alt: 134',
      '| M1 i alt: 134',
      '* M1 i alt: 134',
      'M1 i alt (borgere): 134',
      'M1 i alt personer: 134',
      'M1 i alt Andel i job eller virksomhedsrettet tilbud: 134',
    ])
      expect(await line(text)).toEqual({ 'M1 i alt': '134' })
    for (const text of ['»M1 i alt: 134«', '"M1 i alt: 134"']) expect(await line(text)).toEqual({})
  })
  test('LETTERS 3.3.2: signs that set a value off, and what counts after dash and blanks', async () => {
    for (const text of [
      'M1 heraf: 61',
      'M1 heraf = 61',
      'M1 heraf\t61',
      'M1 heraf - 61',
      'M1 heraf 61 personer',
    ])
      expect(await line(text)).toEqual({ 'M1 heraf': '61' })
    for (const text of ['M1 heraf 61 som i fjor', 'M1 i alt er 134 i år', 'Bemærkninger ingen'])
      expect(await line(text)).toEqual({})
  })
  test('LETTERS 3.3.3: in a footer a key counts only with a whole value', async () => {
    expect(await line('Mvh\nMette\nFS2: 83')).toEqual({ FS2: '83' })
    const asks = await readMail({ text: 'Mvh\nMette\nFS2: kontor 3' })
    expect(doubts(asks)).toEqual(['outside-form FS2'])
    expect(await line('F2: 2015-2207\nH1N1: 4\nm2 kontor')).toEqual({})
  })
  test('LETTERS 3.3.4: an empty value takes the next line, a joined line is split', async () => {
    expect(await line('M1 i alt:\n134')).toEqual({ 'M1 i alt': '134' })
    expect(await line('M1 i alt:\nM2: 24,5')).toEqual({ M2: '24.5' })
    expect(await line('M1 i alt: 134 M1 heraf: 61')).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
    expect(await line('Bemærkninger: som under M2: 24,5')).toEqual({ Bemærkninger: 'som under M2: 24,5' })
  })
  test('LETTERS 3.3.5: a note after brackets, dash or comma; a second number and a hedge are asked', async () => {
    for (const text of ['FS2: 83 (mange)', 'FS2: 83 – mange', 'FS2: 83, mange'])
      expect(answer(await readMail({ text }), 'FS2')?.text).toBe('mange')
    for (const text of [
      'FS2: 83-85',
      'FS2: 83 eller 85',
      'FS2: 83 til 85',
      'FS2: 83/85',
      'FS2: ca. 83',
      'FS2: mindst 83',
      'FS2: 83 (foreløbig)',
    ])
      expect((await readMail({ text })).answers).toEqual([])
  })
  test('LETTERS 3.3.6: a share in one line', async () => {
    for (const text of ['M1: 61 ud af 134', 'M1: 61 af 134', 'M1: 61/134'])
      expect(await line(text)).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
    expect(doubts(await readMail({ text: 'M1: 45,5 pct.' }))).toEqual(['share-only M1'])
  })
  test('LETTERS 3.3.7: a milestone and its dates', async () => {
    for (const date of ['14-11-2014', '14.11.2014', '14/11 2014', '14. nov. 2014', '14. november 2014'])
      expect(await line(`M3: ja, ${date}`)).toEqual({ M3: 'ja 2014-11-14' })
    expect(await line('M3: nej, forventes 1. juni 2015')).toEqual({ M3: 'nej 2015-06-01' })
  })
  test('LETTERS 3.3.8: not available, with its reason; zero is only 0', async () => {
    for (const text of [
      'M2: ikke opgjort, fordi systemet er nyt',
      'M2: ikke opgjort (systemet er nyt)',
      'M2: ikke opgjort, systemet er nyt',
    ])
      expect(answer(await readMail({ text }), 'M2')).toMatchObject({
        value: { is: 'not-available' },
        text: 'systemet er nyt',
      })
    expect(await line('M1 heraf: 0')).toEqual({ 'M1 heraf': '0' })
    for (const text of ['M1 heraf: nul', 'M1 heraf: ingen', 'M1 heraf: -'])
      expect(doubts(await readMail({ text }))).toEqual(['none-or-zero M1 heraf'])
  })
  test('LETTERS 3.3.9: a note runs to the next key, the end line or the signature', async () => {
    expect(
      await line('Bemærkninger: Et.\n\n- to 22\n- tre 60 pct.\n\nSlut på indberetningen\n\nMvh'),
    ).toEqual({ Bemærkninger: 'Et.\n\n- to 22\n- tre 60 pct.' })
    expect(await line('Bemærkninger: Et.\nM2: 24,5')).toEqual({ Bemærkninger: 'Et.', M2: '24.5' })
    expect(await line('Bemærkninger: Et.\n\nMed venlig hilsen\nMette')).toEqual({ Bemærkninger: 'Et.' })
  })
  test('LETTERS 3.3.10: the printed unit, another size, another unit', async () => {
    expect(await line('H1 udgift: 400.000')).toEqual({ 'H1 udgift': '400000' })
    expect(answer(await readMail({ text: 'H1 udgift: 0,4 mio. kr.' }), 'H1 udgift')).toMatchObject({
      value: { value: '400000' },
      written: '0,4 mio. kr.',
    })
    expect(doubts(await readMail({ text: 'M2: 3 måneder' }))).toEqual(['other-unit M2'])
  })
  test('LETTERS 3.3.11: the same key twice is asked, what equals what we sent is no answer', async () => {
    expect(doubts(await readMail({ text: 'M2: 24,5\nM2: 25' }))).toEqual(['two-values M2'])
    const receiptSent = fixture('receipt-1.txt')
    expect((await readMail({ text: marked(receiptSent) }, { sent: [request, receiptSent] })).answers).toEqual(
      [],
    )
  })
})

describe('between mails', () => {
  let office: PostOffice
  beforeEach(async () => {
    office = await openPostOffice()
  })
  test('LETTERS 3.3.11: between mails the later wins, key by key', async () => {
    await office.reply({ text: 'M2: 24,5\nFS2: 62' })
    await office.reply({ text: 'M2: 25' })
    expect(await office.figures()).toEqual({ M2: '25', FS2: '62' })
  })
  test('LETTERS 3.3.12: until the due date a correction needs no reason; the draft is made at the due date', async () => {
    await office.reply({ text: complete })
    await office.reply({ text: 'M2: 25' })
    await office.until('2015-03-02', '12:00')
    expect((await office.state()).draft).toBeNull()
    await office.until('2015-03-03')
    expect((await office.state()).draft).not.toBeNull()
  })
  test('LETTERS 3.3.13: finished with something missing is not finished; ikke opgjort closes the gap', async () => {
    const { answers } = await office.reply({ text: `${complete.replace(/^M2.*\n/mu, '')}\nFærdig: ja` })
    expect(words(answers[0]!.message)).toMatch(/^Tak\. Vi mangler én ting:/u)
    const closed = await office.reply({ text: 'M2: ikke opgjort, nyt fagsystem' })
    expect(words(closed.answers[0]!.message)).toMatch(/^Tak, vi har alt, hvad vi skal bruge\./u)
  })
  test('LETTERS 3.3.14: free text without a key counts for nothing', async () => {
    const { mail } = await office.reply({ text: 'Vi har 61 ud af 134 i job, og ventetiden er 24,5 uger.' })
    expect(mail?.values).toEqual([])
    expect(mail?.details?.freeText).toContain('61 ud af 134')
    expect(await office.figures()).toEqual({})
  })
})
