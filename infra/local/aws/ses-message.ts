import { addressesIn, domainOf, splitMail, valuesOf } from '../mail/header-block.ts'

/** SES refuses the mail; `code` becomes the name of the SDK's exception. */
export class SesRefusal extends Error {
  override readonly name = 'SesRefusal'
  readonly code:
    | 'InvalidParameterValue'
    | 'MessageRejected'
    | 'ConfigurationSetDoesNotExist'
    | 'InvalidAction'
    | 'Throttling'

  constructor(code: SesRefusal['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html, for version 1 of the API. */
export const largestMailBytes = 10 * 1024 * 1024
const mostRecipients = 50
const longestLine = 998

// https://docs.aws.amazon.com/ses/latest/dg/header-fields.html: fields that may appear once only.
const single = new Set(
  `accept-language acceptlanguage archived-at auto-submitted bounces-to comments content-alternative
  content-base content-class content-description content-disposition content-duration content-id
  content-language content-length content-location content-md5 content-transfer-encoding content-type
  date delivered-to disposition-notification-options disposition-notification-to dkim-signature
  domainkey-signature errors-to from importance in-reply-to keywords list-archive list-help list-id
  list-owner list-post list-subscribe list-unsubscribe list-unsubscribe-post message-context message-id
  mime-version organization original-from original-message-id original-recipient original-subject
  precedence priority references reply-to return-path return-receipt-to sender solicitation sensitivity
  subject thread-index thread-topic user-agent vbr-info`.split(/\s+/),
)

export interface SendRequest {
  readonly raw: Buffer
  readonly source: string | undefined
  readonly destinations: readonly string[]
}

export interface AcceptedMail {
  /** The bare address of the sender. */
  readonly source: string
  /** Bare addresses, each once. */
  readonly destinations: readonly string[]
  readonly raw: Buffer
}

export interface Stamp {
  readonly messageId: string
  readonly region: string
  readonly at: Date
}

/**
 * Checks a mail as SendRawEmail does and gives it the headers SES gives it: its own Message-ID and
 * Date instead of the sender's (In-Reply-To and References stay), no Bcc.
 * @param identities domains and addresses that may send; undefined lets all.
 * @throws SesRefusal
 */
export function acceptMail(
  request: SendRequest,
  stamp: Stamp,
  identities: readonly string[] | undefined,
): AcceptedMail {
  const { raw } = request
  if (raw.length > largestMailBytes) {
    throw new SesRefusal(
      'InvalidParameterValue',
      `Message length is more than ${largestMailBytes} bytes long`,
    )
  }
  const { fields, rest } = splitMail(raw)
  if (rest.length === 0) throw new SesRefusal('InvalidParameterValue', 'Nonconforming message: no body')
  const seen = new Set<string>()
  for (const { name } of fields) {
    if (!/^[!-9;-~]+$/.test(name)) throw new SesRefusal('InvalidParameterValue', 'Invalid header')
    const lower = name.toLowerCase()
    if (seen.has(lower) && single.has(lower))
      throw new SesRefusal('InvalidParameterValue', `Duplicate header '${name}'.`)
    seen.add(lower)
  }
  if (
    raw
      .toString('latin1')
      .split(/\r?\n/)
      .some((line) => line.length > longestLine)
  ) {
    throw new SesRefusal('InvalidParameterValue', `A line is longer than ${longestLine} characters`)
  }
  const from = valuesOf(fields, 'From').flatMap(addressesIn)
  const source = request.source === undefined ? from[0] : addressesIn(request.source)[0]
  if (source === undefined || from.length === 0)
    throw new SesRefusal('InvalidParameterValue', "Missing required header 'From'.")
  refuseUnverified([source, ...from], identities)

  const named = ['To', 'Cc', 'Bcc'].flatMap((name) => valuesOf(fields, name)).flatMap(addressesIn)
  const wanted = request.destinations.length === 0 ? named : request.destinations.flatMap(addressesIn)
  const destinations = [...new Set(wanted)]
  if (destinations.length === 0) throw new SesRefusal('InvalidParameterValue', 'Missing final destination')
  if (destinations.length > mostRecipients) {
    throw new SesRefusal('InvalidParameterValue', `Recipient count exceeds ${mostRecipients}.`)
  }
  const illegal = destinations.find(
    (address) => !/^[^\s@<>()",;:\\[\]]{1,64}@[^\s@<>()",;:\\[\]]+$/.test(address),
  )
  if (illegal !== undefined) throw new SesRefusal('InvalidParameterValue', `Illegal address: ${illegal}`)

  const own = `<${stamp.messageId}@${stamp.region}.amazonses.com>`
  const kept = fields
    .filter(({ name }) => !/^(?:message-id|date|bcc|return-path|x-ses-.*)$/i.test(name))
    .map((f) => f.raw)
  const added = [
    `Date: ${stamp.at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${own}`,
    `X-SES-Outgoing: ${stamp.at.toISOString().slice(0, 10).replaceAll('-', '.')}-127.0.0.1`,
  ]
  const head = [`Return-Path: ${own}\r\n`, ...kept, ...added.map((line) => `${line}\r\n`)].join('')
  return { source, destinations, raw: Buffer.concat([Buffer.from(head, 'latin1'), rest]) }
}

function refuseUnverified(addresses: readonly string[], identities: readonly string[] | undefined): void {
  if (identities === undefined) return
  const verified = new Set(identities.map((identity) => identity.toLowerCase()))
  const unverified = addresses.filter((a) => !verified.has(a.toLowerCase()) && !verified.has(domainOf(a)))
  if (unverified.length === 0) return
  const list = unverified.join(', ')
  throw new SesRefusal(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check: ${list}`,
  )
}
