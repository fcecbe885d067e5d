import { describe, expect, test } from 'vitest'
import { answer, doubts, fixture, marked, outlookQuote, read, request, values } from './mail.ts'

describe('LETTERS 6.2: reply 1, Outlook, on top, keys from memory', () => {
  const reading = read(`${fixture('reply-1.txt')}${outlookQuote(request)}`)

  test('gives exactly its table', () => {
    expect(values(reading)).toEqual({
      'M1 i alt': '134',
      'M1 heraf': '61',
      M2: '24.5',
      M3: 'ja 2014-11-14',
      FS2: '83',
      'H1 udgift': '400000',
      Formidling: 'kommer i Erfaringsbasen inden sommerferien',
      'M1 bemærkning':
        'Vi fik mange nye i efteråret, som endnu er på sprogkursus.\nI oktober alene kom der 22.\n\nSer vi kun på dem med mere end et års ophold, er andelen over 60 pct.',
      Genforhandling: 'ja',
    })
    expect(reading.doubts).toEqual([])
  })

  test('keeps notes, what was written and where it stood', () => {
    expect(answer(reading, 'M3')?.text).toBe('seks virksomheder')
    expect(answer(reading, 'FS2')?.text).toBe('altså væsentligt flere end forudsat')
    expect(answer(reading, 'H1 udgift')?.written).toBe('0,4 mio. kr.')
    expect(answer(reading, 'M1 i alt')?.at).toEqual({ part: 'text', line: 5, segment: 'new' })
    expect(reading.answers.map(({ at }) => (at.part === 'text' ? at.line : 0)).sort((a, b) => a - b)).toEqual(
      [5, 6, 7, 8, 9, 10, 11, 13, 18],
    )
    expect(reading.wishes).toEqual([{ wish: 'renegotiation', assumptionKeys: ['FS2'], written: 'FS2' }])
    expect(reading.freeText).toBe('Her er vores tal.')
    expect(reading.confirms).toBe(false)
  })
})

describe('LETTERS 6.3: reply 2, a colleague inside the quotation', () => {
  const reading = read(fixture('reply-2.txt'), { receivedOn: '2015-02-26' })

  test('gives exactly its table', () => {
    expect(values(reading)).toEqual({ M2: '24.5', 'H1 udgift': 'ikke opgjort' })
    expect(answer(reading, 'H1 udgift')?.text).toBe('regnskabet lukker først 1/4')
    expect(doubts(reading).toSorted()).toEqual(['date-missing-met M3', 'not-a-value FS2', 'share-only M1'])
    expect(reading.doubts.find(({ kind }) => kind === 'share-only')?.details).toEqual({ percent: '45.5' })
    expect(reading.doubts.find(({ kind }) => kind === 'not-a-value')?.written).toBe('ved Mette')
  })

  test('takes the wish for more time from the free text, weekday agreeing', () => {
    expect(reading.wishes).toEqual([
      {
        wish: 'extension',
        until: '2015-03-13',
        written: expect.stringContaining('udsættelse til fredag d. 13/3?'),
        byKey: false,
      },
    ])
  })

  test('MAIL 121: a weekday that disagrees is asked, the wish stands without a date', () => {
    const other = read('Kan vi få udsættelse til torsdag d. 13/3?', { receivedOn: '2015-02-26' })
    expect(other.wishes).toEqual([expect.objectContaining({ wish: 'extension', until: null, byKey: false })])
    expect(doubts(other)).toEqual(['weekday-differs Udsættelse til'])
    expect(read('Vi får brug for et par uger mere.').wishes).toEqual([
      expect.objectContaining({ wish: 'extension', until: null }),
    ])
  })
})

describe('LETTERS 6.4: reply 3, the records system', () => {
  test('MAIL 109: the footer is no key, the case number in the subject is theirs', () => {
    const reading = read(fixture('reply-3.txt'), {})
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toEqual([])
  })
})

describe('the request quoted unchanged', () => {
  test.each([
    ['with marks', marked(request)],
    ['as Outlook does', outlookQuote(request)],
    ['without any sign of quotation', request],
    ['wrapped at 60', marked(wrap(request, 60))],
    ['joined into paragraphs', outlookQuote(request.replace(/([^\n])\n(?=[^\n])/gu, '$1 '))],
  ])('MAIL 51: gives nothing (%s)', (_, body) => {
    const reading = read(body)
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toEqual([])
    expect(reading.wishes).toEqual([])
    expect(reading.freeText).toBe('')
  })
})

function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => line.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'gu'), '$1\n').trimEnd())
    .join('\n')
}
