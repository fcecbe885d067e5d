import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { createTransport } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { commonHeadersOf, splitMail } from './header-block.ts'
import { composeReply, type ReplyAttachment } from './mailbox-reply.ts'
import {
  mailboxListPage,
  mailboxPage,
  mailboxPath,
  mailPage,
  problemPage,
  type MailLine,
} from './mailbox-views.ts'
import type { Maildirs } from './maildir.ts'

export interface MailboxPagesOptions {
  /** The path all pages are under, without a slash at its end; the app expects it in each request. */
  readonly base: string
  readonly maildirs: Maildirs
  /** The port of the receiving SMTP server on this machine. */
  readonly smtpPort: number
  /** The moved clock, in milliseconds since 1970: a reply carries its date. */
  readonly now: () => number
}

// The receiving side takes 40 MB of base64.
const largestUploadBytes = 28 * 1024 * 1024

/**
 * The local mailboxes as pages: for reading what the system sent and answering as the person would,
 * through the inbound SMTP server. Nothing changes by a GET.
 */
export function mailboxPages({ base, maildirs, smtpPort, now }: MailboxPagesOptions): Hono {
  const app = new Hono().basePath(base)
  app.use(
    secureHeaders({
      referrerPolicy: 'no-referrer',
      // The HTML of a mail inherits this in its frame: no script, no remote image, no form.
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'unsafe-inline'"],
        imgSrc: ['data:'],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  )
  app.use(csrf())
  app.use(bodyLimit({ maxSize: largestUploadBytes, onError: () => fail(413, 'Svaret er for stort.') }))
  app.onError((error, c) => {
    if (error instanceof HTTPException)
      return c.html(problemPage(base, error.message || 'Forespørgslen blev afvist.'), error.status)
    console.error('mailboxes:', error)
    return c.html(problemPage(base, 'Der skete en fejl; se systemets udskrift.'), 500)
  })

  const load = async (address: string, id: string) => {
    const raw = await maildirs.read(address, id)
    if (raw === undefined) return fail(404, 'Mailen findes ikke i postkassen.')
    const seen = maildirs.list(address).some((entry) => entry.id === id && entry.seen)
    return {
      address: address.toLowerCase(),
      id,
      seen,
      mail: await PostalMime.parse(raw, { forceRfc822Attachments: true }),
    }
  }

  app.get('/', (c) => {
    const counts = maildirs.addresses().map((address) => {
      const entries = maildirs.list(address)
      return { address, total: entries.length, unread: entries.filter(({ seen }) => !seen).length }
    })
    return c.html(mailboxListPage(base, counts))
  })

  app.get('/:address', async (c) => {
    const address = c.req.param('address').toLowerCase()
    const entries = maildirs.list(address)
    if (entries.length === 0) fail(404, 'Postkassen er tom eller findes ikke.')
    const lines: MailLine[] = []
    for (const { id, seen } of entries.toReversed()) {
      const raw = await maildirs.read(address, id)
      if (raw !== undefined) lines.push({ id, seen, ...lineOf(raw) })
    }
    return c.html(mailboxPage(base, address, lines))
  })

  app.get('/:address/:id', async (c) => {
    const shown = await load(c.req.param('address'), c.req.param('id'))
    const notice = c.req.query('sent') === undefined ? undefined : 'Svaret er sendt.'
    return c.html(mailPage(base, { ...shown, notice }))
  })

  app.get('/:address/:id/attachments/:index', async (c) => {
    const { mail } = await load(c.req.param('address'), c.req.param('id'))
    const attachment = mail.attachments[Number(c.req.param('index'))]
    if (attachment === undefined) return fail(404, 'Den vedhæftede fil findes ikke.')
    c.header('Content-Type', 'application/octet-stream')
    c.header(
      'Content-Disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(safeName(attachment.filename))}`,
    )
    return c.body(bytesOf(attachment.content))
  })

  app.post('/:address/:id/seen', async (c) => {
    const { address, id } = await load(c.req.param('address'), c.req.param('id'))
    maildirs.markSeen(address, id)
    return c.redirect(mailboxPath(base, address, id), 303)
  })

  app.post('/:address/:id/reply', async (c) => {
    const { address, id, mail: original } = await load(c.req.param('address'), c.req.param('id'))
    const form = await c.req.formData()
    const composed = await composeReply({
      original,
      from: address,
      text: textOf(form, 'text'),
      quotation: form.get('quote') === 'yes' ? textOf(form, 'quotation') : '',
      attachments: await filesOf(form),
      at: new Date(now()),
      uniqueId: randomUUID(),
    })
    if (composed === undefined) return fail(400, 'Mailen har ingen afsender, der kan svares.')
    await sendOverSmtp(smtpPort, { ...composed, from: address })
    // Answered is read; an unanswered mail is marked by its own button.
    maildirs.markSeen(address, id)
    return c.redirect(`${mailboxPath(base, address, id)}?sent`, 303)
  })
  return app
}

function fail(status: 400 | 404 | 413 | 502, message: string): never {
  throw new HTTPException(status, { message })
}

async function sendOverSmtp(port: number, mail: { from: string; to: string; raw: Buffer }): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  try {
    await transport.sendMail({ envelope: { from: mail.from, to: mail.to }, raw: mail.raw })
  } catch (error) {
    fail(502, `Modtageren tog ikke imod svaret: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    transport.close()
  }
}

function lineOf(raw: Buffer): Omit<MailLine, 'id' | 'seen'> {
  const { date, from, subject } = commonHeadersOf(splitMail(raw).fields)
  const text = (value: string | string[] | undefined): string =>
    Array.isArray(value) ? value.join(', ') : (value ?? '')
  return { date: text(date), from: text(from), subject: text(subject) }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

async function filesOf(form: FormData): Promise<ReplyAttachment[]> {
  const files = form.getAll('attachment').filter((value) => value instanceof File)
  const chosen = files.filter(({ name, size }) => name !== '' || size > 0)
  return Promise.all(
    chosen.map(async (file) => ({
      filename: safeName(file.name),
      contentType: file.type === '' ? 'application/octet-stream' : file.type,
      bytes: Buffer.from(await file.arrayBuffer()),
    })),
  )
}

// A name from a mail or a form may hold line ends or paths.
const safeName = (name: string | null | undefined): string =>
  (name ?? '').replaceAll(/[\p{Cc}\p{Bidi_C}/\\"]/gu, '_').slice(0, 120) || 'fil'

function bytesOf(content: Email['attachments'][number]['content']): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content)),
  )
}
