import { expect, test } from 'vitest'
import { collectionClosed } from '../../../functions/mail/reminder.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { request } from '../../../functions/mail/request.ts'
import { riderText } from '../../../functions/mail/rider.ts'
import { sampleFacts, sampleFrame } from '../../fixtures/letters/sample-frame.ts'
import { sampleRequest } from '../../fixtures/letters/sample-request.ts'

const partnership = { ...sampleFacts(), kind: 'partnerskabsaftale' } as const

test('a partnership agreement is called by its own words, and its own clause is cited', () => {
  const data = sampleRequest()
  const clauses = { presentation: 'pkt. 9', renegotiation: 'pkt. 10' }
  const body = request({
    ...data,
    facts: { ...partnership, clauses },
    form: { ...data.form, kind: 'partnerskabsaftale' },
  })
  const letter = renderLetter(body, { ...sampleFrame, agreementKind: 'partnerskabsaftale' })
  expect(letter.subject).toMatch(/^Partnerskabsaftale: indberetning for 2014/)
  expect(letter.text).toContain('Efter pkt. 9 i partnerskabsaftalen af 12. november 2012')
  expect(letter.text).toContain('Indberetning for 2014, partnerskabsaftale – udfyldes nedenfor')
  expect(letter.text).toContain('Forudsat i aftalen: 60 personer.')
  expect(letter.text).toContain('Aftalens reference er 53')
  expect(letter.text).not.toMatch(/kontrakt/i)
})

test('the agreements of 2015 begin with their own word', () => {
  const body = collectionClosed({ ...sampleFacts(), kind: 'partnerskab-2015' }, false)
  expect(renderLetter(body, { ...sampleFrame, agreementKind: 'partnerskab-2015' }).subject).toMatch(
    /^Partnerskab 2015: bedømmelsen af 2014 foretages nu/,
  )
})

test('a rider to a partnership agreement says "Aftalens" and reserves later years’ money', () => {
  expect(
    riderText({
      facts: { ...partnership, contractingMinistry: 'Social- og Integrationsministerium' },
      riderNumber: 2,
      ministry: 'Udlændinge-, Integrations- og Boligministeriet',
      parties: ['Brønderslev Kommune', 'Læsø Kommune'],
      clauses: [{ target: 'M1', wording: '...' }],
      otherClauses: [],
      effectiveFrom: '2015-07-01',
      reservedYears: [2016, 2017],
    }),
  ).toEqual([
    'Tillæg nr. 2 til partnerskabsaftale af 12. november 2012, indgået med det daværende Social- og Integrationsministerium, mellem Udlændinge-, Integrations- og Boligministeriet, Brønderslev Kommune og Læsø Kommune',
    '§ 1. Mål 1 affattes således: »...«.',
    '§ 2. Tilsagn for 2016 og 2017 gives med forbehold for den nødvendige bevilling på finansloven.',
    '§ 3. Tillægget har virkning fra den 1. juli 2015.',
    '§ 4. Aftalens øvrige bestemmelser er uændrede.',
  ])
})
