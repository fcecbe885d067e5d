import { withoutEnd } from '../../domain/base/text.ts'
import { html } from 'hono/html'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import { decisionForm, type Form } from '../form.ts'
import { details, nothing, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'
import { openContactWishes } from '../../domain/review/slices/contacts.ts'

export const contactAction = (party: string, mailKey: string | null): string =>
  mailKey === null ? `enter-contact/${party}` : `enter-contact/${party}/${mailKey}`

const addressIn = (written: string): string =>
  written.split(/[\s<>(),;:"]/u).find((word) => /.@./u.test(word)) ?? ''

/** `Lene Prøve, konsulent, lene@kommune.example`: name, title, address, for the person to look over. */
const guessed = (written: string): { name: string; title: string; email: string } => {
  const email = addressIn(written)
  const [name = '', title = ''] = written
    .replace(email, '')
    .replaceAll(/[<>()]/gu, ' ')
    .split(/[,;]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return { name, title, email }
}

const capitalised = "\\p{Lu}[\\p{L}'’-]+"
const fullName = new RegExp(`(?<![\\p{L}'’-])${capitalised}(?:\\s+${capitalised}){1,3}`, 'u')

/** The first full name and the first address of a sentence; whoever enters them reads it beside the form. */
const inSentence = (written: string): { name: string; title: string; email: string } => ({
  name: fullName.exec(written)?.[0] ?? '',
  title: '',
  email: withoutEnd(addressIn(written), (sign) => '.!?'.includes(sign)),
})

const fields = (form: Form, wish: MailRecord | null): Markup => {
  const written = wish?.details?.contactWish ?? ''
  const person = wish?.asksContact?.inWords === true ? inSentence(written) : guessed(written)
  const text = (name: 'name' | 'title' | 'email', label: string, required: boolean) =>
    form.textInput(name, { label, required, value: person[name] })
  return html`${form.radios('role', {
    label: 'Som',
    choices: [
      { value: 'contact', label: 'Kontakt: træder i den nuværende kontakts sted' },
      { value: 'deputy', label: 'Stedfortræder: kommer til' },
    ],
    value: wish?.asksContact?.role ?? 'contact',
  })}
  ${text('name', 'Navn', true)} ${text('title', 'Stilling', false)} ${text('email', 'Mailadresse', true)}`
}

/** A contact is entered by a person, on a mail's wish or on what was said; old and new are told. */
export const contactForm = (
  frame: PageFrame,
  input: ReviewPageInput,
  party: string,
  wish: MailRecord | null,
): Markup =>
  decisionForm(
    frame,
    {
      action: contactAction(party, wish?.mailKey ?? null),
      command: 'enter-contact',
      to: input.base,
      heading: `Ny kontakt i ${municipalityName(party)}`,
      hidden: { party, mailKey: wish?.mailKey ?? '' },
    },
    (form) =>
      html`${
        wish === null
          ? nothing
          : html`<p>
              <a href="${mailPath(input.base, wish.mailKey)}">Mail ${moment(wish.receivedAt)}</a> fra
              ${wish.details?.from ?? '(slettet)'}: »${wish.details?.contactWish ?? '(slettet)'}«
            </p>`
      }
      ${fields(form, wish)}`,
  )

const declineForm = (frame: PageFrame, input: ReviewPageInput, mailKey: string): Markup =>
  decisionForm(
    frame,
    {
      action: `decline-contact/${mailKey}`,
      command: 'decline-contact',
      to: input.base,
      heading: 'Indfør den ikke',
      hidden: { mailKey },
    },
    (form) => form.textArea('reason', { label: 'Begrundelse' }),
  )

/** Both answers to every mail that asks for another contact. */
export const contactWishForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${openContactWishes(input.state).map((wish) =>
    wish.party === null
      ? nothing
      : html`${contactForm(frame, input, wish.party, wish)} ${declineForm(frame, input, wish.mailKey)}`,
  )}`

/** Entered on what was said, one form for each party. */
export const enterContactForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${input.state.parties.map(({ municipality }) =>
    details(
      `Indfør en kontakt i ${municipalityName(municipality)}`,
      contactForm(frame, input, municipality, null),
      frame.refused?.action === contactAction(municipality, null),
    ),
  )}`
