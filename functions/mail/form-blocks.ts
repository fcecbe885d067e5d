import type { FormField } from '../domain/form/field.ts'
import type { Language } from '../domain/base/values.ts'
import {
  type Action,
  type AgreementKind,
  type Assumption,
  type Target,
  inYear,
} from '../domain/agreement/content.ts'
import { printKroner, printNumber, unitIn } from '../domain/base/danish.ts'
import { gap, heading, paragraph, together, type Block } from './block.ts'
import { earlierFigure, fieldKey, lastYearOf, targetWords, fieldLines } from './form-words.ts'
import { agreementWords } from './case-facts.ts'

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
const optionalBlocks = (fields: readonly FormField[], language: Language): readonly Block[] => {
  const optional = fields.filter((field) => !field.required)
  const blocks = groups.flatMap(({ holds, introduction }) => {
    const held = optional.filter(holds)
    if (held.length === 0) return []
    return [paragraph(introduction(held, language)), ...fieldLines(held, language)]
  })
  return blocks.length === 0 ? [] : [heading(language === 'da' ? 'KAN UDFYLDES' : 'OPTIONAL'), ...blocks]
}

/** The form of one request, as its lines are printed. */
export interface PrintedForm {
  /** The fields asked for in this mail: all of the form, or the missing ones alone. */
  readonly fields: readonly FormField[]
  readonly resultsYear: number
  readonly kind: AgreementKind
  readonly language: Language
  /** Whose figures are asked: last year's are its own alone. */
  readonly municipality: string
  readonly caseNumber: string
  readonly token: string
}

/** More required lines than this in one mail, and it prints the workbook's sentence instead (LETTERS 3.1). */
const mostRequiredLines = 12

/** `7QX4 M2P9 T3VW 8HND` */
export const spacedToken = (token: string): string => token.replace(/(.{4})(?=.)/g, '$1 ')

const mustFill = (language: Language): string => (language === 'da' ? '(skal udfyldes)' : '(required)')

const targetTexts = (target: Target, form: PrintedForm): readonly string[] => {
  const { language, resultsYear } = form
  const danish = language === 'da'
  const { definition, definitionEn, source } = target.measurement
  const asked = inYear(danish ? definition : definitionEn, resultsYear)
  if (target.measure.type === 'milestone') {
    const how = danish
      ? 'Skriv ja og datoen, eller nej og hvornår I venter det.'
      : 'Write yes and the date, or no and when you expect it.'
    return [`${asked} ${how}`]
  }
  const lower = target.direction === 'rising' ? '' : danish ? ' Lavere er bedre.' : ' Lower is better.'
  const from = danish ? `Kilde: ${source}.` : `Source: ${source}.`
  const goal = targetWords(target, resultsYear, language)
  const last = lastYearOf(target, resultsYear, form.municipality)
  const known = [
    ...(goal === null
      ? []
      : [`${danish ? 'Mål for' : 'Target for'} ${resultsYear}: ${goal.replace(/\.$/, '')}.`]),
    ...(target.baseline === null
      ? []
      : [
          `${danish ? 'Udgangspunkt' : 'Baseline'} ${target.baseline.year}: ${earlierFigure(target.baseline.measured, language)}.`,
        ]),
    ...(last === null
      ? []
      : [`${together(danish ? 'Sidste år:' : 'Last year:')} ${earlierFigure(last, language)}.`]),
  ]
  return [`${asked}${lower} ${from}`, ...(known.length === 0 ? [] : [known.join(' ')])]
}

const limitWords = (assumption: Assumption, language: Language): string => {
  const { kind, limit } = assumption.rule
  const danish = language === 'da'
  const number = printNumber(limit, language)
  switch (kind) {
    case 'relative':
      return danish
        ? ` Grænse: ændring på over ${number} pct.`
        : ` Limit: a change of more than ${number} per cent.`
    case 'absolute':
      return danish
        ? ` Grænse: ændring på over ${number} ${assumption.unit}.`
        : ` Limit: a change of more than ${number} ${unitIn(assumption.unit, language)}.`
    case 'any':
      return danish ? ' Grænse: enhver ændring.' : ' Limit: any change.'
    case 'by-hand':
      return ''
  }
}

const assumptionTexts = (assumption: Assumption, form: PrintedForm): readonly string[] => {
  const { language } = form
  const { short } = agreementWords(form.kind, language)
  const reference = `${printNumber(assumption.reference.value, language)} ${unitIn(assumption.unit, language)}`
  const assumed =
    language === 'da' ? `Forudsat i ${short}: ${reference}.` : `Assumed in ${short}: ${reference}.`
  return [assumed + limitWords(assumption, language)]
}

const actionTexts = (action: Action, parts: readonly string[], form: PrintedForm): readonly string[] => {
  const danish = form.language === 'da'
  const { resultsYear: year } = form
  const grant = action.grants.find((entry) => entry.year === year)?.kroner
  const cost = danish
    ? `Kommunens udgift i ${year}, inkl. løn.`
    : `The municipality's cost in ${year}, wages included.`
  const granted =
    grant === undefined
      ? ''
      : ` ${danish ? 'Tilskud' : 'Grant'} ${year}: ${printKroner(grant, form.language).replace(/\.$/, '')}.`
  const status = danish
    ? 'Status: ikke begyndt, i gang eller gennemført.'
    : 'Status: not started, in progress or completed.'
  return [...(parts.includes('cost') ? [cost + granted] : []), ...(parts.includes('status') ? [status] : [])]
}

const agreementSections: Readonly<
  Record<string, { readonly heading: readonly [string, string]; readonly texts: readonly [string, string] }>
> = {
  Formidling: {
    heading: ['FORMIDLING', 'DISSEMINATION'],
    texts: [
      'Skriv titel eller adresse i Erfaringsbasen, eller hvornår det sker.',
      'Write the title or address in Erfaringsbasen, or when it will be there.',
    ],
  },
  Rådgivning: {
    heading: ['RÅDGIVNING', 'ADVICE'],
    texts: [
      'Skriv nej, eller ja og om den har hjulpet: i høj grad, i nogen grad eller slet ikke.',
      'Write no, or yes and whether it has helped: to a large extent, to some extent or not at all.',
    ],
  },
}

const agreementQuestions: Readonly<Record<string, readonly [string, string]>> = {
  Formidling: ['Hvor er erfaringerne beskrevet?', 'Where are the experiences described?'],
  Rådgivning: ['Har I fået rådgivning fra ministeriet?', 'Have you had advice from the ministry?'],
}

const numberOf = (key: string): string => key.replace(/^\D+/, '')

interface Section {
  readonly id: string
  readonly fields: FormField[]
}

/** Required fields by what they belong to, in the form's order. */
const sectionsOf = (fields: readonly FormField[]): readonly Section[] => {
  const sections = new Map<string, Section>()
  for (const field of fields) {
    const id =
      field.subject.of === 'target'
        ? field.subject.target.key
        : field.subject.of === 'assumption'
          ? field.subject.assumption.key
          : field.subject.of === 'action'
            ? field.subject.action.key
            : field.key
    const section = sections.get(id)
    if (section === undefined) sections.set(id, { id, fields: [field] })
    else section.fields.push(field)
  }
  return [...sections.values()]
}

const sectionHead = (section: Section, form: PrintedForm): { heading: string; texts: readonly string[] } => {
  const danish = form.language === 'da'
  const must = mustFill(form.language)
  const [first] = section.fields
  const number = numberOf(section.id)
  if (first === undefined) return { heading: '', texts: [] }
  const { subject } = first
  switch (subject.of) {
    case 'target': {
      const name = inYear(danish ? subject.target.title : subject.target.titleEn, form.resultsYear)
      return {
        heading: `${danish ? 'MÅL' : 'TARGET'} ${number} ${must}. ${name}`,
        texts: targetTexts(subject.target, form),
      }
    }
    case 'assumption': {
      const name = inYear(danish ? subject.assumption.title : subject.assumption.titleEn, form.resultsYear)
      return {
        heading: `${danish ? 'FORUDSÆTNING' : 'ASSUMPTION'} ${number} ${must}. ${name}`,
        texts: assumptionTexts(subject.assumption, form),
      }
    }
    case 'action': {
      const name = danish ? subject.action.title : subject.action.titleEn
      const parts = section.fields.map((field) => (field.subject.of === 'action' ? field.subject.part : ''))
      return {
        heading: danish
          ? `HANDLINGSPLAN ${must}. Aktivitet ${number}: ${name}`
          : `ACTION PLAN ${must}. Action ${number}: ${name}`,
        texts: actionTexts(subject.action, parts, form),
      }
    }
    case 'agreement': {
      const at = danish ? 0 : 1
      const words = agreementSections[first.key]
      const question = agreementQuestions[first.key]?.[at] ?? ''
      const name = words?.heading[at] ?? fieldKey(first, form.language).toLocaleUpperCase('da')
      return {
        heading: `${name} ${must}. ${question}`.trim(),
        texts: words === undefined ? [] : [words.texts[at]],
      }
    }
  }
}

const requiredBlocks = (form: PrintedForm): readonly Block[] =>
  sectionsOf(form.fields.filter((field) => field.required)).flatMap((section) => [
    { block: 'section', ...sectionHead(section, form) },
    ...fieldLines(section.fields, form.language),
    gap,
  ])

/** True when the mail prints the workbook's sentence instead of its lines. */
const needsWorkbook = (form: PrintedForm): boolean =>
  form.fields.filter((field) => field.required).length > mostRequiredLines

const frameLines = (
  form: PrintedForm,
): { readonly first: string; readonly last: string; readonly ids: string } => {
  const { indefinite } = agreementWords(form.kind, form.language)
  const token = spacedToken(form.token)
  return form.language === 'da'
    ? {
        first: `Indberetning for ${form.resultsYear}, ${indefinite} – udfyldes nedenfor`,
        ids: `Sagsnr. ${form.caseNumber}   Svarnr. ${token}`,
        last: 'Slut på indberetningen',
      }
    : {
        first: `Return for ${form.resultsYear}, ${indefinite} – fill in below`,
        ids: `Case no. ${form.caseNumber}   Reply no. ${token}`,
        last: 'End of the return',
      }
}

/**
 * The form: key lines alone between blank lines, explanation above them (LETTERS 3.2). With more than
 * twelve required lines only the sentence that points to the workbook.
 */
export const formBlocks = (form: PrintedForm): readonly Block[] => {
  const { first, ids, last } = frameLines(form)
  if (needsWorkbook(form)) {
    const sentence =
      form.language === 'da'
        ? 'Der er mange tal i år. Brug regnearket.'
        : 'There are many figures this year. Please use the workbook.'
    return [paragraph(sentence), { block: 'line', text: ids }, gap]
  }
  const optional = optionalBlocks(form.fields, form.language)
  return [
    heading(first),
    { block: 'line', text: ids },
    gap,
    ...requiredBlocks(form),
    ...(optional.length === 0 ? [] : [...optional, gap]),
    paragraph(last),
    gap,
  ]
}
