import { printClock, printDate, printNumber } from '../domain/base/danish.ts'
import type { FormField } from '../domain/form/field.ts'
import type { Answer, Doubt } from '../domain/casefile/reading.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { keyLine, paragraph, title } from './block.ts'
import type { Block, Row } from './block.ts'
import { doubtWords, fieldsAsked } from './doubt-words.ts'
import { echo } from './echo.ts'
import { extensionReceivedText, type ExtensionReceived } from './extension.ts'
import { fieldKey, fieldLine } from './field-line.ts'
import { formBlocks } from './form-blocks.ts'
import type { PrintedForm } from './form-blocks.ts'
import type { LetterBody } from './letter.ts'
import { fieldLabel, readNotes, readRows, valueWords } from './read-rows.ts'
import type { ReadContext } from './read-rows.ts'
import { firstLine } from './receipt-first-line.ts'
import type { ReceiptOutcome } from './receipt-first-line.ts'

/** A figure that replaced another of theirs. */
export interface CorrectedAnswer {
  readonly before: Answer
  readonly now: Answer
}

/** A figure far from last year's: shown, never blocking. */
export interface FarFromLastYear {
  readonly key: string
  readonly now: string
  readonly before: string
}

export interface ReceiptData {
  readonly outcome: ReceiptOutcome
  /** Subject of the mail answered. */
  readonly theirSubject: string
  readonly receivedAt: string
  /** The address it came from. */
  readonly receivedFrom: string
  readonly context: ReadContext
  /** What was read in the mail answered. */
  readonly answers: readonly Answer[]
  readonly corrections: readonly CorrectedAnswer[]
  /** Required fields without an answer. */
  readonly missing: readonly FormField[]
  readonly doubts: readonly Doubt[]
  /** A colleague's values that differ from the contact's own, which count; in words. */
  readonly besideOwn?: readonly {
    readonly key: string
    readonly sender: string
    readonly theirs: string
    readonly own: string
  }[]
  readonly farFromLastYear: readonly FarFromLastYear[]
  /** They asked for more time in the same mail; the answer to it stands in the receipt. */
  readonly extension: ExtensionReceived | null
  /** Helpers they named: who may report from now on, and who may not. */
  readonly helpers?: { readonly entered: readonly string[]; readonly refused: readonly string[] } | null
  /** They asked for another contact, which a person decides. */
  readonly asksContact?: boolean
  /** Corrections need no reason until this day; null once it has passed. */
  readonly correctUntil: string | null
  /** The form, for a mail in which nothing was found; of one with text of their own its missing lines. */
  readonly form: PrintedForm
}

/** A doubt that a whole value is still missing counts as missing, not as doubt (LETTERS 6.3). */
const saysMissing = (doubt: Doubt, missing: readonly FormField[]): boolean =>
  doubt.kind === 'not-a-value' && missing.some((field) => field.key === doubt.key)

/** What is asked: doubts, and missing fields that no doubt already covers. */
const askedOf = (
  data: ReceiptData,
): { readonly missing: readonly FormField[]; readonly doubts: readonly Doubt[] } => {
  const covered = new Set(
    data.doubts
      .filter((doubt) => !saysMissing(doubt, data.missing))
      .flatMap((doubt) => fieldsAsked(doubt, data.context.fields).map((field) => field.key)),
  )
  return {
    missing: data.missing.filter((field) => !covered.has(field.key)),
    doubts: data.doubts.filter((doubt) => !saysMissing(doubt, data.missing)),
  }
}

const figures = new Set(['count', 'number', 'amount'])

const areFigures = (doubts: readonly Doubt[], fields: readonly FormField[]): boolean =>
  doubts.every((doubt) => {
    const asked = fieldsAsked(doubt, fields)
    return asked.length > 0 && asked.every((field) => figures.has(field.type))
  })

const lines = (fields: readonly FormField[], language: Language): readonly Block[] =>
  fields.map((field) => keyLine(fieldLine(field, language)))

const missingWords = (field: FormField, data: ReceiptData): string => {
  const { language } = data.context
  const doubt = data.doubts.find((one) => one.kind === 'not-a-value' && one.key === field.key)
  if (doubt !== undefined) return doubtWords(doubt, data.context)
  const key = fieldKey(field, language)
  return language === 'da' ? `${key} mangler endnu.` : `${key} is still missing.`
}

const askedBlocks = (data: ReceiptData): readonly Block[] => {
  const { language, fields } = data.context
  const { missing, doubts } = askedOf(data)
  return [
    ...missing.flatMap((field) => [paragraph(missingWords(field, data)), ...lines([field], language)]),
    ...doubts.flatMap((doubt) => [
      paragraph(doubtWords(doubt, data.context)),
      ...lines(fieldsAsked(doubt, fields), language),
    ]),
  ]
}

const correctionRows = (data: ReceiptData): readonly Row[] =>
  data.corrections.flatMap(({ before, now }) => {
    const field = data.context.fields.find((one) => one.key === now.key)
    if (field === undefined) return []
    const { language } = data.context
    const bare = (answer: Answer): string =>
      answer.value.is === 'number' && field.type !== 'amount'
        ? printNumber(answer.value.value, language)
        : valueWords(field, answer, language)
    const was = language === 'da' ? 'før' : 'before'
    return [{ text: `${fieldLabel(field, language)}: ${bare(now)} (${was}: ${bare(before)})` }]
  })

const reasonAsked = (data: ReceiptData): readonly Block[] =>
  data.answers
    .filter((answer) => answer.value.is === 'not-available' && answer.text.trim() === '')
    .filter((answer) => !data.answers.some((note) => note.key === `${answer.key} bemærkning`))
    .map(({ key }) => {
      const field = data.context.fields.find((one) => one.key === key)
      const { language } = data.context
      const name = field === undefined ? key : fieldKey(field, language)
      return paragraph(
        language === 'da'
          ? `${name}: Tak. Skriv gerne årsagen til, at tallet ikke er opgjort.`
          : `${name}: Thank you. Please write the reason why the figure is not available.`,
      )
    })

const farBlocks = (data: ReceiptData): readonly Block[] =>
  data.farFromLastYear.map(({ key, now, before }) => {
    const { language, fields } = data.context
    const field = fields.find((one) => one.key === key)
    const name = field === undefined ? key : fieldKey(field, language)
    const [is, was] = [printNumber(now, language), printNumber(before, language)]
    return paragraph(
      language === 'da'
        ? `${name} er ${is} mod ${was} sidste år. Er det rigtigt, skal I ikke gøre noget.`
        : `${name} is ${is} against ${was} last year. If that is right, you need not do anything.`,
    )
  })

/** @param shown whether what was read follows; a bare OK with nothing to confirm says no more than when it came */
const receivedLine = (data: ReceiptData, shown: boolean): string => {
  const { language } = data.context
  const on = printDate(todayInCopenhagen(data.receivedAt), language)
  const at = printClock(data.receivedAt, language)
  if (data.outcome.is === 'typed-in' && data.receivedFrom === '')
    return language === 'da'
      ? `Modtaget ${on}. Sådan har vi tastet tallene:`
      : `Received ${on}. This is how we typed the figures:`
  const [received, heading] =
    language === 'da'
      ? [`Modtaget ${on} ${at} fra ${data.receivedFrom}.`, 'Sådan har vi læst jeres svar:']
      : [`Received ${on} ${at} from ${data.receivedFrom}.`, 'This is how we read your reply:']
  return shown ? `${received} ${heading}` : received
}

/** A key of the reply as an example of a correction, in »« without a value. */
const exampleKey = (data: ReceiptData): string => {
  const { fields, language } = data.context
  const answered = fields.filter(
    (field) => field.required && data.answers.some((answer) => answer.key === field.key),
  )
  const example = answered.find((field) => field.key.endsWith('heraf')) ?? answered[0] ?? fields[0]
  return example === undefined ? '' : fieldKey(example, language)
}

const correctionLine = (data: ReceiptData): string => {
  const { language } = data.context
  const until = data.correctUntil === null ? null : printDate(data.correctUntil, language)
  if (language === 'en') {
    const start = 'If anything was read wrongly, reply with the line to be changed.'
    return until === null ? start : `${start} You can correct until ${until}. We assess only after that.`
  }
  const start = `Er noget læst forkert, så svar med nøglen og det rigtige tal, f.eks. en linje, der begynder med »${exampleKey(data)}:«.`
  return until === null ? start : `${start} I kan rette indtil den ${until}. Vi bedømmer først derefter.`
}

const readBlocks = (data: ReceiptData): readonly Block[] => {
  const corrected = correctionRows(data)
  // After a mistake of ours she sees the whole reading, not only what we corrected in it.
  const whole = data.outcome.is === 'read-again'
  const rows = corrected.length > 0 && !whole ? corrected : readRows(data.answers, data.context)
  const notes = readNotes(data.answers, data.context)
  const shown = rows.length > 0 || notes.length > 0
  return [
    ...(whole && corrected.length > 0 ? [{ block: 'rows', rows: corrected } as const] : []),
    paragraph(receivedLine(data, shown)),
    ...(rows.length === 0 ? [] : [{ block: 'rows', rows } as const]),
    ...notes.map(paragraph),
    ...reasonAsked(data),
    ...farBlocks(data),
    ...(shown ? [paragraph(correctionLine(data))] : []),
  ]
}

/** Hers counts; both are shown (MAIL 125). */
const besideOwnBlocks = (data: ReceiptData): readonly Block[] =>
  (data.besideOwn ?? []).map(({ key, sender, theirs, own }) => {
    const { language, fields } = data.context
    const field = fields.find((one) => one.key === key)
    const name = field === undefined ? key : fieldKey(field, language)
    return paragraph(
      language === 'da'
        ? `${name}: ${echo(sender)} har skrevet ${theirs}, I har selv skrevet ${own}. Jeres eget tal gælder, også når I svarer OK.`
        : `${name}: ${echo(sender)} wrote ${theirs}, you wrote ${own} yourselves. Your own figure stands, also when you reply OK.`,
    )
  })

const helperBlocks = ({ helpers, context: { language } }: ReceiptData): readonly Block[] => {
  if (helpers == null) return []
  const told = (addresses: readonly string[], danish: string, english: string): readonly Block[] =>
    addresses.map((address) => paragraph(`${echo(address, 80)} ${language === 'da' ? danish : english}`))
  return [
    ...told(
      helpers.entered,
      'kan nu indberette for jer. Tallene tæller, uden at I svarer OK.',
      'may now report for you. The figures count without your OK.',
    ),
    ...told(
      helpers.refused,
      'kan ikke indberette for jer. Medindberettere nævnes af kontakten og har en adresse i kommunens eget domæne.',
      "may not report for you. Co-reporters are named by the contact and have an address in the municipality's own domain.",
    ),
  ]
}

const contactAsked: Readonly<Record<Language, string>> = {
  da: 'Jeres ønske om en anden kontakt er modtaget. En medarbejder ser på det. Indtil da skriver vi til den samme som hidtil, og både den nye og den hidtidige kontakt får besked.',
  en: 'Your wish for another contact has been received. A member of staff looks at it. Until then we write to the same person as before, and both the new and the former contact are told.',
}

const body = (data: ReceiptData): readonly Block[] => {
  const { language } = data.context
  const wishes = [
    ...(data.extension === null ? [] : [paragraph(extensionReceivedText(data.extension, language))]),
    ...(data.asksContact === true ? [paragraph(contactAsked[language])] : []),
  ]
  switch (data.outcome.is) {
    case 'duplicate':
      return []
    case 'nothing-read':
      return [...wishes, ...formBlocks(data.form)]
    case 'words':
      return data.missing.length === 0
        ? wishes
        : [...wishes, ...formBlocks({ ...data.form, fields: data.missing })]
    default:
      return [
        ...askedBlocks(data),
        ...besideOwnBlocks(data),
        ...wishes,
        ...helperBlocks(data),
        ...readBlocks(data),
      ]
  }
}

/** L4: the answer to every mail taken in. Its first line says whether she can forget the matter. */
export const receipt = (data: ReceiptData): LetterBody => {
  const { language, fields } = data.context
  const { missing, doubts } = askedOf(data)
  const asked = {
    missing: missing.length,
    doubts: doubts.length,
    doubtsAreFigures: areFigures(doubts, fields),
  }
  return {
    kind: 'receipt',
    language,
    subject: { answers: data.theirSubject },
    blocks: [title(firstLine(data.outcome, asked, language)), ...body(data)],
  }
}
