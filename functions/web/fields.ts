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

/** One of a few, all visible. */
export const radios = (control: Control & { readonly choices: readonly Choice[] }): Markup =>
  html`<div class="form-group">
    <fieldset>
      <legend class="form-label">${control.label}</legend>
      ${control.hint === undefined ? '' : html`<span class="form-hint">${control.hint}</span>`}
      ${control.choices.map(
        (choice, at) =>
          html`<div class="form-group-radio">
            <input
              type="radio"
              class="form-radio"
              id="${control.id}-${at}"
              name="${control.name}"
              value="${choice.value}"
              ${choice.value === control.value ? 'checked' : ''}
              ${required(control)}
            />
            <label class="form-label" for="${control.id}-${at}">${choice.label}</label>
            ${choice.hint === undefined ? '' : html`<span class="form-hint">${choice.hint}</span>`}
          </div>`,
      )}
    </fieldset>
  </div>`

/** Any number of several. */
export const checkboxes = (
  control: Control & { readonly choices: readonly Choice[]; readonly values: readonly string[] },
): Markup =>
  html`<div class="form-group">
    <fieldset>
      <legend class="form-label">${control.label}</legend>
      ${control.hint === undefined ? '' : html`<span class="form-hint">${control.hint}</span>`}
      ${control.choices.map(
        (choice, at) =>
          html`<div class="form-group-checkbox">
            <input
              type="checkbox"
              class="form-checkbox"
              id="${control.id}-${at}"
              name="${control.name}"
              value="${choice.value}"
              ${control.values.includes(choice.value) ? 'checked' : ''}
            />
            <label class="form-label" for="${control.id}-${at}">${choice.label}</label>
          </div>`,
      )}
    </fieldset>
  </div>`

export const select = (control: Control & { readonly choices: readonly Choice[] }): Markup =>
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
