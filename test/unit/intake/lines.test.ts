import { describe, expect, test } from 'vitest'
import { doubts, marked, outlookQuote, read, request, values } from './mail.ts'

/** One line, one answer or one doubt. */
const one = (line: string): Record<string, string> => values(read(line))
const asked = (line: string): readonly string[] => doubts(read(line))

describe('LETTERS 3.3.1-3.3.3: keys and separators (MAIL 110, 116)', () => {
  test.each([
    '- M1 i alt: 134',
    '• M1 i alt: 134',
    '*M1 i alt:* 134',
    'M1 i alt\t134',
    'M1 i alt = 134 personer',
    'M1 i alt - 134',
    'M1 i alt – 134',
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

  test('a key in a signature counts only with a whole value of the type', () => {
    expect(one('Mvh\nMette\nFS2: 83')).toEqual({ FS2: '83' })
    expect(one('Mvh\nMette\n\nBemærkninger: se bilaget')).toEqual({ Bemærkninger: 'se bilaget' })
    expect(asked('Mvh\nMette\nFS2: kontor 3, 2. sal')).toEqual(['outside-form FS2'])
    expect(read('Mvh\nMette\nKontakt: 12 34 56 78').wishes).toEqual([])
  })
})

describe('LETTERS 3.3.4: joined and wrapped lines', () => {
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
  })
})

describe('where it stands in the mail', () => {
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

  test("MAIL 281: a colleague's mail sent on by the contact is asked about, with our form in it it is read", () => {
    const header =
      'Fra: Jonas Prøve <jonas.proeve@svendborg-kommune.example>\nSendt: 20. februar 2015 10:00\nTil: Mette Prøve\nEmne: VS: indberetning\n'
    const sentOn = read(`Se nedenfor fra jobcentret.\n\n${header}\nM2: 24,5`)
    expect(values(sentOn)).toEqual({})
    expect(sentOn.doubts).toMatchObject([{ kind: 'quoted', key: 'M2', written: '24,5' }])
    const form = request.replace('M2: ____', 'M2: 24,5')
    expect(one(`Se nedenfor fra jobcentret.\n\n${header}\n${form}`)).toEqual({ M2: '24.5' })
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

  test('MAIL 130: Færdig: ja is read beside what is there', () => {
    expect(one('M2: 24,5\nFærdig: ja')).toEqual({ M2: '24.5', Færdig: 'ja' })
  })
})

test('MAIL 46: an answer below the blank that happens to stand in our letter is an answer', () => {
  const body = marked(request)
    .replace('> M1 heraf: ____ personer', '> M1 heraf: ____ personer\n53')
    .replace('> M2: ____ uger', '> M2: ____ uger\n26 uger')
    .replace('> FS2: ____ personer', '> FS2: ____ personer\n\n60 personer')
  expect(values(read(body))).toEqual({ 'M1 heraf': '53', M2: '26', FS2: '60' })
})
