import type { Doubt } from '../domain/casefile/reading.ts'
import { attachmentKind, type AttachmentKind } from './attachment-kind.ts'
import { excerpt } from './clean-text.ts'
import type { ParsedMessage } from './message.ts'

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
export const cloudService = (message: Pick<ParsedMessage, 'text' | 'html'>): string | null => {
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
