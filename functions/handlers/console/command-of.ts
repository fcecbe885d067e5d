import type { Contact } from '../../domain/agreement/content.ts'
import type { PersonCommand } from '../../domain/review/decide/commands.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import type { Parsed } from '../../web/form-body.ts'
import type { ReviewForm } from '../../web/review/review-command.ts'
import { contactsOf } from '../../domain/casefile/recipients.ts'
import { readTypedFigures } from './typed-figures.ts'

/** What a form's command needs of the review it is about. */
interface Opened {
  readonly input: { readonly state: ReviewState; readonly contacts: readonly Contact[] }
}

/**
 * A form's command with what the record adds to it: typed figures read, the contact whose place is taken.
 * @param today Danish calendar date
 * @returns null when there is no such review
 */
export const commandOf = async (
  form: ReviewForm,
  open: () => Promise<Opened | null>,
  today: string,
): Promise<Parsed<PersonCommand> | null> => {
  if (form.do !== 'type-figures' && form.do !== 'enter-contact') return { ok: true, command: form }
  const opened = await open()
  if (opened === null) return null
  const { state, contacts } = opened.input
  if (form.do === 'type-figures') return readTypedFigures(state, form, today)
  const now = contactsOf(contacts, form.party, today, 'contact')
  return {
    ok: true,
    command: {
      ...form,
      replaces: form.role === 'contact' ? now.map(({ id }) => id) : [],
      language: now[0]?.language ?? 'da',
    },
  }
}
