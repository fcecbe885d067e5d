import type { MailReceived } from '../../functions/domain/casefile/mails.ts'
import type { AnswerValue } from '../../functions/domain/casefile/reading.ts'

type Details = NonNullable<MailReceived['private']>

/** Values as they would be read in the first line of a mail. */
export const valuesOf = (values: Readonly<Record<string, AnswerValue>>): MailReceived['values'] =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value,
    at: { part: 'text', line: 1, segment: 'new' },
  }))

/** A mail of Svendborg's that counts and says nothing, as the intake puts it on the record, but for what a test says. */
export const storedMail = (
  mail: Partial<Omit<MailReceived, 'private'>> & Pick<MailReceived, 'mailKey' | 'receivedAt'>,
  details: Partial<Details> | null = {},
): MailReceived => ({
  type: 'MailReceived',
  v: 1,
  bodyKey: `body-${mail.mailKey}`,
  rawSha256: 'b'.repeat(64),
  party: '479',
  contactId: null,
  standing: 'counts',
  reason: '',
  answers: null,
  values: [],
  doubts: [],
  confirms: false,
  extension: null,
  ...(details === null
    ? {}
    : {
        private: {
          from: 'mette@kommune.example',
          name: 'Mette Prøve',
          subject: 'SV: indberetning',
          messageId: `<${mail.mailKey}@kommune.example>`,
          references: [],
          freeText: '',
          texts: {},
          written: {},
          doubts: [],
          theirCaseNumber: null,
          ...details,
        },
      }),
  ...mail,
})
