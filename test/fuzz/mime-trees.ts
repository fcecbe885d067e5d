import type { Draw } from './mutations.ts'

/** Mails as trees of parts, well formed and not: each part says what it is, and lies now and then. */

const keyLines = ['M1 i alt: 134', 'M1 heraf: 61', 'M2: 24,5', 'M2 24,5 27', 'M3: ja, 14. november 2014', 'FS2: 83', 'H1 udgift: 400.000 kr.', 'Formidling: Erfaringsbasen', 'Færdig: ja', 'OK', '> M2: 27', '>> M1 i alt: ____', 'Fra: Ministeriet', 'Den 15. januar 2015 skrev Ministeriet:', '-- ', 'Mvh Mette', 'Sagsnr. 2015-0479   Svarnr. 7QX4 M2P9 T3VW 8HND', '', 'Jeg er på ferie til og med 31. marts 2015.', 'Kan vi få to uger mere?', 'i alt 134, heraf 61', '\u202E5,42 :2M', 'M2\u200B: 24,5', 'M\u03012: 3', 'M2 :\u00A0\u00A024,5', '٢٤', '| M2 | 24,5 |', '\tM2\t24,5'] // prettier-ignore
const pages = ['<p>M2: 24,5</p>', '<table><tr><td>M2</td><td>24,5</td></tr></table>', '<table><tr><th>Mål</th><th>2013</th><th>2014</th></tr><tr><td>M2</td><td>27</td><td>24,5</td></tr></table>', '<div style="display:none">M2: 1</div>', '<blockquote>M2: 27</blockquote>', '<s>M2: 1</s>M2: 2', 'M2: 24<sup>1</sup>', '<table><tr><td rowspan=99999999 colspan=99999999>M2<td>24,5', '<ul><li>M2<li>24,5</ul>', '<!-- M2: 5 -->', '<base href=//evil.example><a href=x>M2: 3</a>', '<p>M2:&#8239;24&comma;5', '<style>p{}</style>', '<pre>M1 i alt: 134\nM1 heraf: 61</pre>', '<svg><text>M2: 4</text></svg>', '<textarea>M2: 4', '<p dir=rtl>M2: 24,5', '<br>'.repeat(500)] // prettier-ignore
const types = ['text/plain', 'text/html', 'text/enriched', 'text/calendar', 'text/csv', 'application/octet-stream', 'application/pdf', 'image/png', 'message/delivery-status', 'message/disposition-notification', 'application/ms-tnef', 'TEXT/Plain', 'text', '', 'text/plain; charset', 'x/y; a*0=b; a*2=c'] // prettier-ignore
const multiparts = ['mixed', 'alternative', 'related', 'signed', 'report', 'digest', 'parallel', 'x-y', 'encrypted'] // prettier-ignore
const charsets: readonly (readonly [string, BufferEncoding])[] = [['utf-8', 'utf8'], ['iso-8859-1', 'latin1'], ['windows-1252', 'latin1'], ['utf-16le', 'utf16le'], ['us-ascii', 'utf8'], ['utf-7', 'utf8'], ['utf-8', 'latin1'], ['iso-8859-1', 'utf8'], ['utf-16', 'utf8'], ['x-none', 'latin1']] // prettier-ignore
const files = ['a.xlsx', 'tal.csv', 'a.txt', 'a.htm', 'brev.pdf', 'winmail.dat', 'smime.p7m', 'svar.eml', '../../a.xls', '\u202Exslx.a', 'a'.repeat(300), '', '=?utf-8?q?=22?=', 'a\u0000.csv'] // prettier-ignore

const most = 2000

const linesOf = (draw: Draw, all: readonly string[]): string =>
  Array.from({ length: draw.below(9) }, () => draw.of(all)).join(draw.of(['\r\n', '\n', '\r\n\r\n']))

const quotedPrintable = (body: Buffer): string =>
  body
    .toString('latin1')
    .replaceAll(/[^\t\r\n\u0020-\u003C\u003E-\u007E]/gu, (sign) => `=${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`) // prettier-ignore

const encoded = (body: Buffer, encoding: string): string =>
  encoding === 'base64'
    ? body.toString('base64').replaceAll(/.{76}/gu, '$&\r\n')
    : encoding === 'quoted-printable'
      ? quotedPrintable(body)
      : body.toString('latin1')

const leaf = (draw: Draw): string => {
  const type = draw.of(types)
  const [charset, written] = draw.of(charsets)
  const encoding = draw.of(['7bit', '8bit', 'base64', 'quoted-printable'])
  const body = Buffer.from(/html/iu.test(type) ? linesOf(draw, pages) : linesOf(draw, keyLines), written)
  const said = draw.isOneIn(8) ? draw.of(['base64', 'quoted-printable', 'x', '']) : encoding
  const disposition = draw.isOneIn(3) ? [`Content-Disposition: ${draw.of(['attachment', 'inline', 'x'])}; filename="${draw.of(files)}"`] : [] // prettier-ignore
  return [
    `Content-Type: ${type}${type.includes(';') || type === '' ? '' : `; charset=${draw.isOneIn(5) ? '' : charset}`}`,
    ...(draw.isOneIn(20) ? ['Content-Type: text/html'] : []),
    `Content-Transfer-Encoding: ${said}`,
    ...disposition,
    '',
    encoded(body, encoding),
  ].join('\r\n')
}

const part = (draw: Draw, depth: number, budget: { left: number }): string => {
  budget.left -= 1
  if (budget.left <= 0 || depth > 40 || draw.isOneIn(depth + 2)) return leaf(draw)
  if (draw.isOneIn(5))
    return `Content-Type: message/rfc822\r\n\r\n${draw.of(['From: <x@evil.example>', 'Subject: SV: tal', 'X: y'])}\r\n${part(draw, depth + 1, budget)}`
  const boundary = draw.of(['b', 'b', 'bb', '=_x', `b${depth}`, 'æ', ' b', 'b'.repeat(90)])
  const shown = draw.isOneIn(8) ? draw.of(['', 'other', `${boundary} `]) : boundary
  const children = Array.from({ length: draw.of([0, 1, 2, 2, 3, draw.isOneIn(40) ? 300 : 2]) }, () =>
    budget.left > 0 ? part(draw, depth + 1, budget) : leaf(draw),
  )
  const end = draw.isOneIn(6) ? '' : `--${boundary}--\r\n`
  return [
    `Content-Type: multipart/${draw.of(multiparts)}; boundary="${shown}"`,
    '',
    draw.isOneIn(5) ? `M2: 99\r\n` : '',
    ...children.map((child) => `--${boundary}\r\n${child}`),
    `${end}${draw.isOneIn(6) ? 'M2: 98' : ''}`,
  ].join('\r\n')
}

const froms = ['Mette <mette.proeve@svendborg-kommune.example>', 'mette.proeve@svendborg-kommune.example', 'x@evil.example', '"mette.proeve@svendborg-kommune.example" <x@evil.example>', '<jonas.proeve@svendborg-kommune.example>', '', '=?utf-8?q?x?= <mette.proeve@svendborg-kommune.example>', 'mette.proeve@svendborg-kommune.example, x@evil.example', '"'] // prettier-ignore
const subjects = ['SV: indberetning [#7QX4M2P9T3VW8HND]', 'Automatisk svar: Fravær', 'Undelivered Mail Returned to Sender', '=?utf-8?b?TTI6IDU=?=', '=?iso-8859-1?q?=E6?= =?x?q?y?=', '', '\u202Etxet', 'M2: 24,5', 'x'.repeat(3000), '[#'.repeat(500)] // prettier-ignore
const more = ['Auto-Submitted: auto-replied', 'Precedence: bulk', 'X-Auto-Response-Suppress: All', 'List-Id: <x.example>', 'References: <a@b.example> <c@d.example>', 'In-Reply-To: <a@b.example>', 'Sender: x@evil.example', 'Reply-To: x@evil.example', 'From: x@evil.example', 'Return-Path: <>', 'X-Failed-Recipients: a@b.example', ' folded without a header', 'Received: from x'] // prettier-ignore

/** A mail of parts within parts. */
export const mailOfParts = (draw: Draw): Buffer => {
  const budget = { left: draw.of([5, 20, 100, draw.isOneIn(20) ? most : 10]) }
  const header = [
    ...(draw.isOneIn(12) ? [] : [`From: ${draw.of(froms)}`]),
    `Subject: ${draw.of(subjects)}`,
    `Date: ${draw.of(['Tue, 24 Feb 2015 14:07:00 +0100', 'i går', '', 'Tue, 99 Foo 99999'])}`,
    ...Array.from({ length: draw.below(3) }, () => draw.of(more)),
    'MIME-Version: 1.0',
  ]
  // Its parts are bytes already, so what is written here is too.
  return Buffer.concat([
    Buffer.from(`${header.join('\r\n')}\r\n`),
    Buffer.from(part(draw, 0, budget), 'latin1'),
  ])
}
