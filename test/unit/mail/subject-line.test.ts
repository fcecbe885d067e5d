import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerSubject, ownSubject } from '../../../functions/mail/frame.ts'

const tail = { caseNumber: '2015-0479', token: '7QX4M2P9T3VW8HND', caseWord: 'sagsnr.' } as const

test('a subject ends with case number and token', () => {
  expect(ownSubject('Resultatkontrakt: bedømmelse', tail)).toBe(
    'Resultatkontrakt: bedømmelse (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
  )
})

test.each([
  ['SV: SV: Re: VS: Hej', 'SV: Hej (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]'],
  ['Sv[2]: Hej (sagsnr. 2015-0479)', 'SV: Hej (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]'],
  ['Re: Hej [#7qx4m2p9t3vw8hnd]', 'SV: Hej [#7qx4m2p9t3vw8hnd] (sagsnr. 2015-0479)'],
  ['', 'SV: (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]'],
])('an answer to »%s« has one SV: and lacks neither number', (theirs, ours) => {
  expect(answerSubject(theirs, tail)).toBe(ours)
})

test('an answer from another case than their mail went to bears one token, its own', () => {
  expect(answerSubject('SV: Hej (sagsnr. 2015-0479) [#23456789ABCDEFGH]', tail)).toBe(
    'SV: Hej (sagsnr. 2015-0479) [#7QX4M2P9T3VW8HND]',
  )
  fc.assert(
    fc.property(fc.array(fc.constantFrom('[#23456789abcdefgh]', `[#${tail.token}]`, 'tal')), (parts) => {
      const subject = answerSubject(parts.join(' '), tail).toUpperCase()
      const tokens = subject.match(/\[#\w{16}\]/g) ?? []
      expect(new Set(tokens)).toEqual(new Set([`[#${tail.token}]`]))
    }),
  )
})

test('no subject of theirs can break a header, hide text or carry a link', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (theirs) => {
      const subject = answerSubject(theirs, tail)
      expect(subject).not.toMatch(/[\r\n\0\u202E]/)
      expect(subject).toContain('2015-0479')
      expect(subject.toUpperCase()).toContain('[#7QX4M2P9T3VW8HND]')
      expect(subject.length).toBeLessThanOrEqual(420)
    }),
  )
  expect(answerSubject('se https://ondt.example/x', tail)).not.toContain('ondt.example')
})
