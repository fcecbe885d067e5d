import { html } from 'hono/html'
import { labelOf } from './commands.ts'
import { checkboxes, radios, select, textArea, textInput, type Control } from './fields.ts'
import type { Markup } from './markup.ts'
import type { PageFrame } from './page.ts'

/** What a form's fields were filled with when it was refused; empty the first time. */
export interface Filled {
  value(name: string): string | null
  values(name: string): readonly string[]
}

/** A field of the form by its name: it is asked for unless it says otherwise, and filled as it was when refused. */
type Field<Draw extends (control: never) => Markup> = (
  name: string,
  field: Omit<Parameters<Draw>[0], 'id' | 'name'>,
) => Markup

/** What a form's fields are made with. */
export interface Form extends Filled {
  readonly textArea: Field<typeof textArea>
  readonly textInput: Field<typeof textInput>
  readonly radios: Field<typeof radios>
  readonly select: Field<typeof select>
  readonly checkboxes: Field<typeof checkboxes>
}

export interface FormShape {
  /** The form's identity on the page, its `data-action`: `approve`, `decide-held-mail/<key>`. */
  readonly action: string
  /** The command, the field `do`. */
  readonly command: string
  /** Where it is posted: the address of the page it stands on. */
  readonly to: string
  /** Empty: the form stands without a box and heading of its own. */
  readonly heading: string
  readonly hidden?: Readonly<Record<string, string>>
}

const noValues: readonly string[] = []

/** Letters and digits of an action, so that two forms of one page are two commands. */
const nonceTail = (action: string): string => action.replaceAll(/[^a-z0-9]/giu, '').slice(0, 40)

/** The form's heading's id, and the start of its fields' ids. */
export const formId = (action: string): string => `f-${action.replaceAll(/[^a-z0-9]/giu, '-')}`

/**
 * A form that decides something: posted with the session's CSRF token and a nonce that becomes the command's id,
 * so that sending it twice decides once.
 */
export const decisionForm = (frame: PageFrame, shape: FormShape, fields: (form: Form) => Markup): Markup => {
  const mine = frame.refused?.action === shape.action ? frame.refused.filled : {}
  const id = formId(shape.action)
  const named = (name: string, { required = true, value = '' }: Partial<Control>) => {
    const control = { id: `${id}-${name.replaceAll(/[^a-z0-9]/giu, '-')}`, name, required }
    return { ...control, value: mine[name]?.[0] ?? value }
  }
  const form: Form = {
    value: (name) => mine[name]?.[0] ?? null,
    values: (name) => mine[name] ?? noValues,
    textArea: (name, field) => textArea({ ...field, ...named(name, field) }),
    textInput: (name, field) => textInput({ ...field, ...named(name, field) }),
    radios: (name, field) => radios({ ...field, ...named(name, field) }),
    select: (name, field) => select({ ...field, ...named(name, field) }),
    checkboxes: (name, field) =>
      checkboxes({ ...field, ...named(name, field), values: mine[name] ?? field.values }),
  }
  const hidden = {
    csrf: frame.csrf,
    nonce: `${frame.nonce}.${nonceTail(shape.action)}`,
    do: shape.command,
    action: shape.action,
    ...shape.hidden,
  }
  const body = html`${Object.entries(hidden).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    ${fields(form)}
    <div class="inline-buttons">
      <button class="button button-primary" type="submit">${labelOf(shape.command)}</button>
    </div>`
  return shape.heading === ''
    ? html`<form method="post" action="${shape.to}" data-action="${shape.action}">${body}</form>`
    : html`<form
        method="post"
        action="${shape.to}"
        class="decision"
        data-action="${shape.action}"
        aria-labelledby="${id}"
      >
        <h3 id="${id}">${shape.heading}</h3>
        ${body}
      </form>`
}
