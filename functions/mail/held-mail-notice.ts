import { addWorkingDays, workingDaysFor } from '../domain/base/calendar.ts'
import { printDate, printNumber, printWeekdayDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import { mostMegabytes, owedNotices, type UnplacedMail } from '../domain/casefile/unplaced-mails.ts'
import type { Doubt } from '../domain/casefile/reading.ts'
import type { FormField } from '../domain/form/field.ts'
import type { ReviewState } from '../domain/review/state.ts'
import { owedLetters } from '../domain/renegotiation/owed.ts'
import { answersOwed } from '../domain/review/owed.ts'
import { erasedMailLetters, isOfStranger } from '../domain/casefile/held-mails.ts'
import type { ErasureGround } from '../domain/base/stream.ts'
import { agreementWords, type CaseFacts } from './case-facts.ts'
import { gap } from './block.ts'
import {
  answerToContact,
  fromCaseworker,
  declareLetter,
  missingNow,
  type OwedRule,
  type ReviewLetter,
} from './declared-letter.ts'
import { doubtWords } from './doubt-words.ts'
import { echo } from './phrases.ts'
import { fieldLines } from './form-words.ts'
import {
  answering,
  answerTo,
  mailOf,
  type Answering,
  type CaseLetter,
  type LetterBody,
  type LetterDraft,
} from './letter.ts'
import { letterInWords } from './wording.ts'

/** Notices of mails that lie in an inbox, to the registered contact of an authenticated sender alone. */
interface InboxMailData extends Answering {
  readonly receivedOn: string
  /** The address it came from. */
  readonly from: string
  /** The day of the letter it should have answered; null when nothing has been asked yet. */
  readonly requestedOn: string | null
  /** When a member of staff has looked at it. */
  readonly answerBy: string
}

const replyTo = (requestedOn: string | null, language: Language): string => {
  const on = requestedOn === null ? null : printDate(requestedOn, language)
  if (language === 'en') return on === null ? 'this mail' : `this mail or to our mail of ${on}`
  return on === null ? 'denne mail' : `denne mail eller på vores mail af ${on}`
}

/** A mail that answers none of ours (MAIL 11, 142): how it gets to its case, and that a person looks at it. */
export const unplacedNotice = (data: InboxMailData): LetterBody => {
  const { facts, theirSubject, receivedOn, requestedOn, answerBy } = data
  const from = echo(data.from, 100)
  const agreement = agreementWords(facts.kind, facts.language).definite
  return letterInWords('unplaced-notice', facts, {
    da: {
      title: 'Vi kan ikke se, hvilken sag jeres mail hører til.',
      body: [
        `Den kom den ${printDate(receivedOn, 'da')} fra ${from} og er ikke et svar på en af vores mails. Gælder den ${agreement}, så send den igen som svar på ${replyTo(requestedOn, 'da')}; så bliver den læst med det samme. Gælder den en anden sag, så svar på vores mail om den.`,
        `Sender I den ikke igen, ser en medarbejder på den senest ${printWeekdayDate(answerBy, 'da')}. Der bliver ikke sendt påmindelser imens.`,
      ],
    },
    en: {
      title: 'We cannot see which case your mail belongs to.',
      body: [
        `It came on ${printDate(receivedOn, 'en')} from ${from} and is not a reply to any of our mails. If it is about ${agreement}, please send it again as a reply to ${replyTo(requestedOn, 'en')}; it is then read at once. If it is about another case, reply to our mail about that.`,
        `If you do not send it again, a member of staff looks at it by ${printWeekdayDate(answerBy, 'en')}. No reminders are sent meanwhile.`,
      ],
    },
    answers: theirSubject,
  })
}

interface TooLargeNoticeData extends InboxMailData {
  /** The lines still missing. */
  readonly fields: readonly FormField[]
}

/** A mail too large to be read (MAIL 107): kept, and how its figures come in nevertheless. */
export const tooLargeNotice = (data: TooLargeNoticeData): LetterBody => {
  const { facts, theirSubject, receivedOn, requestedOn, answerBy, fields } = data
  const from = echo(data.from, 100)
  const lines = fieldLines(fields, facts.language)
  const most = printNumber(String(mostMegabytes), facts.language)
  return letterInWords('too-large-notice', facts, {
    da: {
      title: 'Jeres mail er for stor til at blive læst.',
      body: [
        `Den kom den ${printDate(receivedOn, 'da')} fra ${from}. Vi læser mails på højst ${most} MB med bilag. Send tallene igen som svar på ${replyTo(requestedOn, 'da')}, uden de store bilag: i det regneark, vi sendte, eller i selve mailen${fields.length === 0 ? '' : ' med linjerne nedenfor'}. Skal vi have et stort bilag, så ring til os.`,
        `Den store mail er gemt, som den kom. En medarbejder ser på den senest ${printWeekdayDate(answerBy, 'da')}, og der bliver ikke sendt påmindelser imens.`,
        ...(lines.length === 0 ? [] : [gap, ...lines]),
      ],
    },
    en: {
      title: 'Your mail is too large to be read.',
      body: [
        `It came on ${printDate(receivedOn, 'en')} from ${from}. We read mails of at most ${most} MB including attachments. Please send the figures again as a reply to ${replyTo(requestedOn, 'en')}, without the large attachments: in the workbook we sent, or in the mail itself${fields.length === 0 ? '' : ' with the lines below'}. If we need a large attachment, please call us.`,
        `The large mail is kept as it came. A member of staff looks at it by ${printWeekdayDate(answerBy, 'en')}, and no reminders are sent meanwhile.`,
        ...(lines.length === 0 ? [] : [gap, ...lines]),
      ],
    },
    answers: theirSubject,
  })
}

/** What the contact is told at once of a mail that lies in an inbox. */
const inboxNotices: OwedRule<ReviewState> = ({ unplaced }) => owedNotices(unplaced)

/** The mail a notice is about, here or in an inbox. */
const noticedMail = ({ state, context }: ReviewLetter): MailRecord | UnplacedMail => {
  const mail = [...state.mails, ...state.unplaced].find(({ mailKey }) => mailKey === context.order.about)
  if (mail === undefined) throw new Error('the mail to tell of is not on the record')
  return mail
}

/** Composes a notice of the mail from what there is to say of it. */
const inboxNotice =
  (write: (data: InboxMailData, letter: ReviewLetter) => LetterBody) =>
  (letter: ReviewLetter): LetterDraft => {
    const { context, facts, party, state } = letter
    const mail = noticedMail(letter)
    const asked = lettersTo(state.letters, party.municipality, 'request', 'to-deputy').at(-1)
    const told = {
      receivedOn: todayInCopenhagen(mail.receivedAt),
      from: mail.details?.from ?? '',
      requestedOn: asked?.datedOn ?? null,
      answerBy: addWorkingDays(context.on, workingDaysFor.heldMail),
    }
    return answerTo(mail, facts, (about) => write({ ...about, ...told }, letter))
  }

export const unplacedNoticeLetter = declareLetter('unplaced-notice', {
  name: 'Besked om mail uden sag',
  ...answerToContact,
  review: { owed: [inboxNotices], compose: inboxNotice(unplacedNotice) },
})

export const tooLargeNoticeLetter = declareLetter('too-large-notice', {
  name: 'Besked om for stor mail',
  ...answerToContact,
  review: {
    owed: [inboxNotices],
    compose: inboxNotice((data, letter) =>
      // Of a year that is over nothing is missing any more.
      tooLargeNotice({ ...data, fields: letter.state.finals.length > 0 ? [] : missingNow(letter) }),
    ),
  },
})

interface HeldMailData {
  readonly facts: CaseFacts
  readonly receivedOn: string
  /** The address in the held mail's From. */
  readonly from: string
  /** So many others of strangers nobody has been asked about; none where it is left out. */
  readonly others?: number
}

const otherMails = (count: number, language: Language): readonly string[] => {
  if (count === 0) return []
  return language === 'da'
    ? [
        `Vi har også modtaget ${printNumber(String(count), 'da')} ${count === 1 ? 'anden mail' : 'andre mails'} fra adresser, vi ikke kender. Intet i dem er regnet med, og en medarbejder ser på dem.`,
      ]
    : [
        `We have also received ${printNumber(String(count), 'en')} other ${count === 1 ? 'mail' : 'mails'} from addresses we do not know. Nothing in them counts, and a member of staff looks at them.`,
      ]
}

/** L4b: to the registered contact alone, within the hour: is this mail yours? At most one an hour tells of all. */
export const heldMailNotice = ({ facts, receivedOn, from, others = 0 }: HeldMailData): LetterBody => {
  const address = echo(from, 100)
  return letterInWords('held-mail-notice', facts, {
    da: {
      subject: 'er denne mail fra jer? Svar OK',
      title: 'Er denne mail fra jer?',
      body: [
        `Ministeriet har den ${printDate(receivedOn, 'da')} modtaget en mail fra ${address}, som vi ikke kan henføre til en registreret kontakt hos jer. Svar OK på denne mail, hvis den er jeres indberetning; så tager vi den ind. I behøver ikke sende tallene igen.`,
        ...otherMails(others, 'da'),
      ],
    },
    en: {
      subject: 'is this mail from you? Reply OK',
      title: 'Is this mail from you?',
      body: [
        `On ${printDate(receivedOn, 'en')} the ministry received a mail from ${address} which we cannot attribute to a registered contact of yours. Reply OK to this mail if it is your return; we then take it in. You need not send the figures again.`,
        ...otherMails(others, 'en'),
      ],
    },
  })
}

/**
 * L4c: a new mail without quotation, at most one a day, to a registered address whose mail was not authenticated.
 * @param answerBy when a member of staff has looked at it
 */
export const neutralNotice = (facts: CaseFacts, answerBy: string): LetterBody =>
  letterInWords('neutral-notice', facts, {
    da: {
      title: 'En mail med jeres adresse som afsender',
      body: [
        `Vi har modtaget en mail med jeres adresse som afsender, som vi ikke kunne bekræfte. En medarbejder ser på den senest ${printWeekdayDate(answerBy, 'da')}.`,
      ],
    },
    en: {
      title: 'A mail with your address as its sender',
      body: [
        `We have received a mail with your address as its sender, which we could not confirm. A member of staff looks at it by ${printWeekdayDate(answerBy, 'en')}.`,
      ],
    },
  })

interface PdfNoticeData extends Answering {
  /** By when typed figures come back for checking. */
  readonly answerBy: string
  /** The lines still missing. */
  readonly fields: readonly FormField[]
  /** What else was not read; left out where there is nothing. */
  readonly unread?: readonly Doubt[]
}

/** L4d: figures came in a PDF, a scan or a picture alone. */
export const pdfNotice = ({
  facts,
  theirSubject,
  answerBy,
  fields,
  unread = [],
}: PdfNoticeData): LetterBody => {
  const lines = fieldLines(fields, facts.language)
  const beside = unread.map((doubt) =>
    doubtWords(doubt, { fields, resultsYear: facts.resultsYear, municipality: '', language: facts.language }),
  )
  return letterInWords('pdf-notice', facts, {
    da: {
      title: 'Vi kan ikke læse tal automatisk i en PDF.',
      body: [
        `I kan svare på denne mail med linjerne nedenfor, eller lade os taste dem ind; så får I en kvittering til kontrol senest ${printWeekdayDate(answerBy, 'da')}.`,
        ...beside,
        gap,
        ...lines,
      ],
    },
    en: {
      title: 'We cannot read figures from a PDF by machine.',
      body: [
        `You can reply to this mail with the lines below, or let us type them; you then get a receipt for checking by ${printWeekdayDate(answerBy, 'en')}.`,
        ...beside,
        gap,
        ...lines,
      ],
    },
    answers: theirSubject,
  })
}

interface ClosedNoticeData extends Answering {
  readonly closedOn: string
  /** The running request of a later year; null when there is none. */
  readonly running: { readonly year: number; readonly requestedOn: string } | null
}

/** L4e: figures for a year that is closed. */
export const closedNotice = ({ facts, theirSubject, closedOn, running }: ClosedNoticeData): LetterBody => {
  const year = facts.resultsYear
  return letterInWords('closed-notice', facts, {
    da: {
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
    answers: theirSubject,
  })
}

// A CPR number may stand in the subject too, which the answer would repeat.
const personalNumber = /(?<!\d)\d{6}[- ]?\d{4}(?!\d)/g

/** Personal data of citizens: the mail is set aside unread. */
export const citizenDataNotice = ({ facts, theirSubject }: Answering): LetterBody =>
  letterInWords('citizen-data-notice', facts, {
    da: {
      title: 'Mailen indeholder oplysninger om borgere.',
      body: ['Den er lagt til side og bliver ikke læst. Send tallene igen uden navne og CPR-numre.'],
    },
    en: {
      title: 'The mail contains data about citizens.',
      body: [
        'It has been set aside and is not read. Please send the figures again without names and CPR numbers.',
      ],
    },
    answers: theirSubject.replace(personalNumber, '…'),
  })

/** To the registered contact alone, not in the held mail's thread. */
const composeHeldMail = (letter: CaseLetter): LetterDraft => {
  const { mailKey, receivedAt, details, party } = mailOf(letter)
  const untold = letter.state.mails.filter(
    (mail) =>
      mail.mailKey !== mailKey && isOfStranger(mail) && mail.standing === 'held' && mail.party === party,
  )
  return {
    body: heldMailNotice({
      facts: letter.facts,
      receivedOn: todayInCopenhagen(receivedAt),
      from: details?.from ?? '',
      others: untold.filter(({ unanswered }) => unanswered !== undefined).length,
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
  body: neutralNotice(facts, addWorkingDays(context.on, workingDaysFor.heldMail)),
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
  ...answerToContact,
  review: {
    owed: [answersOwed],
    // Both ways, and by when a caseworker's typing comes back.
    compose: answering((about, letter: ReviewLetter, mail) =>
      pdfNotice({
        ...about,
        unread: (mail.details?.doubts ?? []).filter(({ kind }) => kind === 'unreadable-attachment'),
        answerBy: addWorkingDays(letter.context.on, workingDaysFor.heldMail),
        fields: missingNow(letter),
      }),
    ),
  },
})

export const closedNoticeLetter = declareLetter('closed-notice', {
  name: 'Besked om afsluttet sag',
  ...answerToContact,
  review: {
    owed: [answersOwed, inboxNotices],
    needs: 'running-request',
    compose: (letter, running) => {
      const { closedAt } = letter.state
      if (closedAt === null) throw new Error('the review is not closed')
      return answerTo(noticedMail(letter), letter.facts, (about) =>
        closedNotice({ ...about, closedOn: todayInCopenhagen(closedAt), running }),
      )
    },
  },
})

export const citizenDataNoticeLetter = declareLetter('citizen-data-notice', {
  name: 'Besked om borgeroplysninger',
  ...answerToContact,
  review: { owed: [answersOwed], compose: answering(citizenDataNotice) },
  renegotiation: { owed: [owedLetters], compose: answering(citizenDataNotice) },
})

interface MailErasedData {
  readonly facts: CaseFacts
  readonly receivedOn: string
  readonly ground: ErasureGround
  /** Figures read in it go on counting. */
  readonly figuresStand: boolean
}

const because: Readonly<Record<ErasureGround, { readonly da: string; readonly en: string }>> = {
  'citizen-data': {
    da: 'den indeholdt oplysninger om borgere',
    en: 'it contained data about citizens',
  },
  'sent-by-mistake': {
    da: 'den var sendt til ministeriet ved en fejl',
    en: 'it had been sent to the ministry by mistake',
  },
  unlawful: {
    da: 'ministeriet ikke må opbevare dens indhold',
    en: 'the ministry may not keep its content',
  },
}

/** To whoever was not told before that the mail was set aside: it is erased, and what of it still counts. */
export const mailErased = ({ facts, receivedOn, ground, figuresStand }: MailErasedData): LetterBody => {
  const { da, en } = because[ground]
  const citizens = ground === 'citizen-data'
  return letterInWords('mail-erased', facts, {
    da: {
      title: 'En mail fra jer er slettet',
      body: [
        `Ministeriet har slettet indholdet af jeres mail af ${printDate(receivedOn, 'da')}, fordi ${da}.`,
        ...(figuresStand
          ? ['De tal, der er læst i mailen, gælder fortsat. I skal ikke sende dem igen.']
          : []),
        ...(citizens ? ['Send ikke navne, CPR-numre eller andre oplysninger om borgere.'] : []),
      ],
    },
    en: {
      title: 'A mail from you has been erased',
      body: [
        `The ministry has erased the content of your mail of ${printDate(receivedOn, 'en')}, because ${en}.`,
        ...(figuresStand ? ['The figures read in it still count. You need not send them again.'] : []),
        ...(citizens ? ['Do not send names, CPR numbers or other data about citizens.'] : []),
      ],
    },
  })
}

/** What is told of a mail whose content is erased; the mail's own words are no part of it. */
const composeMailErased = (letter: CaseLetter): LetterDraft => {
  const { erasure, receivedAt, standing, values } = mailOf(letter)
  if (erasure == null) throw new Error('the mail to tell of is not erased')
  return {
    body: mailErased({
      facts: letter.facts,
      receivedOn: todayInCopenhagen(receivedAt),
      ground: erasure.ground,
      figuresStand: standing === 'counts' && values.some(({ value }) => value.is !== 'text'),
    }),
  }
}

export const mailErasedLetter = declareLetter('mail-erased', {
  name: 'Besked om slettet mail',
  ...fromCaseworker,
  review: {
    owed: [({ mails, letters }) => erasedMailLetters(mails, letters)],
    compose: composeMailErased,
  },
  renegotiation: { owed: [owedLetters], compose: composeMailErased },
})
