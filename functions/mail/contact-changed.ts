import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { echo } from './echo.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface ContactChangedData {
  readonly facts: CaseFacts
  readonly role: 'contact' | 'deputy'
  readonly name: string
  readonly email: string
  /** Who was contact until now; empty for a deputy, or where there was none. */
  readonly before: readonly string[]
}

/** To the new contact and to whoever was contact before: whom the ministry writes to from today. */
export const contactChanged = ({ facts, role, name, email, before }: ContactChangedData): LetterBody => {
  const who = `${echo(name, 80)} (${echo(email, 80)})`
  const [danish, english] =
    role === 'contact' ? ['kontakt', 'contact'] : ['stedfortræder for kontakten', 'deputy of the contact']
  const until = before.map((one) => echo(one, 80)).join(', ')
  return letterInWords('contact-changed', facts, {
    da: {
      subject: 'ny kontakt',
      title: 'Ny kontakt',
      body: [
        `${who} er fra i dag jeres ${danish} i sagen.${until === '' ? '' : ` Indtil nu var det ${until}.`}`,
        'Breve og kvitteringer går til kontakten. Er det ikke rigtigt, så svar på denne mail.',
      ],
    },
    en: {
      subject: 'new contact',
      title: 'New contact',
      body: [
        `From today ${who} is your ${english} in this case.${until === '' ? '' : ` Until now it was ${until}.`}`,
        'Letters and receipts go to the contact. If this is not right, reply to this mail.',
      ],
    },
  })
}

export const contactChangedLetter = declareLetter('contact-changed', {
  name: 'Ny kontakt',
  signedBy: 'caseworker',
  address: 'you',
  review: {
    owed: [
      ({ contactChanges }) =>
        contactChanges.entered.flatMap(({ contactId, party, person }) =>
          person === null ? [] : [{ kind: 'contact-changed', party, seq: 1, about: contactId }],
        ),
    ],
    // To the contact now, with the one entered and those before in copy: both sides of the change are told.
    compose: ({ context, facts, state }) => {
      const change = state.contactChanges.entered.find(({ contactId }) => contactId === context.order.about)
      if (change?.person == null) throw new Error('the contact to tell of is not on the record')
      const byId = (id: string) => context.contacts.filter((contact) => contact.id === id)
      const before = change.replaces.flatMap(byId)
      return {
        body: contactChanged({
          facts,
          role: change.role,
          name: change.person.name,
          email: change.person.email,
          before: before.map(({ name }) => name),
        }),
        cc: [...byId(change.contactId), ...before],
      }
    },
  },
})
