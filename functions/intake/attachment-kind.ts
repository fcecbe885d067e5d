import type { Doubt } from '../domain/casefile/reading.ts'
import type { MessageAttachment, ParsedMessage } from './message.ts'
import { excerpt } from './clean-text.ts'

/** What an attachment is, so that the answer can name what was not read and why (MAIL 86-90, 127). */
const attachmentKinds = [
  'spreadsheet',
  'pdf',
  'picture',
  'document',
  'message',
  'calendar',
  'outlook-rich-text',
  'encrypted',
  'signature',
  'text',
  'archive',
  'machine',
  'other',
] as const
type AttachmentKind = (typeof attachmentKinds)[number]

const byName: readonly (readonly [AttachmentKind, RegExp])[] = [
  ['spreadsheet', /\.(?:xlsx|xlsm|xlsb|xls|ods|csv|tsv|numbers)$/iu],
  ['pdf', /\.pdf$/iu],
  ['picture', /\.(?:png|jpe?g|gif|tiff?|bmp|heic|webp|svg)$/iu],
  ['document', /\.(?:docx?|odt|rtf|pages|pptx?)$/iu],
  ['message', /\.(?:eml|msg)$/iu],
  ['calendar', /\.ics$/iu],
  ['outlook-rich-text', /^winmail\.dat$/iu],
  ['encrypted', /\.(?:rpmsg|p7m|pgp|gpg)$/iu],
  ['signature', /\.(?:p7s|asc)$/iu],
  ['text', /\.(?:txt|html?)$/iu],
  ['archive', /\.(?:zip|7z|rar|gz|tar)$/iu],
]
const byType: readonly (readonly [AttachmentKind, RegExp])[] = [
  ['signature', /pkcs7-signature|pgp-signature/u],
  ['encrypted', /pkcs7-mime|pgp-encrypted|rpmsg/u],
  ['outlook-rich-text', /ms-tnef/u],
  ['spreadsheet', /spreadsheet|ms-excel|text\/csv/u],
  ['pdf', /^application\/pdf$/u],
  ['picture', /^image\//u],
  ['calendar', /^text\/calendar$/u],
  [
    'machine',
    /^(?:message\/(?:delivery-status|disposition-notification|feedback-report)|text\/rfc822-headers)$/u,
  ],
  ['message', /^message\/|ms-outlook/u],
  ['document', /wordprocessing|msword|opendocument\.text|rtf/u],
  ['text', /^text\//u],
]
/** First bytes, when neither name nor type says it (MAIL 88). */
const byContent: readonly (readonly [AttachmentKind, RegExp])[] = [
  ['pdf', /^%PDF-/u],
  ['picture', /^(?:\u0089PNG|\u00FF\u00D8\u00FF|GIF8|II\*|MM.\*)/su],
]

/** The kind of an attachment: by name, by declared type, by its first bytes. */
export const attachmentKind = ({ filename, mimeType, content }: MessageAttachment): AttachmentKind => {
  const start = Array.from(content.subarray(0, 8), (byte) => String.fromCharCode(byte)).join('')
  const found =
    byName.find(([, pattern]) => pattern.test(filename)) ??
    byType.find(([, pattern]) => pattern.test(mimeType)) ??
    byContent.find(([, pattern]) => pattern.test(start))
  return found?.[0] ?? 'other'
}

/**
 * Whether a mail brings something only a person can read (PDF, scan, picture, document) and nothing that we
 * read: it is held for entry and answered with both ways (letter L4d). Logos of signatures do not count.
 */
export const needsTypingIn = (attachments: readonly MessageAttachment[]): boolean => {
  const kinds = attachments.filter((one) => !one.inline && !isLogo(one)).map(attachmentKind)
  return (
    !kinds.includes('spreadsheet') &&
    kinds.some((kind) => kind === 'pdf' || kind === 'picture' || kind === 'document')
  )
}

/** A logo that a mail program did not mark as inline: too small for a page, or named as Outlook names them (MAIL 89). */
const isLogo = (attachment: MessageAttachment): boolean =>
  attachmentKind(attachment) === 'picture' &&
  (attachment.inline ||
    attachment.content.length < 20_000 ||
    /^(?:image|outlook|logo|billede)[-_]?\w*\.(?:png|jpe?g|gif|bmp)$/iu.test(attachment.filename))

/** Kinds that hold words or figures we do not read; PDF and pictures are typed in by a person instead (MAIL 127). */
const unread: ReadonlyMap<AttachmentKind, string> = new Map([
  ['document', 'document'],
  ['message', 'attached-mail'],
  ['calendar', 'calendar'],
  ['outlook-rich-text', 'rich-text'],
  ['encrypted', 'encrypted-mail'],
  ['archive', 'archive'],
  ['other', 'unknown-kind'],
])

/** Services that give a link in place of a file (MAIL 90), by the domain the link leads to. */
const services: readonly (readonly [string, RegExp])[] = [
  ['SharePoint', /^(?:[\w-]+\.)*sharepoint\.com$/u],
  ['OneDrive', /^(?:(?:[\w-]+\.)*onedrive\.(?:live\.)?com|1drv\.ms|(?:[\w-]+\.)*onedrive\.com)$/u],
  ['Google Drev', /^(?:drive|docs)\.google\.com$/u],
  ['Dropbox', /^(?:www\.)?(?:dropbox\.com|db\.tt)$/u],
  ['WeTransfer', /^(?:[\w-]+\.)*(?:wetransfer\.com|we\.tl)$/u],
  ['Box', /^(?:[\w-]+\.)*box\.com$/u],
  ['iCloud', /^(?:www\.)?icloud\.com$/u],
]

const maxLinks = 500

/** The service a mail's link to a file leads to; null when it has none. Nothing is ever fetched. */
const cloudService = (message: Pick<ParsedMessage, 'text' | 'html'>): string | null => {
  let links = 0
  for (const [, host = ''] of `${message.text ?? ''}\n${message.html ?? ''}`.matchAll(
    /https?:\/\/([a-z\d.-]{1,253})/giu,
  )) {
    links += 1
    if (links > maxLinks) return null
    const found = services.find(([, pattern]) => pattern.test(host.toLowerCase()))
    if (found !== undefined) return found[0]
  }
  return null
}

/**
 * Files and links of a mail in which nothing was read: each is named in the answer with what to send instead
 * (MAIL 86, 87, 90). Beside figures they are a covering letter, and nothing is asked.
 */
export const unreadParts = (message: ParsedMessage): readonly Doubt[] => {
  const ask = (written: string, refusal: string): Doubt => ({
    kind: 'unreadable-attachment',
    key: '',
    written: excerpt(written),
    details: { refusal },
    at: null,
  })
  const files = message.attachments.flatMap((attachment) => {
    if (attachment.inline) return []
    const refusal = unread.get(attachmentKind(attachment))
    return refusal === undefined
      ? []
      : [ask(attachment.filename === '' ? attachment.mimeType : attachment.filename, refusal)]
  })
  const service = cloudService(message)
  return service === null ? files : [...files, ask(service, 'cloud-link')]
}
