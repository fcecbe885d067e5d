import { createHash } from 'node:crypto'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type ListObjectVersionsCommandOutput,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3'
import * as z from 'zod'
import { namesFaults, outermost, patiently } from './service-fault.ts'
import type { ArchiveLinks } from '../ports/console.ts'
import type { Archive, ArchiveErasure } from '../ports/record.ts'
import type { Landing, LandingErasure } from '../ports/mail.ts'

/** S3's client; region, credentials and endpoint come from the SDK's own variables. */
export const makeS3Client = (): S3Client => {
  const client = new S3Client({})
  client.middlewareStack.add(namesFaults, outermost)
  return client
}

/**
 * An object's bytes, checked against its checksum; null when there is none of that key. Without the right to
 * list the bucket S3 answers 403 for a missing object: the function's role needs `s3:ListBucket`.
 */
async function readObject(
  client: S3Client,
  place: { bucket: string; key: string },
): Promise<Uint8Array | null> {
  try {
    // The client repeats no body that breaks off, and who looks for the first nightly list reads some 700 keys.
    return await patiently(async () => {
      const { Body } = await client.send(
        new GetObjectCommand({ Bucket: place.bucket, Key: place.key, ChecksumMode: 'ENABLED' }),
      )
      return Body === undefined ? new Uint8Array() : await Body.transformToByteArray()
    })
  } catch (error) {
    if (error instanceof NoSuchKey) return null
    throw error
  }
}

const dayMs = 24 * 60 * 60 * 1000
/** Two writers of one key at once: S3 tells one of them to try again, and it then finds the object. */
const conflictTries = 4

interface ArchiveOptions {
  readonly client: S3Client
  readonly bucket: string
  /** How long an object stays locked, from real time: at the longest ten years (domain/README.md, "Personal data"). */
  readonly retentionDays: number
}

/**
 * The locked archive in S3: an object is put once (`If-None-Match: *`), with its checksum and a lock of its own
 * in governance mode, which two persons may lift for an erasure.
 */
export function makeS3Archive({ client, bucket, retentionDays }: ArchiveOptions): Archive & ArchiveErasure {
  const put = (key: string, bytes: Uint8Array, contentType: string) =>
    client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: contentType,
        IfNoneMatch: '*',
        ChecksumAlgorithm: 'SHA256',
        ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
        ObjectLockMode: 'GOVERNANCE',
        // Locks keep security time: S3 compares with its own clock.
        ObjectLockRetainUntilDate: new Date(Date.now() + retentionDays * dayMs),
      }),
    )
  /** Versions and delete markers alike: a marker alone would only hide what still lies there. */
  const versionsOf = async (key: string): Promise<readonly string[]> => {
    const found: string[] = []
    let marker: { KeyMarker?: string; VersionIdMarker?: string } | null = {}
    while (marker !== null) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...marker }),
      )
      for (const one of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
        if (one.Key === key && one.VersionId !== undefined) found.push(one.VersionId)
      const { NextKeyMarker, NextVersionIdMarker, IsTruncated } = page
      marker =
        IsTruncated === true && NextKeyMarker !== undefined
          ? {
              KeyMarker: NextKeyMarker,
              ...(NextVersionIdMarker === undefined ? {} : { VersionIdMarker: NextVersionIdMarker }),
            }
          : null
    }
    return found
  }
  return {
    async putOnce(key, bytes, contentType) {
      for (let tries = 1; ; tries += 1) {
        try {
          await put(key, bytes, contentType)
          return 'written'
        } catch (error) {
          const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
          if (status === 412) return 'exists'
          if (status !== 409 || tries === conflictTries) throw error
        }
      }
    },
    get: (key) => readObject(client, { bucket, key }),
    async erase(key) {
      for (const VersionId of await versionsOf(key))
        await client.send(
          new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId, BypassGovernanceRetention: true }),
        )
    },
  }
}

/** An address of an object holds so long: a browser follows it at once. */
export const linkSeconds = 60

/** As Signature Version 4 has it: a blank is `%20`, and these five signs are escaped too. */
const escapeUri = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** A request as the SDK builds and presigns it, its query and path encoded differently. */
const signedSchema = z.object({
  protocol: z.string(),
  hostname: z.string(),
  port: z.int().optional(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
})

/** The client's own signer can also sign an address, which its type does not say. */
interface Presigner {
  presign(request: unknown, options: { readonly expiresIn: number }): Promise<unknown>
}
const presigns = (signer: object): signer is Presigner =>
  'presign' in signer && typeof signer.presign === 'function'

/**
 * Addresses of the archive's objects, signed with the function's own role (Signature Version 4 in the query): S3 takes
 * one for its minute, for this object with these headers, and no other.
 */
export function makeS3Links({ client, bucket }: { client: S3Client; bucket: string }): ArchiveLinks {
  return {
    async link(key, name) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseContentDisposition: `attachment; filename="${name}"`,
        ResponseContentType: 'application/octet-stream',
      })
      let address = ''
      // The request as the client would send it, taken where it would be signed and sent.
      const sign = async (request: unknown): Promise<string> => {
        const { hostname, port, ...built } = z.looseObject(signedSchema.shape).parse(request)
        const host = port === undefined ? hostname : `${hostname}:${port}`
        const signer = await client.config.signer()
        if (!presigns(signer)) throw new Error('The S3 client’s signer signs no addresses')
        // Nobody knows the body of an address that is still to be asked for.
        const headers = { host, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }
        const toSign = { ...built, method: 'GET', hostname, port, headers }
        const signed = signedSchema.parse(await signer.presign(toSign, { expiresIn: linkSeconds }))
        const query = Object.entries(signed.query).map(([field, value]) => `${field}=${escapeUri(value)}`)
        return `${signed.protocol}//${host}${signed.path}?${query.join('&')}`
      }
      command.middlewareStack.add(
        () =>
          async ({ request }) => {
            address = await sign(request)
            return { response: {}, output: { $metadata: {} } }
          },
        { step: 'build', priority: 'low' },
      )
      await client.send(command)
      return address
    },
  }
}

/** The bucket into which SES writes what arrives: no lock, short life. */
export function makeS3Landing({
  client,
  bucket,
}: {
  client: S3Client
  bucket: string
}): Landing & LandingErasure {
  /** A month of mail at most lies here; only what is as long as the one looked for is read. */
  const keysOfSize = async (size: number): Promise<readonly string[]> => {
    const keys: string[] = []
    let token: string | undefined
    do {
      const page: ListObjectsV2CommandOutput = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      )
      for (const { Key, Size } of page.Contents ?? []) if (Key !== undefined && Size === size) keys.push(Key)
      token = page.NextContinuationToken
    } while (token !== undefined)
    return keys
  }
  return {
    get: (key) => readObject(client, { bucket, key }),
    async eraseTwins(bytes) {
      let erased = 0
      for (const key of await keysOfSize(bytes.length)) {
        const there = await readObject(client, { bucket, key })
        if (there === null || Buffer.compare(there, bytes) !== 0) continue
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
        erased += 1
      }
      return erased
    },
  }
}
