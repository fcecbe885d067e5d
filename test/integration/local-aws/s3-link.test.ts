import { request as httpRequest, type IncomingMessage } from 'node:http'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { linkSeconds, makeS3Links } from '../../../functions/adapters/s3.ts'
import { openS3 } from '../../../infra/local/aws/s3.ts'
import { readLink } from '../../../infra/local/aws/s3-link.ts'
import { temporaryFolder } from './temporary-folder.ts'

const key = 'mail/æ b+c(1)'
const bytes = Buffer.from('Subject: stor\r\n\r\nTal')

const start = async () => {
  const clock = { ms: Date.now() }
  const s3 = await openS3({
    port: 0,
    root: temporaryFolder(),
    now: () => 0,
    linkNow: () => clock.ms,
    buckets: { archive: { objectLock: true } },
  })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new S3Client({ endpoint: s3.url, region: 'eu-west-1', credentials })
  onTestFinished(async () => {
    client.destroy()
    await s3.close()
  })
  for (const Key of [key, 'mail/another'])
    await client.send(
      new PutObjectCommand({ Bucket: 'archive', Key, Body: bytes, ContentType: 'message/rfc822' }),
    )
  const link = await makeS3Links({ client, bucket: 'archive' }).link(key, 'mail 1 (b).eml')
  return { s3, link, clock }
}

/** As a browser asks that was led here from a page elsewhere. */
const browse = (address: string, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: Buffer }>(
    (resolve, reject) => {
      const asked = httpRequest(address, { method, headers: { 'sec-fetch-site': 'cross-site' } })
      asked.on('error', reject).on('response', (response) => {
        response
          .toArray()
          .then((chunks: Uint8Array[]) =>
            resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
          )
          .catch(reject)
      })
      asked.end()
    },
  )
const codeOf = ({ body }: { body: Buffer }): string => /<Code>(\w+)</.exec(body.toString())?.[1] ?? ''

test('a signed address gives a browser the object, as a file of no type', async () => {
  const { link } = await start()
  const { status, headers, body } = await browse(link)
  expect([status, body]).toEqual([200, bytes])
  expect(headers['content-type']).toBe('application/octet-stream')
  expect(headers['content-disposition']).toBe('attachment; filename="mail 1 (b).eml"')
  expect(headers).not.toHaveProperty('access-control-allow-origin')
})

test('it holds for a minute, and not a second longer', async () => {
  const { link, clock } = await start()
  const seconds = new URL(link).searchParams.get('X-Amz-Expires')
  expect([seconds, linkSeconds]).toEqual(['60', 60])
  clock.ms += 58_000
  expect((await browse(link)).status).toBe(200)
  clock.ms += 3_000
  const late = await browse(link)
  expect([late.status, codeOf(late)]).toEqual([403, 'AccessDenied'])
})

test('it holds for this object, with these headers, for so long, to be read, and for nothing else', async () => {
  const { link, s3 } = await start()
  const changed: readonly [string, string][] = [
    [link.replace(/\/mail\/[^?]*/, '/mail/another'), 'SignatureDoesNotMatch'],
    [link.replace('octet-stream', 'html'), 'SignatureDoesNotMatch'],
    [link.replace('X-Amz-Expires=60', 'X-Amz-Expires=61'), 'SignatureDoesNotMatch'],
    [link.replace('X-Amz-Expires=60', 'X-Amz-Expires=700000'), 'AuthorizationQueryParametersError'],
    [link.replace(/X-Amz-Signature=..../, 'X-Amz-Signature=0000'), 'SignatureDoesNotMatch'],
    [link.replace(/X-Amz-Signature=[0-9a-f]+/, 'X-Amz-Signature='), 'SignatureDoesNotMatch'],
    [link.replace(/(X-Amz-Date=\d{4})/, '$1x'), 'AuthorizationQueryParametersError'],
    [`${link}&versionId=null`, 'NotImplemented'],
  ]
  for (const [address, code] of changed) {
    expect(address).not.toBe(link)
    const answer = await browse(address)
    expect(codeOf(answer), address).toBe(code)
    expect(answer.body.includes('Subject')).toBe(false)
  }
  for (const method of ['PUT', 'DELETE', 'POST', 'HEAD'])
    expect((await browse(link, method)).status, method).toBe(403)
  expect(s3.folder.get('archive', key)?.bytes).toEqual(bytes)
  expect((await browse(link.replace(/\?.*/, ''))).status).toBe(403)
})

test('headers of the answer are asked for by a signed address alone', async () => {
  const { link } = await start()
  const bare = `${link.replace(/\?.*/, '')}?response-content-type=text%2Fhtml`
  expect((await fetch(bare, { headers: {} })).status).toBe(501)
})

test('the check is AWS’s: its published example of a signed address holds', () => {
  const url =
    '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'
  const example = { method: 'GET', url, headers: { host: 'examplebucket.s3.amazonaws.com' } }
  const options = {
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    linkNow: () => Date.parse('2013-05-24T12:00:00Z'),
  }
  expect(readLink(example as IncomingMessage, options)).toEqual({})
  const elsewhere = { ...example, headers: { host: 'other.s3.amazonaws.com' } }
  expect(() => readLink(elsewhere as IncomingMessage, options)).toThrow(/does not match/)
})
