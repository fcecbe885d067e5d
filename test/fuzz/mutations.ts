import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** What a fuzzer does to an input: each change draws from one row of chances, so that a seed gives the same row of inputs. */

export interface Draw {
  /** A whole number below `most`. */
  readonly below: (most: number) => number
  readonly of: <T>(all: readonly T[]) => T
  readonly isOneIn: (count: number) => boolean
}

export const drawOf = (chance: () => number): Draw => {
  const below = (most: number): number => Math.floor(chance() * most)
  return { below, of: (all) => all[below(all.length)]!, isOneIn: (count) => below(count) === 0 }
}

/** @param other another input of the same class, to take pieces of */
export type Mutation = (input: Buffer, draw: Draw, other: Buffer) => Buffer

const spliced = (input: Buffer, from: number, to: number, piece: Buffer): Buffer =>
  Buffer.concat([input.subarray(0, from), piece, input.subarray(to)])

/** A piece of an input, mostly short. */
const pieceOf = (input: Buffer, draw: Draw): readonly [number, number] => {
  const from = draw.below(input.length + 1)
  const most = draw.of([4, 40, 400, input.length])
  return [from, Math.min(input.length, from + draw.below(most + 1))]
}

/** Lines with their ends, as they stand. */
const linesOf = (input: Buffer): readonly string[] => input.toString('latin1').split(/(?<=\n)/u)
const ofLines = (lines: readonly string[]): Buffer => Buffer.from(lines.join(''), 'latin1')

/** What readers of mails trip over: marks, figures at their bounds, signs that are not seen or join. */
const tokens: readonly Buffer[] = [
  'M1 i alt: 134', 'M1 heraf: 61', 'M2: 24,5', 'M3: ja', 'FS2: 83', 'H1 udgift: 400.000', 'Færdig: ja', 'OK', 'Udsættelse til: 13. marts 2015', 'Genforhandling: ja', 'Medindberetter: x@evil.example', 'Svarnr. 7QX4 M2P9 T3VW 8HND', 'Sagsnr. 2015-0479', 'Indberetning for 2013', '010190-1234',
  '-1', '0', '99999999999999999999', '1e309', '0,0000001', '1.234.567', '24.5', '12 34', '1/3', '½', '100 %', '(77)', '1.000 kr.', '٢٤', '２４',
  '\u202E', '\u2066', '\u200B', '\u200D', '\u0301'.repeat(50), '\u00AD', '\uFEFF', '\u00A0', '\u2028', '\uD83D\uDE00', '\u0000', '\u001B[2J',
  '>', '> > ', '-- \r\n', '________', 'Fra: x@y.example\r\n', 'Den 15. januar 2015 skrev x:', '-----Oprindelig meddelelse-----', '<', '>', '</', '<s>', '<table><tr><td>', '</td><td>', '<!--', '<![CDATA[', '&#x110000;', '&nbsp', '<div style="display:none">', '<blockquote>', '<script>', '=', '=3D', '=\r\n', '=?utf-8?q?=00?=', '=?x?b?////?=', '\r\n', '\n', '\r', '\r\n\r\n', ' \t', ';', '"', '\\', ',', '\t', '{', '%00', '%ff', '../', '__proto__', '=HYPERLINK("x")',
].map((text) => Buffer.from(text)) // prettier-ignore

const headers = [
  'Content-Type: text/html', 'Content-Type: text/plain; charset=utf-7', 'Content-Type: text/plain; charset="utf-16le"', 'Content-Type: multipart/mixed; boundary=', 'Content-Type: multipart/alternative; boundary="--"', 'Content-Type: message/rfc822', 'Content-Type: message/delivery-status', 'Content-Type: application/pkcs7-mime', 'Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: quoted-printable', 'Content-Transfer-Encoding: uuencode', 'Content-Disposition: attachment; filename="a.xlsx"', "Content-Disposition: attachment; filename*=utf-8''%E2%80%AE.xlsx", 'From: x@evil.example', 'From: <mette.proeve@svendborg-kommune.example>', 'Subject: SV: [#7QX4M2P9T3VW8HND]', 'Date: i går', 'Message-ID: <>', 'References: ,,,<>', 'In-Reply-To: <a@b> <c@d>', 'Auto-Submitted: auto-replied', 'Auto-Submitted: no', 'Precedence: bulk', 'List-Id: <x.example>', 'Authentication-Results: amazonses.com; dmarc=pass', 'Reply-To: x@evil.example', 'X-Loop: x', 'MIME-Version: 9', ' folded', '\tfolded', ':', 'X',
] // prettier-ignore

const charsets = ['utf-8', 'iso-8859-1', 'windows-1252', 'us-ascii', 'utf-7', 'utf-16', 'utf-16le', 'utf-32', 'iso-2022-jp', 'big5', 'gb18030', 'macintosh', 'x-user-defined', 'ibm850', 'unknown-8bit', '', '"', 'utf-8\r\n x'] // prettier-ignore
const encodings = ['7bit', '8bit', 'binary', 'base64', 'quoted-printable', 'uuencode', 'x-unknown', ''] // prettier-ignore

const numbers = ['0', '-1', '1', '255', '256', '65535', '2147483647', '4294967296', '9007199254740993', '1e400', '0.1', '00012', '', 'NaN'] // prettier-ignore

export const bytes: readonly Mutation[] = [
  // Bits and bytes.
  (input, draw) => {
    const changed = Buffer.from(input)
    for (let left = 1 + draw.below(8); left > 0 && changed.length > 0; left -= 1) {
      const at = draw.below(changed.length)
      changed[at] = draw.isOneIn(2) ? changed[at]! ^ (1 << draw.below(8)) : draw.below(256)
    }
    return changed
  },
  (input, draw) => spliced(input, ...pieceOf(input, draw), Buffer.alloc(0)),
  (input, draw) => {
    const [from, to] = pieceOf(input, draw)
    return spliced(input, to, to, input.subarray(from, to))
  },
  (input, draw, other) => spliced(input, ...pieceOf(input, draw), other.subarray(...pieceOf(other, draw))),
  (input, draw) => {
    const at = draw.below(input.length + 1)
    return spliced(input, at, draw.isOneIn(2) ? at : Math.min(input.length, at + 4), draw.of(tokens))
  },
  (input, draw) => input.subarray(0, draw.below(input.length + 1)),
  // One token without end.
  (input, draw) => {
    const at = draw.below(input.length + 1)
    const token = draw.isOneIn(2) ? draw.of(tokens) : input.subarray(at, at + 1 + draw.below(6))
    const count = draw.of([10, 100, 1000, 4000])
    return spliced(input, at, at, Buffer.concat(Array.from({ length: count }, () => token)))
  },
  // A number at its bounds.
  (input, draw) => {
    const found = [...input.toString('latin1').matchAll(/\d+/gu)]
    const one = found[draw.below(found.length)]
    return one === undefined
      ? input
      : spliced(input, one.index, one.index + one[0].length, Buffer.from(draw.of(numbers)))
  },
  // Lines: gone, twice, changed about, those of another.
  (input, draw, other) => {
    const lines = [...linesOf(input)]
    const [at, to] = [draw.below(lines.length), draw.below(lines.length)]
    const line = lines[at]!
    const what = draw.below(4)
    if (what === 0) lines.splice(at, 1)
    else if (what === 1) lines.splice(to, 0, line)
    else if (what === 2) [lines[at], lines[to]] = [lines[to]!, line]
    else lines.splice(at, 0, draw.of(linesOf(other)))
    return ofLines(lines)
  },
]

/** A new line, before any of those that are there: mostly among the headers. */
const withLine = (input: Buffer, draw: Draw, line: string): Buffer => {
  const lines = linesOf(input)
  const at = draw.below(draw.isOneIn(3) ? lines.length + 1 : Math.min(20, lines.length + 1))
  return ofLines([...lines.slice(0, at), `${line}\r\n`, ...lines.slice(at)])
}
const replacing =
  (pattern: RegExp, by: (draw: Draw, found: string) => string): Mutation =>
  (input, draw) => {
    const text = input.toString('latin1')
    const found = [...text.matchAll(pattern)]
    const one = found[draw.below(found.length)]
    return one === undefined
      ? input
      : spliced(input, one.index, one.index + one[0].length, Buffer.from(by(draw, one[0]), 'latin1'))
  }

/** What a mail says of itself, and does not keep. */
export const mime: readonly Mutation[] = [
  (input, draw) => withLine(input, draw, draw.of(headers)),
  replacing(/charset="?[\w-]*/gu, (draw) => `charset=${draw.of(charsets)}`),
  replacing(/Content-Transfer-Encoding: *[\w-]*/giu, (draw) => `Content-Transfer-Encoding: ${draw.of(encodings)}`),
  replacing(/boundary="?[^"\r\n;]*/giu, (draw, found) => draw.of(['boundary=', 'boundary="', `${found}x`, found.slice(0, -1), `boundary="${'-'.repeat(300)}`, 'boundary=--'])),
  replacing(/^--[^\r\n]*/gmu, (draw, found) => draw.of(['', '--', `${found}--`, `${found} `, `${found}\r\n${found}`, found.replace(/--$/u, ''), ` ${found}`])),
  replacing(/\r\n/gu, (draw) => draw.of(['\n', '\r', '\r\r\n', '\n\r', ''])),
  (input, draw) => {
    // The whole mail inside another, some times over.
    let inner = input
    for (let left = draw.of([1, 2, 3, 30]); left > 0; left -= 1) {
      const kind = draw.of(['message/rfc822', 'multipart/mixed; boundary=n', 'multipart/alternative; boundary="n"'])
      const head = `From: <mette.proeve@svendborg-kommune.example>\r\nSubject: SV: tal\r\nMIME-Version: 1.0\r\nContent-Type: ${kind}\r\n\r\n`
      inner = Buffer.concat([Buffer.from(kind.startsWith('message') ? head : `${head}--n\r\n`), inner, Buffer.from(draw.isOneIn(2) ? '\r\n--n--\r\n' : '')])
      if (inner.length > 200_000) return inner
    }
    return inner
  },
] // prettier-ignore

/** An archive's entries: their text changed and packed again, so that what is inside is reached. */
const repacked: Mutation = (input, draw, other) => {
  const [name, content] = splitName(input)
  try {
    const entries = unzipSync(content, { filter: ({ originalSize }) => originalSize < 2_000_000 })
    const names = Object.keys(entries)
    for (let left = 1 + draw.below(3); left > 0; left -= 1) {
      const of = draw.of(names.filter((one) => /sheet|content|shared|workbook|styles/u.test(one)))
      const text = Buffer.from(entries[of] ?? new Uint8Array())
      entries[of] = new Uint8Array(draw.of([...bytes, ...xml])(text, draw, text))
    }
    if (draw.isOneIn(20)) entries[draw.of(['../x', 'xl/workbook.xml ', '__proto__', 'mimetype'])] = strToU8('x')
    return joinName(name, Buffer.from(zipSync(entries, { level: 1 })))
  } catch {
    return draw.of(bytes)(input, draw, other)
  }
} // prettier-ignore

/** Marks of sheets, in and out of place. */
const xml: readonly Mutation[] = [
  replacing(/<v>[^<]*/gu, (draw) => `<v>${draw.of([...numbers, '24,5', '#REF!', '134 ', '&#0;', '1'.repeat(400)])}`),
  replacing(/ r="[A-Z]+\d+"/gu, (draw) => ` r="${draw.of(['A1', 'XFD1048576', 'ZZZZZ99', 'A0', '', 'A-1', 'F5'])}"`),
  replacing(/ t="\w+"/gu, (draw) => ` t="${draw.of(['s', 'n', 'b', 'e', 'str', 'inlineStr', 'd', 'x'])}"`),
  replacing(/<\/?[\w:]+/gu, (draw, found) => draw.of([`<!--${found}`, `${found}x`, '<', `<![CDATA[${found}`, `${found} hidden="1"`, `<!DOCTYPE x>${found}`])),
  replacing(/-repeated="\d+"|count="\d+"|ref="[^"]*"/gu, (draw) => draw.of(['number-columns-repeated="999999999"', 'count="4294967295"', 'ref="A1:XFD1048576"', 'ref=""', 'rows-repeated="1048576"'])),
  replacing(/formatCode="[^"]*"/gu, (draw) => `formatCode="${draw.of(['0%', '#,##0.00 &quot;kr.&quot;', ';;;', '[Red]0', '0.0,,', '@', '&quot;'.repeat(99)])}"`),
] // prettier-ignore

/** Fields of a zip: sizes, offsets, counts, flags, methods. */
const zipField: Mutation = (input, draw) => {
  const changed = Buffer.from(input)
  const starts = ['PK\u0003\u0004', 'PK\u0001\u0002', 'PK\u0005\u0006'].flatMap((mark) => {
    const at = draw.isOneIn(2) ? changed.indexOf(mark, 0, 'latin1') : changed.lastIndexOf(mark, undefined, 'latin1') // prettier-ignore
    return at < 0 ? [] : [at]
  })
  if (starts.length === 0) return changed
  const at = draw.of(starts) + 4 + draw.below(42)
  if (at + 4 > changed.length) return changed
  if (draw.isOneIn(2)) changed.writeUInt32LE(draw.of([0, 1, 0xff_ff, 0xff_ff_ff_ff, 0x7f_ff_ff_ff, changed.length]), at)
  else changed.writeUInt16LE(draw.of([0, 1, 8, 9, 99, 0xff_ff]), at)
  return changed
} // prettier-ignore

/** A file as one input: its name on the first line, then what it holds. */
export const joinName = (name: string, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${name}\n`), content])
export const splitName = (input: Buffer): readonly [string, Buffer] => {
  const end = input.indexOf('\n')
  return end < 0 ? ['', input] : [strFromU8(input.subarray(0, end)), input.subarray(end + 1)]
}
const renamed: Mutation = (input, draw) =>
  joinName(draw.of(['a.xlsx', 'a.ods', 'a.csv', 'a.xls', 'a.xml', 'a.txt', 'a.xlsb', 'a', '', '\u202Exslx.a']), splitName(input)[1]) // prettier-ignore

const inside =
  (mutation: Mutation): Mutation =>
  (input, draw, other) => {
    const [name, content] = splitName(input)
    return joinName(name, mutation(content, draw, splitName(other)[1]))
  }

/** Most inputs are archives, whose bytes changed are no archive any more: what lies inside is changed oftener. */
export const sheets: readonly Mutation[] = [
  ...Array.from({ length: 8 }, () => repacked),
  ...[...bytes, zipField, zipField].map(inside),
  renamed,
]

/** A body of a form, as it is sent: field by field, encoded or not. */
const field: Mutation = (input, draw) => {
  const [head, body] = splitName(input)
  const fields = body.toString('latin1').split('&')
  const at = draw.below(fields.length)
  const [name = ''] = fields[at]!.split('=')
  // Who may send it is asked elsewhere: a form without its token is refused at once.
  const isToken = /token|csrf/iu.test(name)
  const value = draw.of([encodeURIComponent(draw.of(tokens).toString()), draw.of(numbers), '%', '%zz', '%ff%fe', 'x'.repeat(draw.of([10, 5000, 200_000])), ''])
  const what = draw.below(isToken ? 30 : 6)
  if (what < 2 && !isToken) fields[at] = `${name}=${value}`
  else if (what === 2) fields.splice(at, 0, `${name}=${value}`)
  else if (what === 3) fields.splice(at, 1)
  else if (what === 4) fields.push(...Array.from({ length: Math.min(draw.of([1, 10, 3000]), 400_000 / (1 + fields[at]!.length)) }, () => fields[at]!))
  else fields.push(`${draw.of(['__proto__', 'constructor', `${name}[]`, `${name}.x`, '', 'toString'])}=${value}`)
  return joinName(head, Buffer.from(fields.join('&'), 'latin1'))
} // prettier-ignore
const posted: Mutation = (input, draw) => {
  const [head, body] = splitName(input)
  const [path = '', person = ''] = head.split(' ')
  const type = draw.of(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'multipart/form-data', 'application/json', 'text/plain', '']) // prettier-ignore
  return joinName(`${path} ${person} ${type}`, body)
}
export const forms: readonly Mutation[] = [
  ...Array.from({ length: 12 }, () => field),
  ...bytes.map(inside),
  posted,
]

/** One to six changes, one upon the other. */
export const mutated = (
  mutations: readonly Mutation[],
  input: Buffer,
  { draw, other, most }: { readonly draw: Draw; readonly other: () => Buffer; readonly most: number },
): Buffer => {
  let changed = input
  for (let left = 1 + draw.below(draw.isOneIn(3) ? 6 : 2); left > 0; left -= 1)
    changed = draw.of(mutations)(changed, draw, other()).subarray(0, most)
  return changed
}
