import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime, { addressParser, decodeWords } from 'postal-mime'
import type { Attachment, Email } from 'postal-mime'
import { withoutDirectionMarks } from '../domain/base/text.ts'
import type { OutgoingLetter } from '../domain/casefile/letter-claim.ts'
import type { MimeComposer, MimeParser } from '../ports/mail.ts'
import {
  MessageUnreadable,
  type MessageAddress,
  type MessageAttachment,
  type MessageFlag,
  type ParsedMessage,
} from '../intake/message.ts'
import { canonicalAddress, oneMailbox } from '../intake/mailbox.ts'
import { mostMegabytes } from '../domain/casefile/unplaced-mails.ts'
import { repairCharsets } from './charset-repair.ts'

/**
 * A file's name as it may be shown and sent: no path, no control or bidi signs, no quotes, at most 120 signs
 * (intake/README.md, "What the parser is told"). Never used as a path.
 */
const cleanFileName = (name: string): string => {
  const last = name.normalize('NFC').split(/[/\\]/u).at(-1) ?? ''
  return (
    last
      // oxlint-disable-next-line no-control-regex -- control signs are what is removed
      .replace(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF"<>|:*?;]/gu, '')
      .replace(/\s+/gu, ' ')
      .trim()
      .slice(0, 120)
  )
}

/**
 * A letter as raw MIME. The same letter gives the same bytes, since what is archived is what is sent: Message-ID,
 * date and boundary come from the letter, never from clock or chance. Headers as in intake/README.md, "When nothing
 * is answered"; the token address stands in From and Reply-To.
 */
export const makeMimeComposer = (): MimeComposer => ({
  compose: async (given) => {
    refuseLineBreaks(given)
    const letter = readAsWritten(given)
    const date = new Date(letter.date)
    if (Number.isNaN(date.getTime())) throw new RangeError(`no date: "${letter.date}"`)
    const composer = new MailComposer({
      from: letter.from,
      replyTo: letter.from,
      to: [...letter.to],
      cc: [...letter.cc],
      subject: letter.subject,
      messageId: messageId(letter.messageId),
      ...(letter.inReplyTo === null ? {} : { inReplyTo: messageId(letter.inReplyTo) }),
      references: letter.references.filter((id) => idPattern.test(id)).slice(-maxReferences),
      date,
      text: letter.text,
      html: letter.html,
      textEncoding: 'quoted-printable',
      attachments: letter.attachments.map(({ filename, contentType, content }) => ({
        filename: cleanFileName(filename),
        contentType,
        content: Buffer.from(content),
      })),
      headers: { 'Auto-Submitted': letter.autoSubmitted, 'X-Auto-Response-Suppress': 'All' },
      baseBoundary: createHash('sha256').update(letter.messageId).digest('hex').slice(0, 24),
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    return composer.compile().build()
  },
})

const maxReferences = 20
const idPattern = /^<[^<>\s]{1,250}>$/u

const messageId = (id: string): string => {
  if (!idPattern.test(id)) throw new RangeError(`no message id: "${id.slice(0, 80)}"`)
  return id
}

/** What a letter repeats of a mail turns no direction: neither its subject, nor a name, nor its words. */
const readAsWritten = (letter: OutgoingLetter): OutgoingLetter => {
  const people = (list: OutgoingLetter['to']) =>
    list.map(({ name, address }) => ({ name: withoutDirectionMarks(name), address }))
  return {
    ...letter,
    to: people(letter.to),
    cc: people(letter.cc),
    subject: withoutDirectionMarks(letter.subject),
    text: withoutDirectionMarks(letter.text),
    html: withoutDirectionMarks(letter.html),
  }
}

/** CR, LF and NUL never reach a header: refused before the composer folds them (MAIL security 8). */
const refuseLineBreaks = (letter: OutgoingLetter): void => {
  const people = [letter.from, ...letter.to, ...letter.cc]
  const values = [letter.subject, letter.messageId, ...people.flatMap(({ name, address }) => [name, address])]
  // oxlint-disable-next-line no-control-regex -- control signs are what is refused
  if (values.some((value) => /[\r\n\u0000]/u.test(value))) throw new RangeError('a line break in a header')
}

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
  if (!isOneMailbox(headers.get('from') ?? [])) flags.push('from-unclear')
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
    ...attachmentsOf(email.attachments),
    flags,
  }
}

/**
 * The attachments that are looked at, and the names of those beyond the limit. Of more than the limit pictures are
 * left out first: figures stand in the rest.
 */
const attachmentsOf = (all: readonly Attachment[]): Pick<ParsedMessage, 'attachments' | 'leftOut'> => {
  if (all.length <= mimeLimits.attachments) return { attachments: all.map(toAttachment) }
  const { pictures = [], others = [] } = Object.groupBy(all, (one) =>
    isPicture(one) ? 'pictures' : 'others',
  )
  const ordered = [...others, ...pictures]
  return {
    attachments: ordered.slice(0, mimeLimits.attachments).map(toAttachment),
    leftOut: ordered
      .slice(mimeLimits.attachments)
      .map(({ filename, mimeType }) => cleanFileName(filename ?? '') || mimeType),
  }
}

const headersOf = (email: Email): ReadonlyMap<string, readonly string[]> => {
  const headers = new Map<string, string[]>()
  for (const { key, value } of email.headers) {
    const values = headers.get(key)
    if (values === undefined) headers.set(key, [value])
    else values.push(value)
  }
  return headers
}

/** Does a strict reader find one address in From, and the same as the parser does? */
const isOneMailbox = (values: readonly string[]): boolean =>
  values.every((value) => {
    const address = oneMailbox(value)
    return (
      address !== null && mailboxes(value).every((mailbox) => canonicalAddress(mailbox.address) === address)
    )
  })

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
    inline: isPicture(attachment) && (attachment.related === true || attachment.disposition === 'inline'),
  }
}

/** Only a picture is shown among the words; a workbook with a Content-ID is an attachment (MAIL 284). */
const isPicture = ({ mimeType, filename }: Attachment): boolean =>
  mimeType.toLowerCase().startsWith('image/') ||
  (/^application\/octet-stream$/iu.test(mimeType) &&
    /\.(?:png|jpe?g|gif|bmp|webp|svg)$/iu.test(filename ?? ''))

const contentOf = ({ content }: Attachment): Uint8Array => {
  if (typeof content === 'string') return Buffer.from(content, 'utf8')
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}
