import { describe, expect, test } from 'vitest'
import { absentContacts, dueOnOf } from '../../../../functions/domain/review/collection.ts'
import { contactIdSchema } from '../../../../functions/domain/base/values.ts'
import { reachable } from '../../../../functions/domain/casefile/recipients.ts'
import { svendborg } from '../../../fixtures/agreements/svendborg.ts'
import { on, requested } from '../../review/review-world.ts'

describe('numbered edge cases: an absence note', () => {
  test('Edge case 56: an absence note over the due date sends the request on to the deputy, once; the date stands and no data changes', () => {
    const away = (until: string) =>
      ({ key: 'fravær', standing: 'automatic', reason: 'absence', absentUntil: until }) as const
    const world = requested().until(on('2015-01-15', '09:05')).mail(away('2015-03-02')).work()
    expect(world.letters()).toEqual(['request@2015-01-15', 'to-deputy@2015-01-15'])
    expect(absentContacts(world.state, '479')).toContain('contact-479')
    expect(dueOnOf(world.state, '479')).toBe('2015-03-02')
    expect(world.state.parties[0]?.figures).toEqual({})
    const back = requested().until(on('2015-01-15', '09:05')).mail(away('2015-01-30')).work()
    expect(back.letters()).toEqual(['request@2015-01-15'])
    const stranger = requested().until(on('2015-01-15', '09:05'))
    stranger.mail({ ...away('2015-06-01'), contactId: 'post-479' }).work()
    expect(stranger.letters()).toEqual(['request@2015-01-15'])
  })

  test('Edge case 56: the deputy is written to while there is one, the absent one rather than nobody', () => {
    const person = (role: 'contact' | 'deputy', id: string) => ({
      ...svendborg.contacts[0]!,
      id: contactIdSchema.parse(id),
      role,
      validTo: null,
    })
    const both = [person('contact', 'c-1'), person('deputy', 'd-1')]
    const chosen = (contacts: typeof both, absent: string[]) =>
      reachable(contacts, '479', '2015-01-15', [], absent).id
    expect(chosen(both, ['c-1'])).toBe('d-1')
    expect(chosen(both, [])).toBe('c-1')
    expect(chosen(both.slice(0, 1), ['c-1'])).toBe('c-1')
  })
})
