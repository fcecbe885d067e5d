import MailComposer from 'nodemailer/lib/mail-composer'
import type { Attachment } from 'nodemailer/lib/mailer'

export const mette = 'mette.proeve@svendborg-kommune.example'
export const jonas = 'jonas.proeve@svendborg-kommune.example'
export const mainMailbox = 'post@svendborg-kommune.example'

/** Figures of a complete reply, as a contact writes them. */
export const complete = [
  'M1 i alt: 134',
  'M1 heraf: 61',
  'M2: 24,5',
  'M3: ja, 14. november 2014',
  'FS2: 62',
  'H1 udgift: 400.000 kr.',
  'Formidling: kommer i Erfaringsbasen inden sommerferien',
].join('\n')

export interface MailParts {
  readonly from?: string
  readonly fromName?: string
  readonly to?: string
  readonly cc?: string
  readonly subject?: string
  readonly text?: string
  readonly html?: string
  readonly attachments?: readonly Attachment[]
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly references?: readonly string[]
  readonly date?: Date
  readonly headers?: Record<string, string>
}

/** A mail as a mail program would build it. */
export const compose = async (parts: MailParts): Promise<Buffer> =>
  new MailComposer({
    from: { name: parts.fromName ?? 'Mette Prøve', address: parts.from ?? mette },
    to: parts.to ?? 'svar@svar.ministeriet.example',
    ...(parts.cc === undefined ? {} : { cc: parts.cc }),
    subject: parts.subject ?? 'SV: indberetning',
    messageId: parts.messageId ?? `<${crypto.randomUUID()}@svendborg-kommune.example>`,
    ...(parts.inReplyTo === undefined ? {} : { inReplyTo: parts.inReplyTo }),
    ...(parts.references === undefined ? {} : { references: [...parts.references] }),
    date: parts.date ?? new Date('2015-02-24T13:07:00Z'),
    ...(parts.text === undefined ? {} : { text: parts.text }),
    ...(parts.html === undefined ? {} : { html: parts.html }),
    attachments: [...(parts.attachments ?? [])],
    headers: parts.headers ?? {},
  })
    .compile()
    .build()
