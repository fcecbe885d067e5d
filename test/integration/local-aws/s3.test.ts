import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openS3 } from '../../../infra/local/aws/s3.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { TestClock } from './test-clock.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

async function start() {
  const root = temporaryFolder()
  const clock = new TestClock()
  const open = () =>
    openS3({
      port: 0,
      root,
      now: () => clock.now(),
      lockNow: () => clock.now(),
      buckets: { landing: { objectLock: false }, archive: { objectLock: true } },
    })
  const s3 = await open()
  // No path style asked for: an endpoint that is an IP address makes the SDK use it.
  const client = new S3Client({ endpoint: s3.url, region: 'eu-west-1', credentials, maxAttempts: 1 })
  onTestFinished(async () => {
    client.destroy()
    await s3.close()
  })
  return { s3, client, clock, root, open }
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ name: 'none', status: 200, message: '' }),
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => ({
      name: error.name,
      status: error.$metadata?.httpStatusCode,
      message: error.message,
    }),
  )

test('an object comes back as it was put, with its headers and metadata', async () => {
  const { client, root } = await start()
  const body = Buffer.from('Kære kommune\r\næøå\0\xff', 'latin1')
  await client.send(
    new PutObjectCommand({
      Bucket: 'landing',
      Key: 'reports/2014/rapport æ+ø.csv',
      Body: body,
      ContentType: 'text/csv; charset=utf-8',
      ContentDisposition: 'attachment; filename="rapport.csv"',
      Metadata: { sha256: createHash('sha256').update(body).digest('hex') },
    }),
  )
  const got = await client.send(
    new GetObjectCommand({ Bucket: 'landing', Key: 'reports/2014/rapport æ+ø.csv' }),
  )
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(body)
  expect(got).toMatchObject({
    ContentType: 'text/csv; charset=utf-8',
    ContentDisposition: 'attachment; filename="rapport.csv"',
    ContentLength: body.length,
    LastModified: new Date('2015-01-15T08:00:00Z'),
    ETag: `"${createHash('md5').update(body).digest('hex')}"`,
  })
  expect(got.Metadata).toHaveProperty('sha256')
  expect(readFileSync(join(root, 'landing/reports/2014/rapport æ+ø.csv'))).toEqual(body)
})

test('a streamed body with a trailing checksum is stored without its framing', async () => {
  const { client, s3 } = await start()
  const body = Buffer.alloc(300_000, 'streamed ')
  await client.send(
    new PutObjectCommand({
      Bucket: 'landing',
      Key: 'stream',
      Body: Readable.from([body.subarray(0, 7), body.subarray(7)]),
      ContentLength: body.length,
    }),
  )
  expect(s3.folder.get('landing', 'stream')?.bytes).toEqual(body)
  expect(s3.folder.head('landing', 'stream')?.headers).not.toHaveProperty('content-encoding')
})

test('a body that does not match its checksum is refused and not stored', async () => {
  const { s3 } = await start()
  const answer = await fetch(`${s3.url}/landing/x`, {
    method: 'PUT',
    body: 'abc',
    headers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
  })
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining('<Code>BadDigest</Code>'),
  ])
  expect(s3.folder.head('landing', 'x')).toBeUndefined()
})

test('If-None-Match lets exactly one of many writers through', async () => {
  const { client, s3 } = await start()
  const put = (text: string) =>
    failure(
      client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'mail/1', Body: text, IfNoneMatch: '*' })),
    )
  const results = await Promise.all(Array.from({ length: 20 }, (_, n) => put(`writer ${n}`)))
  expect(results.filter(({ name }) => name === 'none')).toHaveLength(1)
  const refused = results.filter(({ name }) => name !== 'none')
  expect(new Set(refused.map(({ name, status }) => `${name} ${status}`))).toEqual(
    new Set(['PreconditionFailed 412']),
  )
  const winner = results.findIndex(({ name }) => name === 'none')
  expect(s3.folder.get('archive', 'mail/1')?.bytes.toString()).toBe(`writer ${winner}`)
})

test('a locked object can be neither deleted nor overwritten until its date, except by a governance bypass', async () => {
  const { client, clock } = await start()
  const lock = {
    ObjectLockMode: 'GOVERNANCE',
    ObjectLockRetainUntilDate: new Date('2015-01-16T08:00:00Z'),
  } as const
  await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'a', ...lock }))
  await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'b', Body: 'b', ...lock }))
  const remove = (Key: string, bypass?: true) =>
    failure(
      client.send(
        new DeleteObjectCommand({
          Bucket: 'archive',
          Key,
          ...(bypass && { BypassGovernanceRetention: true }),
        }),
      ),
    )
  expect(await client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'a' }))).toMatchObject(lock)
  expect(await remove('a')).toMatchObject({ name: 'AccessDenied', status: 403 })
  expect(
    await failure(client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'c' }))),
  ).toMatchObject({ name: 'AccessDenied' })
  expect(await remove('a', true)).toMatchObject({ name: 'none' })
  clock.advance(24 * 3600)
  expect(await remove('b')).toMatchObject({ name: 'none' })
  expect(
    await failure(client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'c', Body: 'c', ...lock }))),
  ).toMatchObject({ name: 'InvalidArgument' })
})

test('a compliance lock and a legal hold hold against the bypass too', async () => {
  const { client } = await start()
  await client.send(
    new PutObjectCommand({
      Bucket: 'archive',
      Key: 'c',
      Body: 'c',
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate: new Date('2016-01-01'),
    }),
  )
  await client.send(
    new PutObjectCommand({ Bucket: 'archive', Key: 'h', Body: 'h', ObjectLockLegalHoldStatus: 'ON' }),
  )
  for (const Key of ['c', 'h']) {
    const remove = client.send(
      new DeleteObjectCommand({ Bucket: 'archive', Key, BypassGovernanceRetention: true }),
    )
    expect(await failure(remove)).toMatchObject({ name: 'AccessDenied' })
  }
  const unlocked = client.send(
    new PutObjectCommand({ Bucket: 'landing', Key: 'h', Body: 'h', ObjectLockLegalHoldStatus: 'ON' }),
  )
  expect(await failure(unlocked)).toMatchObject({ name: 'InvalidRequest' })
})

test('a listing pages through keys and folders in order', async () => {
  const { client } = await start()
  const keys = ['a', 'mail/1', 'mail/2', 'mail/3', 'reports/2014/x', 'reports/2015/y', 'z & <z>']
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: 'landing', Key, Body: Key }))
  const listed: string[] = []
  let ContinuationToken: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: 'landing',
        MaxKeys: 3,
        ...(ContinuationToken && { ContinuationToken }),
      }),
    )
    listed.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''))
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken !== undefined)
  expect(listed).toEqual(keys)
  const folders = await client.send(
    new ListObjectsV2Command({ Bucket: 'landing', Delimiter: '/', MaxKeys: 2 }),
  )
  expect([folders.Contents?.map(({ Key }) => Key), folders.CommonPrefixes, folders.IsTruncated]).toEqual([
    ['a'],
    [{ Prefix: 'mail/' }],
    true,
  ])
  const rest = await client.send(
    new ListObjectsV2Command({
      Bucket: 'landing',
      Delimiter: '/',
      ContinuationToken: folders.NextContinuationToken,
    }),
  )
  expect([rest.CommonPrefixes, rest.Contents?.map(({ Key }) => Key)]).toEqual([
    [{ Prefix: 'reports/' }],
    ['z & <z>'],
  ])
  const inside = await client.send(new ListObjectsV2Command({ Bucket: 'landing', Prefix: 'reports/2014/' }))
  expect(inside.Contents).toMatchObject([{ Key: 'reports/2014/x', Size: 14 }])
})

test('what is missing or not implemented is named', async () => {
  const { client } = await start()
  expect(await failure(client.send(new GetObjectCommand({ Bucket: 'landing', Key: 'no' })))).toMatchObject({
    name: 'NoSuchKey',
  })
  expect(await failure(client.send(new HeadObjectCommand({ Bucket: 'landing', Key: 'no' })))).toMatchObject({
    name: 'NotFound',
  })
  expect(await failure(client.send(new GetObjectCommand({ Bucket: 'other', Key: 'no' })))).toMatchObject({
    name: 'NoSuchBucket',
  })
  const refused: [() => Promise<unknown>, string][] = [
    [
      () => client.send(new CreateMultipartUploadCommand({ Bucket: 'landing', Key: 'k' })),
      'CreateMultipartUpload',
    ],
    [
      () => client.send(new DeleteObjectsCommand({ Bucket: 'landing', Delete: { Objects: [{ Key: 'k' }] } })),
      'DeleteObjects',
    ],
    [
      () => client.send(new CopyObjectCommand({ Bucket: 'landing', Key: 'k', CopySource: 'landing/x' })),
      'CopyObject',
    ],
    [() => client.send(new GetObjectCommand({ Bucket: 'landing', Key: 'k', Range: 'bytes=0-1' })), 'range'],
    [
      () => client.send(new PutObjectCommand({ Bucket: 'landing', Key: 'k', Body: '', Tagging: 'a=b' })),
      'x-amz-tagging',
    ],
  ]
  for (const [send, name] of refused) {
    const result = await failure(send())
    expect(result).toMatchObject({ name: 'NotImplemented', message: expect.stringContaining(name) })
  }
})

test('objects and locks survive a restart, and a folder name freed by a delete can be a key', async () => {
  const { s3, open } = await start()
  s3.folder.put('archive', 'dir/a', { bytes: Buffer.from('1') })
  s3.folder.put('archive', 'dir/a', {
    bytes: Buffer.from('2'),
    lock: { mode: 'GOVERNANCE', until: '2016-01-01T00:00:00.000Z' },
  })
  s3.folder.put('landing', 'x/y/z', { bytes: Buffer.from('3') })
  s3.folder.remove('landing', 'x/y/z')
  s3.folder.put('landing', 'x', { bytes: Buffer.from('4') })
  const again = await open()
  onTestFinished(() => again.close())
  expect(again.folder.get('archive', 'dir/a')?.bytes.toString()).toBe('2')
  expect(() => again.folder.remove('archive', 'dir/a')).toThrow('object lock')
  expect(again.folder.keys('landing')).toEqual(['x'])
  expect(() => again.folder.put('landing', 'x/y', { bytes: Buffer.from('5') })).toThrow(
    'folder cannot hold both',
  )
})

test('a page in a browser gets nothing', async () => {
  const { s3 } = await start()
  const answer = await fetch(`${s3.url}/landing/x`, {
    method: 'PUT',
    body: 'x',
    headers: { origin: 'http://evil.example' },
  })
  expect([answer.status, s3.folder.head('landing', 'x')]).toEqual([403, undefined])
})

test('any key stays inside its bucket and is listed as itself', async () => {
  const { s3, root } = await start()
  const segment = fc.oneof(
    fc.constantFrom('..', '.', '', '%', '%2e', 'a:b', '*'),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  const key = fc
    .array(segment, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/').replaceAll('\0', '').toWellFormed())
  fc.assert(
    fc.property(
      key.filter((k) => k !== ''),
      (k) => {
        s3.folder.put('landing', k, { bytes: Buffer.from(k) })
        expect(s3.folder.pathOf('landing', k).startsWith(join(root, 'landing') + '/')).toBe(true)
        expect(s3.folder.keys('landing')).toEqual([k])
        s3.folder.remove('landing', k)
      },
    ),
  )
})
