import { withoutEnds } from '../domain/base/text.ts'
import { inYear } from '../domain/agreement/content.ts'
import type { FormField } from '../domain/form/field.ts'
import type { Language } from '../domain/base/values.ts'
import { printKroner, printNumber, unitIn } from '../domain/base/danish.ts'
import { together } from './block.ts'
import { earlierCounts, fieldKey, lastYearOf, targetShort } from './form-words.ts'
import { spacedToken, type PrintedForm } from './form-blocks.ts'
import { agreementWords } from './case-facts.ts'

/** Two keys of this form as an example, in the words of the form. */
const exampleKeys = (form: PrintedForm): string => {
  const names = form.fields
    .filter((field) => field.required)
    .slice(0, 2)
    .map((field) => together(fieldKey(field, form.language)))
  return names.join(', ')
}

const danishSteps = (form: PrintedForm): readonly string[] => [
  `Svar på denne mail, og skriv tallene ud for nøglerne nedenfor (${exampleKeys(form)} osv.). I kan skrive øverst i svaret eller direkte i teksten. I kan også udfylde det vedhæftede regneark og sende det med svaret.`,
  'I behøver ikke sende alt på én gang. Vi samler svarene.',
  'Kan et tal ikke opgøres, skrives »ikke opgjort« og årsagen. Skriv kun 0, hvis tallet faktisk er nul.',
  'Send mailen videre til de kolleger, der har tallene. Svarer en kollega fra kommunens eget domæne, beder vi kontaktpersonen bekræfte tallene.',
  'I får straks en kvittering, der viser, hvordan vi har læst svaret. Indtil fristen kan I rette ved at svare igen.',
]

const englishSteps = (form: PrintedForm): readonly string[] => [
  `Reply to this mail and write the figures next to the keys below (${exampleKeys(form)} and so on), at the top of your reply or directly in the text. You may also fill in the attached workbook and send it with your reply.`,
  'You need not send everything at once. We put the replies together.',
  'If a figure is not available, write "not available" and the reason. Write 0 only if the figure really is zero.',
  "Forward this mail to colleagues who have the figures. If a colleague in the municipality's own domain answers, we ask the contact to confirm.",
  'You get a receipt at once that shows how we read your reply. Until the due date you can correct by replying again.',
]

/** The five steps, as the request and the workbook's guide print them. */
export const requestSteps = (form: PrintedForm): readonly string[] =>
  form.language === 'da' ? danishSteps(form) : englishSteps(form)

/** A cell of the workbook. `input`: yellow and unlocked; `note`: unlocked; `header`: bold; else locked text. */
export interface WorkbookCell {
  readonly text: string
  readonly as: 'title' | 'header' | 'text' | 'input' | 'note'
}

/** What the program warns about when it is typed; it never refuses. */
export interface WorkbookValidation {
  /** 1-based row of the input cell. */
  readonly row: number
  readonly rule:
    | { readonly type: 'whole-from-zero' }
    | { readonly type: 'number' }
    | { readonly type: 'list'; readonly values: readonly string[] }
  readonly message: string
}

export interface WorkbookSheet {
  readonly name: string
  readonly rows: readonly (readonly WorkbookCell[])[]
  /** 1-based row of the table's headers, or null. */
  readonly headerRow: number | null
  /** Widths of the columns in characters. */
  readonly widths: readonly number[]
  readonly validations: readonly WorkbookValidation[]
}

/** The workbook of LETTERS 7 as plain values; an adapter makes the file. */
export interface WorkbookSheets {
  readonly fileName: string
  readonly title: string
  readonly language: Language
  /** Defined name `aarshjul`: token, results' year and format version, between blanks. */
  readonly identity: string
  readonly sheets: readonly WorkbookSheet[]
}

/** Raised when the meaning of rows or columns changes. */
const workbookFormatVersion = 1
/** 1-based: title, case line, an empty one, headers; keys from row 5. */
const headerRow = 4
/** 1-based column of »Jeres tal«. */
export const inputColumn = 6

/** `svendborg`, of `Svendborg` and of `Svendborg Kommune`. */
const slug = (name: string): string =>
  withoutEnds(
    name
      .replace(/\s(?:regions)?kommune$/i, '')
      .toLocaleLowerCase('da')
      .replaceAll('æ', 'ae')
      .replaceAll('ø', 'oe')
      .replaceAll('å', 'aa')
      .normalize('NFD')
      .replace(/[^a-z0-9]+/g, '-'),
    (sign) => sign === '-',
  )

const headers: Readonly<Record<Language, (year: number) => readonly string[]>> = {
  da: (year) => [
    'Nøgle',
    'Hvad spørges der om',
    'Enhed',
    `Mål ${year}`,
    'Sidste år',
    'Jeres tal (udfyldes)',
    'Bemærkning',
  ],
  en: (year) => [
    'Key',
    'What is asked',
    'Unit',
    `Target ${year}`,
    'Last year',
    'Your figure (fill in)',
    'Note',
  ],
}

const asked: Readonly<Record<string, readonly [string, string]>> = {
  Formidling: [
    'Hvor er erfaringerne beskrevet? Titel, adresse eller hvornår',
    'Where are the experiences described? Title, address or when',
  ],
  Rådgivning: [
    'Har I fået rådgivning? Nej, eller ja og om den har hjulpet',
    'Have you had advice? No, or yes and whether it helped',
  ],
  Bemærkninger: ['Øvrige bemærkninger', 'Other comments'],
  Genforhandling: [
    'Ønsker I genforhandling? Ja og hvilken forudsætning',
    'Do you want to renegotiate? Yes and which assumption',
  ],
  Erfaring: ['En erfaring, andre kommuner kan bruge', 'An experience other municipalities can use'],
  'Erfaring må deles': ['Må vi dele den?', 'May we share it?'],
  'Godkendt af': ['Navn og titel', 'Name and title'],
  Forbehold: ['Forbehold for politisk behandling?', 'Reservation for political consideration?'],
  Færdig: ['Ja, når I ikke venter flere rettelser', 'Yes when you expect no more corrections'],
}

const questionOf = (field: FormField, form: PrintedForm): string => {
  const { subject } = field
  const danish = form.language === 'da'
  switch (subject.of) {
    case 'target': {
      const name = inYear(danish ? subject.target.title : subject.target.titleEn, form.resultsYear)
      const part = { total: danish ? 'i alt' : 'total', 'of-which': danish ? 'heraf' : 'of which' }
      return subject.part === 'total' || subject.part === 'of-which' ? `${name}, ${part[subject.part]}` : name
    }
    case 'assumption':
      return inYear(danish ? subject.assumption.title : subject.assumption.titleEn, form.resultsYear)
    case 'action': {
      const name = danish ? subject.action.title : subject.action.titleEn
      if (subject.part === 'cost') return `${name}, ${danish ? 'udgift inkl. løn' : 'cost, wages included'}`
      return `${name}, status`
    }
    case 'agreement':
      return asked[field.key]?.[danish ? 0 : 1] ?? fieldKey(field, form.language)
  }
}

/** What the year is measured against: the target, the assumed number, the grant. */
const goalOf = (field: FormField, form: PrintedForm): string => {
  const { subject } = field
  if (subject.of === 'target' && subject.part !== 'of-which') {
    return targetShort(subject.target, form.resultsYear, form.language) ?? ''
  }
  if (subject.of === 'assumption') {
    const reference = printNumber(subject.assumption.reference.value, form.language)
    return form.language === 'da' ? `forudsat ${reference}` : `assumed ${reference}`
  }
  if (subject.of === 'action' && subject.part === 'cost') {
    const grant = subject.action.grants.find((entry) => entry.year === form.resultsYear)?.kroner
    if (grant === undefined) return ''
    const kroner = printKroner(grant, form.language)
    return form.language === 'da' ? `tilskud ${kroner}` : `grant ${kroner}`
  }
  return ''
}

const lastYearCell = (field: FormField, form: PrintedForm): string => {
  const { subject } = field
  if (subject.of !== 'target' || (subject.part !== 'total' && subject.part !== 'value')) return ''
  const last = lastYearOf(subject.target, form.resultsYear, form.municipality)
  return last === null ? '' : earlierCounts(last, form.language)
}

const validationOf = (field: FormField, row: number, language: Language): readonly WorkbookValidation[] => {
  const danish = language === 'da'
  switch (field.type) {
    case 'count':
    case 'amount':
      return [
        {
          row,
          rule: { type: 'whole-from-zero' },
          message: danish
            ? 'Her ventes et helt tal. Skriv »ikke opgjort«, hvis det ikke findes.'
            : 'A whole number is expected. Write "not available" if there is none.',
        },
      ]
    case 'number':
      return [
        {
          row,
          rule: { type: 'number' },
          message: danish
            ? 'Her ventes et tal. Skriv »ikke opgjort«, hvis det ikke findes.'
            : 'A number is expected. Write "not available" if there is none.',
        },
      ]
    case 'status':
      return [
        {
          row,
          rule: {
            type: 'list',
            values: danish
              ? ['ikke begyndt', 'i gang', 'gennemført']
              : ['not started', 'in progress', 'completed'],
          },
          message: danish ? 'Vælg en status.' : 'Choose a status.',
        },
      ]
    case 'yes-no':
      return [
        {
          row,
          rule: { type: 'list', values: danish ? ['ja', 'nej'] : ['yes', 'no'] },
          message: danish ? 'Skriv ja eller nej.' : 'Write yes or no.',
        },
      ]
    default:
      return []
  }
}

/** A note to a target stands in the column »Bemærkning« of its row, so it has no row of its own. */
const hasRow = (field: FormField): boolean =>
  !(field.subject.of === 'target' && field.subject.part === 'note')

const text = (value: string): WorkbookCell => ({ text: value, as: 'text' })

const returnSheet = (form: PrintedForm, title: string): WorkbookSheet => {
  const { language } = form
  const fields = form.fields.filter(hasRow)
  const ids =
    language === 'da'
      ? `Sagsnr. ${form.caseNumber}   Svarnr. ${spacedToken(form.token)}`
      : `Case no. ${form.caseNumber}   Reply no. ${spacedToken(form.token)}`
  return {
    name: language === 'da' ? 'Indberetning' : 'Return',
    headerRow,
    widths: [20, 52, 12, 20, 14, 22, 40],
    rows: [
      [{ text: title, as: 'title' }],
      [text(ids)],
      [],
      headers[language](form.resultsYear).map((header) => ({ text: header, as: 'header' })),
      ...fields.map((field): readonly WorkbookCell[] => [
        text(fieldKey(field, language)),
        text(questionOf(field, form)),
        text(unitIn(field.unit, language)),
        text(goalOf(field, form)),
        text(lastYearCell(field, form)),
        { text: '', as: 'input' },
        { text: '', as: 'note' },
      ]),
    ],
    validations: fields.flatMap((field, index) => validationOf(field, headerRow + 1 + index, language)),
  }
}

const guideSheet = (form: PrintedForm, contact: string): WorkbookSheet => {
  const danish = form.language === 'da'
  return {
    name: danish ? 'Vejledning' : 'Guide',
    headerRow: null,
    widths: [100],
    validations: [],
    rows: [
      [{ text: danish ? 'Sådan gør I' : 'How to answer', as: 'title' }],
      ...requestSteps(form).map((step, index) => [text(`${index + 1}. ${step}`)]),
      [text(danish ? `Spørgsmål: ${contact}` : `Questions: ${contact}`)],
    ],
  }
}

/**
 * The workbook of a request: one row per key in the mail's order, required ones first.
 * @param municipalityName `Svendborg` or `Svendborg Kommune`, for title and file name
 * @param contact the caseworker's name and telephone, as the guide prints them
 */
export const workbookOf = (form: PrintedForm, municipalityName: string, contact: string): WorkbookSheets => {
  const { indefinite } = agreementWords(form.kind, form.language)
  const title =
    form.language === 'da'
      ? `Indberetning for ${form.resultsYear}, ${indefinite}, ${municipalityName}`
      : `Return for ${form.resultsYear}, ${indefinite}, ${municipalityName}`
  return {
    fileName: `indberetning-${form.resultsYear}-${slug(municipalityName)}.xlsx`,
    title,
    language: form.language,
    identity: `${form.token} ${form.resultsYear} ${workbookFormatVersion}`,
    sheets: [returnSheet(form, title), guideSheet(form, contact)],
  }
}
