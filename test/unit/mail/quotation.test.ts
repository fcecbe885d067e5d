import { describe, expect, test } from 'vitest'
import { readReply } from '../../../functions/intake/read-reply.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { allLetters } from '../../fixtures/letters/all-letters.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'
import { agreementKeys, form, message } from '../intake/mail.ts'

const rendered = (['da', 'en'] as const).flatMap((language) =>
  allLetters(language).map((body) => ({
    name: `${body.kind}, ${language}`,
    letter: renderLetter(body, { ...sampleFrame, theirCaseNumber: '15/2207' }),
  })),
)

const read = (text: string, subject: string, sent: readonly string[]) =>
  readReply({
    message: message({ from: [], subject, messageId: null, text }),
    form,
    sent,
    year: 2014,
    receivedOn: '2015-02-24',
    agreementKeys,
  })

describe.each(rendered)('$name, quoted unchanged', ({ letter }) => {
  test.each([
    ['with quote marks', (text: string) => `Tak\n\n${text.replace(/^/gm, '> ')}`],
    [
      'below a header block',
      (text: string) => `Tak\n\nFra: Ministeriet\nSendt: 24. februar 2015\nEmne: x\n\n${text}`,
    ],
    ['with its lines joined', (text: string) => text.replace(/([^\n]{40,})\n(?=[^\n])/g, '$1 ')],
  ])('gives no figure and no doubt %s', (_how, quote) => {
    const reading = read(quote(letter.text), `SV: ${letter.subject}`, [letter.text])
    expect(reading.answers).toEqual([])
    expect(reading.doubts).toEqual([])
    expect(reading.theirCaseNumber).toBeNull()
  })
})

describe.each(rendered.filter(({ letter }) => !letter.subject.startsWith('SV:')))(
  '$name, read by a program that does not know it',
  ({ letter }) => {
    test('has no explanation that looks like an answer', () => {
      expect(read(letter.text, letter.subject, []).answers).toEqual([])
    })
  },
)
