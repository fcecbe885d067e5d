import type { Contact } from '../../../functions/domain/agreement/content.ts'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'
import { dice } from './figures.ts'

const firstNames = [
  'Mette', 'Jonas', 'Inger', 'Lars', 'Kirsten', 'Søren', 'Hanne', 'Peter', 'Åse', 'Niels', 'Birgitte', 'Jørgen',
  'Gitte', 'Morten', 'Lone', 'Henrik', 'Pia', 'Thomas', 'Ulla', 'Rasmus', 'Vibeke', 'Torben', 'Charlotte', 'Erik',
  'Dorte', 'Flemming', 'Susanne', 'Kåre', 'Marianne', 'Bjørn', 'Lisbeth', 'Claus', 'Tine', 'Ove', 'Karen', 'Mads',
] // prettier-ignore
// Words for "sample" and "example": nobody bears them.
const lastNames = [
  'Prøve', 'Prøvesen', 'Prøvedal', 'Prøvegaard', 'Prøvelund', 'Prøveholm', 'Prøvebæk', 'Eksempel', 'Eksempelsen',
  'Eksempelgaard', 'Mønstersen', 'Mønsterby', 'Skabelonsen', 'Stikprøve',
] // prettier-ignore
const titles = [
  'udviklingskonsulent',
  'integrationskonsulent',
  'specialkonsulent',
  'chefkonsulent',
  'fuldmægtig',
]

/** Danish letters as addresses spell them. */
export const transliterated = (text: string): string =>
  text.toLowerCase().replaceAll('æ', 'ae').replaceAll('ø', 'oe').replaceAll('å', 'aa').replaceAll(' ', '-')

/** `svendborg` for Svendborg: the middle of a sample municipality's domain and ids. */
export const slugOf = (name: string): string => transliterated(name)
export const domainOf = (name: string): string => `${slugOf(name)}-kommune.example`

/** Where the municipality takes mail for no one in particular. */
export const mainMailboxOf = (name: string): string => `post@${domainOf(name)}`

export interface SamplePerson {
  readonly name: string
  readonly title: string
  readonly email: string
}

/** The contact, deputy and signatory of a municipality, always the same for the same code. */
export function peopleOf(
  code: string,
  municipality: string,
): Record<'contact' | 'deputy' | 'signatory' | 'colleague', SamplePerson> {
  const roll = dice(Number(code) * 7919)
  const taken = new Set<string>()
  const person = (title: string): SamplePerson => {
    for (;;) {
      const first = firstNames[roll(0, firstNames.length - 1)] ?? ''
      const last = lastNames[roll(0, lastNames.length - 1)] ?? ''
      if (taken.has(first) || taken.has(last)) continue
      taken.add(first).add(last)
      return {
        name: `${first} ${last}`,
        title,
        email: `${transliterated(first)}.${transliterated(last)}@${domainOf(municipality)}`,
      }
    }
  }
  return {
    contact: person(titles[roll(0, titles.length - 1)] ?? ''),
    deputy: person('teamleder'),
    signatory: person('kommunaldirektør'),
    colleague: person('jobkonsulent'),
  }
}

/** The contacts of one municipality in one agreement. */
export function contactsOf(
  agreement: string,
  of: { code: string; name: string; officialName: string },
  validFrom: string,
  language: 'da' | 'en',
): Contact[] {
  const people = peopleOf(of.code, of.name)
  const shared = { municipality: of.code, language, validFrom, validTo: null }
  const id = (part: string): Contact['id'] => contactIdSchema.parse(`${agreement}-${of.code}-${part}`)
  return [
    { id: id('kontakt'), role: 'contact', ...people.contact, ...shared },
    { id: id('stedfortraeder'), role: 'deputy', ...people.deputy, ...shared },
    { id: id('underskriver'), role: 'signatory', ...people.signatory, ...shared, language: 'da' },
    {
      id: id('post'),
      role: 'main-mailbox',
      name: of.officialName,
      title: '',
      email: mainMailboxOf(of.name),
      ...shared,
      language: 'da',
    },
  ]
}
