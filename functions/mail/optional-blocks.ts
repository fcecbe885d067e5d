import type { FormField } from '../domain/form/field.ts'
import type { Language } from '../domain/base/values.ts'
import { heading, keyLine, paragraph } from './block.ts'
import type { Block } from './block.ts'
import { fieldLine } from './field-line.ts'

/** Optional lines under one introduction, in the order they are printed. */
interface OptionalGroup {
  readonly holds: (field: FormField) => boolean
  readonly introduction: (fields: readonly FormField[], language: Language) => string
}

const keyed =
  (...keys: readonly string[]): OptionalGroup['holds'] =>
  (field) =>
    keys.includes(field.key)

const said =
  (danish: string, english: string): OptionalGroup['introduction'] =>
  (_fields, language) =>
    language === 'da' ? danish : english

const statusIntroduction: OptionalGroup['introduction'] = (fields, language) => {
  const numbers = fields.map((field) =>
    field.subject.of === 'action' ? field.subject.action.key.slice(1) : '',
  )
  const last = numbers.at(-1) ?? ''
  const before = numbers.slice(0, -1).join(', ')
  if (language === 'da') {
    const which = before === '' ? `aktivitet ${last}` : `aktivitet ${before} og ${last}`
    return `Hvor langt er ${which}? Ikke begyndt, i gang eller gennemført.`
  }
  const which = before === '' ? `action ${last}` : `actions ${before} and ${last}`
  return `How far has ${which} come? Not started, in progress or completed.`
}

const groups: readonly OptionalGroup[] = [
  {
    holds: (field) =>
      field.key === 'Bemærkninger' || (field.subject.of === 'target' && field.subject.part === 'note'),
    introduction: said(
      'Her kan I skrive så meget, I har brug for.',
      'Here you can write as much as you need.',
    ),
  },
  {
    holds: (field) => field.subject.of === 'action' && field.subject.part === 'status',
    introduction: statusIntroduction,
  },
  {
    holds: keyed('Genforhandling'),
    introduction: said(
      'Ønsker I genforhandling? Skriv ja og hvilken forudsætning der er ændret.',
      'Do you want to renegotiate? Write yes and which assumption has changed.',
    ),
  },
  {
    holds: keyed('Erfaring', 'Erfaring må deles'),
    introduction: said(
      'En erfaring, andre kommuner kan bruge, og om vi må dele den (ja eller nej).',
      'An experience other municipalities can use, and whether we may share it (yes or no).',
    ),
  },
  {
    holds: keyed('Godkendt af', 'Forbehold'),
    introduction: said(
      'Navn og titel på den, der har godkendt tallene. De kan sendes med forbehold for politisk behandling.',
      'Name and title of the person who has approved the figures. They may be sent with a reservation for political consideration.',
    ),
  },
  {
    holds: keyed('Færdig'),
    introduction: said(
      'Skriv ja, når I ikke venter flere rettelser.',
      'Write yes when you expect no more corrections.',
    ),
  },
]

/** »KAN UDFYLDES«: the optional lines of these fields, each group under its introduction; empty when there are none. */
export const optionalBlocks = (fields: readonly FormField[], language: Language): readonly Block[] => {
  const optional = fields.filter((field) => !field.required)
  const blocks = groups.flatMap(({ holds, introduction }) => {
    const held = optional.filter(holds)
    if (held.length === 0) return []
    return [
      paragraph(introduction(held, language)),
      ...held.map((field) => keyLine(fieldLine(field, language))),
    ]
  })
  return blocks.length === 0 ? [] : [heading(language === 'da' ? 'KAN UDFYLDES' : 'OPTIONAL'), ...blocks]
}
