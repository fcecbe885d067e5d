import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { IncomingHttpHeaders } from 'node:http'
import { headerText } from './http-endpoint.ts'
import { S3Error } from './s3-error.ts'

/** The bytes of an object and the checksums the client vouched for, by header name. */
export interface UploadedBody {
  readonly bytes: Buffer
  readonly checksums: Readonly<Record<string, string>>
}

const digests: Readonly<Record<string, (bytes: Buffer) => string>> = {
  'x-amz-checksum-crc32': (bytes) => {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(bytes))
    return sum.toString('base64')
  },
  'x-amz-checksum-sha1': (bytes) => createHash('sha1').update(bytes).digest('base64'),
  'x-amz-checksum-sha256': (bytes) => createHash('sha256').update(bytes).digest('base64'),
}

/**
 * The object inside a PutObject body: takes the aws-chunked framing off, if any, and checks every
 * checksum sent in headers or trailers.
 * @throws S3Error `BadDigest` (checksum), `IncompleteBody` (framing), `NotImplemented` (unknown checksum).
 */
export function readUpload(raw: Buffer, headers: IncomingHttpHeaders): UploadedBody {
  const chunked = headerText(headers, 'x-amz-content-sha256').startsWith('STREAMING-')
  const { bytes, trailers } = chunked ? unchunk(raw) : { bytes: raw, trailers: new Map<string, string>() }
  const expectedLength = headers['x-amz-decoded-content-length']
  if (chunked && expectedLength !== undefined && Number(expectedLength) !== bytes.length) {
    throw new S3Error('IncompleteBody', 'The body has another length than x-amz-decoded-content-length')
  }
  const checksums: Record<string, string> = {}
  for (const [name, value] of [...Object.entries(headers), ...trailers]) {
    if (!/^x-amz-checksum-(?!mode$|algorithm$|type$)/.test(name) || typeof value !== 'string') continue
    const digest = digests[name]
    if (digest === undefined) throw new S3Error('NotImplemented', `Checksum ${name} is not implemented`)
    if (digest(bytes) !== value) throw new S3Error('BadDigest', `${name} did not match what was received`)
    checksums[name] = value
  }
  const md5 = headers['content-md5']
  if (md5 !== undefined && md5 !== createHash('md5').update(bytes).digest('base64')) {
    throw new S3Error('BadDigest', 'The Content-MD5 did not match what was received')
  }
  const sha256 = headers['x-amz-content-sha256']
  if (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)) {
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new S3Error('BadDigest', 'The x-amz-content-sha256 did not match what was received')
    }
  }
  return { bytes, checksums }
}

// aws-chunked: `<hex length>[;chunk-signature=...]CRLF<bytes>CRLF` ... `0CRLF` trailers `CRLF`.
// Signatures are not checked: this endpoint listens on this machine alone.
function unchunk(raw: Buffer): { bytes: Buffer; trailers: Map<string, string> } {
  const parts: Buffer[] = []
  let at = 0
  const line = (): string => {
    const end = raw.indexOf('\r\n', at)
    const text = raw.toString('latin1', at, end === -1 ? raw.length : end)
    at = end === -1 ? raw.length : end + 2
    return text
  }
  for (;;) {
    const size = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(line())?.[1]
    if (size === undefined) throw new S3Error('IncompleteBody', 'A chunk of the body has no length')
    const length = Number.parseInt(size, 16)
    if (length === 0) break
    if (at + length + 2 > raw.length)
      throw new S3Error('IncompleteBody', 'The last chunk of the body is cut off')
    parts.push(raw.subarray(at, at + length))
    at += length + 2
  }
  const trailers = new Map<string, string>()
  while (at < raw.length) {
    const trailer = /^([^:]+):(.*)$/.exec(line())
    if (trailer?.[1] !== undefined && trailer[2] !== undefined)
      trailers.set(trailer[1].toLowerCase(), trailer[2].trimStart())
  }
  return { bytes: Buffer.concat(parts), trailers }
}
