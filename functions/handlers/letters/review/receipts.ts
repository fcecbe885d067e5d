import { addWorkingDays, nextWorkingDay } from '../../../domain/base/calendar.ts'
import { lettersTo } from '../../../domain/casefile/letters.ts'
import type { MailRecord } from '../../../domain/casefile/mails.ts'
import type { TypedEntry, TypedSource } from '../../../domain/casefile/figures-typed.ts'
import { hearingForm, readableFields } from '../../../domain/form/form.ts'
import { compareExact, abs, exact, mul, sub, whole } from '../../../domain/base/exact.ts'
import { testAssumption } from '../../../domain/agreement/assumption-rules.ts'
import { missingFields } from '../../../domain/review/asked.ts'
import { isHeldAsClosed, tellsWhy } from '../../../domain/review/closed-year.ts'
import { dueOnOf } from '../../../domain/review/collection.ts'
import { namedAssumptions } from '../../../domain/review/decide/take-mail.ts'
import { firstRereadReceipt } from '../../../domain/review/owed.ts'
import type { Answer } from '../../../domain/casefile/reading.ts'
import type { ReviewState } from '../../../domain/review/state.ts'
import { compareInstants, endOfDay } from '../../../domain/base/time.ts'
import { lastYearOf } from '../../../mail/measure-words.ts'
import { receipt, type FarFromLastYear, type ReceiptData } from '../../../mail/receipt.ts'
import type { ReceiptOutcome } from '../../../mail/receipt-first-line.ts'
import type { ComposedLetter } from '../letter-desk.ts'
import { answerDays } from './notices.ts'
import { besideOwn, colleaguesAsked, confirmedBy } from './colleague-words.ts'
import { answersIn, correctionsOf } from './corrections.ts'
import { addressed, printedForm, threadOf, wholeForm, type ReviewLetter, mailOf } from './shared.ts'
import { takenOf } from '../../../domain/review/slices/figures.ts'
import { openContactWishes } from '../../../domain/review/slices/contacts.ts'
import { broughtBy } from '../../../domain/review/slices/comments.ts'

/** An attached page is their letter, whatever it came by. */
const typedFrom = ({ source, attachment }: TypedEntry): TypedSource =>
  source === 'mail' && attachment !== null ? 'letter' : source

/** Is there something of their own in it that a person reads? */
const isWritten = (mail: MailRecord): boolean =>
  mail.asksContact !== null || (mail.details?.freeText ?? '').trim() !== ''

const outcomeOf = (letter: ReviewLetter, mail: MailRecord): ReceiptOutcome => {
  const { state, context } = letter
  if (mail.standing === 'repeated') return { is: 'duplicate' }
  if (context.order.seq >= firstRereadReceipt && mail.standing !== 'provisional') return { is: 'read-again' }
  if (context.order.seq > 1 && context.order.seq < firstRereadReceipt) return { is: 'typed-in', from: 'mail' }
  if (mail.typed !== null) return { is: 'typed-in', from: typedFrom(mail.typed) }
  if (mail.standing === 'provisional')
    return {
      is: 'provisional',
      sender: mail.details?.name || (mail.details?.from ?? ''),
      brought: broughtBy(state, [mail]),
    }
  const confirmed = confirmedBy(state, mail)
  if (confirmed.length > 0) return { is: 'confirmed', brought: broughtBy(state, confirmed) }
  // Of a closed year: nothing is changed by itself, and nothing of it is asked for any more.
  if (isHeldAsClosed(mail) || tellsWhy(mail))
    return { is: 'correction', answerBy: addWorkingDays(context.on, answerDays) }
  const figures = mail.values.filter((answer) => answer.value.is !== 'text')
  if (mail.values.length === 0 && mail.doubts.length === 0 && !mail.confirms && mail.helpers === null)
    return { is: isWritten(mail) ? 'words' : 'nothing-read' }
  if (figures.length > 0 && correctionsOf(letter, mail).length > 0) {
    const late = state.rounds > 0 && compareInstants(mail.receivedAt, endOfDay(state.dueOn)) >= 0
    return { is: 'correction', answerBy: late ? addWorkingDays(context.on, answerDays) : null }
  }
  return { is: 'taken-in' }
}

/** What an OK says is what it confirms, with the lines it adds itself; every other mail says its own. */
const answersToShow = (state: ReviewState, mail: MailRecord): readonly Answer[] => {
  const latest = new Map(
    [...confirmedBy(state, mail), mail]
      .flatMap((one) => takenOf(answersIn(one), one.excepted))
      .map((answer) => [answer.key, answer] as const),
  )
  return [...latest.values()]
}

/** Doubts about what the mail says, and those that what it confirms has left open. */
const doubtsToAsk = (letter: ReviewLetter, mail: MailRecord): ReceiptData['doubts'] => [
  ...confirmedBy(letter.state, mail).flatMap((confirmed) =>
    (confirmed.details?.doubts ?? []).filter((doubt) =>
      letter.party.doubts.some((open) => open.mailKey === confirmed.mailKey && open.key === doubt.key),
    ),
  ),
  ...(mail.details?.doubts ?? []),
  ...colleaguesAsked(letter, mail),
]

/** More than 25 percent or more than 10 persons from last year, whichever is larger: shown, never blocking. */
const farFromLastYear = (letter: ReviewLetter, mail: MailRecord): readonly FarFromLastYear[] =>
  answersIn(mail).flatMap((answer) => {
    const target = letter.content.targets.find((candidate) => answer.key.startsWith(`${candidate.key} `))
    const last =
      target === undefined ? null : lastYearOf(target, letter.state.year, letter.party.municipality)
    if (answer.value.is !== 'number' || last === null || !('numerator' in last)) return []
    const before = answer.key.endsWith('i alt') ? last.denominator : last.numerator
    const difference = abs(sub(exact(answer.value.value), exact(before)))
    const quarter = mul(exact(before), exact('1/4'))
    const limit = compareExact(quarter, whole(10)) > 0 ? quarter : whole(10)
    return compareExact(difference, limit) > 0 ? [{ key: answer.key, now: answer.value.value, before }] : []
  })

/** Assumptions the municipality observed beyond the agreement's limit. */
const beyondLimit = (letter: ReviewLetter, mail: MailRecord): readonly string[] =>
  mail.values.flatMap(({ key, value }) => {
    const assumption = letter.content.assumptions.find((candidate) => candidate.key === key)
    return assumption !== undefined &&
      value.is === 'number' &&
      testAssumption(assumption, { value: value.value }).beyond
      ? [key]
      : []
  })

/** More time asked for in the mail, and by when it is answered; null where none is. */
export const extensionOf = (letter: ReviewLetter, mail: MailRecord): ReceiptData['extension'] => {
  const request = letter.state.extensions.find(
    (candidate) => candidate.mailKey === mail.mailKey && candidate.party === letter.party.municipality,
  )
  return request === undefined ? null : { until: request.until, answerBy: nextWorkingDay(letter.context.on) }
}

/** What came by no mail is answered in the thread of the request. */
const subjectToAnswer = (state: ReviewState, mail: MailRecord): string => {
  const theirs = mail.details?.subject ?? ''
  return mail.typed === null || theirs !== ''
    ? theirs
    : (lettersTo(state.letters, mail.party, 'request', 'to-deputy').at(-1)?.subject ?? '')
}

export const composeReceipt = (letter: ReviewLetter): ComposedLetter => {
  const mail = mailOf(letter)
  const { content, context, party, state } = letter
  const { language } = letter.recipient
  const asking = { year: state.year, municipality: party.municipality }
  // Comments are read back as well, under the lines of the hearing.
  const fields = [...readableFields(content, asking), ...hearingForm(content, asking)].filter(
    (field, index, all) => all.findIndex(({ key }) => key === field.key) === index,
  )
  const answers = answersToShow(state, mail)
  const wish = answers.find((answer) => answer.key === 'Genforhandling')
  const dueOn = dueOnOf(state, party.municipality)
  const asked = state.closedAt === null ? missingFields(state, party, context.on) : []
  // A colleague's figures do not count yet, but what they answer is not asked for again.
  const given =
    mail.standing === 'provisional' ? new Set(mail.values.map((answer) => answer.key)) : new Set<string>()
  const body = receipt({
    outcome: outcomeOf(letter, mail),
    theirSubject: subjectToAnswer(state, mail),
    receivedAt: mail.receivedAt,
    receivedFrom: mail.details?.from ?? '',
    context: {
      fields,
      resultsYear: state.year,
      municipality: party.municipality,
      language,
      beyondLimit: beyondLimit(letter, mail),
      disseminationAskedAgain: state.dissemination !== null && !state.dissemination.done,
      renegotiation: wish?.value.is === 'yes-no' && wish.value.yes ? namedAssumptions(wish.text) : null,
    },
    answers,
    corrections: correctionsOf(letter, mail),
    missing: asked.filter((field) => !given.has(field.key)),
    doubts: doubtsToAsk(letter, mail),
    besideOwn: besideOwn(letter, mail),
    farFromLastYear: farFromLastYear(letter, mail),
    extension: extensionOf(letter, mail),
    helpers: mail.details?.helpers ?? null,
    asksContact: openContactWishes(state).some(({ mailKey }) => mailKey === mail.mailKey),
    correctUntil: compareInstants(context.now, endOfDay(dueOn)) < 0 ? dueOn : null,
    form: printedForm(letter, wholeForm(letter)),
  })
  return addressed(letter, body, { thread: threadOf(mail) })
}
