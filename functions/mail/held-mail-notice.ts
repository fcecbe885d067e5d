import { addWorkingDays, workingDaysFor } from '../domain/base/calendar.ts'
import { printDate, printWeekdayDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { FormField } from '../domain/form/field.ts'
import { owedLetters } from '../domain/renegotiation/owed.ts'
import { answersOwed } from '../domain/review/owed.ts'
import { gap, keyLine } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import { echo } from './echo.ts'
import { fieldLine } from './field-line.ts'
import { mailOf, type CaseLetter, type LetterDraft, type LetterBody } from './letter.ts'
import { missingNow } from './review-letter.ts'
import { inboxNotices, noticedMail } from './unplaced-notice.ts'
import { letterInWords } from './wording.ts'

export interface HeldMailData {
  readonly facts: CaseFacts
  readonly receivedOn: string
  /** The address in the held mail's From. */
  readonly from: string
}

/** L4b: to the registered contact alone, within the hour: is this mail yours? */
export const heldMailNotice = ({ facts, receivedOn, from }: HeldMailData): LetterBody => {
  const address = echo(from, 100)
  return letterInWords('held-mail-notice', facts, {
    da: {
      subject: 'er denne mail fra jer? Svar OK',
      title: 'Er denne mail fra jer?',
      body: [
        `Ministeriet har den ${printDate(receivedOn, 'da')} modtaget en mail fra ${address}, som vi ikke kan henføre til en registreret kontakt hos jer. Svar OK på denne mail, hvis den er jeres indberetning; så tager vi den ind. I behøver ikke sende tallene igen.`,
      ],
    },
    en: {
      subject: 'is this mail from you? Reply OK',
      title: 'Is this mail from you?',
      body: [
        `On ${printDate(receivedOn, 'en')} the ministry received a mail from ${address} which we cannot attribute to a registered contact of yours. Reply OK to this mail if it is your return; we then take it in. You need not send the figures again.`,
      ],
    },
  })
}

export interface NeutralNoticeData {
  readonly facts: CaseFacts
  /** When a member of staff has looked at it. */
  readonly answerBy: string
}

/** L4c: a new mail without quotation, at most one a day, to a registered address whose mail was not authenticated. */
export const neutralNotice = ({ facts, answerBy }: NeutralNoticeData): LetterBody =>
  letterInWords('neutral-notice', facts, {
    da: {
      subject: 'en mail med jeres adresse som afsender',
      title: 'En mail med jeres adresse som afsender',
      body: [
        `Vi har modtaget en mail med jeres adresse som afsender, som vi ikke kunne bekræfte. En medarbejder ser på den senest ${printWeekdayDate(answerBy, 'da')}.`,
      ],
    },
    en: {
      subject: 'a mail with your address as its sender',
      title: 'A mail with your address as its sender',
      body: [
        `We have received a mail with your address as its sender, which we could not confirm. A member of staff looks at it by ${printWeekdayDate(answerBy, 'en')}.`,
      ],
    },
  })

export interface PdfNoticeData {
  readonly facts: CaseFacts
  readonly theirSubject: string
  /** By when typed figures come back for checking. */
  readonly answerBy: string
  /** The lines still missing. */
  readonly fields: readonly FormField[]
}

/** L4d: figures came in a PDF, a scan or a picture alone. */
export const pdfNotice = ({ facts, theirSubject, answerBy, fields }: PdfNoticeData): LetterBody => {
  const lines = fields.map((field) => keyLine(fieldLine(field, facts.language)))
  return letterInWords(
    'pdf-notice',
    facts,
    {
      da: {
        subject: '',
        title: 'Vi kan ikke læse tal automatisk i en PDF.',
        body: [
          `I kan svare på denne mail med linjerne nedenfor, eller lade os taste dem ind; så får I en kvittering til kontrol senest ${printWeekdayDate(answerBy, 'da')}.`,
          gap,
          ...lines,
        ],
      },
      en: {
        subject: '',
        title: 'We cannot read figures from a PDF by machine.',
        body: [
          `You can reply to this mail with the lines below, or let us type them; you then get a receipt for checking by ${printWeekdayDate(answerBy, 'en')}.`,
          gap,
          ...lines,
        ],
      },
    },
    { answers: theirSubject },
  )
}

export interface ClosedNoticeData {
  readonly facts: CaseFacts
  readonly theirSubject: string
  readonly closedOn: string
  /** The running request of a later year; null when there is none. */
  readonly running: { readonly year: number; readonly requestedOn: string } | null
}

/** L4e: figures for a year that is closed. */
export const closedNotice = ({ facts, theirSubject, closedOn, running }: ClosedNoticeData): LetterBody => {
  const year = facts.resultsYear
  return letterInWords(
    'closed-notice',
    facts,
    {
      da: {
        subject: '',
        title: `Indberetningen for ${year} blev afsluttet den ${printDate(closedOn, 'da')}.`,
        body: [
          [
            `Skal tallene for ${year} rettes, så svar med årsagen.`,
            ...(running === null
              ? []
              : [
                  `Tal for ${running.year} sendes som svar på mailen af ${printDate(running.requestedOn, 'da')}.`,
                ]),
          ].join(' '),
        ],
      },
      en: {
        subject: '',
        title: `The return for ${year} was closed on ${printDate(closedOn, 'en')}.`,
        body: [
          [
            `If the figures for ${year} are to be corrected, reply with the reason.`,
            ...(running === null
              ? []
              : [
                  `Figures for ${running.year} are sent in reply to the mail of ${printDate(running.requestedOn, 'en')}.`,
                ]),
          ].join(' '),
        ],
      },
    },
    { answers: theirSubject },
  )
}

export interface CitizenDataNoticeData {
  readonly facts: CaseFacts
  readonly theirSubject: string
}

// A CPR number may stand in the subject too, which the answer would repeat.
const personalNumber = /(?<!\d)\d{6}[- ]?\d{4}(?!\d)/g

/** Personal data of citizens: the mail is set aside unread. */
export const citizenDataNotice = ({ facts, theirSubject }: CitizenDataNoticeData): LetterBody =>
  letterInWords(
    'citizen-data-notice',
    facts,
    {
      da: {
        subject: '',
        title: 'Mailen indeholder oplysninger om borgere.',
        body: ['Den er lagt til side og bliver ikke læst. Send tallene igen uden navne og CPR-numre.'],
      },
      en: {
        subject: '',
        title: 'The mail contains data about citizens.',
        body: [
          'It has been set aside and is not read. Please send the figures again without names and CPR numbers.',
        ],
      },
    },
    { answers: theirSubject.replace(personalNumber, '…') },
  )

/** To the registered contact alone, not in the held mail's thread. */
const composeHeldMail = (letter: CaseLetter): LetterDraft => {
  const { receivedAt, details } = mailOf(letter)
  return {
    body: heldMailNotice({
      facts: letter.facts,
      receivedOn: todayInCopenhagen(receivedAt),
      from: details?.from ?? '',
    }),
  }
}

export const heldMailLetter = declareLetter('held-mail-notice', {
  name: 'Spørgsmål om tilbageholdt mail',
  signedBy: 'caseworker',
  address: 'you',
  form: 'notice',
  review: { owed: [answersOwed], compose: composeHeldMail },
  renegotiation: {
    owed: [owedLetters],
    compose: (letter) => ({ ...composeHeldMail(letter), startsThread: true }),
  },
})

/** Without quotation, not in their thread: it goes to a registered address that could not be authenticated. */
const composeNeutralNotice = ({ facts, context }: CaseLetter): LetterDraft => ({
  body: neutralNotice({ facts, answerBy: addWorkingDays(context.on, workingDaysFor.heldMail) }),
})

export const neutralNoticeLetter = declareLetter('neutral-notice', {
  name: 'Besked om ubekræftet mail',
  signedBy: 'caseworker',
  address: 'you',
  form: 'notice',
  review: { owed: [answersOwed], compose: composeNeutralNotice },
  renegotiation: {
    owed: [owedLetters],
    compose: (letter) => ({ ...composeNeutralNotice(letter), startsThread: true }),
  },
})

export const pdfNoticeLetter = declareLetter('pdf-notice', {
  name: 'Besked om PDF',
  signedBy: 'caseworker',
  address: 'you',
  form: 'answer',
  review: {
    owed: [answersOwed],
    // Both ways, and by when a caseworker's typing comes back.
    compose: (letter) => {
      const answers = mailOf(letter)
      return {
        body: pdfNotice({
          facts: letter.facts,
          theirSubject: answers.details?.subject ?? '',
          answerBy: addWorkingDays(letter.context.on, workingDaysFor.heldMail),
          fields: missingNow(letter),
        }),
        answers,
      }
    },
  },
})

export const closedNoticeLetter = declareLetter('closed-notice', {
  name: 'Besked om afsluttet sag',
  signedBy: 'caseworker',
  address: 'you',
  form: 'answer',
  review: {
    owed: [answersOwed, inboxNotices],
    needs: 'running-request',
    compose: (letter, running) => {
      const { closedAt } = letter.state
      if (closedAt === null) throw new Error('the review is not closed')
      const answers = noticedMail(letter)
      return {
        body: closedNotice({
          facts: letter.facts,
          theirSubject: answers.details?.subject ?? '',
          closedOn: todayInCopenhagen(closedAt),
          running,
        }),
        answers,
      }
    },
  },
})

const composeCitizenDataNotice = (letter: CaseLetter): LetterDraft => {
  const answers = mailOf(letter)
  return {
    body: citizenDataNotice({ facts: letter.facts, theirSubject: answers.details?.subject ?? '' }),
    answers,
  }
}

export const citizenDataNoticeLetter = declareLetter('citizen-data-notice', {
  name: 'Besked om borgeroplysninger',
  signedBy: 'caseworker',
  address: 'you',
  form: 'answer',
  review: { owed: [answersOwed], compose: composeCitizenDataNotice },
  renegotiation: { owed: [owedLetters], compose: composeCitizenDataNotice },
})
