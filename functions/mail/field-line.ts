import type { FormField } from '../domain/form/field.ts'
import type { Language } from '../domain/base/values.ts'
import { unitIn } from '../domain/base/units.ts'

/** A field's key as printed in a language. */
export const fieldKey = (field: FormField, language: Language): string =>
  language === 'da' ? field.key : field.english

/** `M1 i alt: ____ personer`: a key with its blank, never with a value (LETTERS 3.2). */
export const fieldLine = (field: FormField, language: Language): string =>
  `${fieldKey(field, language)}: ____${field.unit === '' ? '' : ` ${unitIn(field.unit, language)}`}`
