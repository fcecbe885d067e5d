import { html } from 'hono/html'
import type { Contact } from '../../domain/agreement/content.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { isWithin } from '../../domain/base/time.ts'
import { badge, nothing, table, type Markup } from '../markup.ts'
import { contactRoleWords, day, moment, municipalityName } from '../words.ts'
import { mailPath } from './figures.ts'
import { absencesOn } from '../../domain/review/collection.ts'

/** What of a contact the page shows. */
export type ShownContact = Pick<
  Contact,
  'id' | 'municipality' | 'role' | 'name' | 'title' | 'email' | 'validFrom' | 'validTo'
>

/**
 * Who is written to in each municipality, and who has answered that they are away: it explains silence.
 * @param today Danish calendar date
 */
export const contactsSection = (
  state: ReviewState,
  contacts: readonly ShownContact[],
  base: string,
  today: string,
): Markup => {
  const valid = contacts.filter((contact) =>
    isWithin(today, { from: contact.validFrom, to: contact.validTo }),
  )
  if (valid.length === 0) return nothing
  const absences = new Map(absencesOn(state, today).map((absence) => [absence.contactId, absence]))
  const away = (id: string): Markup | string => {
    const absence = absences.get(id)
    if (absence === undefined) return ''
    const until = absence.until === null ? 'uden slutdato' : `til og med ${day(absence.until)}`
    return html`${badge('fraværende', 'warning')} ${until},
      <a href="${mailPath(base, absence.mailKey)}">svar af ${moment(absence.receivedAt)}</a>`
  }
  return html`<section aria-labelledby="kontakter">
    <h2 id="kontakter">Kontakter</h2>
    ${table(
      'Kontakter, og hvem der er fraværende',
      [{ title: 'Navn' }, { title: 'Kommune' }, { title: 'Som' }, { title: 'Mail' }, { title: 'Fravær' }],
      valid.map((contact) => [
        contact.title === '' ? contact.name : `${contact.name}, ${contact.title}`,
        municipalityName(contact.municipality),
        contactRoleWords[contact.role],
        contact.email,
        away(contact.id),
      ]),
    )}
  </section>`
}
