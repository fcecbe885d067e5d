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
  const at = { part: 'text', line: 1, segment: 'new' } as const
  const values = Object.entries(mail.values ?? {})
  return {
    type: 'MailReceived',
    v: 1,
    mailKey,
    bodyKey: mailKey,
    rawSha256: 'a'.repeat(64),
    receivedAt,
    party,
    contactId: mail.standing === 'held' ? null : contactIdSchema.parse(sender?.id),
    standing: mail.standing ?? 'counts',
    reason: mail.standing === 'held' ? 'unknown-address' : '',
    answers: null,
    values: values.map(([key, value]) => ({ key, value, at })),
    doubts: [],
    confirms: mail.confirms ?? false,
    extension: null,
    ...(mail.unanswered === undefined ? {} : { unanswered: mail.unanswered }),
    private: {
      from: sender?.email ?? '',
      name: sender?.name ?? '',
      subject: 'SV: Forslag til tillæg nr. 1',
      messageId: `<${mailKey.slice(0, 12)}@kommune.example>`,
      references: [],
      freeText: '',
      texts: { ...mail.texts },
      written: Object.fromEntries(values.map(([key]) => [key, 'tiltrædes'])),
      doubts: [],
      theirCaseNumber: null,
    },
  }
}
