import type { MailRecord } from '../../../domain/casefile/mails.ts'
import { firstRereadReceipt } from '../../../domain/review/owed.ts'
import { type Answer, sameValue } from '../../../domain/casefile/reading.ts'
import type { ReceiptData } from '../../../mail/receipt.ts'
import type { ReviewLetter } from './shared.ts'

/** What was read in a mail, with its free text where that is not erased. */
export const answersIn = (mail: MailRecord): readonly Answer[] =>
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
export const correctionsOf = (letter: ReviewLetter, mail: MailRecord): ReceiptData['corrections'] =>
  letter.context.order.seq >= firstRereadReceipt ? readOtherwise(letter, mail) : correctedByThem(letter, mail)

const correctedByThem = (letter: ReviewLetter, mail: MailRecord): ReceiptData['corrections'] =>
  answersIn(mail).flatMap((now) => {
    const figure = letter.party.figures[now.key]
    return figure?.mailKey !== mail.mailKey || figure.before === null || figure.before.is === 'text'
      ? []
      : [{ now, before: { ...now, value: figure.before, text: '', written: '' } }]
  })
