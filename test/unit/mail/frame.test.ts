import { expect, test } from 'vitest'
import { collectionClosed } from '../../../functions/mail/reminder.ts'
import { finalAssessment } from '../../../functions/mail/final-assessment.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { receipt } from '../../../functions/mail/receipt.ts'
import { sampleTargets } from '../../fixtures/letters/hearing-letters.ts'
import { sampleFacts, sampleFrame } from '../../fixtures/letters/sample-frame.ts'
import { sampleReceipt } from '../../fixtures/letters/sample-receipt.ts'

const body = collectionClosed(sampleFacts(), false)
const newName = 'Udlændinge-, Integrations- og Boligministeriet'
const renamed = {
  on: '2015-06-28',
  newName,
  contractingName: 'Social- og Integrationsministerium',
  newDomain: 'svar.nytministerium.example',
}

test('the first letter after the ministry’s new name explains it, in the specification’s words', () => {
  const letter = renderLetter(body, { ...sampleFrame, letterOn: '2015-06-29', ministry: newName, renamed })
  expect(letter.text).toContain(`29. juni 2015

Til Svendborg Kommune, att. udviklingskonsulent Mette Prøve

Ministeriet hedder fra den 28. juni 2015 Udlændinge-, Integrations- og
Boligministeriet. Resultatkontrakten blev indgået med det daværende
Social- og Integrationsministerium. Den nye afsenderadresse er
svar.nytministerium.example; svar til den gamle adresse når fortsat
frem.
`)
  expect(letter.text).toContain(`\nAnders Prøvesen, kontorchef\n${newName}\n`)
})

test('a letter before that day has the old name and explains nothing', () => {
  const { text } = renderLetter(body, sampleFrame)
  expect(text).toContain('Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold')
  expect(text).not.toContain('hedder')
})

test('a hearing or assessment names the contracting ministry at the contract’s first mention', () => {
  const letter = finalAssessment({
    facts: {
      ...sampleFacts(),
      contractingMinistry: 'Ministerium for Flygtninge, Indvandrere og Integration',
    },
    targets: sampleTargets,
    overall: { overall: null, coverage: '40' },
    hearing: { is: 'no-comments-received' },
    measuredOn: '2014-12-31',
    reservation: false,
    replaces: null,
    complaint: '',
    documents: [],
  })
  const { text } = renderLetter(letter, sampleFrame)
  expect(text.replace(/\s+/g, ' ')).toContain(
    'efter resultatkontrakten af 12. november 2012, indgået med det daværende Ministerium for Flygtninge, Indvandrere og Integration. Det er ministeriets samlede vurdering, at målopfyldelsen for 2014 ikke kan bedømmes (dækning 40 pct.).',
  )
  expect(text.replace(/\s+/g, ' ')).toContain('Der er ingen bemærkninger modtaget.')
  expect(text).not.toMatch(/accepter/)
})

test('a letter sent a day later carries that day', () => {
  const first = renderLetter(body, sampleFrame)
  const second = renderLetter(body, { ...sampleFrame, letterOn: '2015-01-16' })
  expect(first.text.startsWith('15. januar 2015\n')).toBe(true)
  expect(second.text).toBe(first.text.replace('15. januar 2015', '16. januar 2015'))
})

test('their case number is never at the margin, however long it is', () => {
  for (const theirCaseNumber of ['15/2207', '2015-123456-78-ABCDEFGHIJKLMN', 'x'.repeat(40)]) {
    const { text } = renderLetter(body, { ...sampleFrame, theirCaseNumber })
    expect(text).toContain(`, jeres sagsnr. ${theirCaseNumber}`)
    expect(text).not.toMatch(/^jeres sagsnr/m)
    expect(text.split('\n').every((line) => line.length <= 72)).toBe(true)
  }
})

test('a mailbox is addressed as its municipality', () => {
  expect(renderLetter(body, { ...sampleFrame, recipient: null }).text).toContain('\nTil Svendborg Kommune\n')
})

test('receipts are signed by the caseworker, letters by the head of office', () => {
  expect(renderLetter(receipt(sampleReceipt()), sampleFrame).text).toContain('\nSofie Eksempel, fuldmægtig\n')
  expect(renderLetter(body, sampleFrame).text).toContain('\nAnders Prøvesen, kontorchef\n')
})

test('a member’s letter hides a figure from which another member’s could be computed', () => {
  const hidden = sampleTargets.map((target) => ({ ...target, suppressed: true }))
  const { text, html } = renderLetter(
    finalAssessment({
      facts: sampleFacts(),
      targets: hidden,
      overall: { overall: '84', coverage: '100' },
      hearing: { is: 'answered-no-comments' },
      measuredOn: '2014-12-31',
      reservation: false,
      replaces: null,
      complaint: '',
      documents: [],
    }),
    sampleFrame,
  )
  expect(text).toContain('Mål 1. Tallet vises ikke af diskretionshensyn. Målet vurderes at være')
  for (const part of [text, html]) expect(part).not.toMatch(/61|134|45,5|24,5/)
})

test('weights that were computed anew are told after the targets, in hearing and assessment', () => {
  const notes = [
    { da: 'Vægtene er beregnet på ny efter de mål, der gælder for året: mål 1 med 100,0 pct.', en: 'x' },
  ]
  const letter = finalAssessment({
    facts: sampleFacts(),
    targets: sampleTargets,
    overall: { overall: null, coverage: '40', minimumCoveragePct: '60', notes },
    hearing: { is: 'no-comments-received' },
    measuredOn: '2014-12-31',
    reservation: false,
    replaces: null,
    complaint: '',
    documents: [],
  })
  const text = renderLetter(letter, sampleFrame).text.replaceAll(/\s+/g, ' ')
  expect(text).toContain(notes[0]?.da)
  expect(text.indexOf('Vægtene er beregnet')).toBeGreaterThan(text.indexOf('24,5 uger mod højst 26 uger'))
})
