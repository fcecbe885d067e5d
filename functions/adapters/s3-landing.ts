import type { S3Client } from '@aws-sdk/client-s3'
import type { Landing } from '../ports.ts'
import { readObject } from './s3-object.ts'

/** The bucket into which SES writes what arrives: no lock, short life. */
export const makeS3Landing = ({ client, bucket }: { client: S3Client; bucket: string }): Landing => ({
  get: (key) => readObject(client, { bucket, key }),
})
