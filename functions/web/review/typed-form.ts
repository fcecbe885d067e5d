import { html } from 'hono/html'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { FormField } from '../../domain/form/field.ts'
import { typedFields } from '../../domain/form/form.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { decisionForm, formId, type Form } from '../form.ts'
import { details, nothing, table, type Markup } from '../markup.ts'
import type { PageFrame } from '../page.ts'
import { moment, municipalityName } from '../words.ts'
import { figureAnchor, mailPath, sourceWords } from './figures.ts'
import type { AttachedFile } from './mail-page.ts'
import type { PartyState } from '../../domain/review/slices/figures.ts'

/** The figures a party is asked for, those that come later with them, the last year's account: a letter may bring any. */
const figureFields = (state: ReviewState, municipality: string): readonly FormField[] =>
  state.content === null ? [] : typedFields(state.content, { year: state.year, municipality })

/** The form's name: one for each party, and one for each mail. */
export const typedAction = (party: string, mailKey: string | null): string =>
  mailKey === null ? `type-figures/${party}` : `type-figures/${party}/${mailKey}`

const hintOf = ({ type, unit }: FormField): string =>
  type === 'milestone'
    ? 'ja eller nej, og dato'
    : type === 'attached-or-date'
      ? 'vedhæftet, eller dato'
      : unit === ''
        ? 'tal'
        : unit

const rows = (
  id: string,
  fields: readonly FormField[],
  party: PartyState,
  form: Form,
): readonly (readonly Markup[])[] =>
  fields.map((field, at) => [
    html`<label for="${id}-figure-${at}">${field.key}</label>`,
    html`<input
        class="form-input input-width-m"
        id="${id}-figure-${at}"
        name="figure.${field.key}"
        value="${form.value(`figure.${field.key}`) ?? ''}"
        maxlength="400"
      />
      <span class="quiet">${hintOf(field)}</span>`,
    html`<input
      class="form-input input-width-m"
      aria-label="Side og linje for ${field.key}"
      name="place.${field.key}"
      value="${form.value(`place.${field.key}`) ?? ''}"
      maxlength="120"
    />`,
    html`${party.figures[field.key]?.written ?? '–'}`,
  ])

/** What a mail's figures can be typed from: each attachment, or its text. */
const partsOf = (files: readonly AttachedFile[], form: Form): Markup =>
  form.select('attachment', {
    label: 'Hvor i mailen',
    choices: [
      ...files.map(({ at, name }) => ({ value: String(at), label: name })),
      { value: 'text', label: 'mailens tekst' },
    ],
    value: String(files[0]?.at ?? 'text'),
  })

const elsewhere = (today: string, form: Form): Markup =>
  html`${form.radios('source', {
    label: 'Tastet fra',
    choices: [
      { value: 'letter', label: 'Et brev' },
      { value: 'phone', label: 'En telefonsamtale' },
      { value: 'meeting', label: 'Et møde' },
    ],
  })}
  ${form.textInput('receivedOn', { label: 'Modtaget', type: 'date', width: 'input-width-m', value: today })}
  ${form.textInput('note', {
    label: 'Hvilket brev, eller hvem',
    hint: 'F.eks. brev af 20. februar 2015, journalnr., eller hvem der ringede.',
  })}`

/**
 * Figures that no program can read, typed in beside their source. They count as the ministry's typing, and the
 * contact gets a receipt to check them by.
 * @param from the mail that is typed from; null: a letter, a telephone call, a meeting
 * @param from.files what is attached to it
 */
export const typedForm = (
  frame: PageFrame,
  to: string,
  state: ReviewState,
  party: PartyState,
  from: { readonly mail: MailRecord; readonly files: readonly AttachedFile[] } | null,
): Markup => {
  const action = typedAction(party.municipality, from?.mail.mailKey ?? null)
  const id = formId(action)
  const name = municipalityName(party.municipality)
  return decisionForm(
    frame,
    {
      action,
      command: 'type-figures',
      to,
      heading:
        from === null
          ? `Tast tal ind for ${name}`
          : `Tast tal ind fra mailen af ${moment(from.mail.receivedAt)}`,
      hidden: {
        party: party.municipality,
        ...(from === null ? {} : { source: 'mail', mailKey: from.mail.mailKey, receivedOn: frame.today }),
      },
    },
    (form) =>
      html`${from === null ? elsewhere(frame.today, form) : partsOf(from.files, form)}
        ${form.textInput('page', {
          label: 'Side og linje, hvor intet andet er skrevet ved tallet',
          hint: 'Skriv ingen navne her.',
          required: false,
        })}
        ${table(
          `Tal for ${name}`,
          [{ title: 'Nøgle' }, { title: 'Tal' }, { title: 'Side og linje' }, { title: 'Står i sagen' }],
          rows(id, figureFields(state, party.municipality), party, form),
        )}
        <p class="quiet">
          Kun det, der er skrevet, gemmes. Tallene mærkes som tastet af ministeriet, og kontakten får en
          kvittering.
        </p>`,
  )
}

/** One form for each party, shut until it is asked for; after a refusal the one that was refused. */
export const typedForms = (frame: PageFrame, to: string, state: ReviewState): Markup => {
  const refused = frame.refused?.action ?? ''
  return html`${state.parties.map((party) => {
    const mail = state.mails.find(
      (candidate) => refused === typedAction(party.municipality, candidate.mailKey),
    )
    if (mail !== undefined) {
      const at = frame.refused?.filled['attachment']?.[0] ?? ''
      const files = /^\d+$/u.test(at) ? [{ at: Number(at), name: `vedhæftning ${Number(at) + 1}` }] : []
      return typedForm(frame, to, state, party, { mail, files })
    }
    return details(
      `Tast tal ind for ${municipalityName(party.municipality)} fra brev, telefon eller møde`,
      typedForm(frame, to, state, party, null),
      refused === typedAction(party.municipality, null),
    )
  })}`
}

/** What was typed in and from where, on the page that a figure's source leads to. */
export const typedContent = (
  entry: MailRecord,
  state: ReviewState,
  base: string,
  nameOf: (id: string) => string,
): Markup => {
  const { typed } = entry
  if (typed === null) return nothing
  const mail = state.mails.find((candidate) => candidate.mailKey === typed.mailKey)
  return html`<p>
      Tastet af ${nameOf(typed.by)} fra
      ${
        mail === undefined
          ? html`${sourceWords[typed.source]}, modtaget ${moment(entry.receivedAt)}: ${typed.note}`
          : html`<a href="${mailPath(base, mail.mailKey)}">mailen af ${moment(mail.receivedAt)}</a>,
              ${typed.attachment === null ? 'mailens tekst' : `vedhæftning ${typed.attachment + 1}`}`
      }.
    </p>
    ${table(
      'Tastede tal',
      [{ title: 'Nøgle' }, { title: 'Som tastet' }, { title: 'Side og linje' }],
      entry.values.map(({ key, at }) => [
        html`<span id="${figureAnchor(key)}">${key}</span>`,
        entry.details?.written[key] ?? '(slettet)',
        at.part === 'typed' ? at.page : '',
      ]),
    )}`
}
