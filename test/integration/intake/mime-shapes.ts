import type { Attachment } from 'nodemailer/lib/mailer'
import { pick } from './entered-figures.ts'
import type { MailParts } from './compose-mail.ts'

/** The shapes in which mail programs, records systems and mail filters send one and the same parts. */

const header = [
  'From: Mette =?utf-8?Q?Pr=C3=B8ve?= <mette.proeve@svendborg-kommune.example>',
  'To: svar@svar.ministeriet.example',
  'Subject: SV: indberetning',
  'Message-ID: <shape@svendborg-kommune.example>',
  'Date: Tue, 24 Feb 2015 14:07:00 +0100',
  'MIME-Version: 1.0',
]

const base64 = (content: Buffer): string => content.toString('base64').replaceAll(/.{76}/gu, '$&\r\n')

const leaf = (headers: readonly string[], content: Buffer): string =>
  [...headers, 'Content-Transfer-Encoding: base64', '', base64(content)].join('\r\n')

const multipart = (type: string, boundary: string, parts: readonly string[]): string =>
  [`Content-Type: multipart/${type}; boundary="${boundary}"`, '', ...parts.map((part) => `--${boundary}\r\n${part}`), `--${boundary}--`, ''].join('\r\n') // prettier-ignore

const text = (said: string): string => leaf(['Content-Type: text/plain; charset=utf-8'], Buffer.from(said))
const page = (said: string): string =>
  leaf(['Content-Type: text/html; charset=utf-8'], Buffer.from(`<p>${said.replaceAll('\n', '<br>')}</p>`))

const encodedName = (name: string): string => `=?utf-8?B?${Buffer.from(name).toString('base64')}?=`

/** How a part says what it is called and where it stands. */
const dispositions: readonly ((name: string, at: number) => readonly string[])[] = [
  (name) => [`Content-Disposition: attachment; filename="${encodedName(name)}"`],
  (name) => [`Content-Disposition: inline; filename="${encodedName(name)}"`],
  (name, at) => [`Content-Disposition: inline; filename="${encodedName(name)}"`, `Content-ID: <${at}@x>`],
  (name) => [`Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`],
  (_, at) => [`Content-ID: <${at}@x>`],
  () => [],
  () => ['Content-Disposition: attachment'],
]

const bytesOf = ({ content }: Attachment): Buffer => {
  if (Buffer.isBuffer(content)) return content
  if (typeof content === 'string') return Buffer.from(content)
  throw new TypeError('A file of these mails is bytes or a text')
}

const fileOf = (file: Attachment, nth: number, at: number): string => {
  const name = String(file.filename ?? '')
  const content = bytesOf(file)
  const disposition = dispositions[pick(nth, `disposition ${at}`, dispositions.length)]!
  // What stands in the mail's own text needs no name: a text without one is part of it.
  const set = /^text\/(?:plain|html)$/u.test(file.contentType ?? '') ? dispositions[0]! : disposition
  const named = set(name, at).some((line) => line.includes('filename')) || name === '' ? '' : `; name="${encodedName(name)}"` // prettier-ignore
  return leaf(
    [`Content-Type: ${file.contentType ?? 'application/octet-stream'}${named}`, ...set(name, at)],
    content,
  )
}

const shapes: readonly ((said: string, files: readonly string[]) => string)[] = [
  (said, files) => multipart('mixed', 'm', [text(said), ...files]),
  (said, files) => multipart('mixed', 'm', [...files, text(said)]),
  (said, files) => multipart('related', 'r', [page(said), ...files]),
  (said, files) => multipart('alternative', 'a', [text(said), multipart('related', 'r', [page(said), ...files])]),
  (said, files) => multipart('alternative', 'a', [text(said), multipart('mixed', 'm', [page(said), ...files])]),
  (said, files) => multipart('mixed', 'm', [multipart('alternative', 'a', [text(said), page(said)]), ...files]),
  (said, files) => multipart('mixed', 'm', [text(said), ...files.flatMap((file) => [file, text('\n')])]),
  (said, files) => multipart('signed; protocol="application/pkcs7-signature"', 's', [multipart('mixed', 'm', [text(said), ...files]), leaf(['Content-Type: application/pkcs7-signature; name=smime.p7s', 'Content-Disposition: attachment; filename=smime.p7s'], Buffer.from('30800609', 'hex'))]),
  (said, files) => multipart('mixed', 'o', [text(said), multipart('mixed', 'i', files)]),
  (said, files) => multipart('mixed', 'm', [text(said), ...files.map((file) => ['Content-Type: message/rfc822', 'Content-Disposition: attachment', '', 'From: jonas.proeve@svendborg-kommune.example', 'Subject: tal', file].join('\r\n'))]),
  (said, files) => multipart('x-unknown', 'x', [text(said), ...files]),
] // prettier-ignore

/** How many shapes there are. */
export const shapesOfMails = shapes.length

/** The parts of a mail in one of the shapes, with their names said in one of many ways; the same number gives the same. */
export const shapedMail = (nth: number, { text: said, html, attachments = [] }: MailParts): Buffer => {
  const words = said ?? (html ?? '').replaceAll(/<br>/gu, '\n').replaceAll(/<[^>]*>/gu, '')
  const files = attachments.map((file, at) => fileOf(file, nth, at))
  return Buffer.from([...header, shapes[nth % shapes.length]!(words, files)].join('\r\n'), 'latin1')
}
