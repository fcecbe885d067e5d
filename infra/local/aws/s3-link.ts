import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { headerText } from './http-endpoint.ts'
import { S3Error } from './s3-error.ts'

/** Whose signature counts, and the real time (ms) by which an address holds. */
export interface LinkOptions {
  readonly secretAccessKey: string
  readonly linkNow: () => number
}

/** An address that is signed in its query: what a browser may ask for too. */
export const isLink = ({ method, url }: Pick<IncomingMessage, 'method' | 'url'>): boolean =>
  method === 'GET' && new URLSearchParams(url?.split('?')[1] ?? '').has('X-Amz-Signature')

/** What the query of an address says of its signature; the order and number of others is the signer's own. */
const signing = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'] as const
/** Headers of the answer, which S3 takes from signed addresses alone. */
const answered = new Map([
  ['response-content-disposition', 'content-disposition'],
  ['response-content-type', 'content-type'],
])

/** The parameters of a link, beside the SDK's `x-id`. */
export const linkParameters = new Set([
  ...signing.map((name) => `X-Amz-${name}`),
  'X-Amz-Content-Sha256',
  ...answered.keys(),
])

/**
 * Checks an address as S3 does: signed with our key over method, path, query and host (Signature Version 4, payload
 * unsigned), and not older than it says.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @returns the headers of the answer that it asks for
 * @throws S3Error
 */
export function readLink(request: IncomingMessage, options: LinkOptions): Readonly<Record<string, string>> {
  const [path = '/', ...rest] = (request.url ?? '/').split('?')
  const pairs = rest.join('?').split('&')
  const query = new URLSearchParams(rest.join('?'))
  const told = (name: (typeof signing)[number]): string => query.get(`X-Amz-${name}`) ?? ''
  const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(told('Date'))
  const expires = Number(told('Expires'))
  if (stamp === null || !/^\d+$/.test(told('Expires')) || expires > 604_800)
    throw new S3Error(
      'AuthorizationQueryParametersError',
      'X-Amz-Date or X-Amz-Expires is missing or wrong: at most 604800 seconds',
    )
  if (told('Algorithm') !== 'AWS4-HMAC-SHA256' || told('SignedHeaders') !== 'host')
    throw new S3Error('NotImplemented', 'Only AWS4-HMAC-SHA256 over the host is implemented')
  const [, year, month, day, hour, minute, second] = stamp
  const signedMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const scope = told('Credential').split('/').slice(1)
  const signed = [
    'GET',
    path,
    pairs
      .filter((pair) => !pair.startsWith('X-Amz-Signature='))
      .toSorted((a, b) => (a < b ? -1 : 1))
      .join('&'),
    `host:${headerText(request.headers, 'host')}`,
    '',
    'host',
    'UNSIGNED-PAYLOAD',
  ].join('\n')
  const text = [
    'AWS4-HMAC-SHA256',
    told('Date'),
    scope.join('/'),
    createHash('sha256').update(signed).digest('hex'),
  ].join('\n')
  const hmac = (key: string | Buffer, content: string): Buffer =>
    createHmac('sha256', key).update(content).digest()
  const expected = hmac(scope.reduce<string | Buffer>(hmac, `AWS4${options.secretAccessKey}`), text)
  const given = Buffer.from(told('Signature'), 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    )
  if (options.linkNow() > signedMs + expires * 1000) throw new S3Error('AccessDenied', 'Request has expired')
  return Object.fromEntries(
    [...answered].flatMap(([parameter, header]) => {
      const value = query.get(parameter)
      return value === null ? [] : [[header, value]]
    }),
  )
}
