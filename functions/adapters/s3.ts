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
import { namesFaults, outermost, patiently } from './service-fault.ts'
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
