import { describe, expect, test } from 'vitest'
import { agreementFields } from '../../../functions/domain/form/fields.ts'
import { hearingForm, proposalForm } from '../../../functions/domain/form/form.ts'
import { caseSigns, contradiction } from '../../../functions/intake/belonging.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { answer, doubts, form, marked, message, read, request, values } from './mail.ts'

const named = { year: 2014, caseNumber: '2015-0479', otherCaseNumbers: ['2015-0480'] }
const signs = (text: string, subject = ''): ReturnType<typeof contradiction> =>
  contradiction(caseSigns(message({ text, subject })), named)

describe('MAIL 128, 131: what contradicts the token', () => {
  test('the request quoted agrees with itself', () => {
    expect(signs(`M2: 24,5\n\n${marked(request)}`, 'SV: x (sagsnr. 2015-0479)')).toBeNull()
    expect(signs('M2: 24,5')).toBeNull()
  })
  test('MAIL 128: a form of another year inside', () => {
    const older = marked(request.replaceAll('Indberetning for 2014', 'Indberetning for 2013'))
    expect(signs(older)).toEqual({ kind: 'other-year', year: 2013 })
    expect(signs(`${older}\n${marked(request)}`)).toBeNull()
  })
  test("MAIL 131: another agreement's case number inside", () => {
    expect(signs(request.replaceAll('2015-0479', '2015-0480'))).toEqual({
      kind: 'other-case',
      caseNumber: '2015-0480',
    })
    expect(signs('M2: 24,5', 'SV: Partnerskabsaftale (sagsnr. 2015-0480)')).toEqual({
      kind: 'other-case',
      caseNumber: '2015-0480',
    })
    expect(signs('Vores sagsnr. er 15/2207')).toBeNull()
    expect(signs('Mvh\nSagsnr. 2015-2207')).toBeNull()
  })
})

describe('MAIL 132: replies in a hearing', () => {
  const hearing = [...form, ...hearingForm(svendborg.agreement, { year: 2014 })]
  test.each(['ingen bemærkninger', 'Ingen bemærkninger.', 'Vi har ingen bemærkninger', 'no comments'])(
    'Høringssvar: %s',
    (text) => {
      expect(values(read(`Høringssvar: ${text}`, { form: hearing }))).toEqual({
        Høringssvar: 'ingen bemærkninger',
      })
    },
  )
  test('comments are kept whole, and "ingen bemærkninger til mål 1" is not silence on the rest', () => {
    const reading = read('Høringssvar: Vi er ikke enige om mål 1.\n\nTallet var 62.\n\nMvh\nMette', {
      form: hearing,
    })
    expect(values(reading)).toEqual({ Høringssvar: 'bemærkninger' })
    expect(answer(reading, 'Høringssvar')?.text).toBe('Vi er ikke enige om mål 1.\n\nTallet var 62.')
    expect(
      values(read('Høringssvar: ingen bemærkninger til mål 1, men mål 2 er forkert', { form: hearing })),
    ).toEqual({ Høringssvar: 'bemærkninger' })
    expect(values(read('Høringssvar: ingen bemærkninger, men mål 2 er forkert', { form: hearing }))).toEqual({
      Høringssvar: 'bemærkninger',
    })
  })
})

describe('MAIL 133: answers to a proposal', () => {
  const proposal = proposalForm(svendborg.agreement, ['M1'])
  const answered = (text: string): Record<string, string> => values(read(text, { form: proposal }))
  test('accepted, declined, counter-proposal', () => {
    expect(answered('Svar: tiltrædes')).toEqual({ Svar: 'accepted' })
    expect(answered('Svar: Tiltrædes ikke\nBegrundelse: for dyrt')).toEqual({
      Svar: 'declined',
      Begrundelse: 'for dyrt',
    })
    expect(answered('Svar: ændringsforslag\nM1 ny målværdi: 44 pct.')).toEqual({
      Svar: 'counter-proposal',
      'M1 ny målværdi': '44',
    })
    expect(answered('Answer: accepted')).toEqual({ Svar: 'accepted' })
  })
  test.each(['ja', 'tiltrædes delvist', 'vi tiltræder nok', 'OK'])('Svar: %s is asked', (text) => {
    expect(doubts(read(`Svar: ${text}`, { form: proposal }))).toEqual(['not-a-value Svar'])
  })
  test('tiltrædes with a reservation is no plain acceptance', () => {
    expect(doubts(read('Svar: tiltrædes, men kun hvis mål 1 sænkes', { form: proposal }))).toEqual([
      'not-a-value Svar',
    ])
  })
})

describe('the fact check', () => {
  test('OK or corrections', () => {
    const factCheck = [agreementFields.factCheck]
    expect(values(read('Faktatjek: OK', { form: factCheck }))).toEqual({ Faktatjek: 'OK' })
    expect(values(read('Faktatjek: OK, men side 3 er forkert', { form: factCheck }))).toEqual({
      Faktatjek: 'rettelser',
    })
  })
})
