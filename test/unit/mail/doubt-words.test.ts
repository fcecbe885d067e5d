import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubtKinds } from '../../../functions/domain/casefile/reading.ts'
import type { Doubt, DoubtKind } from '../../../functions/domain/casefile/reading.ts'
import type { Language } from '../../../functions/domain/base/values.ts'
import { doubtWords } from '../../../functions/mail/doubt-words.ts'
import { sampleForm } from '../../fixtures/letters/sample-frame.ts'

const ask = (
  kind: DoubtKind,
  key: string,
  written: string,
  details: Doubt['details'] = {},
  language: Language = 'da',
): string =>
  doubtWords(
    { kind, key, written, details, at: null },
    { fields: sampleForm().fields, resultsYear: 2014, municipality: '479', language },
  )

// LETTERS 3.4, line by line.
const table: readonly (readonly [DoubtKind, string, string, Doubt['details'], string, string])[] = [
  [
    'more-unread',
    '',
    '',
    { count: '2990' },
    'Mailen har 2.990 linjer mere, som vi ikke har læst som svar. Skriv kun linjerne med de nøgler, vi har spurgt om.',
    'The mail has 2,990 more lines that we have not read as answers. Please write only the lines with the keys we asked for.',
  ],
  [
    'swapped',
    'M1',
    '61',
    { total: '34', ofWhich: '61' },
    'M1 heraf (61) er større end M1 i alt (34). Er tallene byttet om?',
    'M1 of which (61) is larger than M1 total (34). Have the two been swapped?',
  ],
  [
    'share-only',
    'M1',
    '45,5 pct.',
    { percent: '45.5' },
    'M1: Vi har brug for de to tal bag de 45,5 pct. Sidste år skrev I 126 i alt, heraf 53.',
    'M1: We need the two numbers behind the 45.5 per cent. Last year you wrote 126 in total, of which 53.',
  ],
  [
    'hedged',
    'M1 i alt',
    'ca. 130',
    {},
    'M1 i alt: I har skrevet »ca. 130«. Hvad er det præcise tal? Skriv »ikke opgjort«, hvis det ikke findes.',
    'M1 total: You wrote "ca. 130". What is the exact number? Write "not available" if there is none.',
  ],
  [
    'two-values',
    'M1 heraf',
    '61-64',
    { first: '61', second: '64' },
    'M1 heraf: Vi har læst både 61 og 64. Hvilket tal gælder?',
    'M1 of which: We read both 61 and 64. Which one is right?',
  ],
  [
    'not-whole',
    'M1 i alt',
    '1,234',
    { suggestion: '1234' },
    'M1 i alt: I har skrevet »1,234«. Mener I 1.234 personer?',
    'M1 total: You wrote "1,234". Do you mean 1,234 persons?',
  ],
  [
    'none-or-zero',
    'M1 heraf',
    'ingen',
    {},
    'M1 heraf: I har skrevet »ingen«. Er tallet 0, eller er det ikke opgjort?',
    'M1 of which: You wrote "ingen". Is the number 0, or is it not available?',
  ],
  [
    'not-a-value',
    'FS2',
    'ved Mette',
    {},
    'FS2 mangler endnu (I skrev: »ved Mette«).',
    'FS2 is still missing (you wrote: "ved Mette").',
  ],
  [
    'other-unit',
    'M2',
    '170 dage',
    { value: '170', wrote: 'dage', asked: 'uger' },
    'M2: I har skrevet 170 dage. Vi skal bruge uger. Hvor mange uger er det?',
    'M2: You wrote 170 dage. We need weeks. How many weeks is that?',
  ],
  [
    'amount-size',
    'H1 udgift',
    '0,4',
    { suggestion: '400000', size: 'mio. kr.' },
    'H1 udgift: I har skrevet 0,4 kr. Mener I 0,4 mio. kr. (400.000 kr.)?',
    'H1 cost: You wrote DKK 0.4. Do you mean DKK 0.4 million (400,000)?',
  ],
  [
    'negative',
    'M1 heraf',
    '-12',
    { value: '-12' },
    'M1 heraf kan ikke være negativt (I skrev: -12). Hvad er tallet?',
    'M1 of which cannot be negative (you wrote: -12). What is the number?',
  ],
  [
    'date-missing-met',
    'M3',
    'ja',
    {},
    'M3: I har svaret ja. På hvilken dato blev det opfyldt?',
    'M3: You answered yes. On which date was it met?',
  ],
  [
    'date-missing-not-met',
    'M3',
    'nej',
    {},
    'M3: I har svaret nej. Hvornår venter I, at det er opfyldt?',
    'M3: You answered no. When do you expect it to be met?',
  ],
  [
    'short-year',
    'M3',
    '14/11-14',
    { suggestion: '2014-11-14' },
    'M3: Er »14/11-14« den 14. november 2014?',
    'M3: Is "14/11-14" 14 November 2014?',
  ],
  [
    'weekday-differs',
    'Udsættelse til',
    'torsdag den 13/3',
    { date: '2015-03-13' },
    'Den 13. marts 2015 er en fredag. Hvilken dato mener I?',
    '13 March 2015 is a Friday. Which date do you mean?',
  ],
  [
    'near-key',
    'M1 i alt',
    'M1 ialtt',
    { value: '134' },
    'Vi kender ikke »M1 ialtt«. Mener I »M1 i alt«?',
    'We do not know "M1 ialtt". Do you mean "M1 total"?',
  ],
  [
    'outside-form',
    'FS2',
    'FS2: 83',
    {},
    'Nederst i mailen står »FS2: 83«. Er det et svar på FS2?',
    'At the bottom of the mail it says "FS2: 83". Is that an answer to FS2?',
  ],
  [
    'body-sheet',
    'M1 heraf',
    '62',
    { first: '61', second: '62' },
    'M1 heraf: I mailen står 61, i regnearket 62. Hvilket tal gælder?',
    'M1 of which: The mail says 61, the workbook 62. Which one is right?',
  ],
  [
    'cell-formula',
    'M1 i alt',
    '',
    { cell: 'F4' },
    'Celle F4 i regnearket indeholder en formel uden gemt værdi. Skriv tallet, eller åbn og gem regnearket igen.',
    'Cell F4 holds a formula without a saved value. Write the number, or open and save the workbook again.',
  ],
  [
    'last-year-sheet',
    '',
    'indberetning-2013.xlsx',
    { year: '2013' },
    'Regnearket er for 2013. Vi har ikke læst det. Brug regnearket for 2014.',
    'The workbook is for 2013. We have not read it. Please use the one for 2014.',
  ],
  [
    'unreadable-sign',
    'M2',
    'M2: 2�4',
    {},
    'Vi kan ikke læse tegnene i »M2: 2�4«. Skriv linjen igen.',
    'We cannot read the characters in "M2: 2�4". Please write the line again.',
  ],
]

test.each(table)('%s is asked in the words of the specification', (kind, key, written, details, da, en) => {
  expect(ask(kind, key, written, details)).toBe(da)
  expect(ask(kind, key, written, details, 'en')).toBe(en)
})

test('every doubt has words in both languages, whatever details it carries', () => {
  const keys = sampleForm().fields.map((field) => field.key)
  fc.assert(
    fc.property(
      fc.constantFrom(...doubtKinds),
      fc.constantFrom('', 'M1', ...keys),
      fc.string(),
      fc.dictionary(
        fc.constantFrom('first', 'second', 'suggestion', 'percent', 'date', 'cell', 'year', 'total'),
        fc.string(),
      ),
      fc.constantFrom<Language>('da', 'en'),
      (kind, key, written, details, language) => {
        const words = ask(kind, key, written, details, language)
        expect(words).not.toMatch(/undefined|\[object/)
        expect(words.length).toBeGreaterThan(10)
        expect(words.split('\n')).toHaveLength(1)
      },
    ),
  )
})

test('what they wrote is repeated short and without a link', () => {
  expect(ask('hedged', 'M2', `ca. https://ondt.example/${'x'.repeat(300)}`)).toBe(
    'M2: I har skrevet »ca. …«. Hvad er det præcise tal? Skriv »ikke opgjort«, hvis det ikke findes.',
  )
})

test('a workbook that could not be read is named with the reason', () => {
  expect(ask('unreadable-attachment', '', 'tal.xlsx', { refusal: 'encrypted' })).toBe(
    'Vi kan ikke læse den vedhæftede fil »tal.xlsx«. Den er beskyttet med adgangskode. Brug det regneark, vi sendte, eller skriv tallene i mailen.',
  )
  expect(ask('unreadable-attachment', '', 'tal.xlsx', { refusal: 'doctype' }, 'en')).toBe(
    'We cannot read the attached file "tal.xlsx". Please use the workbook we sent, or write the figures in the mail.',
  )
})
