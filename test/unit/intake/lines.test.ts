import { describe, expect, test } from 'vitest'
import { answer, doubts, marked, outlookQuote, read, request, values } from './mail.ts'

/** One line, one answer or one doubt. */
const one = (line: string): Record<string, string> => values(read(line))
const asked = (line: string): readonly string[] => doubts(read(line))

describe('LETTERS 3.4: right as they stand', () => {
  test.each([
    ['M1 i alt: 134', { 'M1 i alt': '134' }],
    ['M1 heraf = 61 pers.', { 'M1 heraf': '61' }],
    ['M1 i alt 1.134', { 'M1 i alt': '1134' }],
    ['M2: 24,5', { M2: '24.5' }],
    ['M3: ja, 14/11 2014 (seks virksomheder)', { M3: 'ja 2014-11-14' }],
    ['H1 udgift: 400.000,-', { 'H1 udgift': '400000' }],
    ['H1 udgift: kr. 400.000', { 'H1 udgift': '400000' }],
    ['M2: ikke opgjort (nyt fagsystem)', { M2: 'ikke opgjort' }],
    ['Genforhandling: ja, FS2', { Genforhandling: 'ja' }],
  ])('%s', (line, expected) => {
    const reading = read(line)
    expect(values(reading)).toEqual(expected)
    expect(reading.doubts).toEqual([])
  })

  test('MAIL 122: Udsættelse til: 13-03-2015 is a wish with its date, beside figures', () => {
    const reading = read('M2: 24,5\nUdsættelse til: 13-03-2015')
    expect(reading.wishes).toEqual([
      { wish: 'extension', until: '2015-03-13', written: '13-03-2015', byKey: true },
    ])
    expect(values(reading)).toEqual({ M2: '24.5' })
  })
})

describe('LETTERS 3.4: what is asked back (MAIL 69, 74, 114, 115, 119, 139, 141)', () => {
  test.each([
    ['M1 i alt: 34\nM1 heraf: 61', ['swapped M1']],
    ['M1: 45,5 pct.', ['share-only M1']],
    ['M1 heraf: 45,5 %', ['share-only M1']],
    ['M1 i alt: ca. 130', ['hedged M1 i alt']],
    ['M1 i alt: 130 (foreløbigt)', ['hedged M1 i alt']],
    ['M1 heraf: 61-64', ['two-values M1 heraf']],
    ['M1 heraf: 61\nM1 heraf: 64', ['two-values M1 heraf']],
    ['M1 i alt: 134,5', ['not-whole M1 i alt']],
    ['M1 i alt: 1,234', ['not-whole M1 i alt']],
    ['M1 heraf: -', ['none-or-zero M1 heraf']],
    ['M1 heraf: ingen', ['none-or-zero M1 heraf']],
    ['M1 heraf: nul', ['none-or-zero M1 heraf']],
    ['M1 heraf: ?', ['none-or-zero M1 heraf']],
    ['FS2: ved Mette', ['not-a-value FS2']],
    ['FS2: kommer senere', ['not-a-value FS2']],
    ['M2: 170 dage', ['other-unit M2']],
    ['H1 udgift: 0,4', ['amount-size H1 udgift']],
    ['M1 heraf: -12', ['negative M1 heraf']],
    ['M3: ja', ['date-missing-met M3']],
    ['M3: nej', ['date-missing-not-met M3']],
    ['M3: 14. november 2014', ['not-a-value M3']],
    ['M3: ja, 14/11-14', ['short-year M3']],
    ['Udsættelse til: torsdag den 13/3', ['weekday-differs Udsættelse til']],
    ['M1 ialtt: 134', ['near-key M1 i alt']],
    ['M7: 12', ['unknown-key']],
    ['M1 i alt: 1\uFFFD4', ['unreadable-sign M1 i alt']],
    ['M1: 61', ['which-share-number M1']],
  ])('%s', (line, expected) => {
    const reading = read(line)
    expect(doubts(reading)).toEqual(expected)
    expect(reading.answers).toEqual([])
  })

  test('carries what the question needs', () => {
    const details = (line: string): Readonly<Record<string, string>> | undefined =>
      read(line).doubts[0]?.details
    expect(details('M1 i alt: 34\nM1 heraf: 61')).toEqual({ total: '34', ofWhich: '61' })
    expect(details('M1 heraf: 61-64')).toEqual({ first: '61', second: '64' })
    expect(details('M1 i alt: 1,234')).toEqual({ suggestion: '1234' })
    expect(details('M2: 170 dage')).toEqual({ value: '170', wrote: 'dage', asked: 'uger' })
    expect(details('H1 udgift: 0,4')).toEqual({ suggestion: '400000', size: 'mio. kr.' })
    expect(details('M3: ja, 14/11-14')).toEqual({ suggestion: '2014-11-14' })
    expect(details('M7: 12')).toEqual({ value: '12', known: 'M1, M2, M3, FS1, FS2, H1' })
  })
})

describe('LETTERS 3.3.1-3.3.3: keys and separators (MAIL 110, 116)', () => {
  test.each([
    'm1 I alt: 134',
    'M1 ialt: 134',
    '- M1 i alt: 134',
    '• M1 i alt: 134',
    '*M1 i alt:* 134',
    '> M1 i alt: 134',
    '| M1 i alt: 134',
    'M1 i alt (borgere): 134',
    'M1 i alt personer: 134',
    'M1 i alt\t134',
    'M1 i alt = 134 personer',
    'M1 i alt - 134',
    'M1 i alt – 134',
    'M1 i alt 134 personer',
    'M1 nævner: 134',
    'M1 total: 134',
    'Mål 1 i alt: 134',
    'M1 i alt: __134__ personer',
    'M1 i alt: (134)',
  ])('%s is M1 i alt = 134', (line) => {
    expect(one(line)).toEqual({ 'M1 i alt': '134' })
  })

  test.each([
    'M1 er svær at opgøre, vi fik 22 nye',
    'M1 i alt er steget med 45 pct.',
    '»M1 i alt: 134«',
    '"M1 i alt: 134"',
    'm2 kontor',
    'Vi har 120 m2 til rådighed',
    'H1N1: 12',
    'F2: 2015-2207',
    'FS 17:30 mødes vi',
    'M2 er opgjort som i fjor: se nedenfor',
    'Formidling er aftalt med Erfaringsbasen',
    'Genforhandling er ikke nødvendig',
  ])('MAIL 109-110: %s is prose', (line) => {
    const reading = read(line)
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toEqual([])
    expect(reading.freeText).not.toBe('')
  })

  test('MAIL 109: m2: 24,5 is M2', () => {
    expect(one('m2: 24,5')).toEqual({ M2: '24.5' })
  })

  test('a key in a signature counts only with a whole value of the type', () => {
    expect(one('Mvh\nMette\nFS2: 83')).toEqual({ FS2: '83' })
    expect(one('Mvh\nMette\n\nBemærkninger: se bilaget')).toEqual({ Bemærkninger: 'se bilaget' })
    expect(asked('Mvh\nMette\nFS2: kontor 3, 2. sal')).toEqual(['outside-form FS2'])
    expect(read('Mvh\nMette\nKontakt: 12 34 56 78').wishes).toEqual([])
  })
})

describe('LETTERS 3.3.4: joined and wrapped lines', () => {
  test('MAIL 111: lines joined by the mail program are split at each key', () => {
    expect(one('M1 i alt: 134 personer M1 heraf: 61 personer M2: 24,5 uger')).toEqual({
      'M1 i alt': '134',
      'M1 heraf': '61',
      M2: '24.5',
    })
    expect(one('Færdig: ja M2: 24,5')).toEqual({ Færdig: 'ja', M2: '24.5' })
  })

  test.each([
    'M1 i alt:134,M1 heraf:61',
    'M1 i alt: 134; M1 heraf: 61',
    'M1 i alt: 134 / M1 heraf: 61',
    '1. M1 i alt: 134\n2. M1 heraf: 61',
    'M1 i alt -> 134\nM1 heraf ..... 61',
  ])('people set keys apart in many ways: %s', (line) => {
    expect(one(line)).toEqual({ 'M1 i alt': '134', 'M1 heraf': '61' })
  })

  test('a note is never split', () => {
    expect(one('FS2: 83 – flere end i M2: 24,5')).toEqual({ FS2: '83' })
    expect(one('Bemærkninger: som skrevet under M2: 24,5')).toEqual({
      Bemærkninger: 'som skrevet under M2: 24,5',
    })
  })

  test('MAIL 112: a value on the next line is joined, another key is not', () => {
    expect(one('M1 i alt:\n134 personer')).toEqual({ 'M1 i alt': '134' })
    expect(one('M1 i alt:\nM1 heraf: 61')).toEqual({ 'M1 heraf': '61' })
    expect(one('M1 i alt\n134')).toEqual({ 'M1 i alt': '134' })
    expect(one('M1\nheraf: 61')).toEqual({ 'M1 heraf': '61' })
  })

  test('MAIL 46, 113: the answer below the quoted blank is joined, also over a blank line', () => {
    expect(one('> M1 i alt: ____ personer\n134\n> M1 heraf: ____ personer\n\n61\n')).toEqual({
      'M1 i alt': '134',
      'M1 heraf': '61',
    })
    expect(asked('> M1 heraf: ____ personer\n> den er 45,5 %')).toEqual(['share-only M1'])
  })
})

describe('LETTERS 3.3.5-3.3.10: values (MAIL 114, 115, 118, 119, 139)', () => {
  test.each([
    ['M1: 61 ud af 134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M1: 61 af 134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M1: 61/134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M1: 61 out of 134', { 'M1 i alt': '134', 'M1 heraf': '61' }],
    ['M1 i alt: 61\nM1 heraf: 61', { 'M1 i alt': '61', 'M1 heraf': '61' }],
    ['M3: ja, 14. november 2014', { M3: 'ja 2014-11-14' }],
    ['M3: ja, 14-11-2014', { M3: 'ja 2014-11-14' }],
    ['M3: ja 14.11.2014', { M3: 'ja 2014-11-14' }],
    ['M3: ja, den 14. nov. 2014', { M3: 'ja 2014-11-14' }],
    ['M3: nej, forventes 1. juni 2015', { M3: 'nej 2015-06-01' }],
    ['M2: kan ikke opgøres, fordi fagsystemet er nyt', { M2: 'ikke opgjort' }],
    ['M2: foreligger ikke', { M2: 'ikke opgjort' }],
    ['M2: uoplyst', { M2: 'ikke opgjort' }],
    ['M2: not available', { M2: 'ikke opgjort' }],
    ['M1: ikke opgjort, nyt system', { 'M1 i alt': 'ikke opgjort', 'M1 heraf': 'ikke opgjort' }],
    ['M1 heraf: 0', { 'M1 heraf': '0' }],
    ['H1 udgift: 0,4 mio. kr.', { 'H1 udgift': '400000' }],
    ['H1 udgift: 400 t.kr.', { 'H1 udgift': '400000' }],
    ['H1 udgift: DKK 400.000', { 'H1 udgift': '400000' }],
    ['H1 cost: 400.000 kr.', { 'H1 udgift': '400000' }],
    ['H1 udgift: 400.000 kr. inkl. løn', {}],
    ['H1 udgift: 400.000 kr., inkl. løn', { 'H1 udgift': '400000' }],
    ['H1 status: i gang', { 'H1 status': 'in-progress' }],
    ['H1 status: ikke begyndt', { 'H1 status': 'not-started' }],
    ['Færdig: ja', { Færdig: 'ja' }],
    ['Erfaring må deles: nej', { 'Erfaring må deles': 'nej' }],
    ['Godkendt af: Inger Prøvedal, direktør', { 'Godkendt af': 'Inger Prøvedal, direktør' }],
  ])('%s', (line, expected) => {
    expect(one(line)).toEqual(expected)
  })

  test('MAIL 118: the reason is kept without its "fordi", and 1/4 in it is no value', () => {
    expect(answer(read('H1 udgift: ikke opgjort, regnskabet lukker først 1/4'), 'H1 udgift')?.text).toBe(
      'regnskabet lukker først 1/4',
    )
    expect(answer(read('M2: ikke opgjort, fordi fagsystemet er nyt'), 'M2')?.text).toBe('fagsystemet er nyt')
    expect(answer(read('M2: ikke opgjort'), 'M2')?.text).toBe('')
  })

  test('MAIL 117: a note of several paragraphs and bullets is kept whole and holds no value', () => {
    const reading = read(
      'M1 bemærkning: I oktober alene kom der 22.\n\n- over 60 pct.\n- 14 i praktik\n\nM2: 24,5\n\nMvh\nMette',
    )
    expect(values(reading)).toEqual({
      'M1 bemærkning': 'I oktober alene kom der 22.\n\n- over 60 pct.\n- 14 i praktik',
      M2: '24.5',
    })
  })

  test('MAIL 120: what follows a dash or a comma is a note, a second number is asked', () => {
    expect(answer(read('FS2: 83, heraf mange i efteråret'), 'FS2')?.text).toBe('heraf mange i efteråret')
    expect(asked('FS2: 83-85')).toEqual(['two-values FS2'])
    expect(asked('FS2: ca. 83')).toEqual(['hedged FS2'])
    expect(asked('FS2: 83 eller 84')).toEqual(['two-values FS2'])
  })
})

describe('MAIL 67-79: numbers in Danish notation', () => {
  test.each([
    ['67', 'M1 i alt: 1.234', '1234'],
    ['68', 'H1 udgift: 1.234,50', '1234.5'],
    ['70', 'M1 i alt: 1 234', '1234'],
    ['70', "M1 i alt: 1'234", '1234'],
    ['70', 'M1 i alt: 1\u00A0234 personer', '1234'],
    ['62', 'M1 i alt: 1\u202F234', '1234'],
    ['62', '\uFEFFM1 i alt:\u200B 134', '134'],
    ['71', 'H1 udgift: kr. 1.234,-', '1234'],
    ['71', 'H1 udgift: 1.234 kr', '1234'],
    ['71', 'H1 udgift: 1.234 DKK', '1234'],
    ['72', 'H1 udgift: 1,2 mio. kr.', '1200000'],
    ['72', 'H1 udgift: 1.200 t.kr.', '1200000'],
  ])('MAIL %s: %s', (_, line, expected) => {
    expect(Object.values(one(line))).toEqual([expected])
  })

  test.each([
    ['69', 'M1 i alt: 1,234', 'not-whole M1 i alt'],
    ['73', 'M1 i alt: –1.234', 'negative M1 i alt'],
    ['74', 'M1 i alt: 100-110', 'two-values M1 i alt'],
    ['74', 'M1 i alt: n/a', 'none-or-zero M1 i alt'],
    ['74', 'M1 i alt: ved ikke', 'not-a-value M1 i alt'],
    ['77', 'M1 i alt: １３４', 'not-a-value M1 i alt'],
    ['77', 'M1 i alt: ١٣٤', 'not-a-value M1 i alt'],
    ['78', 'M1 i alt: 1234567890123456', 'not-a-value M1 i alt'],
    ['79', 'M1 i alt: 12 34 56 78', 'not-a-value M1 i alt'],
  ])('MAIL %s: %s is asked', (_, line, expected) => {
    expect(asked(line)).toEqual([expected])
  })
})

describe('where it stands in the mail', () => {
  test('MAIL 45: values typed inside > lines', () => {
    const filled = request
      .replace('M1 i alt: ____ personer', 'M1 i alt: 1.134 personer')
      .replace('M2: ____ uger', 'M2: 24,5 uger')
    for (const body of [marked(filled), outlookQuote(filled)]) {
      const reading = read(`Se nedenfor\n\n${body}`)
      expect(values(reading)).toEqual({ 'M1 i alt': '1134', M2: '24.5' })
      expect(reading.doubts).toEqual([])
      expect(answer(reading, 'M2')?.at).toMatchObject({ part: 'text', segment: 'quoted' })
      expect(reading.freeText).toBe('Se nedenfor')
    }
  })

  test('MAIL 49: answered at the bottom', () => {
    expect(one(`${marked(request)}\n\nM1 i alt: 134\nM1 heraf: 61\n`)).toEqual({
      'M1 i alt': '134',
      'M1 heraf': '61',
    })
  })

  test('MAIL 52: the same field twice, equal, is one', () => {
    expect(one('M2: 24,5\nM2: 24,5 uger')).toEqual({ M2: '24.5' })
  })

  test('MAIL 53: only the top-most value counts, an older own mail quoted below is no second value', () => {
    const earlier = 'M1 heraf: 16\nM2: 30 uger'
    const header =
      'Fra: Mette Prøve <mette.proeve@svendborg-kommune.example>\nSendt: 20. februar 2015 10:00\nTil: Ministeriet\nEmne: SV: indberetning\n'
    const reading = read(
      `M1 heraf: 61\n\n${outlookQuote('Tak. Vi mangler én ting.')}\n\n${header}\n${earlier}\n\n${outlookQuote(request)}`,
      {
        sent: [request, 'Tak. Vi mangler én ting.'],
        received: [earlier],
      },
    )
    expect(values(reading)).toEqual({ 'M1 heraf': '61' })
    expect(reading.doubts).toEqual([])
  })

  test('MAIL 53: also without knowing the older mail, when it stands beneath a letter of ours', () => {
    const older = marked(
      `Tak. Vi mangler én ting og er i tvivl om ét tal:\n\n${marked('M1 heraf: 16\nM2: 30 uger')}`,
    )
    const reading = read(`M1 heraf: 61\n\n${older}`, {
      sent: [request, 'Tak. Vi mangler én ting og er i tvivl om ét tal:'],
    })
    expect(values(reading)).toEqual({ 'M1 heraf': '61' })
  })

  test("a colleague's mail sent on by the contact is read", () => {
    const header =
      'Fra: Jonas Prøve <jonas.proeve@svendborg-kommune.example>\nSendt: 20. februar 2015 10:00\nTil: Mette Prøve\nEmne: VS: indberetning\n'
    expect(one(`Se nedenfor fra jobcentret.\n\n${header}\nM2: 24,5`)).toEqual({ M2: '24.5' })
  })

  const receipt =
    'Mål 1: 16 af 134 personer = 11,9 pct.\nMål 2: 24,5 uger (mål højst 26; sidste år 27)\nFormidling: kommer i Erfaringsbasen inden sommerferien. Vi spørger\n       igen i august.'

  test('MAIL 54, 138: a receipt quoted unchanged is no answer, also wrapped otherwise', () => {
    for (const body of [
      marked(receipt),
      receipt,
      receipt.replaceAll('\n', ' '),
      marked(receipt.replace('(mål', '\n(mål')),
    ])
      expect(read(body, { sent: [request, receipt] }).answers).toEqual([])
  })

  test('MAIL 138: a changed line of a quoted receipt is a correction', () => {
    const changed = receipt.replace('24,5 uger', '25 uger')
    expect(values(read(marked(changed), { sent: [request, receipt] }))).toEqual({ M2: '25' })
  })

  test('MAIL 55: a correction names only its field, free text is shown to a person', () => {
    expect(one('H1 udgift: 560.000')).toEqual({ 'H1 udgift': '560000' })
    const free = read('Udgiften skal være 560.000')
    expect(free.answers).toEqual([])
    expect(free.freeText).toBe('Udgiften skal være 560.000')
  })

  test('MAIL 130: Færdig: ja is read beside what is there', () => {
    expect(one('M2: 24,5\nFærdig: ja')).toEqual({ M2: '24.5', Færdig: 'ja' })
  })

  test('MAIL 116: older words and English twins', () => {
    expect(one('M1 tæller: 61\nM1 nævner: 134')).toEqual({ 'M1 heraf': '61', 'M1 i alt': '134' })
    expect(
      one('M1 total: 134\nM1 of which: 61\nH1 cost: 400.000\nDissemination: Erfaringsbasen, juni 2015'),
    ).toEqual({
      'M1 i alt': '134',
      'M1 heraf': '61',
      'H1 udgift': '400000',
      Formidling: 'Erfaringsbasen, juni 2015',
    })
  })
})

describe('confirmations and wishes', () => {
  test.each([
    'OK',
    'Ok.',
    'ok!\n\nMvh\nMette',
    'OK, tallene er rigtige',
    'Bekræftet',
    'Confirmed',
    'OK\n\nM1 heraf: 62',
  ])('MAIL 124: "%s" confirms', (text) => {
    expect(read(`${text}\n\n${marked('Tak. Jonas Prøve har sendt tal.')}`).confirms).toBe(true)
  })
  test.each(['OK, men et tal er forkert', 'OK?', 'OK, jeg vender tilbage i næste uge'])(
    'MAIL 124: "%s" is asked',
    (text) => {
      const reading = read(text)
      expect(reading.confirms).toBe(false)
      expect(doubts(reading)).toEqual(['ok-but'])
    },
  )
  test.each(['Mvh\nOK Prøve', '> OK', 'Ikke OK', 'Okkulte tal'])('MAIL 124: "%s" is nothing', (text) => {
    const reading = read(text)
    expect(reading.confirms).toBe(false)
    expect(reading.doubts).toEqual([])
  })

  test('MAIL 140: renegotiation; co-reporters and contacts are wishes', () => {
    expect(read('Medindberetter: jonas.proeve@svendborg-kommune.example').wishes).toEqual([
      expect.objectContaining({ wish: 'co-reporters', emails: ['jonas.proeve@svendborg-kommune.example'] }),
    ])
    expect(read('Kontakt: Jonas Prøve, konsulent, jonas.proeve@svendborg-kommune.example').wishes).toEqual([
      expect.objectContaining({ wish: 'new-contact', role: 'contact' }),
    ])
    expect(read('Genforhandling: ja').wishes).toEqual([
      expect.objectContaining({ wish: 'renegotiation', assumptionKeys: [] }),
    ])
    expect(read('Genforhandling: nej').wishes).toEqual([])
  })

  test('MAIL 121: a sentence that needs no more time is no wish', () => {
    expect(read('Vi har ikke brug for udsættelse.').wishes).toEqual([])
  })

  test('MAIL 136: a CPR number sets the mail aside unread', () => {
    const reading = read('M2: 24,5\nBorgeren 010190-1234 er ikke talt med.')
    expect(reading).toMatchObject({ citizenData: true, answers: [], freeText: '' })
  })

  test('MAIL 109: their case number from the subject or the key', () => {
    expect(read('Jeres sagsnr.: 15/2207').theirCaseNumber).toBe('15/2207')
    expect(read('Vores sagsnr.: 15/2207').theirCaseNumber).toBe('15/2207')
  })
})

describe('what receipts teach people to write', () => {
  test.each([
    ['Mål 1, heraf: 62', { 'M1 heraf': '62' }],
    ['Aktivitet 1, udgift: 560.000 kr.', { 'H1 udgift': '560000' }],
    ['Bemærkning til mål 1: nyt fagsystem', { 'M1 bemærkning': 'nyt fagsystem' }],
    ['Mål 1: 62 af 134 personer = 46,3 pct.', { 'M1 i alt': '134', 'M1 heraf': '62' }],
    ['Mål 3: ja (14. november 2014)', { M3: 'ja 2014-11-14' }],
  ])('%s', (line, expected) => {
    expect(one(line)).toEqual(expected)
  })

  test('a wrapped reason is kept to the end of its paragraph', () => {
    const reading = read(
      'H1 udgift: ikke opgjort, fordi regnskabet for netværket først lukker\nden 1. april 2015 og skal revideres.\n\nM2: 24,5',
    )
    expect(answer(reading, 'H1 udgift')?.text).toBe(
      'regnskabet for netværket først lukker den 1. april 2015 og skal revideres.',
    )
    expect(values(reading)).toEqual({ 'H1 udgift': 'ikke opgjort', M2: '24.5' })
    expect(reading.freeText).toBe('')
  })

  test('MAIL 124: a greeting may stand before OK', () => {
    expect(read('Hej Sofie\n\nOK\n\nMvh\nMette').confirms).toBe(true)
    expect(read('Hej Sofie\n\nOK, men M2 er forkert').confirms).toBe(false)
  })

  test.each([
    'til d. 13.3.',
    'til den 13/3',
    'til fredag den 13. marts',
    'til 13-03-2015',
    'until 13 March 2015',
  ])('MAIL 121: more time %s', (when) => {
    expect(read(`Kan vi få udsættelse ${when}?`, { receivedOn: '2015-02-26' }).wishes).toEqual([
      expect.objectContaining({ wish: 'extension', until: '2015-03-13' }),
    ])
  })
})

test('MAIL 46: an answer below the blank that happens to stand in our letter is an answer', () => {
  const body = marked(request)
    .replace('> M1 heraf: ____ personer', '> M1 heraf: ____ personer\n53')
    .replace('> M2: ____ uger', '> M2: ____ uger\n26 uger')
    .replace('> FS2: ____ personer', '> FS2: ____ personer\n\n60 personer')
  expect(values(read(body))).toEqual({ 'M1 heraf': '53', M2: '26', FS2: '60' })
})
