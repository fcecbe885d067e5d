import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Doubt } from '../../../functions/domain/casefile/reading.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { toText } from '../../../functions/mail/block.ts'
import { receipt, type ReceiptOutcome } from '../../../functions/mail/receipt.ts'
import { sampleField, sampleFrame } from '../../fixtures/letters/sample-frame.ts'
import { answer, replyOne, sampleReceipt } from '../../fixtures/letters/sample-receipt.ts'
import { broughtKinds, type Brought } from '../../../functions/domain/review/slices/comments.ts'

const fixture = readFileSync(new URL('../../fixtures/letters/receipt-svendborg.txt', import.meta.url), 'utf8')

const doubt = (kind: Doubt['kind'], key: string, written: string, details: Doubt['details'] = {}): Doubt => ({
  kind,
  key,
  written,
  details,
  at: null,
})

const firstLineOf = (text: string): string => text.slice(0, text.indexOf('\n\n')).replaceAll('\n', ' ')

test('the receipt to reply 1 is the one in the specification, from its first line to its last', () => {
  expect(toText(receipt(sampleReceipt()).blocks)).toBe(fixture)
})

test('a receipt begins at once and ends with the closing lines and the control number', () => {
  const letter = renderLetter(receipt(sampleReceipt()), { ...sampleFrame, controlNumber: '3f9a0c12b7e4' })
  expect(letter.text.startsWith('Tak, vi har alt, hvad vi skal bruge. I skal ikke gøre mere.\n')).toBe(true)
  expect(
    letter.text.endsWith(`Sofie Eksempel, fuldmægtig
Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold
Sagsnr. 2015-0479 (bedes oplyst ved henvendelse)

Kontrolnr. 3f9a0c12b7e4
`),
  ).toBe(true)
  expect(letter.autoSubmitted).toBe('auto-replied')
  expect(letter.subject).toBe(
    'SV: Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
  )
})

test('a colleague’s incomplete reply asks the contact for OK, for two things and about two answers', () => {
  const letter = renderLetter(
    receipt({
      ...sampleReceipt(),
      outcome: { is: 'provisional', sender: 'Jonas Prøve', brought: 'figures' },
      context: { ...sampleReceipt().context, renegotiation: null },
      answers: [
        answer('M2', { is: 'number', value: '24.5' }, '24,5 uger'),
        answer('H1 udgift', { is: 'not-available' }, 'ikke opgjort', 'regnskabet lukker først 1/4'),
      ],
      missing: ['M1 i alt', 'M1 heraf', 'M3', 'FS2', 'Formidling'].map(sampleField),
      doubts: [
        doubt('share-only', 'M1', '45,5 %', { percent: '45.5' }),
        doubt('date-missing-met', 'M3', 'ja'),
        doubt('not-a-value', 'FS2', 'ved Mette'),
      ],
      extension: { until: '2015-03-13', answerBy: '2015-03-02' },
    }),
    sampleFrame,
  )
  expect(firstLineOf(letter.text)).toBe(
    'Tak. Jonas Prøve har sendt tal. Svar OK for at bekræfte dem. Vi mangler to ting og er i tvivl om to svar:',
  )
  expect(letter.text).toContain(`FS2 mangler endnu (I skrev: »ved Mette«).

FS2: ____ personer

Formidling mangler endnu.

Formidling: ____

M1: Vi har brug for de to tal bag de 45,5 pct. Sidste år skrev I 126 i
alt, heraf 53.

M1 i alt: ____ personer

M1 heraf: ____ personer

M3: I har svaret ja. På hvilken dato blev det opfyldt?

M3: ____

Anmodningen er modtaget; I hører fra os senest mandag den 2. marts 2015.
Der bliver ikke sendt påmindelser imens. I har bedt om udsættelse til
fredag den 13. marts 2015.
`)
  expect(letter.text).toContain('Aktivitet 1, udgift: ikke opgjort (årsag: regnskabet lukker først 1/4)\n')
})

test.each([
  [{ is: 'correction', answerBy: null }, 'Tak, rettelsen er modtaget. I skal ikke gøre mere.'],
  [
    { is: 'correction', answerBy: '2015-03-17' },
    'Tak. Rettelsen er modtaget og forelægges sagsbehandleren. I hører fra os senest tirsdag den 17. marts 2015.',
  ],
  [{ is: 'confirmed', brought: 'figures' }, 'Tak, tallene er bekræftet. I skal ikke gøre mere.'],
  [
    { is: 'typed-in', from: 'letter' },
    'Tak. Vi har tastet tallene fra jeres brev. Svar OK, hvis de er rigtige.',
  ],
  [
    { is: 'nothing-read' },
    'Tak. Vi fandt ingen tal i mailen. Skriv dem ud for nøglerne nedenfor, så læser vi dem.',
  ],
  [{ is: 'words' }, 'Tak. Jeres tekst er gemt og læses af en medarbejder.'],
  [{ is: 'duplicate' }, 'Vi har allerede modtaget denne mail. I skal ikke gøre mere.'],
] as const)('the first line for %o says where she stands', (outcome, line) => {
  expect(firstLineOf(renderLetter(receipt({ ...sampleReceipt(), outcome }), sampleFrame).text)).toBe(line)
})

test('a mail of words alone is kept and read by a person, and gets the form with what is missing', () => {
  const print = (language: 'da' | 'en') => {
    const data = sampleReceipt(language)
    const missing = [sampleField('M2'), sampleField('FS2')]
    return renderLetter(
      receipt({ ...data, outcome: { is: 'words' }, answers: [], corrections: [], doubts: [], missing }),
      sampleFrame,
    ).text
  }
  expect(firstLineOf(print('da'))).toBe(
    'Tak. Jeres tekst er gemt og læses af en medarbejder. Vi fandt ingen tal ud for nøglerne og mangler to ting:',
  )
  expect(print('da').match(/^(?:M\d|FS\d|H\d).*____.*$/gmu)).toEqual(['M2: ____ uger', 'FS2: ____ personer'])
  expect(firstLineOf(print('en'))).toBe(
    'Thank you. Your text is kept and read by a member of staff. We found no figures next to the keys, and two things are missing:',
  )
})

const sentences: Readonly<Record<Brought, readonly [string, string]>> = {
  figures: ['Jonas Prøve har sendt tal. Svar OK for at bekræfte dem.', 'Tak, tallene er bekræftet.'],
  'figures-and-comments': [
    'Jonas Prøve har sendt tal og bemærkninger til udkastet. Svar OK for at bekræfte dem.',
    'Tak, tallene og bemærkningerne er bekræftet.',
  ],
  comments: [
    'Jonas Prøve har sendt bemærkninger til udkastet. Svar OK for at bekræfte dem.',
    'Tak, bemærkningerne er bekræftet.',
  ],
  'no-comments': [
    'Jonas Prøve har svaret, at I ingen bemærkninger har til udkastet. Svar OK for at bekræfte det.',
    'Tak, det er bekræftet, at I ingen bemærkninger har.',
  ],
  'hearing-answer': [
    'Jonas Prøve har svaret på høringen. Svar OK for at bekræfte svaret.',
    'Tak, svaret på høringen er bekræftet.',
  ],
  words: ['Jonas Prøve har skrevet til os. Svar OK for at bekræfte mailen.', 'Tak, mailen er bekræftet.'],
}

test.each(broughtKinds)(
  'a colleague’s %s are named as what they are, and so is what an OK confirms',
  (brought) => {
    const line = (outcome: ReceiptOutcome, language: 'da' | 'en') =>
      firstLineOf(
        renderLetter(receipt({ ...sampleReceipt(language), outcome, missing: [], doubts: [] }), sampleFrame)
          .text,
      )
    const [sent, confirmed] = sentences[brought]
    expect(line({ is: 'provisional', sender: 'Jonas Prøve', brought }, 'da')).toBe(`Tak. ${sent}`)
    expect(line({ is: 'confirmed', brought }, 'da')).toBe(`${confirmed} I skal ikke gøre mere.`)
    expect(line({ is: 'provisional', sender: 'Jonas Prøve', brought }, 'en')).toMatch(
      /^Thank you\. Jonas Prøve .*Reply OK to confirm (?:them|it|the answer|the mail)\.$/u,
    )
    expect(line({ is: 'confirmed', brought }, 'en')).toMatch(
      /^Thank you, .* confirmed.*There is nothing more to do\.$/u,
    )
  },
)

test('a bare OK that confirms nothing prints no empty list, and what an OK confirms is shown', () => {
  const context = { ...sampleReceipt().context, renegotiation: null }
  const text = (outcome: ReceiptOutcome, answers = sampleReceipt().answers): string =>
    renderLetter(
      receipt({ ...sampleReceipt(), context, outcome, answers, corrections: [], missing: [], doubts: [] }),
      sampleFrame,
    ).text
  const bare = text({ is: 'taken-in' }, [])
  expect(bare).not.toContain('Sådan har vi læst')
  expect(bare).not.toContain('svar med nøglen')
  expect(bare).toMatch(/Modtaget .* fra\s+mette\.proeve@svendborg-kommune\.example\.\n/)
  const confirmed = text({ is: 'confirmed', brought: 'figures' })
  expect(confirmed.replaceAll(/\s+/g, ' ')).toContain('Sådan har vi læst jeres svar: Mål 1: 61 af 134')
})

test('a wish for renegotiation taken back is read back', () => {
  const taken = answer('Genforhandling', { is: 'yes-no', yes: false }, 'nej')
  const { context } = sampleReceipt()
  const text = toText(
    receipt({ ...sampleReceipt(), context: { ...context, renegotiation: null }, answers: [taken] }).blocks,
  )
  expect(text).toContain('Genforhandling: I ønsker ikke genforhandling.')
})

test.each([
  ['da', '2015-03-24', 'på grund af forudsætning 2. I får svar senest tirsdag den 24. marts 2015.'],
  ['da', null, 'på grund af forudsætning 2. I får særskilt svar.'],
  ['en', '2015-03-24', 'because of assumption 2. You get an answer by Tuesday 24 March 2015.'],
  ['en', null, 'because of assumption 2. You get a separate answer.'],
] as const)(
  'MAIL 212: a wish to renegotiate says when it is answered: %s, %s',
  (language, answerBy, expected) => {
    const { context, ...rest } = sampleReceipt(language)
    const renegotiation = { assumptions: ['FS2'], answerBy }
    const text = toText(receipt({ ...rest, context: { ...context, renegotiation } }).blocks)
    expect(text.replace(/\s+/g, ' ')).toContain(expected)
  },
)

test('one missing thing, two missing things and one doubtful figure are told in words', () => {
  const missing = (keys: readonly string[], doubts: readonly Doubt[] = []): string =>
    firstLineOf(toText(receipt({ ...sampleReceipt(), missing: keys.map(sampleField), doubts }).blocks))
  expect(missing(['M2'])).toBe('Tak. Vi mangler én ting:')
  expect(missing(['M2', 'FS2'])).toBe('Tak. Vi mangler to ting:')
  expect(missing([], [doubt('hedged', 'M1 i alt', 'ca. 130')])).toBe('Tak. Vi er i tvivl om ét tal:')
  expect(missing(['FS2'], [doubt('hedged', 'M1 i alt', 'ca. 130')])).toBe(
    'Tak. Vi mangler én ting og er i tvivl om ét tal:',
  )
})

test('a correction shows what it replaced', () => {
  const now = answer('M1 heraf', { is: 'number', value: '61' }, '61')
  const before = answer('M1 heraf', { is: 'number', value: '16' }, '16')
  const text = toText(
    receipt({
      ...sampleReceipt(),
      outcome: { is: 'correction', answerBy: null },
      answers: [now],
      corrections: [{ before, now }],
    }).blocks,
  )
  expect(text).toContain('\nMål 1, heraf: 61 (før: 16)\n')
})

test('a figure far from last year is shown and asks for nothing', () => {
  const text = toText(
    receipt({ ...sampleReceipt(), farFromLastYear: [{ key: 'M1 i alt', now: '134', before: '98' }] }).blocks,
  )
  expect(text).toContain('\nM1 i alt er 134 mod 98 sidste år. Er det rigtigt, skal I ikke gøre\nnoget.\n')
})

test('the reason for a missing figure is asked kindly and does not block', () => {
  const text = toText(
    receipt({ ...sampleReceipt(), answers: [answer('M2', { is: 'not-available' }, 'ikke opgjort')] }).blocks,
  )
  expect(text).toContain('M2: Tak. Skriv gerne årsagen til, at tallet ikke er opgjort.')
  expect(firstLineOf(text)).toBe('Tak, vi har alt, hvad vi skal bruge. I skal ikke gøre mere.')
})

test('in English the receipt has the English first line and last line', () => {
  const text = renderLetter(receipt(sampleReceipt('en')), sampleFrame).text
  expect(firstLineOf(text)).toBe('Thank you, we have everything we need. There is nothing more to do.')
  expect(text).toContain('Target 1: 61 of 134 persons = 45.5 per cent')
  expect(text.replaceAll('\n', ' ')).toContain(
    'If anything was read wrongly, reply with the line to be changed. You can correct until 2 March 2015. We assess only after that.',
  )
})

test('a stranger’s link or line break in a reply is not repeated', () => {
  const text = toText(
    receipt({
      ...sampleReceipt(),
      answers: replyOne.map((one) =>
        one.key === 'Formidling' ? { ...one, text: 'se https://ondt.example/x\r\nBcc: a' } : one,
      ),
    }).blocks,
  )
  expect(text).not.toContain('ondt.example')
  expect(text).toContain('Formidling: se … Bcc: a.')
})
