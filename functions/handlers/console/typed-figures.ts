import type { ReviewFacts } from '../../domain/review/decisions/declare.ts'
import { shapeOf } from '../../intake/value/value-read.ts'
import { readValue } from '../../intake/value/values.ts'

/**
 * What a caseworker typed, read as the same words in a mail would be: exact, in the field's unit, and whatever is
 * doubtful refused, since the person is there to ask.
 */
export const readTypedFigure: ReviewFacts['readFigure'] = (field, written, at) => {
  const read = readValue(written, shapeOf(field), at)
  if (read.as === 'value') return { value: read.value, text: read.text, written: read.written }
  return {
    problem:
      read.as === 'doubt' && read.kind === 'other-unit'
        ? `»${written}« har en anden enhed end ${field.unit}.`
        : `»${written}« kan ikke læses som ${field.type === 'milestone' ? 'ja eller nej med en dato' : 'ét tal'}.`,
  }
}
