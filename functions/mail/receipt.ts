import { printClock, printDate, printNumber, printWeekdayDate } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'
import type { Brought } from '../domain/review/slices/comments.ts'
import type { FormField } from '../domain/form/field.ts'
import type { Answer, Doubt } from '../domain/casefile/reading.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import { countedNoun, echo } from './phrases.ts'
import { paragraph, title, type Block, type Row } from './block.ts'
import { doubtWords, fieldsAsked, isObservedByUs } from './doubt-words.ts'
import { extensionReceivedText, type ExtensionReceived } from './extension.ts'
import { fieldKey, fieldLines } from './form-words.ts'
import { formBlocks, type PrintedForm } from './form-blocks.ts'
import type { LetterBody } from './letter.ts'
import { fieldLabel, readNotes, readRows, valueWords, type ReadContext } from './read-rows.ts'

/** What a receipt confirms, beside what is still asked. */
export type ReceiptOutcome =
  | { readonly is: 'taken-in' }
  /** A correction of figures that were in place; after the draft it goes to the caseworker first. */
  | { readonly is: 'correction'; readonly answerBy: string | null }
  /** From a colleague or the main mailbox: nothing counts before the contact's OK. */
  | { readonly is: 'provisional'; readonly sender: string; readonly brought: Brought }
  | { readonly is: 'confirmed'; readonly brought: Brought }
  /** Typed by the ministry from a letter, a scan or a PDF (`letter`), or from what was said. */
  | { readonly is: 'typed-in'; readonly from: 'letter' | 'mail' | 'phone' | 'meeting' }
  /** Nothing but our own quotation. */
  | { readonly is: 'nothing-read' }
  /** A mail answered before is read otherwise now: the mistake was ours. */
  | { readonly is: 'read-again' }
  /** Text of their own, which a person reads. */
  | { readonly is: 'words' }
  /** The same content in a new mail. */
  | { readonly is: 'duplicate' }

/** How many things are missing, how many in doubt, and whether all doubts are about numbers. */
interface StillAsked {
  readonly missing: number
  readonly doubts: number
  readonly doubtsAreFigures: boolean
  /** Files and links that were not read, of which a person takes care. */
  readonly unread: number
}

const thanks: Readonly<Record<Language, string>> = { da: 'Tak.', en: 'Thank you.' }

const askedWords = ({ missing, doubts, doubtsAreFigures }: StillAsked, language: Language): string => {
  const danish = language === 'da'
  const things = countedNoun(missing, 'thing', language)
  const answers = countedNoun(doubts, doubtsAreFigures ? 'figure' : 'answer', language)
  const isMissing = danish
    ? `Vi mangler ${things}`
    : `${things.slice(0, 1).toUpperCase()}${things.slice(1)} ${missing === 1 ? 'is' : 'are'} missing`
  if (doubts === 0) return `${isMissing}:`
  if (missing === 0) return danish ? `Vi er i tvivl om ${answers}:` : `We are in doubt about ${answers}:`
  return danish
    ? `${isMissing} og er i tvivl om ${answers}:`
    : `${isMissing}, and we are in doubt about ${answers}:`
}

/** What a colleague sent, and what an OK confirms, after the name and before the end of the sentence. */
const broughtWords: Readonly<
  Record<Brought, Readonly<Record<Language, { sent: string; confirmed: string }>>>
> = {
  figures: {
    da: { sent: 'har sendt tal. Svar OK for at bekræfte dem.', confirmed: 'tallene er bekræftet' },
    en: { sent: 'has sent figures. Reply OK to confirm them.', confirmed: 'the figures are confirmed' },
  },
  'figures-and-comments': {
    da: {
      sent: 'har sendt tal og bemærkninger til udkastet. Svar OK for at bekræfte dem.',
      confirmed: 'tallene og bemærkningerne er bekræftet',
    },
    en: {
      sent: 'has sent figures and comments on the draft. Reply OK to confirm them.',
      confirmed: 'the figures and the comments are confirmed',
    },
  },
  comments: {
    da: {
      sent: 'har sendt bemærkninger til udkastet. Svar OK for at bekræfte dem.',
      confirmed: 'bemærkningerne er bekræftet',
    },
    en: {
      sent: 'has sent comments on the draft. Reply OK to confirm them.',
      confirmed: 'the comments are confirmed',
    },
  },
  'no-comments': {
    da: {
      sent: 'har svaret, at I ingen bemærkninger har til udkastet. Svar OK for at bekræfte det.',
      confirmed: 'det er bekræftet, at I ingen bemærkninger har',
    },
    en: {
      sent: 'has answered that you have no comments on the draft. Reply OK to confirm it.',
      confirmed: 'it is confirmed that you have no comments',
    },
  },
  'hearing-answer': {
    da: {
      sent: 'har svaret på høringen. Svar OK for at bekræfte svaret.',
      confirmed: 'svaret på høringen er bekræftet',
    },
    en: {
      sent: 'has answered the hearing. Reply OK to confirm the answer.',
      confirmed: 'the answer to the hearing is confirmed',
    },
  },
  words: {
    da: { sent: 'har skrevet til os. Svar OK for at bekræfte mailen.', confirmed: 'mailen er bekræftet' },
    en: { sent: 'has written to us. Reply OK to confirm the mail.', confirmed: 'the mail is confirmed' },
  },
}

const confirmationAsked = (sender: string, brought: Brought, language: Language): string =>
  `${thanks[language]} ${sender} ${broughtWords[brought][language].sent}`

const typedFrom = {
  da: {
    letter: 'jeres brev',
    mail: 'jeres mail',
    phone: 'telefonsamtalen med jer',
    meeting: 'mødet med jer',
  },
  en: {
    letter: 'your letter',
    mail: 'your mail',
    phone: 'our telephone call',
    meeting: 'our meeting',
  },
} as const

const unreadSeen: Readonly<Record<Language, string>> = {
  da: 'En medarbejder ser på det, vi ikke kunne læse:',
  en: 'A member of staff looks at what we could not read:',
}

const withRest = (start: string, asked: StillAsked, language: Language): string => {
  if (asked.missing + asked.doubts > 0) return `${start} ${askedWords(asked, language)}`
  return asked.unread > 0 ? `${start} ${unreadSeen[language]}` : start
}

const nothingMore: Readonly<Record<Language, string>> = {
  da: 'I skal ikke gøre mere.',
  en: 'There is nothing more to do.',
}

const lateCorrection = (answerBy: string, language: Language): string =>
  language === 'da'
    ? `Tak. Rettelsen er modtaget og forelægges sagsbehandleren. I hører fra os senest ${printWeekdayDate(answerBy, 'da')}.`
    : `Thank you. The correction has been received and goes to the caseworker. You hear from us by ${printWeekdayDate(answerBy, 'en')}.`

const done = (danish: string, english: string, asked: StillAsked, language: Language): string => {
  const start = language === 'da' ? danish : english
  return asked.missing + asked.doubts + asked.unread === 0
    ? `${start} ${nothingMore[language]}`
    : withRest(start, asked, language)
}

/** The line that says whether she can forget the matter (LETTERS 1.10, L4). */
const firstLine = (outcome: ReceiptOutcome, asked: StillAsked, language: Language): string => {
  const danish = language === 'da'
  switch (outcome.is) {
    case 'taken-in':
      if (asked.missing + asked.doubts + asked.unread > 0) return withRest(thanks[language], asked, language)
      return danish
        ? 'Tak, vi har alt, hvad vi skal bruge. I skal ikke gøre mere.'
        : 'Thank you, we have everything we need. There is nothing more to do.'
    case 'correction':
      if (outcome.answerBy !== null)
        return withRest(lateCorrection(outcome.answerBy, language), asked, language)
      return done(
        'Tak, rettelsen er modtaget.',
        'Thank you, the correction has been received.',
        asked,
        language,
      )
    case 'provisional':
      return withRest(confirmationAsked(outcome.sender, outcome.brought, language), asked, language)
    case 'confirmed':
      return done(
        `Tak, ${broughtWords[outcome.brought].da.confirmed}.`,
        `Thank you, ${broughtWords[outcome.brought].en.confirmed}.`,
        asked,
        language,
      )
    case 'typed-in':
      return withRest(
        danish
          ? `Tak. Vi har tastet tallene fra ${typedFrom.da[outcome.from]}. Svar OK, hvis de er rigtige.`
          : `Thank you. We have typed the figures from ${typedFrom.en[outcome.from]}. Reply OK if they are right.`,
        asked,
        language,
      )
    case 'read-again':
      return done(
        'Vi har læst jeres mail igen og rettet det, vi læste forkert.',
        'We have read your mail again and corrected what we read wrongly.',
        asked,
        language,
      )
    case 'nothing-read':
      return danish
        ? 'Tak. Vi fandt ingen tal i mailen. Skriv dem ud for nøglerne nedenfor, så læser vi dem.'
        : 'Thank you. We found no figures in the mail. Write them next to the keys below, and we read them.'
    case 'words':
      return danish
        ? `Tak. Jeres tekst er gemt og læses af en medarbejder.${asked.missing === 0 ? '' : ` Vi fandt ingen tal ud for nøglerne og mangler ${countedNoun(asked.missing, 'thing', 'da')}:`}`
        : `Thank you. Your text is kept and read by a member of staff.${asked.missing === 0 ? '' : ` We found no figures next to the keys, and ${countedNoun(asked.missing, 'thing', 'en')} ${asked.missing === 1 ? 'is' : 'are'} missing:`}`
    case 'duplicate':
      return danish
        ? 'Vi har allerede modtaget denne mail. I skal ikke gøre mere.'
        : 'We have already received this mail. There is nothing more to do.'
  }
}

/** A figure that replaced another of theirs. */
interface CorrectedAnswer {
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

/** What is told and not asked: they answered what the ministry observes itself. */
const toldOf = ({ doubts, context }: ReceiptData): readonly Doubt[] =>
  doubts.filter((doubt) => isObservedByUs(doubt, context))

/** What is asked: doubts, and missing fields that no doubt already covers. */
const askedOf = (
  data: ReceiptData,
): {
  readonly missing: readonly FormField[]
  readonly doubts: readonly Doubt[]
  /** Files and links that were not read: named every time, and no question about a figure (MAIL 285). */
  readonly unread: readonly Doubt[]
} => {
  const covered = new Set(
    data.doubts
      .filter((doubt) => !saysMissing(doubt, data.missing))
      .flatMap((doubt) => fieldsAsked(doubt, data.context.fields).map((field) => field.key)),
  )
  return {
    missing: data.missing.filter((field) => !covered.has(field.key)),
    doubts: data.doubts.filter(
      (doubt) =>
        !isUnread(doubt) && !saysMissing(doubt, data.missing) && !isObservedByUs(doubt, data.context),
    ),
    unread: data.doubts.filter(isUnread),
  }
}

const isUnread = ({ kind }: Doubt): boolean => kind === 'unreadable-attachment'

const figures = new Set(['count', 'number', 'amount'])

const areFigures = (doubts: readonly Doubt[], fields: readonly FormField[]): boolean =>
  doubts.every((doubt) => {
    const asked = fieldsAsked(doubt, fields)
    return asked.length > 0 && asked.every((field) => figures.has(field.type))
  })

const missingWords = (field: FormField, data: ReceiptData): string => {
  const { language } = data.context
  const doubt = data.doubts.find((one) => one.kind === 'not-a-value' && one.key === field.key)
  if (doubt !== undefined) return doubtWords(doubt, data.context)
  const key = fieldKey(field, language)
  return language === 'da' ? `${key} mangler endnu.` : `${key} is still missing.`
}

const askedBlocks = (data: ReceiptData): readonly Block[] => {
  const { language, fields } = data.context
  const { missing, doubts, unread } = askedOf(data)
  return [
    ...missing.flatMap((field) => [paragraph(missingWords(field, data)), ...fieldLines([field], language)]),
    ...doubts.flatMap((doubt) => [
      paragraph(doubtWords(doubt, data.context)),
      ...fieldLines(fieldsAsked(doubt, fields), language),
    ]),
    ...unread.map((doubt) => paragraph(doubtWords(doubt, data.context))),
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
        ...toldOf(data).map((doubt) => paragraph(doubtWords(doubt, data.context))),
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
  const { missing, doubts, unread } = askedOf(data)
  const asked = {
    unread: unread.length,
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
