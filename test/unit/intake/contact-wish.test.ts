import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contactInText } from '../../../functions/intake/wish/new-contact.ts'

describe('a wish for another contact in free text', () => {
  it.each([
    ['Vi har fået ny kontaktperson: Lene Prøve.', 'contact'],
    ['Jeg er ikke længere kontakt i sagen.', 'contact'],
    ['Skriv venligst til Lene Prøve fremover.', 'contact'],
    ['Lene Prøve overtager indberetningen efter mig.', 'contact'],
    ['Fremover bedes I skrive til Lene Prøve.', 'contact'],
    ['Vores nye stedfortræder er Lene. Ny stedfortræder: Lene Prøve.', 'deputy'],
    ['I am no longer the contact for this case.', 'contact'],
    ['Lene Prøve takes over the reporting from me.', 'contact'],
  ])('%s', (text, role) => {
    expect(contactInText(`Tak for mailen. ${text}`)).toMatchObject({
      wish: 'new-contact',
      role,
      inWords: true,
    })
  })

  it.each([
    'Kontakt mig gerne, hvis der er spørgsmål.',
    'Vi har fået ny kontakt til to virksomheder.',
    'Der er ingen ny kontaktperson.',
    'Jeg er stadig kontakt i sagen.',
    'Borgerne er ikke længere ledige.',
    'You can contact me by telephone.',
  ])('is not: %s', (text) => {
    expect(contactInText(text)).toBeNull()
  })

  it('keeps the sentence and the one after it, in which the name stands', () => {
    const text =
      'Hej Sofie. Tak for jeres mail. Jeg er ikke længere kontakt. Skriv til Lene Prøve, lene@kommune.example. Hav en god dag.'
    expect(contactInText(text)?.written).toBe(
      'Jeg er ikke længere kontakt. Skriv til Lene Prøve, lene@kommune.example.',
    )
  })

  it('is bounded in length and time, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        expect((contactInText(`Ny kontakt: ${text}`)?.written ?? '').length).toBeLessThanOrEqual(300)
      }),
    )
    expect(contactInText('fremover '.repeat(20_000))).toBeNull()
  })
})
