import {
  joinWords,
  printDate,
  printKroner,
  printNumber,
  printPct,
  printWeekdayDate,
  weekdayName,
  unitIn,
} from '../domain/base/danish.ts'
import { weekday } from '../domain/base/time.ts'
import { dateSchema, exactSchema, type Language } from '../domain/base/values.ts'
import type { Doubt, DoubtKind } from '../domain/casefile/reading.ts'
import type { FormField } from '../domain/form/field.ts'
import { echo } from './phrases.ts'
import { fieldKey, lastYearOf } from './form-words.ts'

/** Why an attached workbook was not read, as a sentence; a reason not listed is only "cannot be read". */
const unreadableBecause: ReadonlyMap<string, Readonly<Record<Language, string>>> = new Map([
  ['encrypted', { da: 'Den er beskyttet med adgangskode.', en: 'It is protected by a password.' }],
  ['macros', { da: 'Den indeholder makroer.', en: 'It contains macros.' }],
  ['too-large', { da: 'Den er for stor.', en: 'It is too large.' }],
  ['empty', { da: 'Den er tom.', en: 'It is empty.' }],
  [
    'xlsb',
    { da: 'Den er gemt i det binære format (.xlsb).', en: 'It was saved in the binary format (.xlsb).' },
  ],
  ['broken', { da: 'Den er beskadiget.', en: 'It is damaged.' }],
  ['encrypted-mail', { da: 'Den er krypteret.', en: 'It is encrypted.' }],
  ['attached-mail', { da: 'Den er en vedhæftet mail.', en: 'It is an attached mail.' }],
  ['rich-text', { da: 'Den er i Outlooks eget format.', en: "It is in Outlook's own format." }],
  ['numbers', { da: 'Den er i Apples Numbers-format.', en: "It is in Apple's Numbers format." }],
  ['no-keys', { da: 'Vi fandt ingen af nøglerne i den.', en: 'We found none of the keys in it.' }],
  ['document', { da: 'Den er et tekstdokument.', en: 'It is a document.' }],
  ['archive', { da: 'Den er et arkiv med filer i.', en: 'It is an archive of files.' }],
  ['calendar', { da: 'Den er en kalenderaftale.', en: 'It is a calendar entry.' }],
  [
    'pdf',
    { da: 'Den er en PDF, som en medarbejder ser på.', en: 'It is a PDF, which a member of staff looks at.' },
  ],
  [
    'picture',
    {
      da: 'Den er et billede, som en medarbejder ser på.',
      en: 'It is a picture, which a member of staff looks at.',
    },
  ],
  [
    'text',
    {
      da: 'Vi fandt ingen tal ud for nøglerne i den; en medarbejder læser den.',
      en: 'We found no figures next to the keys in it; a member of staff reads it.',
    },
  ],
  [
    'too-many',
    { da: 'Der er flere filer i mailen, end vi læser.', en: 'The mail has more files than we read.' },
  ],
  [
    'cloud-link',
    { da: 'Den er et link, og vi åbner ikke links.', en: 'It is a link, and we open no links.' },
  ],
])

/** What is seldom more than a covering letter: a person looks at it, and nobody is asked for it. */
const besideFigures: ReadonlySet<string> = new Set(['pdf', 'picture', 'text', 'no-keys'])

/** The attached file was not read, why, and what to do. */
const unreadableAttachmentWords = (name: string, refusal: string, language: Language): string => {
  const because = unreadableBecause.get(refusal)?.[language]
  const why = because === undefined ? '' : ` ${because}`
  if (besideFigures.has(refusal))
    return language === 'da'
      ? `Vi har ikke læst den vedhæftede fil »${name}« maskinelt.${why} Er der tal i den, så skriv dem i mailen eller i det regneark, vi sendte.`
      : `We have not read the attached file "${name}" by machine.${why} If there are figures in it, please write them in the mail or in the workbook we sent.`
  return language === 'da'
    ? `Vi kan ikke læse den vedhæftede fil »${name}«.${why} Brug det regneark, vi sendte, eller skriv tallene i mailen.`
    : `We cannot read the attached file "${name}".${why} Please use the workbook we sent, or write the figures in the mail.`
}

/** What a doubt's words are made of, beside the doubt itself. */
export interface DoubtContext {
  /** Every key the reply may use, not only the missing ones. */
  readonly fields: readonly FormField[]
  readonly resultsYear: number
  readonly municipality: string
  readonly language: Language
  /** Keys of the agreement that the ministry observes; left out where there are none. */
  readonly observedByUs?: readonly string[]
}

interface Spoken {
  readonly danish: boolean
  readonly language: Language
  /** The key as printed: `M1 i alt`, `M1 total`. */
  readonly key: string
  /** What they wrote, at most 80 characters, no links. */
  readonly written: string
  readonly unit: string
  readonly context: DoubtContext
  /** A detail as it is printed: exact numbers and dates in the language's notation, other text as an echo. */
  readonly detail: (name: string) => string
  readonly raw: (name: string) => string | undefined
}

const shareFields = (key: string, fields: readonly FormField[]): readonly FormField[] => {
  const target = /^M\d+/.exec(key)?.[0]
  return fields.filter(
    ({ subject }) =>
      subject.of === 'target' &&
      subject.target.key === target &&
      (subject.part === 'total' || subject.part === 'of-which'),
  )
}

/** The key lines a doubt is answered with: both numbers of a share where the question is about both. */
export const fieldsAsked = (doubt: Doubt, fields: readonly FormField[]): readonly FormField[] => {
  const own = fields.filter((field) => field.key === doubt.key)
  const both = ['swapped', 'share-only', 'which-share-number'].includes(doubt.kind) || own.length === 0
  const share = both && doubt.key !== '' ? shareFields(doubt.key, fields) : []
  return share.length > 0 ? share : own
}

const quoted = (text: string, danish: boolean): string => (danish ? `»${text}«` : `"${text}"`)

const partKey = (said: Spoken, part: 'total' | 'of-which'): string => {
  const field = shareFields(said.key, said.context.fields).find(
    ({ subject }) => subject.of === 'target' && subject.part === part,
  )
  return field === undefined ? said.key : fieldKey(field, said.language)
}

const lastYearsNumbers = (said: Spoken): string => {
  const [field] = shareFields(said.key, said.context.fields)
  if (field?.subject.of !== 'target') return ''
  const last = lastYearOf(field.subject.target, said.context.resultsYear, said.context.municipality)
  if (last === null || !('numerator' in last)) return ''
  const total = printNumber(last.denominator, said.language)
  const ofWhich = printNumber(last.numerator, said.language)
  return said.danish
    ? ` Sidste år skrev I ${total} i alt, heraf ${ofWhich}.`
    : ` Last year you wrote ${total} in total, of which ${ofWhich}.`
}

const youWrote = (said: Spoken): string =>
  said.danish ? `I har skrevet ${quoted(said.written, true)}.` : `You wrote ${quoted(said.written, false)}.`

const targetOf = (key: string): string => /^M\d+/.exec(key)?.[0] ?? key

const exactDecimals = (text: string): number => text.split('.')[1]?.length ?? 0

const shareOnly = (said: Spoken): string => {
  const percent = said.raw('percent')
  const printed =
    percent !== undefined && exactSchema.safeParse(percent).success
      ? printPct(percent, said.language, exactDecimals(percent))
      : said.written
  const key = targetOf(said.key)
  return said.danish
    ? `${key}: Vi har brug for de to tal bag de ${printed.replace(/\.$/, '')}.${lastYearsNumbers(said)}`
    : `${key}: We need the two numbers behind the ${printed}.${lastYearsNumbers(said)}`
}

const swapped = (said: Spoken): string => {
  const [total, ofWhich] = [partKey(said, 'total'), partKey(said, 'of-which')]
  return said.danish
    ? `${ofWhich} (${said.detail('ofWhich')}) er større end ${total} (${said.detail('total')}). Er tallene byttet om?`
    : `${ofWhich} (${said.detail('ofWhich')}) is larger than ${total} (${said.detail('total')}). Have the two been swapped?`
}

const notWhole = (said: Spoken): string => {
  const start = `${said.key}: ${youWrote(said)}`
  if (said.raw('suggestion') === undefined)
    return `${start} ${said.danish ? 'Hvad er det hele tal?' : 'What is the whole number?'}`
  const meant = `${said.detail('suggestion')} ${said.unit}`.trim()
  return `${start} ${said.danish ? `Mener I ${meant}?` : `Do you mean ${meant}?`}`
}

const amountSize = (said: Spoken): string => {
  const kroner = said.raw('suggestion')
  const size = said.raw('size') ?? 'mio. kr.'
  const english = size === 't.kr.' ? 'thousand' : 'million'
  const wrote = said.written
    .trimEnd()
    .replace(/(?:kr\.?|dkk)$/iu, '')
    .trimEnd()
  const full =
    kroner !== undefined && exactSchema.safeParse(kroner).success ? printKroner(kroner, said.language) : ''
  return said.danish
    ? `${said.key}: I har skrevet ${wrote} kr. Mener I ${wrote} ${size} (${full})?`
    : `${said.key}: You wrote DKK ${wrote.replace(',', '.')}. Do you mean DKK ${wrote.replace(',', '.')} ${english} (${full.replace('DKK ', '')})?`
}

const weekdayDiffers = (said: Spoken): string => {
  const date = said.raw('date') ?? ''
  if (!dateSchema.safeParse(date).success) return notADate(said)
  const day = weekdayName(weekday(date), said.language)
  return said.danish
    ? `Den ${printDate(date, 'da')} er en ${day}. Hvilken dato mener I?`
    : `${printDate(date, 'en')} is a ${day}. Which date do you mean?`
}

const notADate = (said: Spoken): string =>
  said.danish
    ? `${said.key}: ${youWrote(said)} Hvilken dato er det?`
    : `${said.key}: ${youWrote(said)} Which date is that?`

const notAValue = (said: Spoken): string => {
  if (said.raw('half') === 'yes-no')
    return said.danish
      ? `${said.key}: ${youWrote(said)} Er det opfyldt? Skriv ja eller nej og datoen.`
      : `${said.key}: ${youWrote(said)} Has it been met? Write yes or no and the date.`
  return said.danish
    ? `${said.key} mangler endnu (I skrev: ${quoted(said.written, true)}).`
    : `${said.key} is still missing (you wrote: ${quoted(said.written, false)}).`
}

/** They answered what the ministry observes itself: that is told, and nothing is asked (MAIL 208). */
export const isObservedByUs = (
  { kind, written }: Pick<Doubt, 'kind' | 'written'>,
  { observedByUs = [] }: Pick<DoubtContext, 'observedByUs'>,
): boolean => kind === 'unknown-key' && observedByUs.includes(written.replaceAll(/\s/gu, '').toUpperCase())

const unknownKey = (said: Spoken): string => {
  if (isObservedByUs({ kind: 'unknown-key', written: said.written }, said.context)) {
    const key = said.written.toUpperCase()
    return said.danish
      ? `${key} opgør ministeriet selv. I skal ikke svare på den.`
      : `${key} is observed by the ministry itself. You need not answer it.`
  }
  const required = said.context.fields.filter((field) => field.required)
  const known = required.map((field) => fieldKey(field, said.language)).join(', ')
  return said.danish
    ? `Vi kender ikke nøglen ${quoted(said.written, true)}. Nøglerne er: ${known}.`
    : `We do not know the key ${quoted(said.written, false)}. The keys are: ${known}.`
}

const shortYear = (said: Spoken): string => {
  const suggestion = said.raw('suggestion') ?? ''
  if (!dateSchema.safeParse(suggestion).success) return notADate(said)
  const date = printDate(suggestion, said.language)
  const prefix = said.key === '' ? '' : `${said.key}: `
  return said.danish
    ? `${prefix}Er ${quoted(said.written, true)} den ${date}?`
    : `${prefix}Is ${quoted(said.written, false)} ${date}?`
}

/** `sender1`, `value1`, `sender2`, ...: who wrote what, as it is printed. */
const colleaguesDiffer = (said: Spoken): string => {
  const pairs: string[] = []
  for (let nth = 1; said.raw(`sender${nth}`) !== undefined; nth += 1) {
    const [sender, value] = [said.detail(`sender${nth}`), said.detail(`value${nth}`)]
    const wrote = said.danish ? 'har skrevet' : 'wrote'
    pairs.push(nth === 1 ? `${sender} ${wrote} ${value}` : `${sender} ${value}`)
  }
  const list = joinWords(pairs, said.language)
  return said.danish
    ? `${said.key}: ${list}. Hvilket tal gælder?`
    : `${said.key}: ${list}. Which one is right?`
}

/** A date where a number is asked for; what a workbook made of a decimal point is suggested. */
const aDate = (said: Spoken): string => {
  const date = said.raw('date') ?? ''
  const meant = said.raw('suggestion')
  const wrote = dateSchema.safeParse(date).success ? printDate(date, said.language) : said.written
  const start = said.danish
    ? `${said.key}: I skrev en dato (${quoted(wrote, true)}).`
    : `${said.key}: You wrote a date (${quoted(wrote, false)}).`
  if (meant === undefined) return `${start} ${said.danish ? 'Hvad er tallet?' : 'What is the number?'}`
  const number = `${said.detail('suggestion')} ${said.unit}`.trim()
  return `${start} ${said.danish ? `Mener I ${number}?` : `Do you mean ${number}?`}`
}

const otherYear = (said: Spoken): string => {
  const year = said.context.resultsYear
  return said.danish
    ? `${said.key}: Er ${quoted(said.written, true)} tallet for ${year}? Skriv tallet for ${year}.`
    : `${said.key}: Is ${quoted(said.written, false)} the figure for ${year}? Please write the figure for ${year}.`
}

const scaleAsked = (said: Spoken): string => {
  const kroner = (name: string): string => {
    const value = said.raw(name) ?? ''
    return exactSchema.safeParse(value).success ? printKroner(value, said.language) : value
  }
  const [first, second] = [kroner('first'), kroner('second')]
  const size = said.detail('said')
  return said.danish
    ? `${said.key}: I har skrevet ${quoted(said.written, true)}, og der står ${quoted(size, true)}. Er det ${first} eller ${second}?`
    : `${said.key}: You wrote ${quoted(said.written, false)}, and it says ${quoted(size, false)}. Is it ${first} or ${second}?`
}

const unreadWords = (said: Spoken): string =>
  said.danish
    ? `Dette har vi ikke læst som tal: ${quoted(said.written, true)}. En medarbejder ser på det. Skal det tælle, så skriv det ud for nøglen.`
    : `We have not read this as figures: ${quoted(said.written, false)}. A member of staff looks at it. If it is to count, please write it next to the key.`

const twoValues = (said: Spoken): string =>
  said.danish
    ? `${said.key}: Vi har læst både ${said.detail('first')} og ${said.detail('second')}. Hvilket tal gælder?`
    : `${said.key}: We read both ${said.detail('first')} and ${said.detail('second')}. Which one is right?`

/** Digits that a blank sets apart: one large number, or two. */
const oneOrTwo = (said: Spoken): string => {
  const [first, second, whole] = ['first', 'second', 'whole'].map(said.detail)
  return said.danish
    ? `${said.key}: ${youWrote(said)} Er det ét tal, ${whole}, eller to, ${first} og ${second}? Skriv tallet for ${said.context.resultsYear}.`
    : `${said.key}: ${youWrote(said)} Is that one number, ${whole}, or two, ${first} and ${second}? Please write the figure for ${said.context.resultsYear}.`
}

const sentences: Readonly<Record<DoubtKind, (said: Spoken) => string>> = {
  swapped,
  'share-only': shareOnly,
  hedged: (said) =>
    said.danish
      ? `${said.key}: ${youWrote(said)} Hvad er det præcise tal? Skriv »ikke opgjort«, hvis det ikke findes.`
      : `${said.key}: ${youWrote(said)} What is the exact number? Write "not available" if there is none.`,
  'two-values': (said) => (said.raw('whole') === undefined ? twoValues(said) : oneOrTwo(said)),
  'colleagues-differ': colleaguesDiffer,
  'not-whole': notWhole,
  'none-or-zero': (said) =>
    said.danish
      ? `${said.key}: ${youWrote(said)} Er tallet 0, eller er det ikke opgjort?`
      : `${said.key}: ${youWrote(said)} Is the number 0, or is it not available?`,
  'not-a-value': notAValue,
  'other-unit': (said) => {
    const wrote =
      `${said.detail('value')} ${said.raw('wrote') === undefined ? '' : said.detail('wrote')}`.trim()
    return said.danish
      ? `${said.key}: I har skrevet ${wrote}. Vi skal bruge ${said.unit.replace(/\.$/u, '')}. Hvor mange ${said.unit} er det?`
      : `${said.key}: You wrote ${wrote}. We need ${said.unit.replace(/\.$/u, '')}. How many ${said.unit} is that?`
  },
  'amount-size': amountSize,
  negative: (said) =>
    said.danish
      ? `${said.key} kan ikke være negativt (I skrev: ${said.written}). Hvad er tallet?`
      : `${said.key} cannot be negative (you wrote: ${said.written}). What is the number?`,
  'date-missing-met': (said) =>
    said.danish
      ? `${said.key}: I har svaret ja. På hvilken dato blev det opfyldt?`
      : `${said.key}: You answered yes. On which date was it met?`,
  'date-missing-not-met': (said) =>
    said.danish
      ? `${said.key}: I har svaret nej. Hvornår venter I, at det er opfyldt?`
      : `${said.key}: You answered no. When do you expect it to be met?`,
  'short-year': shortYear,
  'weekday-differs': weekdayDiffers,
  'near-key': (said) =>
    said.danish
      ? `Vi kender ikke ${quoted(said.written, true)}. Mener I ${quoted(said.key, true)}?`
      : `We do not know ${quoted(said.written, false)}. Do you mean ${quoted(said.key, false)}?`,
  'unknown-key': unknownKey,
  'outside-form': (said) =>
    said.danish
      ? `Nederst i mailen står ${quoted(said.written, true)}. Er det et svar på ${said.key}?`
      : `At the bottom of the mail it says ${quoted(said.written, false)}. Is that an answer to ${said.key}?`,
  quoted: (said) =>
    said.danish
      ? `${said.key}: I det, I citerer, står ${quoted(said.written, true)}. Er det jeres tal for ${said.context.resultsYear}? Skriv i givet fald linjen i svaret.`
      : `${said.key}: What you quote says ${quoted(said.written, false)}. Is that your figure for ${said.context.resultsYear}? If so, write the line in your reply.`,
  'body-sheet': (said) =>
    said.danish
      ? `${said.key}: I mailen står ${said.detail('first')}, i regnearket ${said.detail('second')}. Hvilket tal gælder?`
      : `${said.key}: The mail says ${said.detail('first')}, the workbook ${said.detail('second')}. Which one is right?`,
  'cell-formula': (said) =>
    said.danish
      ? `Celle ${said.detail('cell')} i regnearket indeholder en formel uden gemt værdi. Skriv tallet, eller åbn og gem regnearket igen.`
      : `Cell ${said.detail('cell')} holds a formula without a saved value. Write the number, or open and save the workbook again.`,
  'cell-error': (said) =>
    said.danish
      ? `Celle ${said.detail('cell')} i regnearket viser en fejl (${said.written}). Hvad er tallet?`
      : `Cell ${said.detail('cell')} in the workbook shows an error (${said.written}). What is the number?`,
  'last-year-sheet': (said) => {
    const { resultsYear } = said.context
    const year = said.raw('year') ?? String(resultsYear - 1)
    return said.danish
      ? `Regnearket er for ${year}. Vi har ikke læst det. Brug regnearket for ${resultsYear}.`
      : `The workbook is for ${year}. We have not read it. Please use the one for ${resultsYear}.`
  },
  'unreadable-sign': (said) =>
    said.danish
      ? `Vi kan ikke læse tegnene i ${quoted(said.written, true)}. Skriv linjen igen.`
      : `We cannot read the characters in ${quoted(said.written, false)}. Please write the line again.`,
  'unreadable-attachment': (said) =>
    unreadableAttachmentWords(said.written, said.raw('refusal') ?? '', said.language),
  'ok-but': (said) =>
    said.danish
      ? `I har skrevet OK, men også ${quoted(said.written, true)}. Hvilken nøgle gælder det? Skriv den rigtige linje.`
      : `You wrote OK, but also ${quoted(said.written, false)}. Which key is that about? Please write the right line.`,
  'more-unread': (said) =>
    said.danish
      ? `Mailen har ${said.detail('count')} linjer mere, som vi ikke har læst som svar. Skriv kun linjerne med de nøgler, vi har spurgt om.`
      : `The mail has ${said.detail('count')} more lines that we have not read as answers. Please write only the lines with the keys we asked for.`,
  'a-date': aDate,
  'other-year': otherYear,
  scale: scaleAsked,
  'unread-words': unreadWords,
  'which-share-number': (said) =>
    said.danish
      ? `${targetOf(said.key)}: ${youWrote(said)} Er det tallet i alt eller heraf? Skriv begge tal.`
      : `${targetOf(said.key)}: ${youWrote(said)} Is that the total or of which? Please write both numbers.`,
}

const printedDetail = (text: string | undefined, language: Language): string => {
  if (text === undefined) return ''
  if (dateSchema.safeParse(text).success) return printWeekdayDate(text, language)
  return exactSchema.safeParse(text).success ? printNumber(text, language) : echo(text)
}

/**
 * A doubt as it is asked back, in the words of LETTERS 3.4: names the key, what was written and what we
 * need. The details read: `total`, `ofWhich` (swapped); `percent` (share-only); `first`, `second` (two-values,
 * body-sheet; with `whole` where the two may be one); `suggestion` (not-whole, short-year, amount-size, there with `size`); `value`, `wrote`
 * (other-unit); `date` (weekday-differs); `half` (not-a-value); `cell`; `year`;
 * `refusal` (unreadable-attachment); `count` (more-unread); `date`, `suggestion` (a-date); `first`, `second`, `said`
 * (scale); `sender1`, `value1`, `sender2`, ... (colleagues-differ).
 */
export const doubtWords = (doubt: Doubt, context: DoubtContext): string => {
  const { language } = context
  const field = context.fields.find((one) => one.key === doubt.key)
  return sentences[doubt.kind]({
    danish: language === 'da',
    language,
    key: field === undefined ? doubt.key : fieldKey(field, language),
    written: echo(doubt.written),
    unit: unitIn(field?.unit ?? doubt.details['asked'] ?? '', language),
    context,
    detail: (name) => printedDetail(doubt.details[name], language),
    raw: (name) => doubt.details[name],
  })
}
