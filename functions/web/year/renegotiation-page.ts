import { html } from 'hono/html'
import { badge, details, facts, nothing, table, verbatim, type Markup } from '../markup.ts'
import { documentsPath } from '../documents/document-page.ts'
import { executionsFact } from '../operator/operator-parts.ts'
import { mayRead, notForYou, page, type PageFrame } from '../page.ts'
import type { RenegotiationView } from '../views.ts'
import { letters } from '../../mail/letters.ts'
import { day, moment, municipalityName, municipalityNames } from '../words.ts'
import { renegotiationForms, renegotiationPath } from './renegotiation-forms.ts'

const proposalSection = (view: RenegotiationView): Markup => {
  const { proposal } = view
  if (proposal === null) return nothing
  return html`<section aria-labelledby="forslag">
    <h2 id="forslag">Forslag nr. ${proposal.round}</h2>
    ${facts([
      ['Ikrafttrædelse', day(proposal.effectiveFrom)],
      ['Skrevet af', proposal.draftedBy],
      ['Godkendt af', proposal.approvedBy.length === 0 ? 'ingen endnu' : proposal.approvedBy.join(' og ')],
      ['Svar senest', day(proposal.endsOn)],
    ])}
    ${proposal.note === '' ? nothing : html`<p>${proposal.note}</p>`}
    ${table(
      'Forskelle fra den gældende aftale, felt for felt',
      [{ title: 'Felt' }, { title: 'Nu' }, { title: 'Foreslået' }],
      proposal.differences.map((one) => [
        one.field,
        html`<del class="old">${one.now}</del>`,
        html`<ins class="new">${one.proposed}</ins>`,
      ]),
    )}
  </section>`
}

/** Why there is to be another draft. */
const sentBackSection = (view: RenegotiationView): Markup =>
  html`${view.sentBack === null ? nothing : html`<p><strong>Sendt tilbage:</strong> ${view.sentBack}</p>`}
  ${
    view.riderRefused === null
      ? nothing
      : html`<p><strong>Tillægget kunne ikke sættes i kraft:</strong> ${view.riderRefused}</p>`
  }`

const answersSection = ({ reader }: PageFrame, view: RenegotiationView): Markup =>
  view.answers.length === 0
    ? nothing
    : html`<section aria-labelledby="svar">
        <h2 id="svar">Svar</h2>
        ${table(
          'Parternes svar',
          [{ title: 'Part' }, { title: 'Modtaget' }, { title: 'Svar' }, { title: 'Tekst' }],
          view.answers.map((one) => [
            municipalityName(one.party),
            moment(one.at),
            one.answer,
            mayRead(reader, 'mail', view.municipalities) ? one.text : notForYou,
          ]),
        )}
      </section>`

/** What came in. Its words stand with the answers; here is where the content of a mail is erased. */
const mailsSection = (view: RenegotiationView): Markup =>
  view.mails.length === 0
    ? nothing
    : html`<section aria-labelledby="mails">
        <h2 id="mails">Mails</h2>
        ${table(
          'Mails i genforhandlingen',
          [
            { title: 'Modtaget' },
            { title: 'Part' },
            { title: 'Status' },
            { title: 'Automatisk svar' },
            { title: 'Indhold' },
          ],
          view.mails.map((mail) => [
            moment(mail.receivedAt),
            mail.party === null ? 'ukendt' : municipalityName(mail.party),
            mail.standing,
            mail.answer ?? '–',
            html`<a href="${mail.erasing}"
              >Sletning<span class="sr-only"> af indholdet modtaget ${moment(mail.receivedAt)}</span></a
            >`,
          ]),
        )}
      </section>`

/** A renegotiation: grounds, the proposal with its differences, approvals, answers, and every step. */
export const renegotiationPage = (frame: PageFrame, view: RenegotiationView): Markup =>
  page(frame, {
    title: `Genforhandling: ${view.title}`,
    path: renegotiationPath(view),
    content: html`${facts([
        ['Status', badge(view.status, 'info')],
        ['Parter', municipalityNames(view.municipalities)],
        ['Sagsnr.', view.caseNumber],
        ['Sagsbehandler', view.caseworker],
        [
          'Dokumenter',
          html`<a href="${documentsPath(`RENEGOTIATION#${view.agreement}#${view.seq}`)}">Aktliste</a>`,
        ],
        ...executionsFact(frame.reader, `RENEGOTIATION#${view.agreement}#${view.seq}`),
      ])}
      <h2>Grundlag</h2>
      <ul>
        ${view.grounds.map((ground) => html`<li>${moment(ground.at)}: ${ground.text}</li>`)}
      </ul>
      ${sentBackSection(view)} ${proposalSection(view)} ${answersSection(frame, view)}
      <section aria-labelledby="afgoeres">
        <h2 id="afgoeres">Afgørelse</h2>
        ${
          mayRead(frame.reader, 'mail', view.municipalities)
            ? renegotiationForms(frame, view)
            : html`<p>Afgørelserne ${notForYou}.</p>`
        }
      </section>
      <h2>Breve</h2>
      ${
        view.letters.length === 0
          ? html`<p>Ingen breve endnu.</p>`
          : view.letters.map((letter) =>
              mayRead(frame.reader, 'letter', view.municipalities)
                ? details(
                    `${letters[letter.kind].name} til ${letter.to}, ${moment(letter.sentAt)}: ${letter.subject}`,
                    verbatim(letter.text, `${letters[letter.kind].name} til ${letter.to}`),
                  )
                : html`<p>${letters[letter.kind].name}, ${moment(letter.sentAt)}: ${notForYou}</p>`,
            )
      }
      ${mailsSection(view)}
      <h2>Forløb</h2>
      ${table(
        'Genforhandlingens forløb, det seneste først',
        [{ title: 'Tidspunkt' }, { title: 'Hvem' }, { title: 'Hvad' }],
        view.timeline.toReversed().map((one) => [moment(one.at), one.who, one.what]),
      )}`,
  })
