import * as z from 'zod'
import { commonHeadersOf, domainOf, splitMail } from '../mail/header-block.ts'
import type { LoggedMail } from './ses-log.ts'

/**
 * An address that does not take mail, and what its server says. `status` is the enhanced code, as
 * `5.1.1`; `from` and `until` are instants, always and for ever when left out.
 */
export const bounceRuleSchema = z.strictObject({
  address: z.email(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  status: z.string().regex(/^[45]\.\d{1,3}\.\d{1,3}$/),
  diagnosticCode: z.string(),
})
export type BounceRule = z.infer<typeof bounceRuleSchema>

/** The rule that makes the address bounce at that time (milliseconds since 1970), if any. */
export function bounceOf(rules: readonly BounceRule[], address: string, at: number): BounceRule | undefined {
  return rules.find(
    (rule) =>
      rule.address.toLowerCase() === address.toLowerCase() &&
      (rule.from === undefined || Date.parse(rule.from) <= at) &&
      (rule.until === undefined || at < Date.parse(rule.until)),
  )
}

const iso = (ms: number): string => new Date(ms).toISOString()

// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
function mailOf(mail: LoggedMail): object {
  const { fields } = splitMail(mail.raw)
  const shown = fields.filter(({ name }) => name.toLowerCase() !== 'return-path')
  const { from, to, cc, subject } = commonHeadersOf(fields)
  return {
    timestamp: iso(mail.acceptedAt),
    source: mail.source,
    sendingAccountId: '000000000000',
    messageId: mail.id,
    destination: mail.destinations,
    headersTruncated: false,
    headers: shown.map(({ name, value }) => ({ name, value })),
    // Without the brackets and the domain: so SES prints it here, unlike in the mail itself.
    commonHeaders: { from, to, cc, messageId: mail.id, subject },
    tags: {
      'ses:configuration-set': [mail.configurationSet],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domainOf(mail.source)],
      'ses:caller-identity': ['local'],
      ...Object.fromEntries(mail.tags.map(({ name, value }) => [name, [value]])),
    },
  }
}

/** An event as a configuration set's destination gets it. */
export interface SesEvent {
  readonly eventType: string
  readonly [field: string]: unknown
}

/** The event that says SES took the mail. */
export const sendEvent = (mail: LoggedMail): SesEvent => ({ eventType: 'Send', mail: mailOf(mail), send: {} })

/** The event that says the recipient's server took the mail; `at` in milliseconds since 1970. */
export const deliveryEvent = (mail: LoggedMail, recipients: readonly string[], at: number): SesEvent => ({
  eventType: 'Delivery',
  mail: mailOf(mail),
  delivery: {
    timestamp: iso(at),
    processingTimeMillis: Math.max(0, at - mail.acceptedAt),
    recipients,
    smtpResponse: '250 2.0.0 OK',
    reportingMTA: 'a7-40.smtp-out.amazonses.com',
  },
})

/** The event that says the recipient's server refused the mail for good (5.x.x) or for now (4.x.x). */
export const bounceEvent = (
  mail: LoggedMail,
  rule: BounceRule,
  bounce: { recipient: string; at: number },
): SesEvent => ({
  eventType: 'Bounce',
  mail: mailOf(mail),
  bounce: {
    feedbackId: `${mail.id}-bounce`,
    bounceType: rule.status.startsWith('5.') ? 'Permanent' : 'Transient',
    bounceSubType: 'General',
    bouncedRecipients: [
      {
        emailAddress: bounce.recipient,
        action: 'failed',
        status: rule.status,
        diagnosticCode: rule.diagnosticCode,
      },
    ],
    timestamp: iso(bounce.at),
    reportingMTA: 'dsn; a7-40.smtp-out.amazonses.com',
  },
})
