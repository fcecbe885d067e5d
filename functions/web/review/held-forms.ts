import { html } from 'hono/html'
import { addWorkingDays, workingDaysFor } from '../../domain/calendar.ts'
import { heldMails, type MailRecord } from '../../domain/casework/mails.ts'
import { dueOnOf } from '../../domain/review/collection.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { radios, textArea, textInput } from '../fields.ts'
import { decisionForm, formId } from '../form.ts'
import { facts, nothing, verbatim, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { day, heldReasonWords, moment, municipalityName } from '../words.ts'
import { mailPath } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'

const heldForm = (frame: PageFrame, input: ReviewPageInput, mail: MailRecord): Markup => {
  const action = `decide-held-mail/${mail.mailKey}`
  const registered = input.contacts.filter((contact) => contact.municipality === mail.party)
  const from = mail.details?.from ?? ''
  return decisionForm(
    frame,
    {
      action,
      command: 'decide-held-mail',
      to: input.base,
      heading: `Tilbageholdt mail, modtaget ${moment(mail.receivedAt)}`,
      submit: 'Afgør mailen',
      hidden: { mailKey: mail.mailKey },
    },
    (filled) =>
      html`<div
          data-from="${from}"
          data-party="${mail.party ?? ''}"
          data-registered="${registered.map((contact) => contact.email).join(' ')}"
          data-since="${mail.receivedAt}"
        ></div>
        ${facts([
          ['Fra', from],
          ['Emne', mail.details?.subject ?? ''],
          ['Tilbageholdt, fordi', heldReasonWords(mail.reason)],
          ['Kommune', mail.party === null ? 'ukendt' : municipalityName(mail.party)],
          ['Kommunens registrerede adresser', registered.map((contact) => contact.email).join(', ')],
          ['Aflæste tal', mail.values.map((answer) => answer.key).join(', ') || 'ingen'],
        ])}
        ${verbatim(input.mailTexts.get(mail.mailKey) ?? 'Teksten kan ikke vises.', 'Mailens tekst')}
        <p><a href="${mailPath(input.base, mail.mailKey)}">Mailens side</a></p>
        ${radios({
          id: `${formId(action)}-as`,
          name: 'as',
          label: 'Hvad skal mailen regnes for?',
          required: true,
          value: filled.value('as') ?? '',
          choices: [
            ...(mail.party === null
              ? []
              : [
                  { value: 'counts', label: 'Kommunens svar: tallene tæller' },
                  { value: 'provisional', label: 'Foreløbig: tæller, når kontakten svarer OK' },
                ]),
            { value: 'rejected', label: 'Afvises: hører ikke til kommunens svar' },
          ],
        })}
        ${textArea({
          id: `${formId(action)}-reason`,
          name: 'reason',
          label: 'Begrundelse',
          required: true,
          value: filled.value('reason') ?? '',
        })}`,
  )
}

/** One form for every held mail, with its text. */
export const heldMailForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${heldMails(input.state.mails).map((mail) => heldForm(frame, input, mail))}`

const extensionForm = (
  frame: PageFrame,
  input: ReviewPageInput,
  request: ReviewState['extensions'][number],
): Markup => {
  const action = `decide-extension/${request.mailKey}`
  const dueOn = dueOnOf(input.state, request.party)
  const latest = addWorkingDays(dueOn, workingDaysFor.extensionByCaseworker)
  const mail = input.state.mails.find((candidate) => candidate.mailKey === request.mailKey)
  const proposed = request.until === null || request.until > latest ? latest : request.until
  return decisionForm(
    frame,
    {
      action,
      command: 'decide-extension',
      to: input.base,
      heading: `${municipalityName(request.party)} beder om udsættelse`,
      submit: 'Afgør anmodningen',
      hidden: { mailKey: request.mailKey },
    },
    (filled) =>
      html`<div
          data-party="${request.party}"
          data-until="${request.until ?? ''}"
          data-due="${dueOn}"
          data-latest="${latest}"
          data-since="${request.requestedAt}"
        ></div>
        ${facts([
          [
            'Modtaget',
            html`<a href="${mailPath(input.base, request.mailKey)}">${moment(request.requestedAt)}</a>`,
          ],
          ['Frist nu', day(dueOn)],
          ['Beder om', day(request.until)],
          ['Sagsbehandler kan give til', day(latest)],
        ])}
        ${(mail?.details?.freeText ?? '') === '' ? nothing : html`<p>${mail?.details?.freeText ?? ''}</p>`}
        ${radios({
          id: `${formId(action)}-decision`,
          name: 'decision',
          label: 'Afgørelse',
          required: true,
          value: filled.value('decision') ?? '',
          choices: [
            { value: 'grant', label: 'Giv udsættelse' },
            { value: 'refuse', label: 'Giv ikke den ønskede udsættelse' },
          ],
        })}
        ${textInput({
          id: `${formId(action)}-due`,
          name: 'dueOn',
          label: 'Ny frist',
          hint: 'Gælder også ved afslag: den dato, kommunen i stedet får. En arbejdsdag.',
          type: 'date',
          width: 'input-width-m',
          required: true,
          value: filled.value('dueOn') ?? proposed,
        })}
        ${textArea({
          id: `${formId(action)}-reason`,
          name: 'reason',
          label: 'Begrundelse',
          hint: 'Står i brevet til kommunen.',
          required: true,
          value: filled.value('reason') ?? '',
        })}`,
  )
}

/** One form for every undecided request for more time. */
export const extensionForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${input.state.extensions
    .filter((request) => request.decided === null)
    .map((request) => extensionForm(frame, input, request))}`
