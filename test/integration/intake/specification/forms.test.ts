import { describe, expect, test } from 'vitest'
import { hearingForm, proposalForm } from '../../../../functions/domain/form/form.ts'
import { svendborg } from '../../../fixtures/agreements/svendborg.ts'
import { answer, doubts, fixture, form, marked, request, values } from '../../../unit/intake/mail.ts'
import { asParagraphs, page } from '../quoted-shapes.ts'
import { readMail } from '../read-mime.ts'

/** The same as text and as HTML. */
const both = async (
  text: string,
  check: (reading: Awaited<ReturnType<typeof readMail>>) => void,
): Promise<void> => {
  check(await readMail({ text }))
  check(await readMail({ html: page(asParagraphs(text)) }))
}

describe('keys and lines', () => {
  test('MAIL 109: footers, areas, viruses and times are no keys; m2: 24,5 is', async () => {
    await both(
      'Se venligst vedhæftede. Vi har 120 m2 i m2 kontor, H1N1: 12, FS 17:30.\n\nSekretariatet\nF2: 2015 - 2207   EAN: 5790000000000   Tlf. 00 00 00 00',
      (reading) => {
        expect(reading.answers).toEqual([])
        expect(reading.doubts).toEqual([])
      },
    )
    await both('m2: 24,5', (reading) => expect(values(reading)).toEqual({ M2: '24.5' }))
    const subject = 'Svar på jeres henvendelse - vores sagsnr. 15/2207 (dok. 884113)'
    expect((await readMail({ text: 'M2: 24,5', subject })).theirCaseNumber).toBe('15/2207')
  })
  test.each([
    ['M1 i alt 134 personer', { 'M1 i alt': '134' }],
    ['M1 heraf - 61', { 'M1 heraf': '61' }],
    ['M1 heraf = 61', { 'M1 heraf': '61' }],
    ['M1 heraf\t61', { 'M1 heraf': '61' }],
    ['M1 er svær at opgøre, vi fik 22 nye', {}],
  ])('MAIL 110: %s', async (text, expected) => {
    const reading = await readMail({ text })
    expect(values(reading)).toEqual(expected)
    expect(reading.doubts).toEqual([])
  })
  test('MAIL 111: lines joined by Outlook are split at each key', async () => {
    await both('M1 i alt: 134 personer M1 heraf: 61 personer M2: 24,5 uger', (reading) =>
      expect(values(reading)).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61', M2: '24.5' }),
    )
    await both('Færdig: ja M2: 24,5', (reading) =>
      expect(values(reading)).toEqual({ Færdig: 'ja', M2: '24.5' }),
    )
  })
  test('MAIL 112: a key at the end of a line and its value on the next', async () => {
    const text = 'M1 i alt:\n134 personer\nM1 heraf:\nM2: 24,5'
    for (const parts of [{ text }, { html: page(`<p>${text.replaceAll('\n', '<br>')}</p>`) }])
      expect(values(await readMail(parts))).toEqual({ 'M1 i alt': '134', M2: '24.5' })
  })
  test('MAIL 113: the blank left empty, the answer below it: joined, then asked', async () => {
    const reading = await readMail({ text: '> M1 heraf: ____ personer\n> den er 45,5 %' })
    expect(doubts(reading)).toEqual(['share-only M1'])
  })
  test('MAIL 114: a part larger than its whole is asked, never swapped; equal is taken', async () => {
    const swapped = await readMail({ text: 'M1 i alt: 61\nM1 heraf: 134' })
    expect(swapped.answers).toEqual([])
    expect(swapped.doubts).toMatchObject([
      { kind: 'swapped', key: 'M1', details: { total: '61', ofWhich: '134' } },
    ])
    expect(values(await readMail({ text: 'M1 i alt: 61\nM1 heraf: 61' }))).toEqual({
      'M1 i alt': '61',
      'M1 heraf': '61',
    })
  })
  test.each([
    ['M1: 61 ud af 134', { 'M1 i alt': '134', 'M1 heraf': '61' }, []],
    ['M1: 61 af 134', { 'M1 i alt': '134', 'M1 heraf': '61' }, []],
    ['M1: 61/134', { 'M1 i alt': '134', 'M1 heraf': '61' }, []],
    ['M1: 45,5 pct.', {}, ['share-only M1']],
    ['M1: 61', {}, ['which-share-number M1']],
  ])('MAIL 115: %s', async (text, expected, asked) => {
    await both(text, (reading) => {
      expect(values(reading)).toEqual(expected)
      expect(doubts(reading)).toEqual(asked)
    })
  })
  test('MAIL 116: older words and English twins', async () => {
    await both('M1 tæller: 61\nM1 nævner: 134\nH1 cost: 400.000', (reading) =>
      expect(values(reading)).toEqual({ 'M1 heraf': '61', 'M1 i alt': '134', 'H1 udgift': '400000' }),
    )
    const english = 'M1 total: 134\nM1 of which: 61\nDissemination: Erfaringsbasen, juni 2015'
    expect(values(await readMail({ text: english }))).toEqual({
      'M1 i alt': '134',
      'M1 heraf': '61',
      Formidling: 'Erfaringsbasen, juni 2015',
    })
  })
  test('MAIL 117: a note of paragraphs and bullets is kept whole, and cut at 4,000 signs', async () => {
    const note = 'I oktober alene kom der 22.\n\n- over 60 pct.\n- 14 i praktik\n\nDet er flere end i fjor.'
    const reading = await readMail({ text: `M1 bemærkning: ${note}\n\nM2: 24,5\n\nMed venlig hilsen\nMette` })
    expect(values(reading)).toEqual({ 'M1 bemærkning': note, M2: '24.5' })
    const long = answer(
      await readMail({ text: `M1 bemærkning: ${'ord '.repeat(3000)}` }),
      'M1 bemærkning',
    )?.text
    expect(long).toHaveLength(4000)
    expect(long?.endsWith('…')).toBe(true)
  })
  test('MAIL 118: ikke opgjort with its reason; what is only late is missing', async () => {
    const reading = await readMail({ text: 'H1 udgift: ikke opgjort, regnskabet lukker først 1/4' })
    expect(answer(reading, 'H1 udgift')).toMatchObject({
      value: { is: 'not-available' },
      text: 'regnskabet lukker først 1/4',
    })
    expect(answer(await readMail({ text: 'M2: ikke opgjort' }), 'M2')?.text).toBe('')
    for (const words of [
      'ikke opgjort',
      'kan ikke opgøres',
      'foreligger ikke',
      'uoplyst',
      'ikke muligt at opgøre',
      'ikke målt',
      'not available',
    ])
      expect(values(await readMail({ text: `M2: ${words}` }))).toEqual({ M2: 'ikke opgjort' })
    for (const words of ['ved Mette', 'kommer senere']) {
      const missing = await readMail({ text: `FS2: ${words}` })
      expect(missing.answers).toEqual([])
      expect(missing.doubts).toMatchObject([{ kind: 'not-a-value', key: 'FS2', written: words }])
    }
  })
  test.each([
    ['ja', {}, ['date-missing-met M3']],
    ['nej', {}, ['date-missing-not-met M3']],
    ['ja, 14/11 2014 (seks virksomheder)', { M3: 'ja 2014-11-14' }, []],
    ['14/11-14', {}, ['not-a-value M3']],
    ['ja, 14/11-14', {}, ['short-year M3']],
    ['nej, forventes 1. juni 2015', { M3: 'nej 2015-06-01' }, []],
  ])('MAIL 119: M3: %s', async (text, expected, asked) => {
    const reading = await readMail({ text: `M3: ${text}` })
    expect(values(reading)).toEqual(expected)
    expect(doubts(reading)).toEqual(asked)
  })
  test('MAIL 120: a dash and a word are a note, a second number and a hedge are asked', async () => {
    const reading = await readMail({ text: 'FS2: 83 – altså væsentligt flere end forudsat' })
    expect(answer(reading, 'FS2')).toMatchObject({
      value: { value: '83' },
      text: 'altså væsentligt flere end forudsat',
    })
    for (const [written, kind] of [
      ['83-85', 'two-values'],
      ['ca. 83', 'hedged'],
      ['83 eller 84', 'two-values'],
    ])
      expect(doubts(await readMail({ text: `FS2: ${written}` }))).toEqual([`${kind} FS2`])
  })
})

describe('wishes', () => {
  const on = { receivedOn: '2015-02-26' }
  test('MAIL 121: more time in free text: the date nearest to come, a weekday that differs is asked, none is a wish all the same', async () => {
    expect((await readMail({ text: 'Kan vi få udsættelse til fredag d. 13/3?' }, on)).wishes).toMatchObject([
      { wish: 'extension', until: '2015-03-13', byKey: false },
    ])
    const differs = await readMail({ text: 'Kan vi få udsættelse til torsdag d. 13/3?' }, on)
    expect(differs.wishes).toMatchObject([{ wish: 'extension', until: null }])
    expect(doubts(differs)).toEqual(['weekday-differs Udsættelse til'])
    expect((await readMail({ text: 'Vi får brug for et par uger mere.' }, on)).wishes).toMatchObject([
      { wish: 'extension', until: null },
    ])
  })
  test('MAIL 140: Genforhandling with its ground, without it, and no', async () => {
    const wish = async (text: string) => (await readMail({ text })).wishes
    expect(await wish('Genforhandling: ja, FS2')).toMatchObject([
      { wish: 'renegotiation', assumptionKeys: ['FS2'] },
    ])
    expect(await wish('Genforhandling: ja')).toMatchObject([{ wish: 'renegotiation', assumptionKeys: [] }])
    expect(await wish('Genforhandling: nej')).toEqual([])
    expect(values(await readMail({ text: 'Genforhandling: nej' }))).toEqual({ Genforhandling: 'nej' })
  })
  test('MAIL 139: another unit and an amount too small are asked, its size is converted', async () => {
    expect(doubts(await readMail({ text: 'M2: 170 dage' }))).toEqual(['other-unit M2'])
    const small = await readMail({ text: 'H1 udgift: 0,4' })
    expect(small.doubts).toMatchObject([
      { kind: 'amount-size', details: { suggestion: '400000', size: 'mio. kr.' } },
    ])
    expect(values(await readMail({ text: 'H1 udgift: 0,4 mio. kr.' }))).toEqual({ 'H1 udgift': '400000' })
  })
  test('MAIL 141: keys of another agreement or of a lapsed target are doubts, never mapped by position', async () => {
    const lapsed = form.filter(({ key }) => !key.startsWith('M2'))
    const reading = await readMail({ text: 'M2: 24,5\nM7: 12\nFS8: 3' }, { form: lapsed })
    expect(reading.answers).toEqual([])
    expect(reading.doubts.map(({ kind }) => kind)).toEqual(['unknown-key', 'unknown-key', 'unknown-key'])
  })
})

describe('replies to other letters', () => {
  test('MAIL 132: in a hearing: no comments, comments, a courtesy, a figure', async () => {
    const hearing = { form: [...form, ...hearingForm(svendborg.agreement, { year: 2014 })] }
    expect(values(await readMail({ text: 'Høringssvar: ingen bemærkninger' }, hearing))).toEqual({
      Høringssvar: 'ingen bemærkninger',
    })
    expect(await readMail({ text: 'Tak, god weekend' }, hearing)).toMatchObject({
      answers: [],
      doubts: [],
      freeText: 'Tak, god weekend',
    })
    expect(values(await readMail({ text: 'M1 heraf: 62' }, hearing))).toEqual({ 'M1 heraf': '62' })
  })
  test('MAIL 133: to a proposal: accepted, asked, contradicted', async () => {
    const proposal = { form: proposalForm(svendborg.agreement, ['M1']) }
    expect(values(await readMail({ text: 'Svar: tiltrædes' }, proposal))).toEqual({ Svar: 'accepted' })
    expect(doubts(await readMail({ text: 'Svar: ja' }, proposal))).toEqual(['not-a-value Svar'])
    // Both are read; the case sees that they contradict each other and asks.
    const contradicted = await readMail({ text: 'Svar: tiltrædes\nM1 ny målværdi: 44' }, proposal)
    expect(values(contradicted)).toEqual({ Svar: 'accepted', 'M1 ny målværdi': '44' })
    const counter = await readMail({ text: 'Svar: ændringsforslag\nM1 ny målværdi: 44' }, proposal)
    expect(values(counter)).toEqual({
      Svar: 'counter-proposal',
      'M1 ny målværdi': '44',
    })
  })
  test('MAIL 138: a receipt quoted unchanged says nothing, its changed line is a correction', async () => {
    const sent = [request, fixture('receipt-1.txt')]
    expect(
      (await readMail({ text: `Tak\n\n${marked(fixture('receipt-1.txt'))}` }, { sent })).answers,
    ).toEqual([])
    const changed = marked(fixture('receipt-1.txt')).replace('Mål 2: 24,5 uger', 'Mål 2: 25 uger')
    expect(values(await readMail({ text: changed }, { sent }))).toEqual({ M2: '25' })
  })
  test('MAIL 124: OK with its corrections, OK with a but, OK that is none', async () => {
    expect(await readMail({ text: 'OK\n\nM1 heraf: 62' })).toMatchObject({ confirms: true })
    const but = await readMail({ text: 'OK, men der er en fejl' })
    expect(but.confirms).toBe(false)
    expect(doubts(but)).toEqual(['ok-but'])
    for (const text of ['> OK', 'Mvh\nOK Prøve', 'Ikke OK'])
      expect(await readMail({ text })).toMatchObject({ confirms: false, doubts: [] })
  })
  test('MAIL 136: CPR numbers in the words, the HTML, the subject or an attached mail: set aside unread', async () => {
    const eml = {
      filename: 'svar.eml',
      contentType: 'message/rfc822',
      content: Buffer.from('From: a@b.example\r\nSubject: x\r\n\r\nBorger 010190-1234'),
    }
    for (const parts of [
      { text: 'M2: 24,5\nBorger 010190-1234' },
      { text: 'M2: 24,5\nBorger 0101901234' },
      { text: 'M2: 24,5', html: '<p>M2: 24,5</p><p>010190 <b>1234</b></p>' },
      { text: 'M2: 24,5', subject: 'SV: vedr. 010190-1234' },
      { text: 'M2: 24,5', attachments: [eml] },
      {
        text: 'M2: 24,5',
        attachments: [{ filename: 'tal.csv', contentType: 'text/csv', content: 'navn;cpr\nx;010190-1234' }],
      },
    ])
      expect(await readMail(parts)).toMatchObject({
        citizenData: true,
        answers: [],
        doubts: [],
        freeText: '',
        proposals: [],
      })
    for (const text of [
      'M2: 24,5\nTlf. 20 30 40 50',
      'M2: 24,5\nEAN 5790000000000',
      'M2: 24,5\nCVR 29189730',
      'M2: 24,5\n991390-1234',
      'M2: 24,5\n+45 0101901234',
    ])
      expect(await readMail({ text })).toMatchObject({ citizenData: false })
  })
})
