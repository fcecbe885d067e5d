import { html } from 'hono/html'
import type { Markup } from './markup.ts'

/** Controls of the design system. `id` is unique on the page; `name` is the form's. */
export interface Control {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly value?: string
  /** Marked in words, as the rest is voluntary. */
  readonly required?: boolean
}

const hintId = (control: Control): string => `${control.id}-hint`

const described = (control: Control): Markup | string =>
  control.hint === undefined ? '' : html`aria-describedby="${hintId(control)}"`

const labelled = (control: Control): Markup =>
  html`<label class="form-label" for="${control.id}"
      >${control.label}${
        control.required === true ? '' : html`<span class="weight-normal"> (frivilligt)</span>`
      }</label
    >${control.hint === undefined ? '' : html`<span class="form-hint" id="${hintId(control)}">${control.hint}</span>`}`

const required = (control: Control): Markup | string => (control.required === true ? html`required` : '')

export const textArea = (control: Control & { readonly rows?: number }): Markup =>
  html`<div class="form-group">
    ${labelled(control)}
    <textarea
      class="form-input"
      id="${control.id}"
      name="${control.name}"
      rows="${control.rows ?? 3}"
      maxlength="8000"
      ${described(control)}
      ${required(control)}
    >
${control.value ?? ''}</textarea>
  </div>`

export const textInput = (
  control: Control & { readonly type?: 'text' | 'date'; readonly width?: string },
): Markup =>
  html`<div class="form-group">
    ${labelled(control)}
    <input
      class="form-input ${control.width ?? ''}"
      type="${control.type ?? 'text'}"
      id="${control.id}"
      name="${control.name}"
      value="${control.value ?? ''}"
      maxlength="400"
      ${described(control)}
      ${required(control)}
    />
  </div>`

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

type Choosing = Control & { readonly choices: readonly Choice[] }

/** Choices that are all visible; those picked are marked. */
const listed = (control: Choosing, type: 'radio' | 'checkbox', picked: readonly string[]): Markup =>
  html`<div class="form-group">
    <fieldset>
      <legend class="form-label">${control.label}</legend>
      ${control.hint === undefined ? '' : html`<span class="form-hint">${control.hint}</span>`}
      ${control.choices.map(
        (choice, at) =>
          html`<div class="form-group-${type}">
            <input
              type="${type}"
              class="form-${type}"
              id="${control.id}-${at}"
              name="${control.name}"
              value="${choice.value}"
              ${picked.includes(choice.value) ? 'checked' : ''}
              ${type === 'radio' ? required(control) : ''}
            />
            <label class="form-label" for="${control.id}-${at}">${choice.label}</label>
            ${choice.hint === undefined ? '' : html`<span class="form-hint">${choice.hint}</span>`}
          </div>`,
      )}
    </fieldset>
  </div>`

/** One of a few. */
export const radios = (control: Choosing): Markup =>
  listed(control, 'radio', control.value === undefined ? [] : [control.value])

/** Any number of several. */
export const checkboxes = (control: Choosing & { readonly values: readonly string[] }): Markup =>
  listed(control, 'checkbox', control.values)

export const select = (control: Choosing): Markup =>
  html`<div class="form-group">
    ${labelled(control)}
    <select
      class="form-select"
      id="${control.id}"
      name="${control.name}"
      ${described(control)}
      ${required(control)}
    >
      ${control.choices.map(
        (choice) =>
          html`<option value="${choice.value}" ${choice.value === (control.value ?? '') ? 'selected' : ''}>
            ${choice.label}
          </option>`,
      )}
    </select>
  </div>`
