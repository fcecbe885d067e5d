import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3'

/** S3's client; region, credentials and endpoint come from the SDK's own variables. */
export const makeS3Client = (): S3Client => new S3Client({})

/**
 * An object's bytes, checked against its checksum; null when there is none of that key. Without the right to
 * list the bucket S3 answers 403 for a missing object: the function's role needs `s3:ListBucket`.
 */
export async function readObject(
  client: S3Client,
  place: { bucket: string; key: string },
): Promise<Uint8Array | null> {
  try {
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: place.bucket, Key: place.key, ChecksumMode: 'ENABLED' }),
    )
    return Body === undefined ? new Uint8Array() : await Body.transformToByteArray()
  } catch (error) {
    if (error instanceof NoSuchKey) return null
    throw error
  }
}
