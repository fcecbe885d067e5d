import type { ParsedMessage } from './message.ts'

/** One recipient of a delivery status notification (RFC 3464). */
interface DeliveryStatus {
  /** Lower case; may differ from the address written to (forwarding). */
  readonly recipient: string
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** `5.1.1`. */
  readonly status: string
  readonly diagnostic: string
  /** A status 5.x.x: it will not arrive; 4.x.x may still. */
  readonly permanent: boolean
}

export interface DeliveryReport {
  readonly recipients: readonly DeliveryStatus[]
  /** Message-ID of the returned mail, ours or SES's. */
  readonly returnedMessageId: string | null
}

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const
const maxPart = 200_000

const textOf = (content: Uint8Array): string => new TextDecoder('utf-8').decode(content.subarray(0, maxPart))

/** The fields of a block of headers, unfolded; the first of each name. */
const fieldsOf = (block: string): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}

const addressIn = (value: string): string =>
  value
    .replace(/^[^;]*;/u, '')
    .replace(/[<>\s]/gu, '')
    .toLowerCase()

const statusOf = (block: string): readonly DeliveryStatus[] => {
  const fields = fieldsOf(block)
  const recipient = fields.get('final-recipient') ?? fields.get('original-recipient')
  const action = actions.find((known) => known === fields.get('action')?.toLowerCase())
  if (recipient === undefined || action === undefined) return []
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/u.exec(fields.get('status') ?? '')?.[0] ?? ''
  return [
    {
      recipient: addressIn(recipient),
      action,
      status,
      diagnostic: (fields.get('diagnostic-code') ?? '').slice(0, 300),
      permanent: action === 'failed' && !status.startsWith('4'),
    },
  ]
}

/** Reads the machine part of a bounce; null when there is none. */
export const deliveryReport = (message: ParsedMessage): DeliveryReport | null => {
  const report = message.attachments.find(
    ({ mimeType }) => mimeType === 'message/delivery-status' || mimeType === 'message/global-delivery-status',
  )
  if (report === undefined) return null
  const recipients = textOf(report.content)
    .split(/\r?\n[ \t]*\r?\n/u)
    .flatMap(statusOf)
  const returned = message.attachments.find(({ mimeType }) =>
    /^(?:text\/rfc822-headers|message\/(?:global-)?(?:rfc822(?:-headers)?|global))$/u.test(mimeType),
  )
  const head = returned === undefined ? '' : (textOf(returned.content).split(/\r?\n\r?\n/u)[0] ?? '')
  return {
    recipients,
    returnedMessageId: /<[^<>\s]{1,250}>/u.exec(fieldsOf(head).get('message-id') ?? '')?.[0] ?? null,
  }
}
