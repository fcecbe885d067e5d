import { setAsideReasons } from './held-notices.ts'
import type { LetterOrder, LetterRecord } from './letters.ts'
import type { MailRecord } from './mails.ts'

const hasNotice = (mail: MailRecord, letters: readonly LetterRecord[]): boolean =>
  letters.some(({ order }) => order.kind === 'citizen-data-notice' && order.about === mail.mailKey)

/** The contact is owed the notice that her mail was set aside, and has not had it yet (LETTERS 4.3). */
export const isUntold = (mail: MailRecord, letters: readonly LetterRecord[]): boolean =>
  mail.standing === 'set-aside' &&
  mail.reason !== setAsideReasons.unknown &&
  mail.party !== null &&
  mail.unanswered === undefined &&
  !hasNotice(mail, letters)

/** Who was not told before that the mail was set aside is told that it is erased. */
export const erasedMailLetters = (
  mails: readonly MailRecord[],
  letters: readonly LetterRecord[],
): readonly LetterOrder[] =>
  mails.flatMap((mail) =>
    mail.erasure == null || mail.erasure.erasedAt === null || mail.party === null || hasNotice(mail, letters)
      ? []
      : [{ kind: 'mail-erased' as const, party: mail.party, seq: 1, about: mail.mailKey }],
  )
