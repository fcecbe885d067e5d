import { nextWorkingDay } from '../domain/base/calendar.ts'
import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import { dueOnOf } from '../domain/review/collection.ts'
import { answersOwed } from '../domain/review/owed.ts'
import type { ReviewState } from '../domain/review/state.ts'
import { agreementWords, type CaseFacts } from './case-facts.ts'
import {
  answerToContact,
  fromCaseworker,
  declareLetter,
  type OwedRule,
  type ReviewLetter,
} from './declared-letter.ts'
import { answering, mailOf, type Answering, type LetterBody, type LetterDraft } from './letter.ts'
import { letterInWords } from './wording.ts'
import { clause } from './phrases.ts'

interface ExtensionReceivedData extends Answering {
  readonly extension: ExtensionReceived
}

/** U1: the request for more time is received; a receipt to the same mail carries these words instead. */
export const extensionReceived = ({ facts, theirSubject, extension }: ExtensionReceivedData): LetterBody => {
  const [first = '', ...rest] = extensionReceivedText(extension, facts.language).split(/(?<=\.) (?=[A-ZÆØÅ])/)
  const wording = { title: first, body: rest.length === 0 ? [] : [rest.join(' ')] }
  return letterInWords('extension-received', facts, { da: wording, en: wording, answers: theirSubject })
}

export interface ExtensionGrantedData {
  readonly facts: CaseFacts
  readonly dueOn: string
  /** Why, in the recipient's language: a clause after `fordi`. */
  readonly because: string
}

const inThread = (facts: CaseFacts) => ({
  subjectOf: (subject: string): string =>
    `SV: ${agreementWords(facts.kind, facts.language).subject}: ${subject}`,
})

/** U2: granted; the new date replaces the old one everywhere. */
export const extensionGranted = ({ facts, dueOn, because }: ExtensionGrantedData): LetterBody => {
  const year = facts.resultsYear
  return letterInWords('extension-granted', facts, {
    da: {
      subject: `udsættelse af indberetningen for ${year} til ${printDate(dueOn, 'da')}`,
      title: 'I får udsættelse',
      body: [
        `I får udsættelse. Den nye frist er ${printWeekdayDate(dueOn, 'da')}, fordi ${clause(because)}. Den nye frist træder i stedet for den gamle.`,
      ],
    },
    en: {
      subject: `extension of the return for ${year} until ${printDate(dueOn, 'en')}`,
      title: 'Your extension is granted',
      body: [
        `Your extension is granted. The new due date is ${printWeekdayDate(dueOn, 'en')}, because ${clause(because)}. The new date replaces the old one.`,
      ],
    },
    ...inThread(facts),
  })
}

export interface ExtensionRefusedData {
  readonly facts: CaseFacts
  /** The date they asked for; null when it could not be read. */
  readonly askedUntil: string | null
  readonly because: string
  /** The date they get instead; null when the date in force stands. */
  readonly insteadOn: string | null
  readonly dueOn: string
}

/** U3: refused, with another date where one can be given. */
export const extensionRefused = (data: ExtensionRefusedData): LetterBody => {
  const { facts, askedUntil, because, insteadOn, dueOn } = data
  const year = facts.resultsYear
  const until = {
    da: askedUntil === null ? '' : ` til den ${printDate(askedUntil, 'da')}`,
    en: askedUntil === null ? '' : ` until ${printDate(askedUntil, 'en')}`,
  }
  const date = {
    da:
      insteadOn === null
        ? `Fristen er fortsat ${printWeekdayDate(dueOn, 'da')}.`
        : `I får i stedet frist til ${printWeekdayDate(insteadOn, 'da')}.`,
    en:
      insteadOn === null
        ? `The due date is still ${printWeekdayDate(dueOn, 'en')}.`
        : `Instead you have until ${printWeekdayDate(insteadOn, 'en')}.`,
  }
  return letterInWords('extension-refused', facts, {
    da: {
      title: `Fristen for indberetningen for ${year}`,
      body: [
        `Ministeriet kan ikke give udsættelse${until.da}, fordi ${clause(because)}. ${date.da} Send de tal, I har, og skriv »ikke opgjort« og årsagen ud for resten.`,
      ],
    },
    en: {
      title: `The due date of the return for ${year}`,
      body: [
        `The ministry cannot give an extension${until.en}, because ${clause(because)}. ${date.en} Send the figures you have, and write "not available" and the reason next to the rest.`,
      ],
    },
    ...inThread(facts),
  })
}

/** A request for more time, as it is answered the same day. */
export interface ExtensionReceived {
  /** The date they asked for; null when it could not be read. */
  readonly until: string | null
  /** The day by which they hear. */
  readonly answerBy: string
}

/** U1: received; no reminders meanwhile. */
export const extensionReceivedText = ({ until, answerBy }: ExtensionReceived, language: Language): string => {
  if (language === 'en') {
    const asked =
      until === null ? '' : ` You have asked for an extension until ${printWeekdayDate(until, 'en')}.`
    return `Your request has been received; you hear from us by ${printWeekdayDate(answerBy, 'en')}. No reminders are sent meanwhile.${asked}`
  }
  const asked = until === null ? '' : ` I har bedt om udsættelse til ${printWeekdayDate(until, 'da')}.`
  return `Anmodningen er modtaget; I hører fra os senest ${printWeekdayDate(answerBy, 'da')}. Der bliver ikke sendt påmindelser imens.${asked}`
}

/** More time asked for in the mail, and by when it is answered; null where none is. */
export const extensionAsked = (
  { state, party, context }: ReviewLetter,
  { mailKey }: Pick<MailRecord, 'mailKey'>,
): ExtensionReceived | null => {
  const asked = state.extensions.find((one) => one.mailKey === mailKey && one.party === party.municipality)
  return asked === undefined ? null : { until: asked.until, answerBy: nextWorkingDay(context.on) }
}

const decidedExtensions: OwedRule<ReviewState> = ({ extensions }) =>
  extensions.flatMap(({ decided, party, mailKey }) =>
    decided === null
      ? []
      : [
          {
            kind: decided.granted ? 'extension-granted' : 'extension-refused',
            party,
            seq: 1,
            about: mailKey,
          },
        ],
  )

const composeDecision = (letter: ReviewLetter): LetterDraft => {
  const { facts, state } = letter
  const answers = mailOf(letter)
  const request = state.extensions.find(({ mailKey }) => mailKey === answers.mailKey)
  if (request?.decided == null) throw new Error('the request for more time is not decided')
  const { granted, dueOn, text } = request.decided
  const because = text.replace(/^fordi\s+/iu, '').replace(/\.$/u, '')
  const others = state.extensions.filter((one) => one !== request)
  const dueBefore = dueOnOf({ ...state, extensions: others }, request.party)
  return {
    body: granted
      ? extensionGranted({ facts, dueOn, because })
      : extensionRefused({
          facts,
          askedUntil: request.until,
          because,
          insteadOn: dueOn === dueBefore ? null : dueOn,
          dueOn,
        }),
    dueOn,
    answers,
  }
}

export const extensionReceivedLetter = declareLetter('extension-received', {
  name: 'Kvittering for anmodning om udsættelse',
  ...answerToContact,
  review: {
    owed: [answersOwed],
    compose: answering((about, letter: ReviewLetter, mail) => {
      const extension = extensionAsked(letter, mail)
      if (extension === null) throw new Error('the mail asks for no extension')
      return extensionReceived({ ...about, extension })
    }),
  },
})

export const extensionGrantedLetter = declareLetter('extension-granted', {
  name: 'Udsættelse givet',
  ...fromCaseworker,
  review: { owed: [decidedExtensions], compose: composeDecision },
})

export const extensionRefusedLetter = declareLetter('extension-refused', {
  name: 'Udsættelse afslået',
  ...fromCaseworker,
  review: { owed: [decidedExtensions], compose: composeDecision },
})
