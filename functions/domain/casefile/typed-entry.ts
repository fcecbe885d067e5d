import { compareInstants } from '../base/time.ts'
import { slice } from '../base/slice.ts'
import { figuresTypedSchema, type FiguresTyped } from './figures-typed.ts'
import { mailsSlice, type MailRecord } from './mails.ts'

/**
 * What was typed in, as the mail it stands for: it counts, is corrected and confirmed as one. Typed from a
 * colleague's mail it waits for the contact's OK as that mail does.
 */
export const typedRecord = (event: FiguresTyped, mails: readonly MailRecord[], at: string): MailRecord => {
  const from = mails.find((mail) => mail.mailKey === event.mailKey) ?? null
  const provisional = from?.standing === 'provisional'
  const own = event.private
  return {
    mailKey: event.entryKey,
    bodyKey: event.entryKey,
    rawSha256: from?.rawSha256 ?? '',
    receivedAt: event.receivedAt,
    party: event.party,
    contactId: from?.contactId ?? null,
    standing: provisional ? 'provisional' : 'counts',
    reason: '',
    answers: from?.answers ?? null,
    values: event.values,
    doubts: [],
    confirms: false,
    extension: null,
    details:
      own === undefined
        ? null
        : {
            from: from?.details?.from ?? '',
            name: from?.details?.name ?? '',
            subject: from?.details?.subject ?? '',
            messageId: from?.details?.messageId ?? '',
            references: from?.details?.references ?? [],
            freeText: '',
            texts: own.texts,
            written: own.written,
            doubts: [],
            theirCaseNumber: null,
          },
    decidedAt: provisional ? null : at,
    releasedAt: null,
    confirmedBy: null,
    proposals: [],
    absentUntil: null,
    helpers: null,
    asksContact: null,
    reading: null,
    rereads: [],
    typed: {
      source: event.source,
      mailKey: event.mailKey,
      attachment: event.attachment,
      by: event.by,
      note: own?.source ?? '',
    },
  }
}

/** What the ministry typed in stands among the mails. */
export const typedSlice = slice({
  initial: {},
  events: [figuresTypedSchema],
  reads: [mailsSlice],
  fold: {
    FiguresTyped: ({ mails }, typed, { at }) => ({ mails: [...mails, typedRecord(typed, mails, at)] }),
  },
})

/** What the ministry had typed in when a mail came, and its contact has said nothing of yet. */
export const typedToConfirm = (
  mails: readonly MailRecord[],
  party: string,
  receivedAt: string,
): readonly MailRecord[] =>
  mails.filter(
    (mail) =>
      mail.typed !== null &&
      mail.party === party &&
      mail.standing === 'counts' &&
      mail.confirmedBy === null &&
      mail.decidedAt !== null &&
      compareInstants(mail.decidedAt, receivedAt) <= 0,
  )
