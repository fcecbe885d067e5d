import { describe, expect, test } from 'vitest'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { recogniseLetter } from '../../../infra/local/players/recognise-letter.ts'
import { allLetters } from '../../fixtures/letters/all-letters.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'

const tail = '(sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]'

/** Subjects and first words of LETTERS 4 and 5. */
const known: readonly (readonly [string, string, string])[] = [
  [
    'contact-confirmation',
    'Resultatkontrakt: er I fortsat kontakt? Svar senest 15. december 2014',
    'Den 15. januar 2015 beder ministeriet',
  ],
  [
    'request',
    'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015',
    'Indberetning af resultater for 2014',
  ],
  ['request', 'Partnerskabsaftale: indberetning for 2014, frist 2. marts 2015', ''],
  ['request', 'Performance contract: results for 2014, due 2 March 2015', 'Under clause 6'],
  ['courtesy-notice', 'Resultatkontrakt: indberetning for 2014, frist om to uger, 2. marts 2015', ''],
  ['to-deputy', 'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 (til stedfortræder)', ''],
  [
    'later-figure',
    'Resultatkontrakt: ét tal mere for 2014, frist 1. juni 2015',
    'I januar skrev vi, at tallet til mål 4',
  ],
  [
    'observed-value',
    'Resultatkontrakt: forudsætning 1 er opgjort',
    'Kommunekvoten for 2015 er fastsat til 160 personer (27. marts 2015, kilde: KL).',
  ],
  ['reminder-1', 'Resultatkontrakt: påmindelse om indberetning for 2014, ny frist 17. marts 2015', ''],
  [
    'reminder-1',
    'Resultatkontrakt: vi mangler to tal for 2014, frist 17. marts 2015',
    'Tak for jeres indberetning.',
  ],
  ['reminder-2', 'Resultatkontrakt: sidste påmindelse, indberetning for 2014, frist 25. marts 2015', ''],
  ['collection-closed', 'Resultatkontrakt: bedømmelsen af 2014 foretages nu', ''],
  [
    'held-mail-notice',
    'Resultatkontrakt: er denne mail fra jer? Svar OK',
    'Ministeriet har den 27. februar 2015',
  ],
  [
    'question',
    'SV: Resultatkontrakt: et spørgsmål om jeres tal for 2014',
    'Tak for indberetningen. Før ministeriet',
  ],
  [
    'receipt',
    'SV: Resultatkontrakt: indberetning for 2014, frist 2. marts 2015',
    'Tak, vi har alt, hvad vi skal bruge.',
  ],
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
    'receipt',
    'SV: Performance contract: results for 2014, due 2 March 2015',
    'Thank you, we have everything we need.',
  ],
  [
    'extension-received',
    'SV: Resultatkontrakt: indberetning for 2014, frist 2. marts 2015',
    'Anmodningen er modtaget; I hører fra os senest',
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
  [
    'fact-check-answer',
    'SV: Samlet afrapportering for 2014: faktatjek af jeres sider, frist 24. august 2015',
    'Tak for jeres svar af 14. august 2015 på faktatjekket. Jeres sider er rettet.',
  ],
  ['contact-changed', 'Resultatkontrakt: ny kontakt (sagsnr. 2015-0479)', ''],
  ['intended-decision', 'Resultatkontrakt: påtænkt afgørelse om bortfald af tilsagn for 2015, frist', ''],
  ['decision-on-money', 'Resultatkontrakt: afgørelse om tilsagn for 2015 (sagsnr. 2015-0479)', ''],
  ['mail-erased', 'Resultatkontrakt: en mail fra jer er slettet (sagsnr. 2015-0479)', ''],
  ['correction-sheet', 'Resultatkontrakt: rettelsesblad nr. 1 til den samlede afrapportering for 2014', ''],
  [
    'final-assessment',
    'Resultatkontrakt: bedømmelse af resultaterne for 2014',
    'Det er ministeriets samlede vurdering',
  ],
  [
    'renegotiation-opened',
    'Resultatkontrakt: genforhandling af mål 1',
    'Ministeriet kan konstatere, at forudsætning 1',
  ],
  [
    'renegotiation-declined',
    'Resultatkontrakt: ikke grundlag for genforhandling',
    'Ministeriet finder ikke, at de anførte forhold udgør en sådan ændring',
  ],
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
  [
    'proposal-lapsed',
    'Resultatkontrakt: forslag til tillæg nr. 1 er bortfaldet',
    'Fristen den 1. juni 2015 er udløbet',
  ],
  [
    'withdrawal',
    'Resultatkontrakt: ønsket om genforhandling er trukket tilbage',
    'Kommunen har trukket sit ønske om genforhandling tilbage.',
  ],
  ['fact-check', 'Samlet afrapportering for 2014: faktatjek af jeres sider, frist 24. august 2015', ''],
  ['dissemination', 'Resultatkontrakt: formidling af erfaringer fra 2014', 'I skrev den 24. februar 2015'],
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
