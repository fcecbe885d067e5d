import { html } from 'hono/html'
import { decisionForm, type FormShape } from './form.ts'
import { facts, nothing, verbatim, type Markup } from './markup.ts'
import type { PageFrame } from './page.ts'
import { moment, municipalityName } from './words.ts'

/** A held mail as the one who decides on it sees it. */
export interface HeldMail {
  readonly mailKey: string
  /** Null: no party of the agreement is known to have sent it. */
  readonly party: string | null
  readonly from: string
  readonly receivedAt: string
  /** In Danish. */
  readonly reason: string
  readonly text: string
  readonly registered: readonly string[]
  /** Keys read in it; empty where none are looked for. */
  readonly keys: string
  readonly link: Markup
}

/** What a held mail is worth, decided with its text in view. */
export const heldMailForm = (
  frame: PageFrame,
  { to, command }: Pick<FormShape, 'to' | 'command'>,
  mail: HeldMail,
): Markup =>
  decisionForm(
    frame,
    {
      action: `decide-held-mail/${mail.mailKey}`,
      command,
      to,
      heading: `Tilbageholdt mail, modtaget ${moment(mail.receivedAt)}`,
      hidden: { mailKey: mail.mailKey },
    },
    (form) =>
      html`<div
          data-from="${mail.from}"
          data-party="${mail.party ?? ''}"
          data-registered="${mail.registered.join(' ')}"
          data-since="${mail.receivedAt}"
        ></div>
        ${facts([
          ['Fra', mail.from],
          ['Tilbageholdt, fordi', mail.reason],
          ['Kommune', mail.party === null ? 'ukendt' : municipalityName(mail.party)],
          [
            'Kommunens registrerede adresser',
            html`${mail.registered.map((address) => html`<div>${address}</div>`)}`,
          ],
          ...(mail.keys === '' ? [] : [['Aflæste tal', mail.keys] as const]),
        ])}
        ${verbatim(mail.text, 'Mailens tekst')} ${mail.link ?? nothing}
        ${form.radios('as', {
          label: 'Hvad skal mailen regnes for?',
          choices: [
            ...(mail.party === null
              ? []
              : [
                  { value: 'counts', label: 'Kommunens svar: tæller' },
                  { value: 'provisional', label: 'Foreløbig: tæller, når kontakten svarer OK' },
                ]),
            { value: 'rejected', label: 'Afvises: hører ikke til kommunens svar' },
          ],
        })}
        ${form.textArea('reason', { label: 'Begrundelse' })}`,
  )
