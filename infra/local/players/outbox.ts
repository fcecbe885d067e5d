import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import * as z from 'zod'
import { readFileIfThere, writeFileAtomically } from '../atomic-file.ts'
import type { ComposedAnswer } from './compose-answer.ts'

export interface OutgoingMail {
  readonly from: { readonly name: string; readonly email: string }
  readonly to: string
  readonly atMs: number
  /** Sent by the mail server itself: without an envelope sender, marked as automatic. */
  readonly automatic: boolean
  readonly answer: ComposedAnswer
}

const keptSchema = z.strictObject({ from: z.string(), to: z.string(), raw: z.base64() })
type Kept = z.infer<typeof keptSchema>

/** The id of an answer: of mailbox, letter and step, so that a repetition after a crash is the same message. */
export const answerId = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)

/**
 * Sends players' mails by SMTP. A mail is composed once and kept, since a spreadsheet written twice is not
 * the same bytes: what is sent again after a crash is byte for byte what was sent before.
 */
export function openOutbox(options: { readonly folder: string; readonly smtpPort: number }) {
  mkdirSync(options.folder, { recursive: true })
  const smtp = createTransport({
    host: '127.0.0.1',
    port: options.smtpPort,
    secure: false,
    ignoreTLS: true,
    name: 'mail.example',
  })
  const kept = async (id: string, mail: () => Promise<OutgoingMail>): Promise<Kept> => {
    const file = join(options.folder, `${id}.json`)
    const stored = readFileIfThere(file)
    if (stored !== undefined) return keptSchema.parse(JSON.parse(stored))
    const outgoing = await mail()
    const raw = await composeRaw(id, outgoing)
    const made = {
      from: outgoing.automatic ? '' : outgoing.from.email,
      to: outgoing.to,
      raw: raw.toString('base64'),
    }
    writeFileAtomically(file, JSON.stringify(made))
    return made
  }
  return {
    /**
     * Returns when the server has answered 250 to every copy; throws what it answered else.
     * @param times how often the one message is sent
     */
    async send(id: string, times: number, mail: () => Promise<OutgoingMail>): Promise<void> {
      const { from, to, raw } = await kept(id, mail)
      for (let nth = 0; nth < times; nth += 1)
        await smtp.sendMail({ envelope: { from, to: [to] }, raw: Buffer.from(raw, 'base64') })
    },
    close: (): void => smtp.close(),
  }
}

/** The raw mail of an answer, with the id in its Message-ID. */
export async function composeRaw(id: string, mail: OutgoingMail): Promise<Buffer> {
  const { answer, from } = mail
  const domain = from.email.slice(from.email.lastIndexOf('@') + 1)
  const { message } = await createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
  }).sendMail({
    from: { name: from.name, address: from.email },
    to: mail.to,
    subject: answer.mail.subject,
    date: new Date(mail.atMs),
    messageId: `<${id}@${domain}>`,
    text: answer.mail.text,
    ...(answer.mail.html === null ? {} : { html: answer.mail.html }),
    ...(answer.mail.inReplyTo === null
      ? {}
      : { inReplyTo: answer.mail.inReplyTo, references: [...answer.mail.references] }),
    ...(mail.automatic
      ? { headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } }
      : {}),
    ...(answer.attachment === null
      ? {}
      : {
          attachments: [
            { filename: answer.attachment.filename, content: Buffer.from(answer.attachment.bytes) },
          ],
        }),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return Buffer.isBuffer(message) ? message : Buffer.concat(await message.toArray())
}
