import PostalMime, { type Attachment } from 'postal-mime'
import { recogniseLetter, type SeenKind } from './recognise-letter.ts'

/** A mail of the ministry as its reader sees it. */
export interface SeenLetter {
  readonly kind: SeenKind
  readonly subject: string
  readonly text: string
  readonly messageId: string
  readonly references: readonly string[]
  readonly senderName: string
  /** Where an answer goes: Reply-To, else From. */
  readonly answerTo: string
  readonly to: readonly string[]
  /** ms; the mail's own date, as a mail program shows it. */
  readonly datedMs: number | null
  readonly caseNumber: string | null
  readonly workbook: { readonly filename: string; readonly bytes: Uint8Array } | null
}

const caseNumberIn = (subject: string): string | null =>
  /\((?:sagsnr\.|case no\.)\s*(\S+)\)/i.exec(subject)?.[1] ?? null

/** Reads a mail out of a mailbox. Never fails on an odd one: what cannot be read is empty. */
export async function readLetter(raw: Uint8Array): Promise<SeenLetter> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })
  const subject = mail.subject ?? ''
  const text = (mail.text ?? '').replaceAll('\r\n', '\n')
  const from = mail.from?.address ?? ''
  const dated = Date.parse(mail.date ?? '')
  return {
    kind: recogniseLetter(subject, text),
    subject,
    text,
    messageId: mail.messageId ?? '',
    references: (mail.references ?? '').split(/[\s,]+/).filter((id) => id !== ''),
    senderName: mail.from?.name ?? from,
    answerTo: mail.replyTo?.[0]?.address ?? from,
    to: (mail.to ?? []).flatMap(({ address }) => (address === undefined ? [] : [address.toLowerCase()])),
    datedMs: Number.isNaN(dated) ? null : dated,
    caseNumber: caseNumberIn(subject),
    workbook: workbookIn(mail.attachments),
  }
}

function workbookIn(attachments: readonly Attachment[]): SeenLetter['workbook'] {
  const found = attachments.find(({ filename }) => filename?.toLowerCase().endsWith('.xlsx'))
  if (found === undefined || typeof found.content === 'string') return null
  return { filename: found.filename ?? 'indberetning.xlsx', bytes: new Uint8Array(found.content) }
}
