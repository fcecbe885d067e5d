import type { MailRecord } from '../../domain/casefile/mails.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { CaseFacts } from '../../mail/case-facts.ts'
import type { LetterBody } from '../../mail/letter.ts'
import { mailErased } from '../../mail/mail-erased.ts'

/** What is told of a mail whose content is erased; the mail's own words are no part of it. */
export const erasedMailBody = (facts: CaseFacts, mail: MailRecord): LetterBody => {
  if (mail.erasure == null) throw new Error('the mail to tell of is not erased')
  return mailErased({
    facts,
    receivedOn: todayInCopenhagen(mail.receivedAt),
    ground: mail.erasure.ground,
    figuresStand: mail.standing === 'counts' && mail.values.some(({ value }) => value.is !== 'text'),
  })
}
