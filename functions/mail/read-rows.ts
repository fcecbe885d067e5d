import { div, exact, isZero, mul, sub, whole } from '../domain/base/exact.ts'
import type { FormField } from '../domain/form/field.ts'
import type { Answer } from '../domain/casefile/reading.ts'
import type { Language } from '../domain/base/values.ts'
import {
  printChangePct,
  printDate,
  printKroner,
  printNumber,
  printWeekdayDate,
  unitIn,
} from '../domain/base/danish.ts'
import { together, type Row } from './block.ts'
import { echo } from './phrases.ts'
import { earlierShort, lastYearOf, sharePercent, targetShort } from './form-words.ts'

/** What the rows of a receipt are made of. */
export interface ReadContext {
  readonly fields: readonly FormField[]
  readonly resultsYear: number
  readonly municipality: string
  readonly language: Language
  /** Assumptions whose change is beyond the agreement's limit, as the domain found. */
  readonly beyondLimit: readonly string[]
  /** The dissemination was given without an address or title: it is asked again in August (letter L12). */
  readonly disseminationAskedAgain: boolean
  /** A wish to renegotiate: the assumptions it names, and the day it is answered by, where it counts. */
  readonly renegotiation: { readonly assumptions: readonly string[]; readonly answerBy: string | null } | null
  /** Keys of the agreement that the ministry observes; left out where there are none. */
  readonly observedByUs?: readonly string[]
}

/** The longest free text a row repeats. */
const longestText = 300

const label = (key: string, language: Language): string => {
  const number = /\d+/.exec(key)?.[0] ?? ''
  if (key.startsWith('M')) return `${language === 'da' ? 'Mål' : 'Target'} ${number}`
  if (key.startsWith('FS')) return `${language === 'da' ? 'Forudsætning' : 'Assumption'} ${number}`
  return `${language === 'da' ? 'Aktivitet' : 'Action'} ${number}`
}

/** `Mål 1`, `Mål 1, heraf`, `Aktivitet 1, udgift`: a field in words, never a key followed by a value. */
export const fieldLabel = (field: FormField, language: Language): string => {
  const danish = language === 'da'
  const { subject } = field
  switch (subject.of) {
    case 'target': {
      const part = {
        total: danish ? ', i alt' : ', total',
        'of-which': danish ? ', heraf' : ', of which',
        value: '',
        note: '',
        'new-target': danish ? ', ny målværdi' : ', new target',
      }
      return label(subject.target.key, language) + part[subject.part]
    }
    case 'assumption':
      return label(subject.assumption.key, language)
    case 'action':
      return `${label(subject.action.key, language)}, ${
        subject.part === 'status' ? 'status' : danish ? 'udgift' : 'cost'
      }`
    case 'agreement':
      return danish ? field.key : field.english
  }
}

const digitsOf = (text: string): string =>
  (/\d[\d.,]*/.exec(text)?.[0] ?? '').replace(/,(?:-|00$)/, '').replace(/\D/g, '')

/** `(I skrev: 0,4 mio. kr.)`, only when another size of the unit was converted. */
const asWritten = (answer: Answer, printed: string, language: Language): readonly string[] => {
  if (digitsOf(answer.written) === digitsOf(printed)) return []
  return [`${language === 'da' ? 'I skrev' : 'you wrote'}: ${echo(answer.written)}`]
}

const details = (parts: readonly string[]): { readonly detail?: string } =>
  parts.length === 0 ? {} : { detail: `(${parts.join('; ')})` }

/** The value of one answer in words, without its label. */
export const valueWords = (field: FormField, answer: Answer, language: Language): string => {
  const danish = language === 'da'
  const { value } = answer
  switch (value.is) {
    case 'number':
      if (field.type === 'amount') return printKroner(value.value, language)
      return `${printNumber(value.value, language)} ${unitIn(field.unit, language)}`.trim()
    case 'milestone':
      return danish
        ? `${value.met ? 'ja' : 'nej, forventes'}${value.met ? ',' : ''} ${printDate(value.on, 'da')}`
        : `${value.met ? 'yes' : 'no, expected'}${value.met ? ',' : ''} ${printDate(value.on, 'en')}`
    case 'not-available':
      return danish ? 'ikke opgjort' : 'not available'
    case 'yes-no': {
      const yes = danish ? (value.yes ? 'ja' : 'nej') : value.yes ? 'yes' : 'no'
      return answer.text === '' ? yes : `${yes}, ${echo(answer.text)}`
    }
    case 'status': {
      const words = {
        'not-started': danish ? 'ikke begyndt' : 'not started',
        'in-progress': danish ? 'i gang' : 'in progress',
        completed: danish ? 'gennemført' : 'completed',
      }
      return words[value.status]
    }
    case 'date':
      return printDate(value.on, language)
    case 'text':
    case 'hearing-reply':
    case 'proposal-answer':
    case 'fact-check':
      return echo(answer.text, longestText)
  }
}

const goalDetails = (field: FormField, context: ReadContext): readonly string[] => {
  const { language, resultsYear, municipality } = context
  if (field.subject.of !== 'target' || field.subject.target.measure.type === 'milestone') return []
  const danish = language === 'da'
  const { target } = field.subject
  const goal = targetShort(target, resultsYear, language)
  const last = lastYearOf(target, resultsYear, municipality)
  return [
    ...(goal === null ? [] : [`${danish ? 'mål' : 'target'} ${goal}`]),
    ...(last === null ? [] : [`${danish ? 'sidste år' : 'last year'} ${earlierShort(last, language)}`]),
  ]
}

const assumptionDetails = (field: FormField, value: string, context: ReadContext): readonly string[] => {
  if (field.subject.of !== 'assumption') return []
  const danish = context.language === 'da'
  const { assumption } = field.subject
  const reference = exact(assumption.reference.value)
  const assumed = `${danish ? 'forudsat' : 'assumed'} ${printNumber(reference, context.language)}`
  if (assumption.rule.kind !== 'relative' || isZero(reference)) return [assumed]
  const change = mul(div(sub(exact(value), reference), reference), whole(100))
  const limit = `${printNumber(assumption.rule.limit, context.language)} ${danish ? 'pct.' : 'per cent'}`
  const beyond = context.beyondLimit.includes(assumption.key)
  const words = danish
    ? beyond
      ? `over grænsen på ${limit}`
      : `inden for grænsen på ${limit}`
    : beyond
      ? `beyond the limit of ${limit}`
      : `within the limit of ${limit}`
  return [assumed, `${printChangePct(change, context.language)}, ${words}`]
}

const reasonOf = (answer: Answer, language: Language): readonly string[] =>
  answer.value.is === 'not-available' && answer.text !== ''
    ? [`${language === 'da' ? 'årsag' : 'reason'}: ${echo(answer.text)}`]
    : []

const plainRow = (field: FormField, answer: Answer, context: ReadContext): Row => {
  const { language } = context
  const printed = valueWords(field, answer, language)
  const text = `${fieldLabel(field, language)}: ${printed}`
  const { value } = answer
  if (value.is !== 'number') return { text, ...details(reasonOf(answer, language)) }
  return {
    text,
    ...details([
      ...asWritten(answer, printed, language),
      ...goalDetails(field, context),
      ...assumptionDetails(field, value.value, context),
    ]),
  }
}

/** Both numbers of a share in one row: `Mål 1: 61 af 134 personer = 45,5 pct.` */
const shareRow = (total: Answer, ofWhich: Answer, field: FormField, context: ReadContext): Row | null => {
  if (field.subject.of !== 'target' || total.value.is !== 'number' || ofWhich.value.is !== 'number')
    return null
  const { language } = context
  const percent = sharePercent(ofWhich.value.value, total.value.value, language)
  const of = language === 'da' ? 'af' : 'of'
  const counts = `${printNumber(ofWhich.value.value, language)} ${of} ${printNumber(total.value.value, language)} ${unitIn(field.unit, language)}`
  return {
    text: `${label(field.subject.target.key, language)}: ${counts}${percent === null ? '' : ` = ${percent}`}`,
    ...details(goalDetails(field, context)),
  }
}

const disseminationRow = (field: FormField, answer: Answer, context: ReadContext): Row => {
  const danish = context.language === 'da'
  const text = `${fieldLabel(field, context.language)}: ${valueWords(field, answer, context.language)}`
  if (!context.disseminationAskedAgain) return { text }
  const again = danish ? `Vi spørger ${together('igen i')} august.` : 'We ask again in August.'
  return { text: `${text.replace(/[.…]$/, '')}. ${again}` }
}

/** One incoming mail, one answer: what letter L8b says of a wish stands in the receipt (MAIL 212). */
const renegotiationRow = (
  { assumptions, answerBy }: NonNullable<ReadContext['renegotiation']>,
  language: Language,
): Row => {
  const numbers = assumptions.map((key) => key.replace(/^\D+/, '')).join(language === 'da' ? ' og ' : ' and ')
  if (language === 'en') {
    const why = numbers === '' ? '' : ` because of assumption ${numbers}`
    const then =
      answerBy === null
        ? 'You get a separate answer.'
        : `You get an answer by ${printWeekdayDate(answerBy, 'en')}.`
    return { text: `Renegotiation: you wish to renegotiate${why}. ${then}` }
  }
  const why = numbers === '' ? '' : ` på grund af forudsætning ${numbers}`
  const then = answerBy === null ? 'særskilt svar' : `svar senest ${printWeekdayDate(answerBy, 'da')}`
  return { text: `Genforhandling: I ønsker genforhandling${why}. ${together('I får')} ${then}.` }
}

const noRenegotiationRow = (language: Language): Row => ({
  text:
    language === 'da'
      ? 'Genforhandling: I ønsker ikke genforhandling.'
      : 'Renegotiation: you do not wish to renegotiate.',
})

const isNote = (field: FormField): boolean =>
  field.key === 'Bemærkninger' ||
  field.key === 'Erfaring' ||
  ('part' in field.subject && field.subject.part === 'note')

/** How each figure was read, one row per target, assumption, action and answer, in the form's order. */
export const readRows = (answers: readonly Answer[], context: ReadContext): readonly Row[] => {
  const byKey = new Map(answers.map((answer) => [answer.key, answer]))
  return context.fields.flatMap((field): readonly Row[] => {
    if (field.key === 'Genforhandling' && context.renegotiation !== null) {
      return [renegotiationRow(context.renegotiation, context.language)]
    }
    const answer = byKey.get(field.key)
    if (answer === undefined || isNote(field)) return []
    if (field.key === 'Genforhandling' && answer.value.is === 'yes-no' && !answer.value.yes)
      return [noRenegotiationRow(context.language)]
    if (field.key === 'Formidling') return [disseminationRow(field, answer, context)]
    if (field.subject.of === 'target' && field.subject.target.measure.type === 'share') {
      const { key } = field.subject.target
      const [total, ofWhich] = [byKey.get(`${key} i alt`), byKey.get(`${key} heraf`)]
      const both =
        total !== undefined && ofWhich !== undefined ? shareRow(total, ofWhich, field, context) : null
      if (both !== null) return field.subject.part === 'total' ? [both] : []
    }
    return [plainRow(field, answer, context)]
  })
}

/** Notes and comments, repeated whole so that she can see they were kept. */
export const readNotes = (answers: readonly Answer[], context: ReadContext): readonly string[] =>
  context.fields.filter(isNote).flatMap((field) => {
    const answer = answers.find((one) => one.key === field.key)
    if (answer === undefined || answer.text.trim() === '') return []
    const { language } = context
    const of = uncapitalisedLabel(field, language)
    const start =
      field.subject.of === 'agreement'
        ? fieldLabel(field, language)
        : language === 'da'
          ? `Bemærkning til ${of}`
          : `Note on ${of}`
    return [`${start}: ${echo(answer.text, 4000)}`]
  })

const uncapitalisedLabel = (field: FormField, language: Language): string => {
  const name = fieldLabel(field, language)
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}
