import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { agreementWords } from './agreement-words.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { extensionReceivedText } from './extension-words.ts'
import type { ExtensionReceived } from './extension-words.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface ExtensionReceivedData {
  readonly facts: CaseFacts
  readonly theirSubject: string
  readonly extension: ExtensionReceived
}

/** U1: the request for more time is received; a receipt to the same mail carries these words instead. */
export const extensionReceived = ({ facts, theirSubject, extension }: ExtensionReceivedData): LetterBody => {
  const [first = '', ...rest] = extensionReceivedText(extension, facts.language).split(/(?<=\.) (?=[A-ZÆØÅ])/)
  const wording = { subject: '', title: first, body: rest.length === 0 ? [] : [rest.join(' ')] }
  return letterInWords('extension-received', facts, { da: wording, en: wording }, { answers: theirSubject })
}

export interface ExtensionGrantedData {
  readonly facts: CaseFacts
  readonly dueOn: string
  /** Why, in the recipient's language: a clause after `fordi`. */
  readonly because: string
}

const inThread = (facts: CaseFacts) => ({
  subjectStart: ({ subject }: { readonly subject: string }): string =>
    `SV: ${agreementWords(facts.kind, facts.language).subject}: ${subject}`,
})

const clause = (text: string): string => text.trim().replace(/\.$/, '')

/** U2: granted; the new date replaces the old one everywhere. */
export const extensionGranted = ({ facts, dueOn, because }: ExtensionGrantedData): LetterBody => {
  const year = facts.resultsYear
  return letterInWords(
    'extension-granted',
    facts,
    {
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
    },
    inThread(facts),
  )
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
  return letterInWords(
    'extension-refused',
    facts,
    {
      da: {
        subject: `fristen for indberetningen for ${year}`,
        title: `Fristen for indberetningen for ${year}`,
        body: [
          `Ministeriet kan ikke give udsættelse${until.da}, fordi ${clause(because)}. ${date.da} Send de tal, I har, og skriv »ikke opgjort« og årsagen ud for resten.`,
        ],
      },
      en: {
        subject: `the due date of the return for ${year}`,
        title: `The due date of the return for ${year}`,
        body: [
          `The ministry cannot give an extension${until.en}, because ${clause(because)}. ${date.en} Send the figures you have, and write "not available" and the reason next to the rest.`,
        ],
      },
    },
    inThread(facts),
  )
}

export const extensionReceivedLetter = declareLetter('extension-received', {
  name: 'Kvittering for anmodning om udsættelse',
  signedBy: 'caseworker',
  address: 'you',
  form: 'answer',
})

export const extensionGrantedLetter = declareLetter('extension-granted', {
  name: 'Udsættelse givet',
  signedBy: 'caseworker',
  address: 'you',
})

export const extensionRefusedLetter = declareLetter('extension-refused', {
  name: 'Udsættelse afslået',
  signedBy: 'caseworker',
  address: 'you',
})
