import { html } from 'hono/html'
import { runCommands, type RunCommand } from '../../domain/year-run/commands.ts'
import type { FieldReaders } from '../form-body.ts'
import { decisionForm, formId } from '../form.ts'
import { badge, details, facts, nothing, table, verbatim, type Markup } from '../markup.ts'
import { mayRead, notForYou, page, type PageFrame } from '../page.ts'
import type { PreparationView, PreparedAgreement } from '../views.ts'
import { letters } from '../../mail/letters.ts'
import { day, municipalityNames } from '../words.ts'

/** Forms on a year's run whose fields are no plain map of the command's. */
export const runFields: FieldReaders<RunCommand['do']> = {
  release: ({ agreements = [] }) => ({ agreements }),
}

const state = (prepared: PreparedAgreement): Markup =>
  prepared.released
    ? badge('frigivet', 'success')
    : prepared.lacking.length === 0
      ? badge('klar', 'info')
      : html`<ul>
          ${prepared.lacking.map((lack) => html`<li>${lack}</li>`)}
        </ul>`

const previews = ({ reader }: PageFrame, prepared: PreparedAgreement): Markup =>
  !mayRead(reader, 'letter', prepared.municipalities)
    ? html`<p>Brevene ${notForYou}.</p>`
    : html`${prepared.letters.map(
        (letter) =>
          html`<p>
              <strong>${letters[letter.kind].name}</strong> til ${letter.to.join(', ')}<br />
              Emne: ${letter.subject}
            </p>
            ${verbatim(letter.text, `${letters[letter.kind].name} til ${letter.to.join(', ')}`)}`,
      )}`

const releaseForm = (frame: PageFrame, view: PreparationView): Markup => {
  const open = view.agreements.filter((prepared) => !prepared.released)
  if (open.length === 0) return html`<p>Alle anmodninger er frigivet.</p>`
  return decisionForm(
    frame,
    {
      action: 'release',
      command: 'release',
      to: `/runs/${view.year}/preparation`,
      heading: 'Frigiv udsendelsen',
    },
    (filled) => {
      const chosen = filled.values('agreements')
      return html`<p>
          De valgte anmodninger sendes ${day(view.requestOn)} kl. 9 eller, er den dag passeret, på næste
          arbejdsdag.
        </p>
        <fieldset>
          <legend class="form-label">Aftaler</legend>
          ${open.map((prepared, at) => {
            const id = `${formId('release')}-${at}`
            const ready = prepared.lacking.length === 0
            const checked = chosen.length === 0 ? ready : chosen.includes(prepared.agreement)
            return html`<div class="form-group-checkbox">
              <input
                type="checkbox"
                class="form-checkbox"
                id="${id}"
                name="agreements"
                value="${prepared.agreement}"
                ${checked ? 'checked' : ''}
              />
              <label class="form-label" for="${id}"
                >${municipalityNames(prepared.municipalities)}${ready ? '' : ' (mangler noget)'}</label
              >
            </div>`
          })}
        </fieldset>`
    },
  )
}

/** What is missing before the requests go out, every letter as it would be sent today, and the release. */
export const preparationPage = (frame: PageFrame, view: PreparationView): Markup => {
  const ready = view.agreements.filter((prepared) => prepared.lacking.length === 0)
  return page(frame, {
    title: `Forberedelse af ${view.year}`,
    path: `/runs/${view.year}/preparation`,
    content: html`${facts([
        ['Aftaler', String(view.agreements.length)],
        ['Klar', String(ready.length)],
        ['Frigivet', String(view.agreements.filter((prepared) => prepared.released).length)],
        ['Udsendes', day(view.requestOn)],
        ['Frist', day(view.dueOn)],
      ])}
      ${
        runCommands.rolesFor('release').some((role) => frame.reader.roles.includes(role))
          ? html`<h2>Frigivelse</h2>
              ${releaseForm(frame, view)}`
          : nothing
      }
      <h2>Aftalerne</h2>
      ${table(
        'Aftaler i udsendelsen',
        [{ title: 'Aftale' }, { title: 'Sagsnr.' }, { title: 'Kontakter' }, { title: 'Status' }],
        view.agreements.map((prepared) => [
          html`<a href="/reviews/${view.year}/${prepared.agreement}"
            >${municipalityNames(prepared.municipalities)}</a
          >`,
          prepared.caseNumber,
          prepared.contactsConfirmed ? 'bekræftet' : 'ikke bekræftet',
          state(prepared),
        ]),
      )}
      <h2>Brevene, som de ville blive sendt i dag</h2>
      ${view.agreements.map((prepared) =>
        details(
          `${municipalityNames(prepared.municipalities)} (${prepared.letters.length})`,
          previews(frame, prepared),
        ),
      )}`,
  })
}
