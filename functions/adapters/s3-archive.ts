import { createHash } from 'node:crypto'
import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { Archive } from '../ports.ts'
import { readObject } from './s3-object.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Two writers of one key at once: S3 tells one of them to try again, and it then finds the object. */
const conflictTries = 4

export interface ArchiveOptions {
  readonly client: S3Client
  readonly bucket: string
  /** How long an object stays locked, from real time: at the longest ten years (DOMAIN.md 14.4). */
  readonly retentionDays: number
}

/**
 * The locked archive in S3: an object is put once (`If-None-Match: *`), with its checksum and a lock of its own
 * in governance mode, which two persons may lift for an erasure.
 */
export function makeS3Archive({ client, bucket, retentionDays }: ArchiveOptions): Archive {
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
  }
}
