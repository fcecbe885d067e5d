import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  BodyTooLargeError,
  createEndpoint,
  listenLocally,
  readBody,
  type Listening,
} from './http-endpoint.ts'
import { readUpload } from './s3-body.ts'
import { S3Error } from './s3-error.ts'
import { openObjectFolder, type FolderOptions, type ObjectFolder, type StoredObject } from './s3-folder.ts'
import { listObjectsXml, listVersionsXml } from './s3-list.ts'
import { isLink, type LinkOptions, readLink } from './s3-link.ts'
import { readS3Request, type S3Request } from './s3-request.ts'

// A mail of 40 MB, SES's limit, with room for the framing of its upload.
const largestBodyBytes = 48 * 1024 * 1024

export interface S3Options extends FolderOptions {
  readonly port: number
  /** Real time, ms since 1970: signed addresses hold by it. */
  readonly linkNow?: () => number
}

/** The key of the local system's clients (`embedded-aws.ts`). */
const secretAccessKey = 'local'

export interface LocalS3 extends Listening {
  /** The same objects without HTTP, for parts that on AWS are AWS's own (the receipt rule's S3 action). */
  readonly folder: ObjectFolder
}

/**
 * S3's REST protocol, path style, for the six operations used; `README.md` lists them and what is
 * refused. Set `AWS_ENDPOINT_URL_S3` to `url`.
 */
export async function openS3(options: S3Options): Promise<LocalS3> {
  const folder = openObjectFolder(options)
  const { linkNow = Date.now } = options
  const server = createEndpoint((request, response) => {
    answer(folder, { secretAccessKey, linkNow }, request, response).catch((error: unknown) => {
      const failure = toS3Error(error)
      const body = failure === undefined ? internalError : failure.toXml(request.url ?? '/')
      if (failure === undefined) console.error('s3:', error)
      if (response.headersSent) {
        response.destroy()
        return
      }
      // The rest of a refused upload is not read; the connection cannot be used again.
      response.writeHead(failure?.status ?? 500, { 'content-type': 'application/xml', connection: 'close' })
      response.end(request.method === 'HEAD' ? undefined : body)
    })
  }, isLink)
  return { ...(await listenLocally(server, options.port, 'S3 endpoint')), folder }
}

const internalError = '<Error><Code>InternalError</Code><Message>The endpoint failed</Message></Error>'

function toS3Error(error: unknown): S3Error | undefined {
  if (error instanceof S3Error) return error
  return error instanceof BodyTooLargeError ? new S3Error('EntityTooLarge', error.message) : undefined
}

async function answer(
  folder: ObjectFolder,
  links: LinkOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = readS3Request(request)
  const { bucket, key } = asked
  switch (asked.operation) {
    case 'PutObject': {
      const upload = readUpload(await readBody(request, largestBodyBytes), request.headers)
      const stored = folder.put(bucket, key, {
        ...upload,
        headers: asked.storedHeaders,
        lock: asked.lock,
        legalHold: asked.legalHold,
        onlyIfNew: asked.onlyIfNew,
      })
      response
        .writeHead(200, { etag: `"${stored.etag}"`, ...stored.checksums, ...encryptionOf(stored) })
        .end()
      return
    }
    case 'GetObject':
    case 'HeadObject': {
      const asksFor = isLink(request) ? readLink(request, links) : {}
      const found = asked.operation === 'GetObject' ? folder.get(bucket, key) : headOnly(folder, asked)
      if (found === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.')
      const headers = { ...objectHeaders(found.stored, asked.wantsChecksum), ...asksFor }
      response.writeHead(200, headers).end(found.bytes)
      return
    }
    case 'DeleteObject':
      folder.remove(bucket, key, asked.bypassGovernance)
      response.writeHead(204).end()
      return
    case 'ListObjectsV2': {
      const xml = listObjectsXml(folder, bucket, asked.query)
      response.writeHead(200, { 'content-type': 'application/xml' }).end(xml)
      return
    }
    case 'ListObjectVersions': {
      const xml = listVersionsXml(folder, bucket, asked.query)
      response.writeHead(200, { 'content-type': 'application/xml' }).end(xml)
    }
  }
}

function headOnly(
  folder: ObjectFolder,
  asked: S3Request,
): { stored: StoredObject; bytes?: Buffer } | undefined {
  const stored = folder.head(asked.bucket, asked.key)
  return stored === undefined ? undefined : { stored }
}

function encryptionOf(stored: StoredObject): Record<string, string> {
  const algorithm = stored.headers['x-amz-server-side-encryption']
  return algorithm === undefined ? {} : { 'x-amz-server-side-encryption': algorithm }
}

function objectHeaders(stored: StoredObject, wantsChecksum: boolean): Record<string, string> {
  return {
    'content-type': 'binary/octet-stream',
    ...stored.headers,
    'content-length': `${stored.size}`,
    etag: `"${stored.etag}"`,
    'last-modified': new Date(stored.modifiedAt).toUTCString(),
    ...(wantsChecksum ? { ...stored.checksums, 'x-amz-checksum-type': 'FULL_OBJECT' } : {}),
    ...(stored.lock === undefined
      ? {}
      : {
          'x-amz-object-lock-mode': stored.lock.mode,
          'x-amz-object-lock-retain-until-date': stored.lock.until,
        }),
    ...(stored.legalHold === true ? { 'x-amz-object-lock-legal-hold': 'ON' } : {}),
  }
}
