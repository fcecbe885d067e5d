import { storedMail, valuesOf } from '../../support/stored-mail.ts'
import type { Contact } from '../../../functions/domain/agreement/content.ts'
import type { MailReceived } from '../../../functions/domain/casefile/mails.ts'
import type { AnswerValue } from '../../../functions/domain/casefile/reading.ts'
import { contactIdSchema } from '../../../functions/domain/base/values.ts'

/** A mail of the municipality's, as a test tells of it. */
export interface MunicipalMail {
  readonly from: 'signatory' | 'contact'
  readonly party?: string
  readonly values?: Readonly<Record<string, AnswerValue>>
  readonly texts?: Readonly<Record<string, string>>
  readonly standing?: MailReceived['standing']
  readonly confirms?: boolean
  readonly seq?: number
  /** The budget of answers that was used up when it came. */
  readonly unanswered?: MailReceived['unanswered']
}

/** The same mail as the intake hands it on. */
export const mailReceived = (
  mail: MunicipalMail,
  read: {
    readonly mailKey: string
    readonly party: string
    readonly sender: Contact | undefined
    readonly receivedAt: string
  },
): MailReceived => {
  const { mailKey, party, sender, receivedAt } = read
  return storedMail(
    {
      mailKey,
      bodyKey: mailKey,
      receivedAt,
      party,
      contactId: mail.standing === 'held' ? null : contactIdSchema.parse(sender?.id),
      standing: mail.standing ?? 'counts',
      reason: mail.standing === 'held' ? 'unknown-address' : '',
      values: valuesOf(mail.values ?? {}),
      confirms: mail.confirms ?? false,
      ...(mail.unanswered === undefined ? {} : { unanswered: mail.unanswered }),
    },
    {
      from: sender?.email ?? '',
      name: sender?.name ?? '',
      messageId: `<${mailKey.slice(0, 12)}@kommune.example>`,
      texts: { ...mail.texts },
      written: Object.fromEntries(Object.keys(mail.values ?? {}).map((key) => [key, 'tiltrædes'])),
    },
  )
}
