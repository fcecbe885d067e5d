import { html } from 'hono/html'
import { unreadWords } from '../../domain/review/slices/unread-prose.ts'
import { decisionForm } from '../form.ts'
import { nothing, verbatim, type Markup, facts } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName, day, heldReasonWords } from '../words.ts'
import { mailPath, isHidden } from './figures.ts'
import type { ReviewPageInput } from './review-page-input.ts'
import { addWorkingDays, workingDaysFor } from '../../domain/base/calendar.ts'
import { heldMails, type MailRecord } from '../../domain/casefile/mails.ts'
import type { DoubtKind } from '../../domain/casefile/reading.ts'
import { dueOnOf } from '../../domain/review/collection.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { heldMailForm, type HeldMail } from '../held-mail-form.ts'

export const wordsAction = (mailKey: string): string => `mark-read/${mailKey}`

/** One form for every mail of words alone: its text, and that it has been read. */
export const wordsForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${unreadWords(input.state).map((mail) =>
    decisionForm(
      frame,
      {
        action: wordsAction(mail.mailKey),
        command: 'mark-read',
        to: input.base,
        heading: `${unreadName(mail)} fra ${municipalityName(mail.party ?? '')}, modtaget ${moment(mail.receivedAt)}`,
        hidden: { mailKey: mail.mailKey },
      },
      () =>
        html`<div data-party="${mail.party ?? ''}" data-since="${mail.receivedAt}"></div>
          ${isHidden(mail) ? nothing : verbatim(mail.details?.freeText ?? '', 'Mailens tekst')}
          <p>
            ${notRead(mail)} Kræver den mere end at blive læst, så brug sidens andre formularer, eller ring,
            og skriv et notat.
            <a href="${mailPath(input.base, mail.mailKey)}">Mailens side</a>
          </p>`,
    ),
  )}`

const unreadKinds: readonly DoubtKind[] = ['unreadable-attachment', 'unread-words']

const unreadName = ({ values, doubts }: MailRecord): string => {
  if (values.length === 0) return 'Mail uden tal'
  return doubts.some(({ kind }) => kind === 'unreadable-attachment')
    ? 'Mail med ulæste bilag'
    : 'Mail med ulæste ord'
}

/** What a person is to look at: all of the mail, or the files, links and words in which nothing was read. */
const notRead = ({ values, details }: MailRecord): string => {
  const unread = (details?.doubts ?? []).filter(({ kind }) => unreadKinds.includes(kind))
  if (unread.length > 0) return `Ikke læst maskinelt: ${unread.map(({ written }) => written).join(', ')}.`
  return values.length === 0
    ? 'Intet i mailen kunne læses maskinelt.'
    : 'Ikke alt i mailen kunne læses maskinelt.'
}

/** A mail of the case that a person decides on, beside what is known of its sender. */
export const decideHeldForm = (
  frame: PageFrame,
  { base, contacts }: ReviewPageInput,
  mail: MailRecord,
  shown: Pick<HeldMail, 'reason' | 'text' | 'keys'>,
): Markup =>
  heldMailForm(
    frame,
    { to: base, command: 'decide-held-mail' },
    {
      ...shown,
      mailKey: mail.mailKey,
      party: mail.party,
      from: mail.details?.from ?? '',
      receivedAt: mail.receivedAt,
      registered: contacts
        .filter((contact) => contact.municipality === mail.party)
        .map((contact) => contact.email),
      link: html`<p><a href="${mailPath(base, mail.mailKey)}">Mailens side</a></p>`,
    },
  )

const heldForm = (frame: PageFrame, input: ReviewPageInput, mail: MailRecord): Markup =>
  decideHeldForm(frame, input, mail, {
    reason: heldReasonWords(mail.reason),
    text: input.mailTexts.get(mail.mailKey) ?? 'Teksten kan ikke vises.',
    keys: mail.values.map((answer) => answer.key).join(', ') || 'ingen',
  })

/** One form for every held mail, with its text. */
export const heldMailForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${heldMails(input.state.mails).map((mail) => heldForm(frame, input, mail))}`

const extensionForm = (
  frame: PageFrame,
  input: ReviewPageInput,
  request: ReviewState['extensions'][number],
): Markup => {
  const dueOn = dueOnOf(input.state, request.party)
  const latest = addWorkingDays(dueOn, workingDaysFor.extensionByCaseworker)
  const mail = input.state.mails.find((candidate) => candidate.mailKey === request.mailKey)
  const proposed = request.until === null || request.until > latest ? latest : request.until
  return decisionForm(
    frame,
    {
      action: `decide-extension/${request.mailKey}`,
      command: 'decide-extension',
      to: input.base,
      heading: `${municipalityName(request.party)} beder om udsættelse`,
      hidden: { mailKey: request.mailKey },
    },
    (form) =>
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
        ${form.radios('decision', {
          label: 'Afgørelse',
          choices: [
            { value: 'grant', label: 'Giv udsættelse' },
            { value: 'refuse', label: 'Giv ikke den ønskede udsættelse' },
          ],
        })}
        ${form.textInput('dueOn', {
          label: 'Ny frist',
          hint: 'Gælder også ved afslag: den dato, kommunen i stedet får. En arbejdsdag.',
          type: 'date',
          width: 'input-width-m',
          value: proposed,
        })}
        ${form.textArea('reason', { label: 'Begrundelse', hint: 'Står i brevet til kommunen.' })}`,
  )
}

/** One form for every undecided request for more time. */
export const extensionForms = (frame: PageFrame, input: ReviewPageInput): Markup =>
  html`${input.state.extensions
    .filter((request) => request.decided === null)
    .map((request) => extensionForm(frame, input, request))}`
