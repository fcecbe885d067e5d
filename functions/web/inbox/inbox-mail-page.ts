import { html } from 'hono/html'
import { inboxCommands } from '../../domain/inbox/commands.ts'
import type { InboxHome } from '../../domain/inbox/inbox.ts'
import { decisionForm } from '../form.ts'
import { facts, nothing, verbatim, type Markup } from '../markup.ts'
import { hasRole, page, type PageFrame } from '../page.ts'
import { moment } from '../words.ts'
import { caseValue, elsewhere, inboxPath, type InboxMailView } from './inbox-view.ts'
import { casePath } from '../case-path.ts'

const becauseWords: Readonly<Record<InboxHome['because'], string>> = {
  token: 'mailen nævner sagens svarnummer',
  sender: 'afsenderens adresse er registreret på aftalen',
  domain: 'afsenderen skriver fra kommunens domæne',
  'case-number': 'mailen nævner sagsnummeret',
  'form-year': 'mailen indeholder skemaet for det år',
  'later-year': 'året er åbent, og mailens tal kan gælde det',
}

const placeForm = (frame: PageFrame, mail: InboxMailView): Markup =>
  decisionForm(
    frame,
    {
      action: `place-mail/${mail.mailKey}`,
      command: 'place-mail',
      to: mail.href,
      heading: 'Læg mailen på en sag',
      hidden: { mailKey: mail.mailKey },
    },
    (form) =>
      html`${
        mail.suggested.length === 0
          ? html`<input type="hidden" name="home" value="${elsewhere}" />`
          : form.radios('home', {
              label: 'Hvilken sag hører mailen til?',
              choices: [
                ...mail.suggested.map((one) => ({
                  value: caseValue(one),
                  label: one.label,
                  hint: becauseWords[one.because],
                })),
                { value: elsewhere, label: 'En anden sag, valgt herunder' },
              ],
            })
      }
      ${form.select('other', {
        label: mail.suggested.length === 0 ? 'Hvilken sag hører mailen til?' : 'En anden sag',
        choices: [
          { value: '', label: 'Vælg en sag' },
          ...mail.others.map((one) => ({ value: caseValue(one), label: one.label })),
        ],
        required: mail.suggested.length === 0,
      })}
      ${form.radios('as', {
        label: 'Hvad skal mailen regnes for?',
        hint: 'Du står inde for afsenderen, som ved en mail, der er tilbageholdt på sagen. Kvitteringen går til den registrerede kontakt.',
        choices: [
          { value: 'counts', label: 'Kommunens svar: tæller' },
          { value: 'provisional', label: 'Foreløbig: tæller, når kontakten svarer OK' },
        ],
      })}
      ${form.textArea('reason', { label: 'Begrundelse' })}`,
  )

const dismissForm = (frame: PageFrame, mail: InboxMailView): Markup =>
  decisionForm(
    frame,
    {
      action: `dismiss-mail/${mail.mailKey}`,
      command: 'dismiss-mail',
      to: mail.href,
      heading: 'Afvis mailen',
      hidden: { mailKey: mail.mailKey },
    },
    (form) =>
      form.textArea('reason', { label: 'Begrundelse', hint: 'Mailen bliver i arkivet, og ingen får svar.' }),
  )

const decision = ({ decided }: InboxMailView): Markup =>
  decided === null
    ? nothing
    : html`<section aria-labelledby="afgoerelse">
        <h2 id="afgoerelse">Afgørelse</h2>
        ${facts([
          ['Afgjort', moment(decided.at)],
          ['Af', decided.who],
          [
            'Hvad',
            decided.stream === null
              ? decided.what
              : html`<a href="${casePath(decided.stream)}">${decided.what}</a>`,
          ],
          ['Begrundelse', decided.reason],
        ])}
      </section>`

/** One mail of the inbox: what is known of it, its text as text, and the forms that decide it. */
export const inboxMailPage = (frame: PageFrame, mail: InboxMailView): Markup => {
  const may = mail.decided === null && hasRole(frame.reader, inboxCommands.rolesFor('place-mail'))
  return page(frame, {
    title: mail.subject === '' ? 'Mail uden emne' : mail.subject,
    path: mail.href,
    content: html`<div data-since="${mail.receivedAt}"></div>
      ${facts([
        ['Fra', mail.from === '' ? 'ukendt' : mail.from],
        ['Modtaget', moment(mail.receivedAt)],
        ['Tilbageholdt, fordi', mail.reason],
        ['Afsenderen', mail.authenticity],
        [
          'Kan høre til',
          mail.suggested.length === 0
            ? 'ingen kendt sag'
            : html`${mail.suggested.map(
                (one) =>
                  html`<div>
                    <a href="${casePath(one.stream)}">${one.label}</a>: ${becauseWords[one.because]}
                  </div>`,
              )}`,
        ],
        [
          'Besked til kontakten',
          mail.told === null
            ? 'ingen'
            : html`<a href="${casePath(mail.told.stream)}">${mail.told.what}</a>, sendt
                ${moment(mail.told.at)}`,
        ],
        ['Vedhæftet', mail.attachments.length === 0 ? 'intet' : mail.attachments.join(', ')],
      ])}
      ${decision(mail)}
      <h2>Mailens tekst</h2>
      ${mail.text === null ? html`<p>${mail.hidden}</p>` : verbatim(mail.text, 'Mailens tekst')}
      ${
        mail.downloadable
          ? html`<p><a href="${mail.href}/raw" download>Hent mailen, som den blev modtaget</a></p>`
          : nothing
      }
      ${may ? html`<h2>Skal afgøres</h2>` : nothing}
      ${may && mail.placeable ? placeForm(frame, mail) : nothing} ${may ? dismissForm(frame, mail) : nothing}
      ${
        mail.erasing === null
          ? nothing
          : html`<p><a href="${mail.erasing}">Sletning af mailens indhold</a></p>`
      }
      <p><a href="${inboxPath}">Til alle mails uden sag</a></p>`,
  })
}
