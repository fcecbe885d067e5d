import { createHash } from 'node:crypto'
import { makeMimeParser } from '../../../functions/adapters/mime.ts'
import { needsTypingIn } from '../../../functions/intake/attachment-kind.ts'
import { excerpt } from '../../../functions/intake/clean-text.ts'
import type { MessageAttachment, ParsedMessage } from '../../../functions/intake/message.ts'
import { readReply, type ReplyRead, type ReplyToRead } from '../../../functions/intake/read-reply.ts'
import { agreementKeys, form, request } from '../../unit/intake/mail.ts'
import { labels } from './entered-figures.ts'
import { sheetsOf } from './read-mime.ts'

/** Takes a mail apart by itself, without the parser's rules, and looks what became of each of its parts. */

interface Leaf {
  readonly type: string
  readonly headers: string
  /** Decoded. */
  readonly content: Buffer
}

const headerOf = (headers: string, name: string): string =>
  new RegExp(`^${name}:([^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*)`, 'imu').exec(headers)?.[1]?.replaceAll(/\s+/gu, ' ').trim() ?? '' // prettier-ignore

const decoded = (body: string, encoding: string): Buffer => {
  if (/base64/iu.test(encoding)) return Buffer.from(body, 'base64')
  if (!/quoted-printable/iu.test(encoding)) return Buffer.from(body, 'latin1')
  const soft = body.replaceAll(/=[ \t]*\r?\n/gu, '')
  return Buffer.from(soft.replaceAll(/=([\dA-F]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1') // prettier-ignore
}

/** The leaves of a well-formed mail, in order; an attached mail is one. */
export const leavesOf = (raw: Uint8Array): readonly Leaf[] => leavesIn(Buffer.from(raw).toString('latin1'))

const leavesIn = (part: string): readonly Leaf[] => {
  const end = /\r?\n\r?\n/u.exec(part)
  const [headers, body] = end === null ? [part, ''] : [part.slice(0, end.index), part.slice(end.index + end[0].length)] // prettier-ignore
  const declared = headerOf(headers, 'content-type')
  const type = (declared.split(';')[0] || 'text/plain').trim().toLowerCase()
  const boundary = /boundary="?([^";]+)"?/iu.exec(declared)?.[1]
  if (!type.startsWith('multipart/') || boundary === undefined)
    return [{ type, headers, content: decoded(body, headerOf(headers, 'content-transfer-encoding')) }]
  const parts = `\n${body}`.split(`\n--${boundary}`).slice(1)
  return parts
    .filter((one) => !one.startsWith('--'))
    .flatMap((one) => leavesIn(one.replace(/^[ \t]*\r?\n/u, '').replace(/\r$/u, '')))
}

const compact = (text: string): string => text.replaceAll(/<[^>]*>|&\w+;|\s+/gu, '')
const isBody = ({ type, headers }: Leaf): boolean =>
  /^text\/(?:plain|html)$/u.test(type) && !/^attachment/iu.test(headerOf(headers, 'content-disposition'))

/** By bytes, apart from a line's end that one side may have and the other not. */
const sameContent = (a: Uint8Array, b: Uint8Array): boolean => {
  const of = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').replaceAll(/\r?\n/gu, '\n').trim()
  return of(a) === of(b)
}

const pixels: readonly (readonly [string, (bytes: Buffer) => readonly [number, number]])[] = [
  ['\u0089PNG', (bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]],
  ['GIF8', (bytes) => [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]],
  ['BM', (bytes) => [bytes.readUInt32LE(18), bytes.readUInt32LE(22)]],
  ['RIFF', (bytes) => [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]],
  ['\u00FF\u00D8', (bytes) => {
    const at = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
  }],
] // prettier-ignore

/** The stated rule, worked out anew: a picture nobody can read on, or a banner that stands there for every mail. */
const isGraphic = (content: Buffer, all: readonly Leaf[]): boolean => {
  const start = content.subarray(0, 4).toString('latin1')
  const size = pixels.find(([sign]) => start.startsWith(sign))?.[1](content)
  if (size === undefined) return content.length < 20_000
  const [width, height] = size
  if (width * height < 50_000 || Math.min(width, height) < 50) return true
  return width * height < 300_000 && all.filter((one) => one.content.equals(content)).length > 1
}

const isPicture = (leaf: Leaf, { filename }: MessageAttachment): boolean =>
  leaf.type.startsWith('image/') || /\.(?:png|jpe?g|jfif|gif|tiff?|bmp|hei[cf]|avif|webp|svg)$/iu.test(filename) // prettier-ignore

const keys = Object.entries(labels).flatMap(([key, words]) => [key, ...words].map((word) => word.toLowerCase())) // prettier-ignore

/** What became of a part. */
type Fate = 'body' | 'read' | 'named' | 'held' | 'graphic' | 'seal' | 'empty' | 'lost'

/** Nothing that takes a mail away from the caseworker who types in what its pages say (`saysSomething`). */
const isHeldToType = ({ answers, wishes, confirms, proposals }: ReplyRead): boolean =>
  answers.length + proposals.length === 0 && !confirms && wishes.every((wish) => wish.wish === 'new-contact' && wish.inWords === true) // prettier-ignore

const fateOf = (leaf: Leaf, of: { readonly leaves: readonly Leaf[]; readonly message: ParsedMessage; readonly reading: ReplyRead; readonly sheets: Required<Pick<ReplyToRead, 'workbook'>>['workbook'] }): Fate => {
  const { leaves, message, reading, sheets } = of
  const shown = compact(`${message.html ?? ''}${message.text ?? ''}`)
  if (isBody(leaf)) {
    // Words alone: whatever charset they are in, the ASCII in them is the same.
    const words = compact(leaf.content.toString('latin1')).match(/[\d\p{ASCII}]{4,40}/gu) ?? []
    return words.every((word) => shown.includes(word)) ? 'body' : 'lost'
  }
  const file = message.attachments.findIndex(({ content }) => sameContent(content, leaf.content))
  const attachment = message.attachments[file]
  const named = (name: string): boolean =>
    reading.doubts.some(({ kind, written }) => kind === 'unreadable-attachment' && written === excerpt(name)) ||
    reading.doubts.some(({ kind }) => kind === 'more-unread')
  if (attachment === undefined) return (message.leftOut ?? []).length > 0 && reading.doubts.some(({ details }) => details['refusal'] === 'too-many') ? 'named' : 'lost' // prettier-ignore
  const name = attachment.filename === '' ? attachment.mimeType : attachment.filename
  const ofFile = [...reading.answers, ...reading.doubts].some(({ at }) => at?.part === 'workbook' && at.file === file) // prettier-ignore
  if (ofFile) return 'read'
  if (named(name)) return 'named'
  if (isPicture(leaf, attachment) && isGraphic(leaf.content, leaves)) return 'graphic'
  if (/signature/u.test(leaf.type) || leaf.type === 'message/delivery-status') return 'seal'
  if (needsTypingIn(message.attachments) && isHeldToType(reading)) return 'held'
  const cells = sheets.filter((sheet) => sheet.file === file).flatMap(({ rows }) => rows.flatMap((row) => row.map(({ text }) => text.trim().toLowerCase()))) // prettier-ignore
  if (cells.length > 0 && cells.every((text) => text === '')) return 'empty'
  // A form that nobody has filled in is read, and says nothing.
  return cells.some((text) => keys.includes(text)) ? 'read' : 'lost'
} // prettier-ignore

const parser = makeMimeParser()

/**
 * Every part of a mail with what became of it, and the name of each that was neither read, nor named in the answer,
 * nor held to be typed in, nor passed over by the stated rule.
 * @param worse what a reader that loses something would have read
 */
export const fatesOf = async (
  raw: Uint8Array,
  worse: (reading: ReplyRead) => ReplyRead = (reading) => reading,
): Promise<{ readonly fates: readonly Fate[]; readonly lost: readonly string[] }> => {
  const message = await parser.parse(raw)
  const { workbook, unreadable } = await sheetsOf(message)
  const reading = worse(readReply({ message, form, sent: [request], year: 2014, receivedOn: '2015-02-24', agreementKeys, workbook, unreadable })) // prettier-ignore
  // A mail with a citizen's number is set aside whole.
  if (reading.citizenData) return { fates: [], lost: [] }
  const leaves = leavesOf(raw)
  const fates = leaves.map((leaf) => fateOf(leaf, { leaves, message, reading, sheets: workbook }))
  const lost = leaves.flatMap(
    ({ type, headers, content }, at) =>
    fates[at] === 'lost' ? [`${type} ${headerOf(headers, 'content-disposition')} ${createHash('sha256').update(content).digest('hex').slice(0, 8)}`] : [], // prettier-ignore
  )
  return { fates, lost }
}
