import { addWorkingDays, workingDaysFor } from '../domain/base/calendar.ts'
import { printDate, printNumber, printWeekdayDate } from '../domain/base/danish.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import type { Language } from '../domain/base/values.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import { owedNotices, type UnplacedMail, mostMegabytes } from '../domain/casefile/unplaced-mails.ts'
import type { FormField } from '../domain/form/field.ts'
import type { ReviewState } from '../domain/review/state.ts'
import { agreementWords } from './agreement-words.ts'
import { gap, keyLine } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { declareLetter, type OwedRule } from './declared-letter.ts'
import { echo } from './echo.ts'
import { fieldLine } from './field-line.ts'
import type { LetterBody } from './letter.ts'
import { missingNow, type ReviewLetter } from './review-letter.ts'
import { letterInWords } from './wording.ts'

/** Notices of mails that lie in an inbox, to the registered contact of an authenticated sender alone. */
interface InboxMailData {
  readonly facts: CaseFacts
  readonly theirSubject: string
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
  return letterInWords(
    'unplaced-notice',
    facts,
    {
      da: {
        subject: '',
        title: 'Vi kan ikke se, hvilken sag jeres mail hører til.',
        body: [
          `Den kom den ${printDate(receivedOn, 'da')} fra ${from} og er ikke et svar på en af vores mails. Gælder den ${agreement}, så send den igen som svar på ${replyTo(requestedOn, 'da')}; så bliver den læst med det samme. Gælder den en anden sag, så svar på vores mail om den.`,
          `Sender I den ikke igen, ser en medarbejder på den senest ${printWeekdayDate(answerBy, 'da')}. Der bliver ikke sendt påmindelser imens.`,
        ],
      },
      en: {
        subject: '',
        title: 'We cannot see which case your mail belongs to.',
        body: [
          `It came on ${printDate(receivedOn, 'en')} from ${from} and is not a reply to any of our mails. If it is about ${agreement}, please send it again as a reply to ${replyTo(requestedOn, 'en')}; it is then read at once. If it is about another case, reply to our mail about that.`,
          `If you do not send it again, a member of staff looks at it by ${printWeekdayDate(answerBy, 'en')}. No reminders are sent meanwhile.`,
        ],
      },
    },
    { answers: theirSubject },
  )
}

export interface TooLargeNoticeData extends InboxMailData {
  /** The lines still missing. */
  readonly fields: readonly FormField[]
}

/** A mail too large to be read (MAIL 107): kept, and how its figures come in nevertheless. */
export const tooLargeNotice = (data: TooLargeNoticeData): LetterBody => {
  const { facts, theirSubject, receivedOn, requestedOn, answerBy, fields } = data
  const from = echo(data.from, 100)
  const lines = fields.map((field) => keyLine(fieldLine(field, facts.language)))
  const most = printNumber(String(mostMegabytes), facts.language)
  return letterInWords(
    'too-large-notice',
    facts,
    {
      da: {
        subject: '',
        title: 'Jeres mail er for stor til at blive læst.',
        body: [
          `Den kom den ${printDate(receivedOn, 'da')} fra ${from}. Vi læser mails på højst ${most} MB med bilag. Send tallene igen som svar på ${replyTo(requestedOn, 'da')}, uden de store bilag: i det regneark, vi sendte, eller i selve mailen${fields.length === 0 ? '' : ' med linjerne nedenfor'}. Skal vi have et stort bilag, så ring til os.`,
          `Den store mail er gemt, som den kom. En medarbejder ser på den senest ${printWeekdayDate(answerBy, 'da')}, og der bliver ikke sendt påmindelser imens.`,
          ...(lines.length === 0 ? [] : [gap, ...lines]),
        ],
      },
      en: {
        subject: '',
        title: 'Your mail is too large to be read.',
        body: [
          `It came on ${printDate(receivedOn, 'en')} from ${from}. We read mails of at most ${most} MB including attachments. Please send the figures again as a reply to ${replyTo(requestedOn, 'en')}, without the large attachments: in the workbook we sent, or in the mail itself${fields.length === 0 ? '' : ' with the lines below'}. If we need a large attachment, please call us.`,
          `The large mail is kept as it came. A member of staff looks at it by ${printWeekdayDate(answerBy, 'en')}, and no reminders are sent meanwhile.`,
          ...(lines.length === 0 ? [] : [gap, ...lines]),
        ],
      },
    },
    { answers: theirSubject },
  )
}

/** What the contact is told at once of a mail that lies in an inbox. */
export const inboxNotices: OwedRule<ReviewState> = ({ unplaced }) => owedNotices(unplaced)

/** The mail a notice is about, here or in an inbox. */
export const noticedMail = ({ state, context }: ReviewLetter): MailRecord | UnplacedMail => {
  const mail = [...state.mails, ...state.unplaced].find(({ mailKey }) => mailKey === context.order.about)
  if (mail === undefined) throw new Error('the mail to tell of is not on the record')
  return mail
}

const inboxMail = (letter: ReviewLetter): InboxMailData => {
  const { context, facts, party, state } = letter
  const { details, receivedAt } = noticedMail(letter)
  const asked = lettersTo(state.letters, party.municipality, 'request', 'to-deputy').at(-1)
  return {
    facts,
    theirSubject: details?.subject ?? '',
    receivedOn: todayInCopenhagen(receivedAt),
    from: details?.from ?? '',
    requestedOn: asked?.datedOn ?? null,
    answerBy: addWorkingDays(context.on, workingDaysFor.heldMail),
  }
}

export const unplacedNoticeLetter = declareLetter('unplaced-notice', {
  name: 'Besked om mail uden sag',
  signedBy: 'caseworker',
  address: 'you',
  form: 'answer',
  review: {
    owed: [inboxNotices],
    compose: (letter) => ({ body: unplacedNotice(inboxMail(letter)), answers: noticedMail(letter) }),
  },
})

export const tooLargeNoticeLetter = declareLetter('too-large-notice', {
  name: 'Besked om for stor mail',
  signedBy: 'caseworker',
  address: 'you',
  form: 'answer',
  review: {
    owed: [inboxNotices],
    compose: (letter) => {
      // Of a year that is over nothing is missing any more.
      const fields = letter.state.finals.length > 0 ? [] : missingNow(letter)
      return {
        body: tooLargeNotice({ ...inboxMail(letter), fields }),
        answers: noticedMail(letter),
      }
    },
  },
})
