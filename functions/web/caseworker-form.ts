import { decisionForm, type FormShape } from './form.ts'
import { details, type Markup } from './markup.ts'
import type { PageFrame } from './page.ts'

/** A case changes hands: to the reader, unless another is chosen. */
export const caseworkerForm = (
  frame: PageFrame,
  { to, command }: Pick<FormShape, 'to' | 'command'>,
  caseworkers: readonly { readonly id: string; readonly name: string }[],
): Markup =>
  details(
    'Skift sagsbehandler',
    decisionForm(frame, { action: command, command, to, heading: 'Sagsbehandler' }, (form) =>
      form.select('person', {
        label: 'Sagen overtages af',
        hint: 'Breve, opgaver og de daglige mails følger med.',
        choices: caseworkers.map(({ id, name }) => ({ value: id, label: name })),
        value: frame.reader.id,
      }),
    ),
    frame.refused?.action === command,
  )
