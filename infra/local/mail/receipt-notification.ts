import { addressesIn, commonHeadersOf, splitMail, valuesOf, type HeaderField } from './header-block.ts'
import type { Verdicts } from './receipt-verdicts.ts'

export interface ReceivedMail {
  /** SES's id of the mail, which is also the object's key. */
  readonly messageId: string
  /** The envelope's sender; empty for a bounce. */
  readonly source: string
  /** The envelope's recipients in the reply domains. */
  readonly recipients: readonly string[]
  readonly receivedAt: Date
  readonly heloName: string
  readonly raw: Buffer
  readonly verdicts: Verdicts
}

export interface LandingPlace {
  readonly bucketName: string
  readonly topicArn: string
}

/** The mail as SES stores it: with its own trace and verdict headers on top. */
export function storedMail(mail: ReceivedMail): Buffer {
  const { verdicts } = mail
  const word = (verdict: string): string => ({ PASS: 'pass', FAIL: 'fail' })[verdict] ?? 'none'
  const server = 'inbound-smtp.eu-west-1.amazonaws.com'
  const lines = [
    `Return-Path: <${mail.source}>`,
    `Received: from ${mail.heloName.replaceAll(/[^\w.[\]:-]/g, '?')} by ${server} with SMTP id ${mail.messageId}`,
    `\tfor ${mail.recipients[0] ?? ''}; ${mail.receivedAt.toUTCString().replace('GMT', '+0000')}`,
    `X-SES-Spam-Verdict: ${verdicts.spam}`,
    `X-SES-Virus-Verdict: ${verdicts.virus}`,
    `Received-SPF: ${word(verdicts.spf)} (local) client-ip=127.0.0.1;`,
    `Authentication-Results: amazonses.com; spf=${word(verdicts.spf)}; dkim=${word(verdicts.dkim)}; dmarc=${word(verdicts.dmarc)}`,
  ]
  return Buffer.concat([Buffer.from(lines.map((line) => `${line}\r\n`).join('')), mail.raw])
}

// https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
const longestHeadersBytes = 10 * 1024

/** The message that the S3 action's SNS topic hands to the queue with raw delivery, as an object for JSON. */
export function receivedNotification(mail: ReceivedMail, stored: Buffer, place: LandingPlace): object {
  const { fields } = splitMail(stored)
  const { headers, truncated } = headersUpToLimit(fields)
  const { verdicts } = mail
  return {
    notificationType: 'Received',
    mail: {
      timestamp: mail.receivedAt.toISOString(),
      source: mail.source,
      messageId: mail.messageId,
      destination: ['To', 'Cc'].flatMap((name) => valuesOf(fields, name)).flatMap(addressesIn),
      headersTruncated: truncated,
      headers,
      commonHeaders: commonHeadersOf(fields),
    },
    receipt: {
      timestamp: mail.receivedAt.toISOString(),
      processingTimeMillis: 0,
      recipients: mail.recipients,
      spamVerdict: { status: verdicts.spam },
      virusVerdict: { status: verdicts.virus },
      spfVerdict: { status: verdicts.spf },
      dkimVerdict: { status: verdicts.dkim },
      dmarcVerdict: { status: verdicts.dmarc },
      ...(verdicts.dmarcPolicy === undefined ? {} : { dmarcPolicy: verdicts.dmarcPolicy }),
      action: {
        type: 'S3',
        topicArn: place.topicArn,
        bucketName: place.bucketName,
        objectKeyPrefix: '',
        objectKey: mail.messageId,
      },
    },
  }
}

function headersUpToLimit(fields: readonly HeaderField[]): { headers: object[]; truncated: boolean } {
  const headers: object[] = []
  let size = 0
  for (const { name, value } of fields) {
    size += name.length + value.length
    if (size > longestHeadersBytes) return { headers, truncated: true }
    headers.push({ name, value })
  }
  return { headers, truncated: false }
}
