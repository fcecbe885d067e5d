import {
  DeleteObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { LandingErasure, Landing } from '../ports/mail.ts'
import { readObject } from './s3-object.ts'

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
