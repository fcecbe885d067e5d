import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Address, Email } from 'postal-mime'

export interface ReplyAttachment {
  readonly filename: string
  readonly contentType: string
  readonly bytes: Buffer
}

export interface Reply {
  readonly original: Email
  /** The mailbox that answers. */
  readonly from: string
  readonly text: string
  /** The quotation as it shall stand under the answer; empty for none. */
  readonly quotation: string
  readonly attachments: readonly ReplyAttachment[]
  readonly at: Date
  /** Unique for this mail; becomes the left part of its Message-ID. */
  readonly uniqueId: string
}

export interface ComposedReply {
  readonly to: string
  readonly raw: Buffer
}

const mailboxOf = (address: Address | undefined): { name: string; address: string } | undefined =>
  address?.address === undefined || address.address === ''
    ? undefined
    : { name: address.name, address: address.address }

/** Where a reply to the mail goes: its Reply-To, else its From. Undefined when it names nobody. */
export function replyAddressOf(original: Email): string | undefined {
  return (mailboxOf(original.replyTo?.[0]) ?? mailboxOf(original.from))?.address
}

const danishTime = new Intl.DateTimeFormat('da-DK', {
  timeZone: 'Europe/Copenhagen',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** An instant as `15.01.2015 09.00` in Copenhagen; what is no date stays as it is. */
export function showTime(date: string | undefined): string {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? (date ?? '') : danishTime.format(time).replace(',', '')
}

/** The original as Danish mail programs quote it: who wrote when, and its text behind `> `. */
export function quotationOf(original: Email): string {
  const from = mailboxOf(original.from)
  const [day, time] = showTime(original.date).split(' ')
  const lines = (original.text ?? '').trimEnd().split(/\r?\n/)
  const quoted = lines.map((line) => (line.startsWith('>') || line === '' ? `>${line}` : `> ${line}`))
  return [
    `Den ${day?.replaceAll('.', '-') ?? ''} kl. ${time ?? ''} skrev ${from?.name ?? ''} <${from?.address ?? ''}>:`,
    ...quoted,
  ].join('\n')
}

// Forms send CRLF; MailComposer makes the line ends of the mail.
const tidy = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd()

/** The reply as a mail program would write it; undefined when the original names nobody to answer. */
export async function composeReply(reply: Reply): Promise<ComposedReply | undefined> {
  const { original, from, at } = reply
  const to = replyAddressOf(original)
  if (to === undefined) return undefined
  const own = [...(original.to ?? []), ...(original.cc ?? [])]
    .map(mailboxOf)
    .find((m) => m?.address.toLowerCase() === from)
  const subject = original.subject ?? ''
  const mail = new MailComposer({
    from: { name: own?.name ?? '', address: from },
    to,
    subject: /^(?:sv|re)\s*:/i.test(subject) ? subject : `SV: ${subject}`,
    date: at,
    messageId: `<${reply.uniqueId}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    ...(original.messageId === undefined
      ? {}
      : {
          inReplyTo: original.messageId,
          references: [original.references ?? '', original.messageId].join(' ').trim(),
        }),
    text: `${[reply.text, reply.quotation].map(tidy).filter(Boolean).join('\n\n')}\n`,
    attachments: reply.attachments.map(({ filename, contentType, bytes }) => ({
      filename,
      contentType,
      content: bytes,
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { to, raw: await mail.compile().build() }
}
