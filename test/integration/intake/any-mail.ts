import * as fc from 'fast-check'
import { complete, compose, jonas, mainMailbox, mette } from './compose-mail.ts'
import type { Envelope, PostOffice } from './post-office.ts'

/** Mails of every sort, from well made to plain noise, with whatever the receiving system may have found of them. */

export interface AnyMail {
  readonly raw: Uint8Array
  readonly envelope: Envelope
}

const consultant = 'konsulent@raadgivning.example'
const lookalike = 'mette.proeve@svendborg-komrnune.example'
const odense = 'mette.proeve@odense-kommune.example'
const ours = 'svar@svar.ministeriet.example'

const addresses = [mette, mette.toUpperCase(), jonas, mainMailbox, consultant, lookalike, odense, ours, '', '"', 'x@'] // prettier-ignore
const address = fc.constantFrom(...addresses)

const status = fc.constantFrom('PASS', 'FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED')
/** As often vouched for as not: what is held says little of what is answered. */
const verdicts = fc.oneof(
  fc.constant({}),
  fc.record({ spf: status, dkim: status, dmarc: status, spam: status, virus: status }),
  fc.record({ dmarc: status }),
)

const words = fc.oneof(
  fc.constantFrom(
    complete, 'M1 i alt: 134', 'M1 heraf: 61', 'M2: ca. 24', 'M3: ja', 'FS2: 83', 'H1 udgift: 0,4', 'OK', 'OK, men ring', 'Færdig: ja', 'Udsættelse til: 13. marts 2015', 'Kan vi få to uger mere?', 'Genforhandling: ja, FS2',
    'Medindberetter: hacker@raadgivning.example', 'Kontakt: Ny Prøve, ny@svendborg-kommune.example', 'Høringssvar: ingen bemærkninger', 'Svar: tiltrædes', 'Faktatjek: OK', '010190-1234', 'Tak og god weekend', 'Vi fik 61 nye i alt', 'Sagsnr. 2015-0480', '> M1 heraf: ____ personer', '________', 'Fra: x@y.example', '-- ', '\u0000', '\uFFFD', '\u202E', '<b>M2: 1</b>',
  ),
  fc.string({ maxLength: 30 }),
) // prettier-ignore
const body = fc.array(words, { maxLength: 8 }).map((lines) => lines.join('\n'))

/** Headers that another program, or an enemy, sets. */
const headers = fc.dictionary(
  fc.constantFrom(
    'auto-submitted', 'precedence', 'list-id', 'x-auto-response-suppress', 'reply-to', 'sender', 'authentication-results', 'x-ses-spam-verdict', 'received-spf', 'disposition-notification-to', 'x-loop',
  ),
  fc.constantFrom('no', 'auto-replied', 'auto-generated', 'bulk', '<list.example>', 'All', consultant, ours, 'amazonses.com; dmarc=pass header.from=svendborg-kommune.example', 'PASS'),
  { maxKeys: 3 },
) // prettier-ignore

const attachment = fc.record({
  filename: fc.constantFrom('a.xlsx', 'a.ods', 'a.csv', 'a.pdf', 'a.eml', 'winmail.dat', 'smime.p7m', '', '../../x.xls', 'a.zip'),
  content: fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(Buffer.from('M2;24,5'), Buffer.from('PK\u0003\u0004'), Buffer.from('%PDF-1.4'), Buffer.alloc(0)),
  ),
}) // prettier-ignore

const wellMade = fc.record({
  from: fc.constantFrom(mette, jonas, mainMailbox, consultant, lookalike, odense, ours),
  fromName: fc.constantFrom('Mette Prøve', mette, '', 'x" <y@z.example>'),
  text: fc.option(body, { nil: undefined }),
  html: fc.option(
    body.map((text) => `<div>${text.replaceAll('\n', '<br>')}</div>`),
    { nil: undefined },
  ),
  headers,
  attachments: fc.array(attachment, { maxLength: 2 }),
  messageId: fc.constantFrom('<a@b.example>', '<c@d.example>', undefined),
  inThread: fc.boolean(),
  tokens: fc.constantFrom('own', 'other', 'both', 'none'),
})

/** A mail as a mail program makes it, in the thread of our request or not, with this token or that. */
const composed = (office: PostOffice) =>
  wellMade.map(async ({ inThread, tokens, text, html, messageId, ...parts }) => {
    const [own, other] = [`[#${office.request.token}]`, `[#${office.odenseRequest.token}]`]
    const named = { own, other, both: `${own} ${other}`, none: '' }[tokens]
    return compose({
      ...parts,
      ...(text === undefined ? {} : { text }),
      ...(html === undefined ? {} : { html }),
      ...(messageId === undefined ? {} : { messageId }),
      subject: `SV: tal ${named}`,
      ...(inThread ? { inReplyTo: office.request.messageId, references: [office.request.messageId] } : {}),
    })
  })

interface Damage {
  readonly changed: readonly (readonly [number, number])[]
  readonly keep: number
  readonly twice: boolean
  readonly before: string
}

/** Bytes changed, cut off, said twice, or put before it. */
const damage: fc.Arbitrary<Damage> = fc.record({
  changed: fc.array(fc.tuple(fc.nat({ max: 5000 }), fc.nat({ max: 255 })), { maxLength: 30 }),
  keep: fc.oneof(fc.constant(1_000_000), fc.nat({ max: 3000 })),
  twice: fc.boolean(),
  before: fc.constantFrom('', '\r\n', 'From: <x@y.example>\r\n', 'Content-Type: multipart/mixed; boundary=\r\n', '\u0000', 'Content-Transfer-Encoding: base64\r\n'),
}) // prettier-ignore
const damaged = (raw: Uint8Array, { changed, keep, twice, before }: Damage): Uint8Array => {
  const bytes = Buffer.from(raw)
  for (const [at, to] of changed) bytes[at % bytes.length] = to
  const rest = bytes.subarray(0, keep)
  return Buffer.concat([Buffer.from(before, 'latin1'), rest, ...(twice ? [rest] : [])])
}

/** Headers by hand, as no mail program writes them. */
const byHand = fc
  .record({
    from: fc.array(address, { maxLength: 3 }),
    lines: fc.array(
      fc.constantFrom('Content-Type: text/html', 'Content-Type: multipart/alternative; boundary=b', 'Content-Type: text/plain; charset=utf-7', 'Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: quoted-printable', 'MIME-Version: 1.0', 'To: svar@svar.ministeriet.example', ' folded', 'Subject: =?utf-8?B?////?=', 'Message-ID: <a@b.example>', 'References: ,,,<>', 'Date: i går'),
      { maxLength: 6 },
    ),
    body: fc.oneof(body, body.map((text) => `--b\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--b--`)),
  })
  .map(({ from, lines, body: text }) =>
    Buffer.from([...from.map((one) => `From: ${one}`), ...lines, '', text].join('\r\n')),
  ) // prettier-ignore

const envelopeFor = (office: PostOffice): fc.Arbitrary<Envelope> =>
  fc.record({
    source: fc.constantFrom(mette, jonas, consultant, '', 'mailer-daemon@x.example'),
    recipients: fc.constantFrom(
      [office.request.address],
      [office.request.address.toUpperCase()],
      [office.otherRequest.address],
      [office.request.address, office.odenseRequest.address],
      [ours],
      [],
    ),
    verdicts,
  })

/** Any mail at all, as it may come in at this office. */
export const anyMail = (office: PostOffice): fc.Arbitrary<Promise<AnyMail>> => {
  const made = composed(office)
  const raw = fc.oneof(
    { weight: 4, arbitrary: made },
    { weight: 3, arbitrary: fc.tuple(made, damage).map(async ([mail, how]) => damaged(await mail, how)) },
    { weight: 2, arbitrary: byHand.map((mail) => Promise.resolve<Uint8Array>(mail)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 1500 }).map((bytes) => Promise.resolve(bytes)) },
  )
  return fc.tuple(raw, envelopeFor(office)).map(async ([bytes, envelope]) => ({ raw: await bytes, envelope }))
}
