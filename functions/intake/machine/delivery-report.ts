import { cleanText } from '../clean-text.ts'
import type { ParsedMessage } from '../message.ts'
import { bodyOf } from '../message-body.ts'

/** One recipient of a delivery status notification (RFC 3464). */
export interface DeliveryStatus {
  /** Lower case; may differ from the address written to (forwarding). */
  readonly recipient: string
  /** The address written to, where the report names it. */
  readonly original?: string
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
  const original = fields.get('original-recipient')
  const recipient = fields.get('final-recipient') ?? original
  const action = actions.find((known) => known === fields.get('action')?.toLowerCase())
  if (recipient === undefined || action === undefined) return []
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/u.exec(fields.get('status') ?? '')?.[0] ?? ''
  return [
    {
      recipient: addressIn(recipient),
      ...(original === undefined ? {} : { original: addressIn(original) }),
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

const refusing =
  /\b(?:undeliver(?:ed|able)|not (?:be )?delivered|delivery (?:has )?failed|delivery failure|failure notice|returned mail|returned to sender|delivery status notification \(failure\)|kunne ikke leveres|ikke leveret|kan ikke leveres|leveringsfejl|unzustellbar)/iu
const addresses = /[^\s<>()[\],;:"']{1,64}@[^\s<>()[\],;:"']{1,253}/gu
const mostAddresses = 20

/**
 * A bounce without the machine part, as some servers still write it: the words of one, and the addresses it names.
 * Only a machine's mail is looked at; which of the addresses are ours to write to is for the record to say.
 */
export const reportInWords = (message: ParsedMessage): DeliveryReport | null => {
  const text = cleanText(message.text ?? bodyOf(message).shown?.body ?? '').slice(0, maxPart)
  if (!refusing.test(`${message.subject}\n${text.slice(0, 4000)}`)) return null
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/u.exec(text)?.[0] ?? ''
  const named = [...text.matchAll(addresses)].slice(0, 200).map(([address]) => address.toLowerCase())
  return {
    recipients: [...new Set(named)].slice(0, mostAddresses).map((recipient) => ({
      recipient,
      action: 'failed',
      status,
      diagnostic: '',
      permanent: status.startsWith('5'),
    })),
    returnedMessageId: /^message-id:\s*(<[^<>\s]{1,250}>)/imu.exec(text)?.[1] ?? null,
  }
}
