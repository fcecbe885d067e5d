import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { request } from '../../../functions/mail/request.ts'
import { toText } from '../../../functions/mail/block.ts'
import { sampleFrame } from '../../fixtures/letters/sample-frame.ts'
import { sampleRequest } from '../../fixtures/letters/sample-request.ts'

const fixture = readFileSync(new URL('../../fixtures/letters/request-svendborg.txt', import.meta.url), 'utf8')

test('the request to Svendborg is the one in the specification, word for word and line for line', () => {
  expect(toText(request(sampleRequest()).blocks)).toBe(fixture)
})

test('the request stands in the frame of every mail', () => {
  const letter = renderLetter(request(sampleRequest()), { ...sampleFrame, theirCaseNumber: '15/2207' })
  expect(letter.subject).toBe(
    'Resultatkontrakt: indberetning for 2014, frist 2. marts 2015 (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
  )
  expect(letter.text.slice(0, letter.text.indexOf('Efter pkt.'))).toBe(
    `15. januar 2015

Til Svendborg Kommune, att. udviklingskonsulent Mette Prøve

Indberetning af resultater for 2014

`,
  )
  expect(letter.text.slice(letter.text.indexOf('\nSpørgsmål:') + 1)).toBe(
    `Spørgsmål: Sofie Eksempel, fuldmægtig, telefon 00 00 00 00, eller svar
på denne mail.

Svaret læses maskinelt og kontrolleres af en medarbejder.
Kontaktpersoners navn og e-mail behandles efter ministeriets
privatlivspolitik.

Med venlig hilsen

Anders Prøvesen, kontorchef
Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold
Sagsnr. 2015-0479 (bedes oplyst ved henvendelse), jeres sagsnr. 15/2207
`,
  )
  expect(letter.ccRoles).toEqual(['main-mailbox'])
  expect(letter.autoSubmitted).toBe('auto-generated')
  expect(letter.attachments.workbook?.fileName).toBe('indberetning-2014-svendborg.xlsx')
})

test('in English the request prints the twin keys and English words', () => {
  const letter = renderLetter(request(sampleRequest('en')), sampleFrame)
  expect(letter.subject).toBe(
    'Performance contract: results for 2014, due 2 March 2015 (case no. 2015-0479) [#7QX4M2P9T3VW8HND]',
  )
  expect(letter.text).toContain('\n\nM1 total: ____ persons\n\nM1 of which: ____ persons\n')
  expect(letter.text).toContain(
    `Under clause 6 of the performance contract of 12 November 2012, results
are presented and assessed once a year. The ministry therefore asks for
the municipality's results for 2014 by Monday 2 March 2015.
`,
  )
})
