import { describe, expect, test } from 'vitest'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { recogniseLetter } from '../../../infra/local/players/recognise-letter.ts'
import { allLetters } from '../../fixtures/letters/all-letters.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'

const tail = '(sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]'

/** What is told by the subject alone, and subjects and words that the letters below do not have. */
const known: readonly (readonly [string, string, string])[] = [
  ['request', 'Partnerskabsaftale: indberetning for 2014, frist 2. marts 2015', ''],
  ['courtesy-notice', 'Resultatkontrakt: indberetning for 2014, frist om to uger, 2. marts 2015', ''],
  ['to-deputy', 'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 (til stedfortræder)', ''],
  ['reminder-1', 'Resultatkontrakt: påmindelse om indberetning for 2014, ny frist 17. marts 2015', ''],
  ['reminder-2', 'Resultatkontrakt: sidste påmindelse, indberetning for 2014, frist 25. marts 2015', ''],
  ['collection-closed', 'Resultatkontrakt: bedømmelsen af 2014 foretages nu', ''],
  [
    'receipt',
    'SV: Resultatkontrakt: et spørgsmål om jeres tal for 2014',
    'Tak, vi har alt, hvad vi skal bruge.',
  ],
  [
    'receipt',
    'SV: Resultatkontrakt: indberetning for 2014, frist 2. marts 2015',
    'Tak. Vi mangler én ting og er i tvivl om ét tal:',
  ],
  [
    'receipt',
    'SV: Svar på jeres henvendelse - vores sagsnr. 15/2207',
    'Vi har allerede modtaget denne mail.',
  ],
  [
    'extension-granted',
    'SV: Resultatkontrakt: indberetning for 2014',
    'I får udsættelse. Den nye frist er fredag',
  ],
  [
    'extension-refused',
    'SV: Resultatkontrakt: indberetning for 2014',
    'Ministeriet kan ikke give udsættelse til den 1. maj',
  ],
  ['hearing', 'UDKAST til bedømmelse: resultatkontrakt, resultater for 2014, frist 24. marts 2015', ''],
  ['hearing', 'DRAFT assessment: performance contract, results for 2014, comments by 24 March 2015', ''],
  ['hearing-comment', 'Resultatkontrakt: en anden parts bemærkning i høringen om resultaterne for 2014', ''],
  [
    'hearing-receipt',
    'SV: UDKAST til bedømmelse: resultatkontrakt',
    'Ministeriet har modtaget, at kommunen ingen bemærkninger har. Høringen er afsluttet.',
  ],
  ['contact-changed', 'Resultatkontrakt: ny kontakt (sagsnr. 2015-0479)', ''],
  ['intended-decision', 'Resultatkontrakt: påtænkt afgørelse om bortfald af tilsagn for 2015, frist', ''],
  ['decision-on-money', 'Resultatkontrakt: afgørelse om tilsagn for 2015 (sagsnr. 2015-0479)', ''],
  ['mail-erased', 'Resultatkontrakt: en mail fra jer er slettet (sagsnr. 2015-0479)', ''],
  ['correction-sheet', 'Resultatkontrakt: rettelsesblad nr. 1 til den samlede afrapportering for 2014', ''],
  ['proposal', 'Resultatkontrakt: forslag til tillæg nr. 1, svar senest 1. juni 2015', ''],
  ['proposal-reminder', 'Resultatkontrakt: påmindelse om forslag til tillæg nr. 1', ''],
  [
    'no-authority',
    'SV: Resultatkontrakt: forslag til tillæg nr. 1',
    'Tak. Tillægget træder i kraft, når kommunaldirektør Inger Prøvedal tiltræder det',
  ],
  [
    'party-declined',
    'SV: Resultatkontrakt: forslag til tillæg nr. 1',
    'Ministeriet har modtaget, at kommunen ikke tiltræder forslaget.',
  ],
  [
    'party-accepted',
    'SV: Resultatkontrakt: forslag til tillæg nr. 1',
    'Ministeriet har modtaget, at Svendborg Kommune tiltræder tillægget.',
  ],
  ['rider', 'Resultatkontrakt: tillæg nr. 1 er tiltrådt af alle parter', ''],
  ['fact-check', 'Samlet afrapportering for 2014: faktatjek af jeres sider, frist 24. august 2015', ''],
  ['first-time-next-year', 'Partnerskab 2015: I indberetter første gang for 2015', ''],
  ['neutral-notice', 'Resultatkontrakt: en mail med jeres adresse som afsender', ''],
  ['other', 'SV: UDKAST til bedømmelse: resultatkontrakt', 'Noget helt andet.'],
  ['other', 'Sommerhilsen', 'God sommer'],
]

describe('a reader of the ministry’s letters', () => {
  test.each(known)('takes for %s: %s', (kind, subject, text) => {
    expect(recogniseLetter(`${subject} ${tail}`, text)).toBe(kind)
  })

  test('is not led astray by what a program puts before the subject', () => {
    expect(
      recogniseLetter(
        `SV: SV: Re: Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 ${tail}`,
        'Tak. Vi mangler to ting:',
      ),
    ).toBe('receipt')
  })
})

describe('every letter the product writes', () => {
  // A reader need not tell these apart: nothing in them is to be answered.
  const alike = new Set(['final-return', 'closed-notice'])

  test.each(
    (['da', 'en'] as const).flatMap((language) =>
      allLetters(language)
        .filter(({ kind }) => !alike.has(kind))
        .map((body, nth) => ({ name: `${body.kind} (${nth}, ${language})`, body })),
    ),
  )('is taken for what it is: $name', ({ body }) => {
    const { subject, text } = renderLetter(body, { ...sampleFrame, controlNumber: '3f9a0c12b7e4' })
    expect(recogniseLetter(subject, text)).toBe(body.kind)
  })
})
