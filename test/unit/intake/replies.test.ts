import { describe, expect, test } from 'vitest'
import { answer, fixture, marked, outlookQuote, read, request } from './mail.ts'

describe('LETTERS 6.2: reply 1, Outlook, on top, keys from memory', () => {
  const reading = read(`${fixture('reply-1.txt')}${outlookQuote(request)}`)

  test('keeps the notes as they were written, and where each answer stood', () => {
    expect(answer(reading, 'M1 bemærkning')?.text).toBe(
      'Vi fik mange nye i efteråret, som endnu er på sprogkursus.\nI oktober alene kom der 22.\n\nSer vi kun på dem med mere end et års ophold, er andelen over 60 pct.',
    )
    expect(answer(reading, 'M1 i alt')?.at).toEqual({ part: 'text', line: 5, segment: 'new' })
    expect(reading.answers.map(({ at }) => (at.part === 'text' ? at.line : 0)).sort((a, b) => a - b)).toEqual(
      [5, 6, 7, 8, 9, 10, 11, 13, 18],
    )
    expect(reading.freeText).toBe('Her er vores tal.')
    expect(reading.confirms).toBe(false)
  })
})

describe('LETTERS 6.3: reply 2, a colleague inside the quotation', () => {
  const reading = read(fixture('reply-2.txt'), { receivedOn: '2015-02-26' })

  test('says of its doubts what was written', () => {
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
