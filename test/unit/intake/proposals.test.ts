import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReplyRead } from '../../../functions/intake/read-reply.ts'
import { readReply } from '../../../functions/intake/read-reply.ts'
import { agreementKeys, anySigns, form, marked, message, request } from './mail.ts'

const readFree = (text: string): ReplyRead =>
  readReply({
    message: message({ text }),
    form,
    sent: [request],
    year: 2014,
    receivedOn: '2015-02-24',
    agreementKeys,
  })
const proposed = (text: string): readonly string[] =>
  readFree(text).proposals.map(({ key, value }) => `${key} ${value.value}`)

describe('figures in free text are proposed, each with its sentence', () => {
  test.each([
    ['Udgiften skal være 560.000', ['H1 udgift 560000']],
    ['Udgiften til netværket blev 0,4 mio. kr.', ['H1 udgift 400000']],
    ['Ventetiden er nu nede på 24,5 uger.', ['M2 24.5']],
    ['Der kom 83 nyankomne i løbet af året.', ['FS2 83']],
    ['Vi har 61 ud af 134 i job eller tilbud.', ['M1 heraf 61', 'M1 i alt 134']],
    ['61 af de 134 er i job.', ['M1 heraf 61', 'M1 i alt 134']],
    ['The first offer takes 24.5 weeks.', ['M2 24.5']],
    ['Vi brugte kr. 400.000 på aktivitet 1 i 2014.', ['H1 udgift 400000']],
  ])('MAIL 55: %s', (text, expected) => {
    const reading = readFree(`Kære Sofie\n\n${text}\n\nMvh Mette`)
    expect(reading.answers).toEqual([])
    expect(reading.proposals.map(({ key, value }) => `${key} ${value.value}`)).toEqual(expected)
    expect(reading.proposals.every(({ sentence }) => sentence === text)).toBe(true)
    expect(reading.proposals[0]?.at).toEqual({ part: 'text', line: 3, segment: 'new' })
  })

  test('LETTERS 3.3.14: one proposal a figure, over wrapped lines and several sentences; nothing counts', () => {
    const reading = readFree(
      'Hej Sofie\n\nHer kommer tallene. Vi havde 134 i målgruppen, og ventetiden\nvar 24,5 uger. Udgiften løb op i 400.000 kr.\n\nVi ringer torsdag.\n\nMvh\nMette',
    )
    expect(reading.answers).toEqual([])
    expect(reading.proposals.map(({ key, written, sentence }) => [key, written, sentence])).toEqual([
      [
        expect.stringMatching(/^(?:M1 i alt|FS2)$/u),
        '134',
        'Vi havde 134 i målgruppen, og ventetiden var 24,5 uger.',
      ],
      ['M2', '24,5 uger', 'Vi havde 134 i målgruppen, og ventetiden var 24,5 uger.'],
      ['H1 udgift', '400.000 kr.', 'Udgiften løb op i 400.000 kr.'],
    ])
    expect(reading.proposals[0]?.others.length).toBeGreaterThan(0)
  })

  test.each([
    'Vi vender tilbage den 13. marts 2015 kl. 10.',
    'Ring på 62 23 30 00 eller se sagsnr. 15/2207.',
    'Efter integrationslovens § 6, stk. 2, og pkt. 7 i kontrakten.',
    'Vi er 12 i afdelingen.',
    'Hvad menes der med mål 1?',
    'Andelen er 45,5 pct.',
    'Kontoret ligger Ramsherred 5, 5700 Svendborg.',
    'I 2013 var det anderledes.',
    'Tak for jeres mail.',
  ])('no figure: %s', (text) => {
    expect(proposed(text)).toEqual([])
  })

  test('nothing is proposed from the quotation, nor what stands under a key already', () => {
    expect(proposed(`Tak for mailen.\n\n${marked(request)}`)).toEqual([])
    expect(proposed('M2: 24,5\n\nDet blev altså 24,5 uger.')).toEqual([])
  })

  test('MAIL 253: beside figures under keys the others are proposed, and asked back', () => {
    const text = 'M2: 24,5\n\nUdgiften var 560.000 kr.'
    expect(proposed(text)).toEqual(['H1 udgift 560000'])
    expect(readFree(text).doubts).toMatchObject([
      { kind: 'unread-words', written: 'Udgiften var 560.000 kr.' },
    ])
  })

  test('any text at all gives bounded proposals whose sentence holds the figure', () => {
    const word = fc.constantFrom(
      'udgiften',
      'uger',
      '134',
      '24,5',
      'kr.',
      '61 af 134',
      '.',
      '\n',
      'Vi',
      'har',
      '(',
      '1.000.000',
      'M1',
      '§ 3',
      '12-12-12',
      '12 34 56 78',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          anySigns(300),
          fc.array(word, { maxLength: 60 }).map((words) => words.join(' ')),
        ),
        (text) => {
          const { proposals } = readFree(text)
          expect(proposals.length).toBeLessThanOrEqual(20)
          expect(
            proposals.every(({ sentence, written }) => sentence.length <= 300 && written.length <= 80),
          ).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
