import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { openMaildirs } from '../../infra/local/mail/maildir.ts'

/** A mail in somebody's mailbox, as she reads it. */
export interface MailboxMail {
  readonly mailbox: string
  readonly id: string
  readonly from: string
  readonly fromName: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly replyTo: string
  readonly subject: string
  readonly text: string
  readonly messageId: string
  readonly inReplyTo: string
  /** Header names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly at: string
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array }[]
}

const addresses = (list: readonly { address?: string | undefined }[] | undefined): string[] =>
  (list ?? []).flatMap(({ address }) => (address === undefined ? [] : [address.toLowerCase()]))

export async function readMail(mailbox: string, id: string, raw: Uint8Array): Promise<MailboxMail> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })
  return {
    mailbox,
    id,
    from: mail.from?.address?.toLowerCase() ?? '',
    fromName: mail.from?.name ?? '',
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    replyTo: mail.replyTo?.[0]?.address ?? '',
    subject: mail.subject ?? '',
    text: (mail.text ?? '').replaceAll('\r\n', '\n'),
    messageId: mail.messageId ?? '',
    inReplyTo: mail.inReplyTo ?? '',
    headers: new Map(mail.headers.map(({ key, value }) => [key.toLowerCase(), value])),
    at: new Date(mail.date ?? '').toISOString(),
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    })),
  }
}

/** All mails of all mailboxes of a data folder, each mailbox in the order of delivery. */
export async function readMailboxes(folder: string): Promise<readonly MailboxMail[]> {
  const maildirs = openMaildirs(join(folder, 'mailboxes'))
  const mails: MailboxMail[] = []
  for (const address of maildirs.addresses())
    for (const { id, path } of maildirs.list(address))
      mails.push(await readMail(address, id, read(maildirs, address, id, path)))
  return mails
}

/** A mail that its reader marks as seen meanwhile stands under another name, and is looked up again. */
const read = (
  maildirs: ReturnType<typeof openMaildirs>,
  address: string,
  id: string,
  path: string,
): Uint8Array => {
  if (existsSync(path)) return readFileSync(path)
  const again = maildirs.list(address).find((one) => one.id === id)
  if (again === undefined) throw new Error(`mail ${id} is gone from ${address}`)
  return readFileSync(again.path)
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The archive of a data folder, read from disk; keys as the product gives them. */
export function archiveOf(folder: string): {
  keys(prefix: string): readonly string[]
  get(key: string): Buffer
  sha256(key: string): string
} {
  const root = join(folder, 'buckets', 'aarshjul-local-archive')
  return {
    keys: (prefix) =>
      existsSync(join(root, prefix))
        ? readdirSync(join(root, prefix), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
            .sort()
        : [],
    get: (key) => readFileSync(join(root, key)),
    sha256: (key) => sha256(readFileSync(join(root, key))),
  }
}
