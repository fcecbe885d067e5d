import { createHash } from 'node:crypto'
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { ArchiveErasure, Archive } from '../ports/record.ts'
import { readObject } from './s3-object.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Two writers of one key at once: S3 tells one of them to try again, and it then finds the object. */
const conflictTries = 4

export interface ArchiveOptions {
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
