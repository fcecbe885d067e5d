import type { Doubt } from '../domain/casefile/reading.ts'
import type { MessageAttachment, ParsedMessage } from './message.ts'
import { excerpt } from './clean-text.ts'
import { isSignatureGraphic } from './picture.ts'

/** What an attachment is, so that the answer can name what was not read and why (MAIL 86-90, 127). */
const attachmentKinds = [
  'spreadsheet',
  'numbers',
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
  ['spreadsheet', /\.(?:xlsx|xlsm|xlsb|xls|ods|csv|tsv)$/iu],
  ['numbers', /\.numbers$/iu],
  ['pdf', /\.pdf$/iu],
  ['picture', /\.(?:png|jpe?g|jfif|gif|tiff?|bmp|hei[cf]|avif|webp|svg)$/iu],
  ['document', /\.(?:docx?|docm|dotx?|odt|rtf|pages|pptx?|odp|xps|one)$/iu],
  ['message', /\.(?:eml|msg)$/iu],
  ['calendar', /\.ics$/iu],
  ['outlook-rich-text', /^winmail\.dat$/iu],
  ['encrypted', /\.(?:rpmsg|p7m|pgp|gpg)$/iu],
  ['signature', /\.(?:p7s|asc)$/iu],
  ['text', /\.(?:txt|text|html?|md|log)$/iu],
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

/** Whether a file that is called a seal is one: ASN.1 as it is or in base64, or PGP's own first line. */
const isSeal = ({ content }: MessageAttachment): boolean =>
  content.length === 0 ||
  content[0] === 0x30 ||
  /^(?:MI|-----BEGIN (?:PGP|PKCS7))/u.test(String.fromCharCode(...content.subarray(0, 20)))

/** Whether an attachment is passed over: a signature's graphic, a seal, a machine's own part. Nothing else is (MAIL 286). */
export const isPassedOver = (attachment: MessageAttachment, all: readonly MessageAttachment[]): boolean => {
  const kind = attachmentKind(attachment)
  return (
    (kind === 'signature' && isSeal(attachment)) ||
    kind === 'machine' ||
    (kind === 'picture' && isSignatureGraphic(attachment, all))
  )
}

/**
 * Whether a mail brings something only a person can read (PDF, scan, picture, document) and nothing that we
 * read: it is held for entry and answered with both ways (letter L4d). Graphics of signatures do not count.
 */
export const needsTypingIn = (attachments: readonly MessageAttachment[]): boolean => {
  const kinds = attachments.filter((one) => !isPassedOver(one, attachments)).map(attachmentKind)
  return (
    !kinds.includes('spreadsheet') &&
    kinds.some((kind) => kind === 'pdf' || kind === 'picture' || kind === 'document')
  )
}

/** Kinds that hold words or figures we do not read, each with what the answer says of it. */
const unread: ReadonlyMap<AttachmentKind, string> = new Map([
  ['numbers', 'numbers'],
  ['document', 'document'],
  ['message', 'attached-mail'],
  ['calendar', 'calendar'],
  ['outlook-rich-text', 'rich-text'],
  ['encrypted', 'encrypted-mail'],
  ['archive', 'archive'],
  ['text', 'unknown-kind'],
  ['signature', 'unknown-kind'],
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
  ['iCloud', /^(?:www\.|share\.)?icloud\.com$/u],
  ['ShareFile', /^(?:[\w-]+\.)*sharefile\.(?:com|eu)$/u],
  ['Filemail', /^(?:[\w-]+\.)*filemail\.com$/u],
  ['TransferNow', /^(?:[\w-]+\.)*transfernow\.net$/u],
  ['SwissTransfer', /^(?:[\w-]+\.)*swisstransfer\.com$/u],
  ['Smash', /^(?:[\w-]+\.)*fromsmash\.com$/u],
]
/** The name of a sheet at the end of a link's path, whatever host it lies on: an intranet, a records system. */
const linkedSheet = /\/([^/?#]{1,120}\.(?:xlsx|xlsm|xlsb|xls|ods|csv|numbers))(?=[?#&\s]|$)/giu

const maxLinks = 500

/** A link with what a mail filter has wrapped in it laid open: percent signs, Proofpoint's dashes, Sophos' base64. */
const unwrapped = (link: string): string => {
  let open = link.replaceAll('&amp;', '&')
  for (let wrapping = 0; wrapping < 3 && /%[\da-f]{2}/iu.test(open); wrapping += 1)
    open = open.replace(/%([2-7][\da-f])/giu, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  if (/urldefense\.(?:proofpoint\.)?com\/v2\//iu.test(open))
    open = open
      .replace(/-([2-7][\da-f])/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replaceAll('_', '/')
  const encoded = [...open.matchAll(/[?&=/]([a-z\d+_-]{16,2000})(?![a-z\d+_-])/giu)]
    .slice(0, 20)
    .flatMap(([, text = '']) => {
      const plain = base64Text(text)
      return plain.startsWith('http') ? [plain] : []
    })
  return [open, ...encoded].join(' ')
}

const base64Text = (text: string): string => {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}

/** Hosts named anywhere in a link: its own, and those of the links within it. */
const hostsIn = (link: string): readonly string[] =>
  [...link.matchAll(/(?:\/\/|[?&;](?:domain|d|host)=)([a-z\d.-]{1,253})/giu)].map(([, host = '']) =>
    host.toLowerCase(),
  )

/** Links of a text; one that a program has broken over lines stands in angle brackets. */
const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/https?:\/\/[^\s"'<>]{3,4000}/giu)].slice(0, maxLinks).flatMap((match) => {
    const [link] = match
    const isOpen = text[match.index - 1] === '<' && text[match.index + link.length] !== '>'
    const end = isOpen ? text.indexOf('>', match.index) : -1
    const whole = text.slice(match.index, end)
    return end !== -1 && whole.length < 4000 ? [whole.replace(/\s+/gu, '')] : [link]
  })

/** The services or sheets a mail's links lead to, wrapped by a mail filter or not. Nothing is ever fetched. */
const cloudServices = (message: Pick<ParsedMessage, 'text' | 'html'>): readonly string[] => [
  ...new Set(
    [message.text ?? '', message.html ?? ''].flatMap(linksIn).flatMap((link) => {
      const open = unwrapped(link)
      const named = hostsIn(open).flatMap(
        (host) => services.find(([, pattern]) => pattern.test(host))?.[0] ?? [],
      )
      return named.length > 0 ? named : [...open.matchAll(linkedSheet)].map(([, name = '']) => name)
    }),
  ),
]

/** What the answer says of a page that a person reads beside what was read. */
const besideFigures: ReadonlyMap<AttachmentKind, string> = new Map([
  ['pdf', 'pdf'],
  ['picture', 'picture'],
])

/**
 * Files and links of a mail in which nothing was read: each is named in the answer, every time, with what to send
 * instead (MAIL 86, 87, 90, 285). A PDF or a picture alone is no question: the mail is held for typing in.
 *
 * @param isBeside whether anything else was read or asked in the mail, so that it is not held for typing in
 * @param isOpened whether a file was opened as sheets or texts, or refused by name, by their index
 */
export const unreadParts = (
  message: ParsedMessage,
  isBeside: boolean,
  isOpened: (file: number) => boolean,
): readonly Doubt[] => {
  const ask = (written: string, refusal: string): Doubt => ({
    kind: 'unreadable-attachment',
    key: '',
    written: excerpt(written),
    details: { refusal },
    at: null,
  })
  const files = message.attachments.flatMap((attachment, file) => {
    if (isOpened(file) || isPassedOver(attachment, message.attachments)) return []
    const kind = attachmentKind(attachment)
    const refusal = unread.get(kind) ?? (isBeside ? besideFigures.get(kind) : undefined)
    return refusal === undefined
      ? []
      : [ask(attachment.filename === '' ? attachment.mimeType : attachment.filename, refusal)]
  })
  return [
    ...files,
    ...(message.leftOut ?? []).map((name) => ask(name, 'too-many')),
    ...cloudServices(message).map((service) => ask(service, 'cloud-link')),
  ]
}
