import type { AnswerValue, DoubtKind } from '../../domain/casefile/reading.ts'
import type { FieldType, FormField } from '../../domain/form/field.ts'
import { excerpt } from '../clean-text.ts'

/** What came of reading a value. `whole`: nothing but the value stood there. */
export type Read =
  | {
      readonly as: 'value'
      readonly value: AnswerValue
      readonly text: string
      readonly written: string
      readonly whole: boolean
    }
  | {
      readonly as: 'pair'
      readonly total: string
      readonly ofWhich: string
      readonly note: string
      readonly written: string
      readonly whole: boolean
    }
  | {
      readonly as: 'doubt'
      readonly kind: DoubtKind
      readonly written: string
      readonly details: Readonly<Record<string, string>>
    }
  | { readonly as: 'empty' }

/** How a field's value is read. */
export interface ValueShape {
  readonly type: FieldType | 'pair'
  readonly unit: string
  /** Part of a share: a percentage alone is asked back. */
  readonly share: boolean
  /** A whole number is asked for. */
  readonly whole: boolean
  readonly mayBeNegative: boolean
  /** Figures that both sides know already: earlier results, targets, references and grants, exact. */
  readonly known: readonly string[]
}

export const understood = (value: AnswerValue, text: string, written: string, whole = true): Read => ({
  as: 'value',
  value,
  text,
  written: excerpt(written),
  whole,
})

export const doubtful = (
  kind: DoubtKind,
  written: string,
  details: Readonly<Record<string, string>> = {},
): Read => ({
  as: 'doubt',
  kind,
  written: excerpt(written),
  details,
})

/** Earlier figures, and those the agreement was made with. */
const knownOf = ({ subject }: FormField): readonly string[] => {
  switch (subject.of) {
    case 'target':
      return [
        ...subject.target.history.flatMap(({ measured }) =>
          'numerator' in measured
            ? [measured.numerator, measured.denominator]
            : 'value' in measured
              ? [measured.value]
              : [],
        ),
        ...subject.target.targets.map(({ value }) => value),
      ]
    case 'assumption':
      return [subject.assumption.reference.value]
    case 'action':
      return subject.action.grants.flatMap(({ kroner }) => (kroner === '0' ? [] : [kroner]))
    case 'agreement':
      return []
    default:
      return subject satisfies never
  }
}

/** The shape of a field's value: persons are whole and never negative, kroner never negative. */
export const shapeOf = (field: FormField): ValueShape => {
  const whole = field.type === 'count' || /^(?:personer|pers\.?|stk\.?)$/iu.test(field.unit.trim())
  const countsThings = /^(?:personer|pers\.?|uger|dage|måneder|år|timer|stk\.?)$/iu.test(field.unit.trim())
  return {
    type: field.type,
    unit: field.unit,
    share:
      field.subject.of === 'target' && (field.subject.part === 'total' || field.subject.part === 'of-which'),
    whole,
    mayBeNegative: field.type === 'number' && !countsThings,
    known: knownOf(field),
  }
}
