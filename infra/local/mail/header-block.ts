import { addressParser, decodeWords } from 'postal-mime'

/** One header field as it stands in a mail. `value` is unfolded; `raw` is the field with its folds and line ends. */
export interface HeaderField {
  readonly name: string
  readonly value: string
  readonly raw: string
}

export interface SplitMail {
  readonly fields: readonly HeaderField[]
  /** Everything from the empty line on, that line included. */
  readonly rest: Buffer
}

/**
 * The header fields of a raw mail, in order, and what follows them. Bytes outside ASCII are read as
 * Latin-1, so that joining `raw` and `rest` again gives the same bytes.
 */
export function splitMail(raw: Buffer): SplitMail {
  const text = raw.toString('latin1')
  const end = /(?:^|\n)\r?\n/.exec(text)
  const head = end === null ? text : text.slice(0, end.index + (end[0].startsWith('\n') ? 1 : 0))
  const lines = head.split(/(?<=\n)/u).filter((line) => line !== '')
  const fields: HeaderField[] = []
  for (const line of lines) {
    const previous = fields.at(-1)
    if (/^[ \t]/.test(line) && previous !== undefined) {
      fields[fields.length - 1] = fieldOf(previous.raw + line)
    } else {
      fields.push(fieldOf(line))
    }
  }
  return { fields, rest: raw.subarray(Buffer.byteLength(head, 'latin1')) }
}

function fieldOf(raw: string): HeaderField {
  const colon = raw.indexOf(':')
  if (colon === -1) return { name: '', value: '', raw }
  const value = raw
    .slice(colon + 1)
    .replaceAll(/\r?\n(?=[ \t])/g, '')
    .trim()
  return { name: raw.slice(0, colon).trim(), value, raw }
}

/** The values of the fields of a name, whatever its case. */
export function valuesOf(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name.toLowerCase() === name.toLowerCase()).map((field) => field.value)
}

/** The bare addresses in a header's value, groups opened, in order. */
export function addressesIn(value: string): string[] {
  return addressParser(value, { flatten: true }).flatMap(({ address }) =>
    address === undefined || address === '' ? [] : [address],
  )
}

/** The domain of an address in lower case; empty when it has none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@')
  return at === -1 ? '' : address.slice(at + 1).toLowerCase()
}

/** The `commonHeaders` object of SES's events and notifications: decoded, with lists for addresses. */
export function commonHeadersOf(fields: readonly HeaderField[]): Record<string, string | string[]> {
  const common: Record<string, string | string[]> = {}
  for (const name of [
    'returnPath',
    'from',
    'sender',
    'replyTo',
    'to',
    'cc',
    'bcc',
    'date',
    'messageId',
    'subject',
  ]) {
    const header = headerNames[name] ?? name
    const [value] = valuesOf(fields, header)
    if (value === undefined) continue
    const isList = ['from', 'replyTo', 'to', 'cc', 'bcc'].includes(name)
    common[name] = isList ? splitAddresses(value) : decodeWords(value)
  }
  return common
}

const headerNames: Readonly<Record<string, string>> = {
  returnPath: 'Return-Path',
  replyTo: 'Reply-To',
  messageId: 'Message-ID',
}

function splitAddresses(value: string): string[] {
  return addressParser(value, { flatten: true }).map(({ name, address }) => {
    if (address === undefined || address === '') return name
    return name === ''
      ? address
      : `${/^[\w \u00c0-\u024f.-]+$/.test(name) ? name : `"${name.replaceAll('"', '\\"')}"`} <${address}>`
  })
}
