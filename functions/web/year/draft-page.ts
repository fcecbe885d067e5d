import { html } from 'hono/html'
import { type ContentField, ownerName } from '../../domain/agreement/fields/content-fields.ts'
import { reform2007 } from '../../domain/agreement/municipal-reform.ts'
import { select, textInput } from '../fields.ts'
import { decisionForm, type Form } from '../form.ts'
import { alert, details, nothing, table, type Markup } from '../markup.ts'
import { page, type PageFrame } from '../page.ts'
import { municipalityName, municipalityNames } from '../words.ts'
import type { DraftView } from './draft-view.ts'
import { renegotiationPath } from './renegotiation-forms.ts'

/** The page's own address; what shapes the draft stands after the question mark. */
export const draftPath = (view: Pick<DraftView, 'agreement' | 'seq'>): string =>
  `${renegotiationPath(view)}/draft`

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const control = (field: ContentField, form: Form): Markup => {
  const name = `field.${field.name}`
  const shared = {
    label: capitalised(field.label),
    required: field.required && field.text !== '',
    value: field.text,
  }
  switch (field.control) {
    case 'area':
      return form.textArea(name, {
        ...shared,
        rows: Math.min(8, Math.max(2, field.text.split('\n').length)),
      })
    case 'date':
      return form.textInput(name, { ...shared, type: 'date', width: 'input-width-m' })
    case 'choice':
      return form.select(name, {
        ...shared,
        choices: [...(field.required ? [] : [{ value: '', label: 'ikke aftalt' }]), ...field.choices],
      })
    case 'line':
      return form.textInput(name, shared)
    default:
      return field.control satisfies never
  }
}

const apportionment = (key: string, form: Form): Markup =>
  form.radios(`apportioned.${key}`, {
    label: 'Er det aftalt, hvordan basismåling og målværdi deles mellem de nye kommuner?',
    hint: 'Indtil det er aftalt, kan målet ikke bedømmes. Er det aftalt, skrives hver kommunes del ovenfor.',
    required: false,
    choices: [{ value: 'yes', label: 'Ja, delene står ovenfor' }],
  })

const groupOf = (view: DraftView, key: string): readonly ContentField[] =>
  view.fields.filter(({ owner }) => owner === key)

const isValue = ({ name }: ContentField): boolean => /\.value\.\d{4}$/u.test(name)

/** What is negotiated first is open; the rest of the owner's fields are a press away. */
const ownerFields = (view: DraftView, owner: DraftView['owners'][number], form: Form): Markup => {
  const fields = groupOf(view, owner.key)
  const rest = fields.filter((field) => !isValue(field))
  const heading = `${capitalised(ownerName(owner.key).da)}: ${owner.title}`
  const isNew = !view.keys.includes(owner.key)
  return html`<fieldset>
    <legend class="form-label">${heading}${isNew ? ' (ny)' : ''}</legend>
    ${fields.filter(isValue).map((field) => control(field, form))}
    ${details(
      `Alle felter i ${ownerName(owner.key).da}`,
      html`${rest.map((field) => control(field, form))}`,
      isNew || owner.awaits,
    )}
    ${owner.awaits ? apportionment(owner.key, form) : nothing}
  </fieldset>`
}

/** Posted to the address it was shown at, which carries how the draft is shaped. */
const draftForm = (frame: PageFrame, view: DraftView, address: string): Markup =>
  decisionForm(
    frame,
    {
      action: 'draft-proposal',
      command: 'draft-proposal',
      to: address,
      heading: 'Udkast til tillæg',
    },
    (form) =>
      html`<p>
          Felterne viser det, udkastet begynder med. Ret det, der skal ændres; det øvrige forbliver, som det
          er. Målværdier for år, der er åbnet, kan ikke ændres.
        </p>
        ${view.owners.map((owner) => ownerFields(view, owner, form))}
        ${details('Aftalen som helhed', html`${groupOf(view, '').map((field) => control(field, form))}`)}
        ${form.textInput('effectiveFrom', {
          label: 'Ikrafttrædelse',
          type: 'date',
          width: 'input-width-m',
          value: view.effectiveFrom,
        })}
        ${form.textArea('reason', {
          label: 'Begrundelse',
          hint: 'Står på sagen sammen med udkastet.',
          value: view.note,
        })}`,
  )

const reformRow = (code: string): Markup =>
  html`<fieldset>
    <legend class="form-label">${municipalityName(code)} (${code})</legend>
    ${textInput({
      id: `into-${code}`,
      name: `into.${code}`,
      label: 'Overgår til',
      hint: 'Kommunekoder med komma imellem, den, der fører sagen videre, først. Én kode: lagt sammen. Flere: delt.',
      width: 'input-width-m',
    })}
    ${select({
      id: `as-${code}`,
      name: `as.${code}`,
      label: 'Eller som i kommunalreformen 2007',
      choices: [
        { value: '', label: 'nej' },
        ...reform2007.map(({ name, into }) => ({
          value: name,
          label: `${name}: ${municipalityNames(into)}`,
        })),
      ],
    })}
  </fieldset>`

const keyChoices = (view: DraftView) => [
  { value: '', label: 'ingen' },
  ...view.keys.map((key) => ({ value: key, label: capitalised(ownerName(key).da) })),
]

/** Asked for by address, so that nothing is decided by it: the fields below are filled in anew. */
const shapeForms = (view: DraftView): Markup =>
  html`${details(
    'Kommuner lægges sammen eller deles',
    html`<form method="get" action="${draftPath(view)}" data-action="reform">
      <p>Efterfølgeren træder ind i aftalen. Tal lægges sammen; en deling skal aftales mål for mål.</p>
      ${carried(view, 'reform')}
      ${textInput({
        id: 'reform-on',
        name: 'on',
        label: 'De nye kommuners første dag',
        type: 'date',
        width: 'input-width-m',
        required: true,
      })}
      ${view.parties.map(reformRow)}
      <button class="button button-secondary" type="submit">Vis udkastet med de nye kommuner</button>
    </form>`,
  )}
  ${details(
    'Mål, forudsætninger og aktiviteter, der bortfalder eller kommer til',
    html`<form method="get" action="${draftPath(view)}" data-action="shape">
      ${carried(view, 'keys')} ${view.asked.lapsed.map((key) => hidden('lapsed', key))}
      ${view.asked.like.map((key) => hidden('like', key))}
      ${select({ id: 'lapsed', name: 'lapsed', label: 'Bortfalder', choices: keyChoices(view) })}
      ${select({
        id: 'like',
        name: 'like',
        label: 'Kommer til, begyndt som en kopi af',
        hint: 'Den nye får sit eget nummer, som ikke har været brugt før.',
        choices: keyChoices(view),
      })}
      <button class="button button-secondary" type="submit">Vis udkastet sådan</button>
    </form>`,
  )}`

const hidden = (name: string, value: string): Markup =>
  html`<input type="hidden" name="${name}" value="${value}" />`

/** What the address shapes already goes along when it shapes something more. */
const carried = ({ asked }: DraftView, besides: 'reform' | 'keys'): Markup =>
  html`${asked.counter === null ? nothing : hidden('counter', asked.counter)}
  ${besides === 'keys' ? nothing : asked.lapsed.map((key) => hidden('lapsed', key))}
  ${besides === 'keys' ? nothing : asked.like.map((key) => hidden('like', key))}
  ${
    besides === 'reform' || asked.reform === null
      ? nothing
      : html`${hidden('on', asked.reform.on)}
        ${asked.reform.successions.map(({ old, into }) => hidden(`into.${old}`, into.join(',')))}`
  }`

/**
 * A draft in which every field of the agreement that may change can be edited.
 * @param address where it was shown, with what shapes it
 * @param problem what is wrong with the shape that was asked for; the draft is then shown without it
 */
export const draftPage = (
  frame: PageFrame,
  view: DraftView,
  address: string,
  problem: string | null,
): Markup =>
  page(frame, {
    title: `Udkast til tillæg: ${view.title}`,
    path: draftPath(view),
    content: html`<p><a href="${renegotiationPath(view)}">Tilbage til genforhandlingen</a></p>
      ${problem === null ? nothing : alert('error', 'Udkastet kan ikke vises sådan', problem)}
      ${
        view.asked.counter === null
          ? nothing
          : html`<p>
              Udkastet begynder med kommunens ændringsforslag. De værdier, kommunen har foreslået, skal stå
              ved magt; alt andet kan rettes. Når udkastet sendes til godkendelse, er ændringsforslaget fulgt.
            </p>`
      }
      ${
        view.differences.length === 0
          ? nothing
          : table(
              'Det ændrer udkastet, som det begynder',
              [{ title: 'Felt' }, { title: 'Nu' }, { title: 'Udkast' }],
              view.differences.map((one) => [
                one.field,
                html`<del class="old">${one.now}</del>`,
                html`<ins class="new">${one.proposed}</ins>`,
              ]),
            )
      }
      ${shapeForms(view)}
      <h2>Aftalens felter</h2>
      ${draftForm(frame, view, address)}`,
  })
