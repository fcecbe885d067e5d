import type { PersonCommand } from '../../domain/review/decide/commands.ts'
import { readableFields } from '../../domain/form/form.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { readValue } from '../../intake/values.ts'
import { shapeOf } from '../../intake/value-read.ts'
import type { Parsed } from '../../web/form-body.ts'
import type { TypedFiguresForm } from '../../web/review/typed-command.ts'

/**
 * What a caseworker typed, read as the same words in a mail would be: exact, in the field's unit, and whatever is
 * doubtful refused, since the person is there to ask.
 * @param today Danish calendar date
 */
export const readTypedFigures = (
  state: ReviewState,
  form: TypedFiguresForm,
  today: string,
): Parsed<PersonCommand> => {
  const fields =
    state.content === null
      ? []
      : readableFields(state.content, { year: state.year, municipality: form.party })
  const problems: string[] = []
  const figures = form.figures.flatMap(({ key, written, place }) => {
    const field = fields.find((candidate) => candidate.key === key)
    if (field === undefined) {
      problems.push(`${key} er ikke et tal i indberetningen.`)
      return []
    }
    const read = readValue(written, shapeOf(field), { year: state.year, receivedOn: today })
    if (read.as === 'value')
      return [{ key, value: read.value, text: read.text, written: read.written, place }]
    problems.push(
      read.as === 'doubt' && read.kind === 'other-unit'
        ? `${key}: »${written}« har en anden enhed end ${field.unit}.`
        : `${key}: »${written}« kan ikke læses som ${field.type === 'milestone' ? 'ja eller nej med en dato' : 'ét tal'}.`,
    )
    return []
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, command: { ...form, figures } }
}
