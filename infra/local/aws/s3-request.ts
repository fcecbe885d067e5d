import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { headerText } from './http-endpoint.ts'
import { S3Error } from './s3-error.ts'
import { isLink, linkParameters } from './s3-link.ts'

/** One request, understood: the operation and what its headers ask for. */
export interface S3Request {
  readonly operation:
    'PutObject' | 'GetObject' | 'HeadObject' | 'DeleteObject' | 'ListObjectsV2' | 'ListObjectVersions'
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
  readonly storedHeaders: Readonly<Record<string, string>>
  readonly lock: { mode: 'GOVERNANCE' | 'COMPLIANCE'; until: string } | undefined
  readonly legalHold: boolean
  readonly onlyIfNew: boolean
  readonly bypassGovernance: boolean
  readonly wantsChecksum: boolean
}

// Sub-resources by method, to name what is refused as the SDK's user would.
const refusedNames: Readonly<Record<string, string>> = {
  'POST delete': 'DeleteObjects',
  'POST uploads': 'CreateMultipartUpload',
  'POST uploadId': 'CompleteMultipartUpload',
  'PUT uploadId': 'UploadPart',
  'GET acl': 'GetObjectAcl',
  'GET tagging': 'GetObjectTagging',
  'PUT tagging': 'PutObjectTagging',
  'GET retention': 'GetObjectRetention',
  'PUT retention': 'PutObjectRetention',
  'GET legal-hold': 'GetObjectLegalHold',
  'PUT legal-hold': 'PutObjectLegalHold',
  'GET attributes': 'GetObjectAttributes',
  'GET versioning': 'GetBucketVersioning',
}

const plainHeaders = [
  'content-type',
  'content-disposition',
  'content-language',
  'cache-control',
  'expires',
  'x-amz-server-side-encryption',
]

const knownAmzHeaders =
  /^x-amz-(?:date|content-sha256|security-token|user-agent|sdk-checksum-algorithm|trailer|decoded-content-length|expected-bucket-owner|server-side-encryption|bypass-governance-retention|checksum-.+|meta-.+|object-lock-(?:mode|retain-until-date|legal-hold))$/

const listParameters = new Set([
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'fetch-owner',
])

const versionListParameters = new Set([
  'versions',
  'prefix',
  'max-keys',
  'key-marker',
  'version-id-marker',
  'encoding-type',
])

/** Reads a request's line and headers. Throws S3Error `NotImplemented` naming what is not understood. */
export function readS3Request(request: IncomingMessage): S3Request {
  const method = request.method ?? 'GET'
  const url = new URL(`http://s3.local${request.url ?? '/'}`)
  const path = /^\/([^/]+)(?:\/(.*))?$/s.exec(url.pathname)
  const asked = isLink(request) ? withoutSignature(url.searchParams) : url.searchParams
  const operation = operationOf(method, asked, path?.[2] ?? '', path !== null)
  const { headers } = request
  refuseUnknownHeaders(headers)
  const onlyIfNew = headers['if-none-match'] === '*' && operation === 'PutObject'
  if (headers['if-none-match'] !== undefined && !onlyIfNew)
    throw notImplemented('If-None-Match on this request')
  return {
    operation,
    bucket: decodeKey(path?.[1] ?? ''),
    key: decodeKey(path?.[2] ?? ''),
    query: url.searchParams,
    storedHeaders: storedHeadersOf(headers),
    lock: lockOf(headers),
    legalHold: headers['x-amz-object-lock-legal-hold'] === 'ON',
    onlyIfNew,
    bypassGovernance: headers['x-amz-bypass-governance-retention'] === 'true',
    wantsChecksum: headerText(headers, 'x-amz-checksum-mode').toUpperCase() === 'ENABLED',
  }
}

/** The query of a signed address without what it is signed with; `readLink` checks that. */
const withoutSignature = (query: URLSearchParams): URLSearchParams =>
  new URLSearchParams([...query].filter(([name]) => !linkParameters.has(name)))

const notImplemented = (what: string): S3Error =>
  new S3Error('NotImplemented', `${what} is not implemented by the local S3 endpoint`)

function operationOf(
  method: string,
  query: URLSearchParams,
  key: string,
  hasBucket: boolean,
): S3Request['operation'] {
  const parameters = [...query.keys()].filter((name) => name !== 'x-id')
  if (hasBucket && key !== '' && parameters.length === 0) {
    if (method === 'PUT' && ![null, 'PutObject'].includes(query.get('x-id')))
      throw notImplemented(`${query.get('x-id')}`)
    if (method === 'PUT') return 'PutObject'
    if (method === 'GET') return 'GetObject'
    if (method === 'HEAD') return 'HeadObject'
    if (method === 'DELETE') return 'DeleteObject'
  }
  // There is one version of each object, which S3 calls `null` where a bucket keeps none.
  const ofTheOne = parameters.length === 1 && query.get('versionId') === 'null'
  if (hasBucket && key !== '' && method === 'DELETE' && ofTheOne) return 'DeleteObject'
  if (
    hasBucket &&
    key === '' &&
    method === 'GET' &&
    query.has('versions') &&
    parameters.every((name) => versionListParameters.has(name))
  )
    return 'ListObjectVersions'
  const lists = hasBucket && key === '' && method === 'GET' && query.get('list-type') === '2'
  if (lists && parameters.every((name) => listParameters.has(name))) return 'ListObjectsV2'
  const named = parameters.map((name) => refusedNames[`${method} ${name}`]).find((name) => name !== undefined)
  throw notImplemented(
    named ??
      query.get('x-id') ??
      `${method} ${hasBucket ? 'of a bucket or key' : '/'} ${query.toString()}`.trim(),
  )
}

function refuseUnknownHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) {
    const conditional = ['range', 'if-match', 'if-modified-since', 'if-unmodified-since'].includes(name)
    if (conditional || (name.startsWith('x-amz-') && !knownAmzHeaders.test(name)))
      throw notImplemented(`The header ${name}`)
  }
}

function storedHeadersOf(headers: IncomingHttpHeaders): Record<string, string> {
  const stored: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') continue
    if (plainHeaders.includes(name) || name.startsWith('x-amz-meta-')) stored[name] = value
  }
  // `aws-chunked` describes the upload, not the object.
  const encoding = headerText(headers, 'content-encoding')
    .split(',')
    .map((one) => one.trim())
    .filter((e) => !['', 'aws-chunked'].includes(e))
  if (encoding.length > 0) stored['content-encoding'] = encoding.join(', ')
  return stored
}

function lockOf(headers: IncomingHttpHeaders): S3Request['lock'] {
  const mode = headers['x-amz-object-lock-mode']
  const until = headers['x-amz-object-lock-retain-until-date']
  if (mode === undefined && until === undefined) return undefined
  if (
    (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE') ||
    typeof until !== 'string' ||
    Number.isNaN(Date.parse(until))
  ) {
    throw new S3Error(
      'InvalidArgument',
      'A lock needs x-amz-object-lock-mode and x-amz-object-lock-retain-until-date',
    )
  }
  return { mode, until: new Date(until).toISOString() }
}

function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidURI', 'Could not parse the specified URI.')
  }
}
