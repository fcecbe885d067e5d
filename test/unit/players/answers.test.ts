import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askedFigures, fillBlanks, inEnglish, keysAsked } from '../../../infra/local/players/answer-keys.ts'
import { answerTime } from '../../../infra/local/players/answer-time.ts'
import { composeAnswer } from '../../../infra/local/players/compose-answer.ts'
import type { SeenLetter } from '../../../infra/local/players/read-letter.ts'
import { answerSchema, mailPrograms } from '../../../infra/local/players/script.ts'

const form = [
  'M1 i alt: ____ personer',
  '',
  'M1 heraf: ____ personer',
  '',
  'M2: ____ uger',
  '',
  'M3: ____',
  '',
  'H1 udgift: ____ kr.',
].join('\n')
const figures = {
  'M1 i alt': '134',
  'M1 heraf': '61',
  M2: '24,5',
  M3: 'ja, 14. november 2014',
  'H1 udgift': '400000',
  Formidling: 'i juni',
}
const letter: SeenLetter = {
  kind: 'request',
  subject:
    'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
  text: `Til Svendborg Kommune\n\n${form}\n\nSlut på indberetningen\n`,
  messageId: '<a@eu-west-1.amazonses.com>',
  references: [],
  senderName: 'Ministeriet',
  answerTo: 'svar+k479-2014-7qx4m2p9t3vw8hnd@svar.ministeriet.example',
  to: ['mette.proeve@svendborg-kommune.example'],
  datedMs: Date.parse('2015-01-15T08:00:00Z'),
  caseNumber: '2015-0479',
  workbook: null,
}
const writer = {
  name: 'Mette Prøve',
  title: 'udviklingskonsulent',
  email: 'mette.proeve@svendborg-kommune.example',
  municipality: '479',
  figures,
}
const compose = (over: object) =>
  composeAnswer(
    answerSchema.parse({
      after: { minutes: 5 },
      program: 'outlook',
      saying: { say: 'figures', where: 'top' },
      ...over,
    }),
    letter,
    writer,
    Date.parse('2015-02-24T13:07:00Z'),
  )

describe('the figures of an answer', () => {
  test('are those that the letter prints a blank for', () => {
    expect(askedFigures(form, figures).map(({ key }) => key)).toEqual([
      'M1 i alt',
      'M1 heraf',
      'M2',
      'M3',
      'H1 udgift',
    ])
    expect(askedFigures('M2: ____ uger', figures)).toEqual([{ key: 'M2', figure: '24,5', danish: 'M2' }])
  })

  test('are all when the letter prints none of the form and points to the workbook', () => {
    expect(askedFigures('Der er mange tal i år. Brug regnearket.', figures)).toHaveLength(6)
  })

  test('stand under the English keys of an English letter', () => {
    expect(
      askedFigures('M1 total: ____ persons\n\nM1 of which: ____ persons', figures).map(({ key }) => key),
    ).toEqual(['M1 total', 'M1 of which'])
    expect(inEnglish('H1 udgift')).toBe('H1 cost')
  })

  test('go into the blanks of a quotation without touching another line', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zæøå .,]{0,40}$/)), (prose) => {
        const before = [...prose, '> M2: ____ uger', ...prose].join('\n')
        expect(fillBlanks(before, new Map([['M2', '24,5']]))).toBe(
          [...prose, '> M2: 24,5 uger', ...prose].join('\n'),
        )
      }),
    )
    expect(keysAsked('> > M1 i alt: ____ personer')).toEqual(['M1 i alt'])
  })
})

describe('an answer in a mail program’s shape', () => {
  test.each(mailPrograms.filter((program) => program !== 'records'))(
    '%s keeps figures, the letter and the thread',
    async (program) => {
      const { mail } = await compose({ program })
      expect(mail.text).toContain('M1 i alt: 134')
      expect(mail.text).toContain('M2: 24,5')
      expect(mail.text.replaceAll('> ', '')).toContain('Slut på indberetningen')
      expect(mail.subject).toContain('[#7QX4M2P9T3VW8HND]')
      expect(mail.inReplyTo).toBe(letter.messageId)
    },
  )

  test('inside the quotation leaves nothing above it but a word', async () => {
    const { mail } = await compose({ program: 'thunderbird', saying: { say: 'figures', where: 'quote' } })
    expect(mail.text).toContain('> M1 heraf: 61 personer')
    expect(mail.text).toContain('> M3: ja, 14. november 2014')
    expect(mail.text.split('\n').filter((line) => line.startsWith('M'))).toEqual([
      'Med venlig hilsen',
      'Mette Prøve',
    ])
  })

  test('from a records system is a new mail with their case number', async () => {
    const { mail } = await compose({ program: 'records' })
    expect(mail.subject).toMatch(/^Svar på jeres henvendelse - vores sagsnr\. 15\/2479/)
    expect(mail.inReplyTo).toBeNull()
  })

  test('mixes up what the script swaps, leaves out what it leaves out, and says what it says instead', async () => {
    const swapped = await compose({
      saying: { say: 'figures', where: 'top', swapped: ['M1 i alt', 'M1 heraf'] },
    })
    expect(swapped.mail.text).toContain('M1 i alt: 61')
    const partial = await compose({
      program: 'gmail',
      saying: { say: 'figures', where: 'top', without: ['M2'], instead: { M3: 'nej' } },
    })
    expect(partial.mail.text).not.toMatch(/^M2:/m)
    expect(partial.mail.text).toContain('M3: nej')
  })
})

describe('the time of an answer', () => {
  const letterMs = Date.parse('2015-01-15T08:00:00Z')

  test('is the same for the same letter and person, and never before the letter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.string(),
        (from, more, who) => {
          const after = { workingDays: { from, to: from + more } }
          const at = answerTime(after, letterMs, who)
          expect(at).toBe(answerTime(after, letterMs, who))
          expect(at).toBeGreaterThan(letterMs)
        },
      ),
    )
  })

  test('counts working days past Easter, and takes a date as it stands', () => {
    expect(
      new Date(
        answerTime({ workingDays: 2, at: '10:00' }, Date.parse('2015-04-01T07:00:00Z'), 'x'),
      ).toISOString(),
    ).toBe('2015-04-08T08:00:00.000Z')
    expect(new Date(answerTime({ on: '2015-02-24', at: '14:07' }, letterMs, 'x')).toISOString()).toBe(
      '2015-02-24T13:07:00.000Z',
    )
  })
})
