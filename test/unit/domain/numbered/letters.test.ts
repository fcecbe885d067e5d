import { describe, expect, test } from 'vitest'
import { openCommits, chainStart, sealCommit } from '../../../../functions/adapters/commit-body.ts'
import { formerMinistry, ministryOn } from '../../../../functions/domain/directory/ministry.ts'
import { normaliseToken, tokenMessage } from '../../../../functions/domain/base/token.ts'
import { recordLetter } from '../../../../functions/domain/casefile/letters.ts'
import { contactIdSchema } from '../../../../functions/domain/base/values.ts'
import { caseSigns, contradiction } from '../../../../functions/intake/belonging.ts'
import { renderLetter } from '../../../../functions/mail/render-letter.ts'
import { allLetters } from '../../../fixtures/letters/all-letters.ts'
import { sampleFrame } from '../../../fixtures/letters/sample-frame.ts'
import { message } from '../../intake/mail.ts'
import { number, on, requested, ReviewWorld } from '../../review/review-world.ts'

const request = { kind: 'request', party: '479', seq: 1, about: '' } as const
const letter = (datedOn: string, again = false) => ({
  letterKey: 'a'.repeat(64),
  order: request,
  recipients: [contactIdSchema.parse('contact-479')],
  datedOn,
  dueOn: '2015-03-02',
  rawSha256: 'a'.repeat(64),
  messageId: '<a@mail.example>',
  again,
  to: ['contact@kommune.example'],
  subject: 'x',
  text: 'x',
})
const opened = () => new ReviewWorld().prepare().until(on('2015-01-15', '09:00')).open()

describe('numbered edge cases: letters', () => {
  test('Edge case 24: renamed mid-cycle: the new name, and the contract with "det daværende" ministry', () => {
    expect(ministryOn('2015-06-27').name).toBe(
      'Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold',
    )
    expect(ministryOn('2015-06-28').name).toBe('Udlændinge-, Integrations- og Boligministeriet')
    expect(formerMinistry('2010-11-12', '2015-01-15')).toBe(
      'Ministerium for Flygtninge, Indvandrere og Integration',
    )
    expect(formerMinistry('2014-11-12', '2015-01-15')).toBeNull()
  })

  test('Edge case 28: the same letter asked for twice stands once on the record', () => {
    const world = opened().commit(recordLetter(opened().state, letter('2015-01-15')))
    expect(recordLetter(world.state, letter('2015-01-15'))).toEqual({ ok: true, events: [] })
    expect(recordLetter(world.state, letter('2015-01-16', true))).toEqual({ ok: true, events: [] })
    expect(world.letters()).toEqual(['request@2015-01-15'])
  })

  test('Edge case 37: one municipality, two agreements: the tokens differ, and a reply that names both is told apart', () => {
    const subject = { stream: 'REVIEW', agreement: 'a-rk', year: 2014, municipality: '479' }
    expect(tokenMessage(subject, 1)).not.toBe(tokenMessage({ ...subject, agreement: 'b-pa' }, 1))
    expect(normaliseToken('7QX4 M2P9 T3VW 8HND')).not.toBe(normaliseToken('7QX4 M2P9 T3VW 8HNE'))
    const signs = caseSigns(message({ text: 'M2: 24,5', subject: 'SV: aftale (sagsnr. 2015-0480)' }))
    const named = { year: 2014, caseNumber: '2015-0479', otherCaseNumbers: ['2015-0480'] }
    expect(contradiction(signs, named)).toEqual({ kind: 'other-case', caseNumber: '2015-0480' })
  })

  test('Edge case 49: riders and letters bear the ministry’s name of their own date, whatever their effective date', () => {
    const name = (letterOn: string) =>
      renderLetter(allLetters('da')[0]!, { ...sampleFrame, letterOn, ministry: ministryOn(letterOn).name })
        .text
    expect(name('2015-06-27')).toContain('Ministeriet for Børn, Ligestilling, Integration')
    expect(name('2015-06-28')).toContain('Udlændinge-, Integrations- og Boligministeriet')
    expect(ministryOn('2015-09-01').name).toBe('Udlændinge-, Integrations- og Boligministeriet')
  })
})

describe('numbered invariants: letters and the record', () => {
  test('Invariant I3: what is sent and what comes in is on the record once, dated its own day', () => {
    const world = requested().pass(on('2015-03-20', '10:00'))
    const values = { M2: number('24.5') }
    world.mail({ key: 'svar', body: 'samme', values }).mail({ key: 'igen', body: 'samme', values })
    const sent = world.events.filter(({ event }) => event.type === 'LetterSent')
    expect(sent).toHaveLength(4)
    expect(
      new Set(sent.map(({ event }) => JSON.stringify('order' in event ? event.order : ''))),
    ).toHaveProperty('size', 4)
    for (const { at, event } of sent) expect(at).toBe(on('datedOn' in event ? event.datedOn : '', '09:00'))
    const received = world.events.filter(({ event }) => event.type === 'MailReceived')
    expect(received.map(({ event }) => ('mailKey' in event ? event.mailKey : ''))).toEqual(['svar', 'igen'])
    expect(world.state.mails.map((one) => one.standing)).toEqual(['counts', 'repeated'])
  })

  test('Invariant I4: no Danish letter has a date or a number in another than Danish form', () => {
    for (const body of allLetters('da')) {
      const { text } = renderLetter(body, sampleFrame)
      const own = text.replaceAll(/\S+@\S+|\bsvar\.\S+|www\.\S+/g, '')
      expect(own, body.kind).not.toMatch(/\b\d{4}-\d{2}-\d{2}\b/)
      expect(own, body.kind).not.toMatch(/\b0\d\. (januar|februar|marts|april|maj|juni|juli|august)/)
      expect(own, body.kind).not.toMatch(/\b\d{1,2}\/\d{1,2}[ -/]\d{2,4}\b.*senest/)
      expect(own, body.kind).not.toMatch(/\d+\.\d{1,2}(?!\d)\s*(pct|procentpoint|uger|kr)/)
      expect(own, body.kind).not.toMatch(/\d,\d{3}\b|\d\s?%/)
    }
  })

  test('Invariant I10: a repetition never sends a second letter: the order is known, whatever day it is', () => {
    const world = requested().pass(on('2015-03-20', '10:00'))
    for (const { order } of world.state.letters)
      expect(recordLetter(world.state, { ...letter('2015-03-21', true), order })).toEqual({
        ok: true,
        events: [],
      })
  })

  test('Invariant I21: erased content leaves hash, time and person, and the chain still verifies', () => {
    const text = 'cpr 010101-xxxx'
    const first = sealCommit({
      seq: 1,
      at: '2015-01-15T08:00:00.000Z',
      actor: { by: 'contact', contactId: 'c1', municipality: '479' },
      commandId: 'mail-1',
      prev: chainStart,
      events: [{ type: 'Told', v: 1, private: text }],
    })
    const second = sealCommit({
      seq: 2,
      at: '2015-01-16T08:00:00.000Z',
      actor: { by: 'system', name: 'next' },
      commandId: 'next',
      prev: first.hash,
      events: [{ type: 'Told', v: 1 }],
    })
    const stored = [first, second].map(({ body, hash }) => ({ body, hash }))
    const kept = openCommits('REVIEW', stored, new Map([[first.part!.id, first.part!]]))
    const erased = openCommits('REVIEW', stored, new Map())
    expect(kept[0]?.events[0]?.private).toBe(text)
    expect(erased[0]?.events[0]?.private).toBeUndefined()
    expect(erased.map((one) => [one.meta, one.hash])).toEqual(kept.map((one) => [one.meta, one.hash]))
    expect(first.body).not.toContain(text)
  })
})
