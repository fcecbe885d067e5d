import { testAssumption } from '../domain/agreement/assumption-rules.ts'
import { addWorkingDays, workingDaysFor } from '../domain/base/calendar.ts'
import { todayInCopenhagen } from '../domain/base/time.ts'
import { abs, compareExact, exact, mul, sub, whole } from '../domain/base/exact.ts'
import { compareInstants, endOfDay } from '../domain/base/time.ts'
import type { TypedEntry, TypedSource } from '../domain/casefile/figures-typed.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import { sameValue, type Answer } from '../domain/casefile/reading.ts'
import { hearingForm, readableFields } from '../domain/form/form.ts'
import { isHeldAsClosed, tellsWhy } from '../domain/review/closed-year.ts'
import { dueOnOf } from '../domain/review/collection.ts'
import { namedAssumptions } from '../domain/review/decide/take-mail.ts'
import { answersOwed, firstRereadReceipt, owedRereadReceipt } from '../domain/review/owed.ts'
import { differencesIn, type Difference, type Said } from '../domain/review/slices/colleagues.ts'
import { broughtBy } from '../domain/review/slices/comments.ts'
import { openContactWishes } from '../domain/review/slices/contacts.ts'
import { takenOf } from '../domain/review/slices/figures.ts'
import { isProposalReceiptOwed } from '../domain/review/slices/proposals.ts'
import type { ReviewState } from '../domain/review/state.ts'
import {
  answerToContact,
  declareLetter,
  missingNow,
  printedForm,
  wholeForm,
  type OwedRule,
  type ReviewLetter,
} from './declared-letter.ts'
import { extensionAsked } from './extension.ts'
import { mailOf, type LetterDraft } from './letter.ts'
import { lastYearOf } from './form-words.ts'
import { valueWords } from './read-rows.ts'
import { receipt, type FarFromLastYear, type ReceiptData, type ReceiptOutcome } from './receipt.ts'

/** What was read in a mail, with its free text where that is not erased. */
const answersIn = (mail: MailRecord): readonly Answer[] =>
  mail.values.map(({ key, value, at }) => ({
    key,
    value,
    at,
    text: mail.details?.texts[key] ?? '',
    written: mail.details?.written[key] ?? '',
  }))

/** What was read otherwise before, beside what is read now. */
const readOtherwise = (letter: ReviewLetter, mail: MailRecord): ReceiptData['corrections'] =>
  answersIn(mail).flatMap((now) => {
    const before = mail.rereads.at(-1)?.before.values.find(({ key }) => key === now.key)?.value
    const stands = letter.party.figures[now.key]?.mailKey === mail.mailKey
    return !stands || before === undefined || before.is === 'text' || sameValue(before, now.value)
      ? []
      : [{ now, before: { ...now, value: before, text: '', written: '' } }]
  })

/** Figures of a mail that take the place of others: the municipality corrected them, or we had read them wrongly. */
const correctionsOf = (letter: ReviewLetter, mail: MailRecord): ReceiptData['corrections'] =>
  letter.context.order.seq >= firstRereadReceipt ? readOtherwise(letter, mail) : correctedByThem(letter, mail)

const correctedByThem = (letter: ReviewLetter, mail: MailRecord): ReceiptData['corrections'] =>
  answersIn(mail).flatMap((now) => {
    const figure = letter.party.figures[now.key]
    return figure?.mailKey !== mail.mailKey || figure.before === null || figure.before.is === 'text'
      ? []
      : [{ now, before: { ...now, value: figure.before, text: '', written: '' } }]
  })

/** The mails that an OK made count, as they came. */
const confirmedBy = (state: ReviewState, mail: MailRecord): readonly MailRecord[] =>
  state.mails.filter((other) => other.confirmedBy === mail.mailKey)

/** Keys under which colleagues differ, in the mail or in what it confirms, and which nobody has settled. */
const differencesToAsk = ({ state, party }: ReviewLetter, mail: MailRecord): readonly Difference[] => {
  const about = mail.standing === 'provisional' ? [mail] : confirmedBy(state, mail)
  return differencesIn(state, party.municipality, about).filter(
    ({ because }) => because === 'colleagues-differ',
  )
}

const wordsUnder = (letter: ReviewLetter, key: string, { value }: Pick<Said, 'value'>): string => {
  const { content, party, state } = letter
  const field = readableFields(content, { year: state.year, municipality: party.municipality }).find(
    (candidate) => candidate.key === key,
  )
  const at = { part: 'text', line: 0, segment: 'new' } as const
  return field === undefined
    ? ''
    : valueWords(field, { key, value, text: '', written: '', at }, letter.recipient.language)
}

const differenceAsked = (letter: ReviewLetter, { key, said }: Difference): ReceiptData['doubts'][number] => ({
  kind: 'colleagues-differ',
  key,
  written: '',
  details: Object.fromEntries(
    said.flatMap((one, index) => [
      [`sender${index + 1}`, one.sender],
      [`value${index + 1}`, wordsUnder(letter, key, one)],
    ]),
  ),
  at: null,
})

/** The questions of a receipt to the contact: who wrote what, and which value holds (MAIL 125). */
const colleaguesAsked = (letter: ReviewLetter, mail: MailRecord): ReceiptData['doubts'] =>
  differencesToAsk(letter, mail).map((difference) => differenceAsked(letter, difference))

/** Where a colleague's value differs from the contact's own, which counts. */
const besideOwn = (letter: ReviewLetter, mail: MailRecord): NonNullable<ReceiptData['besideOwn']> =>
  mail.standing !== 'provisional'
    ? []
    : differencesIn(letter.state, letter.party.municipality, [mail]).flatMap(({ key, because, said }) => {
        const [own] = said
        const theirs = said.find(({ mailKey }) => mailKey === mail.mailKey)
        return because !== 'own-answer' || own === undefined || theirs === undefined
          ? []
          : [
              {
                key,
                sender: theirs.sender,
                theirs: wordsUnder(letter, key, theirs),
                own: wordsUnder(letter, key, own),
              },
            ]
      })

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
    return { is: 'correction', answerBy: addWorkingDays(context.on, workingDaysFor.heldMail) }
  const figures = mail.values.filter((answer) => answer.value.is !== 'text')
  if (mail.values.length === 0 && mail.doubts.length === 0 && !mail.confirms && mail.helpers === null)
    return { is: isWritten(mail) ? 'words' : 'nothing-read' }
  if (figures.length > 0 && correctionsOf(letter, mail).length > 0) {
    const late = state.rounds > 0 && compareInstants(mail.receivedAt, endOfDay(state.dueOn)) >= 0
    return { is: 'correction', answerBy: late ? addWorkingDays(context.on, workingDaysFor.heldMail) : null }
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

/** The wish to renegotiate that a mail or what it confirms says; one without any reason is asked for it first. */
const wishIn = (state: ReviewState, mail: MailRecord): ReceiptData['context']['renegotiation'] => {
  const wish = answersToShow(state, mail).find(({ key }) => key === 'Genforhandling')
  if (wish?.value.is !== 'yes-no' || !wish.value.yes) return null
  const said = [...confirmedBy(state, mail), mail].findLast((one) =>
    one.values.some(({ key }) => key === 'Genforhandling'),
  )
  return {
    assumptions: namedAssumptions(wish.text),
    answerBy:
      said?.standing === 'counts' && wish.text.trim() !== ''
        ? addWorkingDays(todayInCopenhagen(said.receivedAt), workingDaysFor.wish)
        : null,
  }
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
const farFromLastYear = (letter: ReviewLetter, answers: readonly Answer[]): readonly FarFromLastYear[] =>
  answers.flatMap((answer) => {
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
const beyondLimit = (letter: ReviewLetter, answers: readonly Answer[]): readonly string[] =>
  answers.flatMap(({ key, value }) => {
    const assumption = letter.content.assumptions.find((candidate) => candidate.key === key)
    return assumption !== undefined &&
      value.is === 'number' &&
      testAssumption(assumption, { value: value.value }).beyond
      ? [key]
      : []
  })

/** What came by no mail is answered in the thread of the request. */
const subjectToAnswer = (state: ReviewState, mail: MailRecord): string => {
  const theirs = mail.details?.subject ?? ''
  return mail.typed === null || theirs !== ''
    ? theirs
    : (lettersTo(state.letters, mail.party, 'request', 'to-deputy').at(-1)?.subject ?? '')
}

const composeReceipt = (letter: ReviewLetter): LetterDraft => {
  const mail = mailOf(letter)
  const { content, context, party, state } = letter
  const { language } = letter.recipient
  const asking = { year: state.year, municipality: party.municipality }
  // Comments are read back as well, under the lines of the hearing.
  const fields = [...readableFields(content, asking), ...hearingForm(content, asking)].filter(
    (field, index, all) => all.findIndex(({ key }) => key === field.key) === index,
  )
  const answers = answersToShow(state, mail)
  const dueOn = dueOnOf(state, party.municipality)
  const asked = state.closedAt === null ? missingNow(letter) : []
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
      beyondLimit: beyondLimit(letter, answers),
      observedByUs: content.assumptions.flatMap(({ key, observedBy }) =>
        observedBy === 'ministry' ? [key] : [],
      ),
      disseminationAskedAgain: state.dissemination !== null && !state.dissemination.done,
      renegotiation: wishIn(state, mail),
    },
    answers,
    corrections: correctionsOf(letter, mail),
    missing: asked,
    doubts: doubtsToAsk(letter, mail),
    besideOwn: besideOwn(letter, mail),
    farFromLastYear: farFromLastYear(letter, answers),
    extension: extensionAsked(letter, mail),
    helpers: mail.details?.helpers ?? null,
    asksContact: openContactWishes(state).some(({ mailKey }) => mailKey === mail.mailKey),
    correctUntil: compareInstants(context.now, endOfDay(dueOn)) < 0 ? dueOn : null,
    form: printedForm(letter, wholeForm(letter)),
  })
  return { body, answers: mail }
}

/** A second receipt, for what a caseworker confirmed of a mail's free text. */
const proposalReceipts: OwedRule<ReviewState> = (state) =>
  state.mails.flatMap((mail) =>
    mail.party !== null && isProposalReceiptOwed(state, mail)
      ? [{ kind: 'receipt', party: mail.party, seq: 2, about: mail.mailKey }]
      : [],
  )

/** One more receipt, where a mail that was answered is read otherwise now. */
const rereadReceipts: OwedRule<ReviewState> = ({ mails }) =>
  mails.flatMap((mail) => {
    const seq = owedRereadReceipt(mail)
    return seq === null || mail.party === null
      ? []
      : [{ kind: 'receipt', party: mail.party, seq, about: mail.mailKey }]
  })

export const receiptLetter = declareLetter('receipt', {
  name: 'Kvittering',
  ...answerToContact,
  printsControlNumber: true,
  review: { owed: [answersOwed, proposalReceipts, rereadReceipts], compose: composeReceipt },
})
