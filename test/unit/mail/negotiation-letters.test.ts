import { describe, expect, it } from 'vitest'
import type { Language } from '../../../functions/domain/base/values.ts'
import type { Doubt } from '../../../functions/domain/casefile/reading.ts'
import { proposalForm } from '../../../functions/domain/form/form.ts'
import { type LetterBody } from '../../../functions/mail/letter.ts'
import { negotiationsEnded } from '../../../functions/mail/proposal-outcome.ts'
import { answerAskedBack } from '../../../functions/mail/question.ts'
import { renderLetter } from '../../../functions/mail/render-letter.ts'
import { renegotiationTakenUp } from '../../../functions/mail/renegotiation.ts'
import { targetWording } from '../../../functions/mail/rider.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { sampleFacts, sampleFrame } from '../../fixtures/letters/sample-frame.ts'

const fields = proposalForm(svendborg.agreement, ['M1'])
const doubt: Doubt = {
  kind: 'two-values',
  key: 'Svar',
  written: 'tiltrædes',
  details: { first: 'tiltrædes', second: 'M1 ny målværdi: 44' },
  at: null,
}
const letters = (language: Language): readonly LetterBody[] => {
  const facts = sampleFacts(language)
  return [
    renegotiationTakenUp({ facts, on: 'wish', targets: ['M1', 'M3'], fromYear: 2015 }),
    renegotiationTakenUp({ facts, on: 'ministry', targets: ['M1'], fromYear: 2015 }),
    negotiationsEnded(facts, 'kvoten er sat ned igen.'),
    answerAskedBack({
      facts,
      theirSubject: 'SV: forslag',
      doubts: [doubt],
      context: { fields, resultsYear: 2014, municipality: '479', language },
      answerBy: '2015-04-27',
      fields,
    }),
  ]
}

describe.each(['da', 'en'] as const)('the letters of a negotiation in %s', (language) => {
  it.each(letters(language).map((body, index) => [index, renderLetter(body, sampleFrame)] as const))(
    'letter %i renders whole: no gap, no long line, no ruler, no link',
    (_, letter) => {
      expect(letter.text).not.toMatch(/undefined|null|NaN|\{|\}|https?:|^(?:-{3,}|_{3,}|={3,})$/m)
      for (const line of letter.text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(72)
      expect(letter.subject).toMatch(/2015-0479.*7QX4M2P9T3VW8HND/)
    },
  )
})

describe('the wording of a rider', () => {
  const [m1, m2, m3] = svendborg.agreement.targets

  it('names the bound by the direction, in every year', () => {
    if (m1 === undefined || m2 === undefined || m3 === undefined)
      throw new Error('the sample has three targets')
    expect(targetWording(m1)).toBe(
      'Andel i job eller virksomhedsrettet tilbud: mindst 44,0 pct. i 2013, mindst 50,0 pct. i 2014 og mindst 50,0 pct. i 2015',
    )
    expect(targetWording(m2)).toContain('højst 24 uger i 2015')
    expect(targetWording(m3)).toContain('senest 31. december 2014')
  })
})

describe('an answer asked back', () => {
  it('names both things that were said, and prints the proposal’s lines', () => {
    const text = renderLetter(letters('da')[3] ?? letters('da')[0]!, sampleFrame).text.replace(/\s+/g, ' ')
    expect(text).toContain('I har skrevet både »tiltrædes« og »M1 ny målværdi: 44«.')
    expect(text).toContain('Svar: ____')
  })
})
