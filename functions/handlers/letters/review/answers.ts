import { addWorkingDays } from '../../../domain/base/calendar.ts'
import { missingFields } from '../../../domain/review/asked.ts'
import { dueOnOf } from '../../../domain/review/collection.ts'
import { todayInCopenhagen } from '../../../domain/base/time.ts'
import { extensionGranted, extensionReceived, extensionRefused } from '../../../mail/extension.ts'
import {
  citizenDataNotice,
  heldMailNotice,
  neutralNotice,
  pdfNotice,
} from '../../../mail/held-mail-notice.ts'
import { hearingReceipt } from '../../../mail/hearing.ts'
import { erasedMailBody } from '../erased-mail.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { answerDays } from './notices.ts'
import { extensionOf } from './receipts.ts'
import { addressed, threadOf, type ReviewLetter, mailOf } from './shared.ts'

export const composeHeldNotice = (letter: ReviewLetter): ComposedLetter => {
  const mail = mailOf(letter)
  return addressed(
    letter,
    heldMailNotice({
      facts: letter.facts,
      receivedOn: todayInCopenhagen(mail.receivedAt),
      from: mail.details?.from ?? '',
    }),
    { thread: null },
  )
}

/** Without quotation and in no thread: it goes to a registered address that could not be authenticated. */
export const composeNeutralNotice = (letter: ReviewLetter): ComposedLetter =>
  addressed(
    letter,
    neutralNotice({ facts: letter.facts, answerBy: addWorkingDays(letter.context.on, answerDays) }),
    { thread: null },
  )

/** What only a person can read: both ways, and by when a caseworker's typing comes back. */
export const composePdfNotice = (letter: ReviewLetter): ComposedLetter => {
  const mail = mailOf(letter)
  const { context, party, state } = letter
  return addressed(
    letter,
    pdfNotice({
      facts: letter.facts,
      theirSubject: mail.details?.subject ?? '',
      answerBy: addWorkingDays(context.on, answerDays),
      fields: missingFields(state, party, context.on),
    }),
    { thread: threadOf(mail) },
  )
}

export const composeCitizenDataNotice = (letter: ReviewLetter): ComposedLetter => {
  const mail = mailOf(letter)
  return addressed(
    letter,
    citizenDataNotice({ facts: letter.facts, theirSubject: mail.details?.subject ?? '' }),
    {
      thread: threadOf(mail),
    },
  )
}

export const composeMailErased = (letter: ReviewLetter): ComposedLetter =>
  addressed(letter, erasedMailBody(letter.facts, mailOf(letter)))

export const composeExtensionReceived = (letter: ReviewLetter): ComposedLetter => {
  const mail = mailOf(letter)
  const extension = extensionOf(letter, mail)
  if (extension === null) throw new Error('the mail asks for no extension')
  return addressed(
    letter,
    extensionReceived({ facts: letter.facts, theirSubject: mail.details?.subject ?? '', extension }),
    { thread: threadOf(mail) },
  )
}

export const composeExtensionDecision = (letter: ReviewLetter): ComposedLetter => {
  const mail = mailOf(letter)
  const request = letter.state.extensions.find((candidate) => candidate.mailKey === mail.mailKey)
  const decided = request?.decided
  if (request === undefined || decided == null) throw new Error('the request for more time is not decided')
  const because = decided.text.replace(/^fordi\s+/iu, '').replace(/\.$/u, '')
  const dueBefore = dueOnOf(
    { ...letter.state, extensions: letter.state.extensions.filter((one) => one !== request) },
    request.party,
  )
  return addressed(
    letter,
    decided.granted
      ? extensionGranted({ facts: letter.facts, dueOn: decided.dueOn, because })
      : extensionRefused({
          facts: letter.facts,
          askedUntil: request.until,
          because,
          insteadOn: decided.dueOn === dueBefore ? null : decided.dueOn,
          dueOn: decided.dueOn,
        }),
    { dueOn: decided.dueOn, thread: threadOf(mail) },
  )
}

export const composeHearingReceipt = (letter: ReviewLetter): ComposedLetter => {
  const mail = mailOf(letter)
  const { state } = letter
  const onMoney = state.money.some((money) => money.comments.some(({ mailKey }) => mailKey === mail.mailKey))
  const comments = [...(state.hearing?.answers ?? []), ...state.earlyAnswers].some(
    (answer) => answer.mailKey === mail.mailKey && answer.answer === 'comments',
  )
  const targets = mail.values
    .map((answer) => /^(M\d+) bemærkning$/u.exec(answer.key)?.[1])
    .filter((key): key is string => key !== undefined)
  const answered = new Set(
    state.hearing?.answers.filter((answer) => answer.answer === 'none').map((answer) => answer.party),
  )
  return addressed(
    letter,
    hearingReceipt({
      facts: letter.facts,
      theirSubject: mail.details?.subject ?? '',
      reply: onMoney ? { is: 'on-money' } : comments ? { is: 'comments', targets } : { is: 'no-comments' },
      hearingOver: !comments && state.parties.every((party) => answered.has(party.municipality)),
    }),
    { thread: threadOf(mail) },
  )
}
