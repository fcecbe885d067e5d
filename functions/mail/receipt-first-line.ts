import { printWeekdayDate } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'
import type { Brought } from '../domain/review/slices/comments.ts'
import { countedNoun } from './counted-noun.ts'

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
export interface StillAsked {
  readonly missing: number
  readonly doubts: number
  readonly doubtsAreFigures: boolean
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

const withRest = (start: string, asked: StillAsked, language: Language): string =>
  asked.missing + asked.doubts === 0 ? start : `${start} ${askedWords(asked, language)}`

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
  return asked.missing + asked.doubts === 0
    ? `${start} ${nothingMore[language]}`
    : withRest(start, asked, language)
}

/** The line that says whether she can forget the matter (LETTERS 1.10, L4). */
export const firstLine = (outcome: ReceiptOutcome, asked: StillAsked, language: Language): string => {
  const danish = language === 'da'
  switch (outcome.is) {
    case 'taken-in':
      if (asked.missing + asked.doubts > 0) return `${thanks[language]} ${askedWords(asked, language)}`
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
