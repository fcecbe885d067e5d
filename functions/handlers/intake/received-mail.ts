import * as z from 'zod'
import type { KeptVerdicts } from '../../domain/casefile/mails.ts'
import { verdictSchema, type Verdicts } from '../../intake/sender.ts'

const verdict = z.object({ status: verdictSchema })

/** What the S3 action of SES tells of a mail, as SNS hands it on; only the fields used. The one trusted copy of the verdicts. */
export const receivedMailSchema = z.object({
  notificationType: z.literal('Received'),
  mail: z.object({ timestamp: z.iso.datetime(), messageId: z.string(), source: z.string() }),
  receipt: z.object({
    recipients: z.array(z.string()),
    spfVerdict: verdict,
    dkimVerdict: verdict,
    dmarcVerdict: verdict,
    spamVerdict: verdict,
    virusVerdict: verdict,
    action: z.object({ objectKey: z.string() }),
  }),
})
export type ReceivedMail = z.infer<typeof receivedMailSchema>

const verdictsOf = ({ receipt }: ReceivedMail): Verdicts => ({
  spf: receipt.spfVerdict.status,
  dkim: receipt.dkimVerdict.status,
  dmarc: receipt.dmarcVerdict.status,
  spam: receipt.spamVerdict.status,
  virus: receipt.virusVerdict.status,
})

/** The object SES puts into a bucket when the rule is made: no mail. */
export const setupObject = 'AMAZON_SES_SETUP_NOTIFICATION'

/** What the receiving system tells of a mail beside its bytes; kept with a mail of the inbox until it is placed. */
export interface Envelope {
  readonly verdicts: Verdicts
  /** MAIL FROM; empty for the null sender. */
  readonly source: string
  /** RCPT TO: the addresses of ours it was delivered to. */
  readonly recipients: readonly string[]
}

/** What was found at the receipt, from the record. Nothing is taken for authenticated that was not found so. */
export const keptVerdicts = (kept: KeptVerdicts | null): Verdicts => {
  const read = (found: string | undefined) => verdictSchema.safeParse(found).data ?? 'GRAY'
  return {
    spf: read(kept?.spf),
    dkim: read(kept?.dkim),
    dmarc: read(kept?.dmarc),
    spam: read(kept?.spam),
    virus: read(kept?.virus),
  }
}

export const envelopeOf = (received: ReceivedMail): Envelope => ({
  verdicts: verdictsOf(received),
  source: received.mail.source,
  recipients: received.receipt.recipients,
})
