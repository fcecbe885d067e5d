import { createHash } from 'node:crypto'
import type { Attachment, Email } from 'postal-mime'
import PostalMime, { addressParser, decodeWords } from 'postal-mime'
import type { MessageAddress, MessageAttachment, MessageFlag, ParsedMessage } from '../intake/message.ts'
import { mostMegabytes } from '../domain/casefile/unplaced-mails.ts'
import { MessageUnreadable } from '../intake/message.ts'
import type { MimeParser } from '../ports/mail.ts'
import { repairCharsets } from './charset-repair.ts'
import { cleanFileName } from './file-name.ts'

/** Limits of intake/README.md, "What the parser is told". */
const mimeLimits = {
  rawBytes: mostMegabytes * 1024 * 1024,
  headerBytes: 256 * 1024,
  nesting: 20,
  attachments: 20,
} as const

/** Headers that a well-made mail has once; twice, two parsers may read two mails (MAIL security 16). */
const single = [
  'from',
  'to',
  'subject',
  'message-id',
  'content-type',
  'mime-version',
  'content-transfer-encoding',
  'date',
]

/** postal-mime with our limits; attached messages stay attachments (intake/README.md, "What the parser is told"). */
export const makeMimeParser = (): MimeParser => ({
  parse: async (raw) => {
    if (raw.length > mimeLimits.rawBytes)
      throw new MessageUnreadable('too-large', `mail of ${raw.length} bytes`)
    const { bytes, repaired, cut } = repairCharsets(raw)
    const email = await parsed(bytes)
    return toMessage(email, { repaired, cut })
  },
})

const parsed = async (bytes: Uint8Array): Promise<Email> => {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: mimeLimits.nesting,
      maxHeadersSize: mimeLimits.headerBytes,
      maxRfc822NestingDepth: 1,
      attachmentEncoding: 'arraybuffer',
    })
  } catch (cause) {
    throw new MessageUnreadable('broken', 'the mail could not be parsed', { cause })
  }
}

const toMessage = (
  email: Email,
  { repaired, cut }: { readonly repaired: boolean; readonly cut: boolean },
): ParsedMessage => {
  const headers = headersOf(email)
  const flags: MessageFlag[] = []
  if (repaired) flags.push('repaired-charset')
  if (cut) flags.push('cut-text')
  if (`${email.text ?? ''}${email.subject ?? ''}`.includes('\uFFFD')) flags.push('unreadable-signs')
  if ((headers.get('from')?.length ?? 0) > 1) flags.push('several-from-headers')
  if (single.some((name) => (headers.get(name)?.length ?? 0) > 1)) flags.push('repeated-header')
  if (email.headerLines.some(({ line }) => line.includes('\u0000'))) flags.push('nul-in-header')
  if (email.attachments.length > mimeLimits.attachments) flags.push('too-many-attachments')
  return {
    headers,
    from: (headers.get('from') ?? []).flatMap(mailboxes),
    sender: (headers.get('sender') ?? []).flatMap(mailboxes)[0] ?? null,
    to: (headers.get('to') ?? []).flatMap(mailboxes),
    cc: (headers.get('cc') ?? []).flatMap(mailboxes),
    subject: email.subject ?? '',
    messageId: idsIn(email.messageId ?? '')[0] ?? null,
    inReplyTo: idsIn(email.inReplyTo ?? '')[0] ?? null,
    references: idsIn((headers.get('references') ?? []).join(' ')),
    date: email.date ?? null,
    text: email.text ?? null,
    html: email.html ?? null,
    attachments: email.attachments.slice(0, mimeLimits.attachments).map(toAttachment),
    flags,
  }
}

const headersOf = (email: Email): ReadonlyMap<string, readonly string[]> => {
  const headers = new Map<string, string[]>()
  for (const { key, value } of email.headers) headers.set(key, [...(headers.get(key) ?? []), value])
  return headers
}

const mailboxes = (value: string): readonly MessageAddress[] =>
  addressParser(value, { flatten: true }).flatMap((entry) =>
    entry.address === undefined || entry.address === ''
      ? []
      : [{ name: decodeWords(entry.name), address: entry.address.toLowerCase() }],
  )

/** Ids in angle brackets, however they are separated: blanks, commas (Exchange, iOS), nothing (MAIL 4). */
const idsIn = (text: string): readonly string[] => text.match(/<[^<>\s]{1,250}>/gu) ?? []

const toAttachment = (attachment: Attachment): MessageAttachment => {
  const content = contentOf(attachment)
  return {
    filename: cleanFileName(attachment.filename ?? ''),
    mimeType: attachment.mimeType.toLowerCase(),
    content,
    sha256: createHash('sha256').update(content).digest('hex'),
    inline:
      attachment.related === true ||
      (attachment.disposition === 'inline' && attachment.mimeType.startsWith('image/')),
  }
}

const contentOf = ({ content }: Attachment): Uint8Array => {
  if (typeof content === 'string') return Buffer.from(content, 'utf8')
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}
