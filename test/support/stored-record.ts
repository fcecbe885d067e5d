import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import * as z from 'zod'
import { makeListEntryStore } from '../../functions/adapters/dynamodb/beside-streams.ts'
import { makeLetterClaims } from '../../functions/adapters/dynamodb/letters.ts'
import {
  makeContactStore,
  makeDirectoryStore,
  makeRegister,
} from '../../functions/adapters/dynamodb/register.ts'
import { makeRowInspection, makeStreamStore } from '../../functions/adapters/dynamodb/stream-store.ts'
import { makeTable, type Table } from '../../functions/adapters/dynamodb/table.ts'
import { keysFor } from '../../functions/adapters/secrets.ts'
import { makeMimeParser } from '../../functions/adapters/mime.ts'
import { makeS3Archive } from '../../functions/adapters/s3.ts'
import { digest, makeAnchorSigner, makeRowSealer } from '../../functions/adapters/signing.ts'
import type { VerifyPorts } from '../../functions/handlers/operator/verify-record.ts'
import { openS3 } from '../../infra/local/aws/s3.ts'
import type { ObjectFolder } from '../../infra/local/aws/s3-folder.ts'
import { readSecretsFile } from '../../infra/local/secrets-file.ts'
import { startTable } from '../../infra/local/table.ts'

export const archiveBucket = 'aarshjul-local-archive'
const local = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }

/** The record of a data folder nobody runs on, as a verification sees it and as an attacker can write it. */
export interface StoredRecord {
  readonly ports: VerifyPorts
  /** Without the keys that only the functions have. */
  readonly table: Table
  /** With those keys, as the functions write. */
  readonly sealed: Table
  /** The archive's objects, for whoever can lift its locks; `pathOf` tells where one lies on disk. */
  readonly objects: ObjectFolder
  close(): Promise<void>
}

export async function openStoredRecord(folder: string): Promise<StoredRecord> {
  const started = await startTable({ folder: join(folder, 'table'), tableName: 'aarshjul-local' })
  const s3 = await openS3({
    port: 0,
    root: join(folder, 'buckets'),
    buckets: { [archiveBucket]: { objectLock: true }, 'aarshjul-local-landing': { objectLock: false } },
    now: () => Date.now(),
  })
  const dynamo = new DynamoDBClient({ endpoint: started.endpoint, ...local })
  const client = new S3Client({ endpoint: s3.url, ...local })
  const secrets = readSecretsFile(join(folder, 'secrets.json'))
  const { nowAt } = z
    .object({ nowAt: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'clock.json'), 'utf8')))
  const sealed = makeTable(dynamo, started.tableName, makeRowSealer(keysFor(secrets, 'seals')))
  return {
    ports: {
      clock: { now: () => nowAt },
      streams: makeStreamStore(sealed),
      rows: makeRowInspection(sealed),
      listEntries: makeListEntryStore(sealed),
      register: makeRegister(sealed),
      contacts: makeContactStore(sealed),
      directory: makeDirectoryStore(sealed),
      claims: makeLetterClaims(sealed),
      archive: makeS3Archive({ client, bucket: archiveBucket, retentionDays: 1 }),
      mime: makeMimeParser(),
      digest,
      signer: makeAnchorSigner(keysFor(secrets, 'lists')),
    },
    table: makeTable(dynamo, started.tableName),
    sealed,
    objects: s3.folder,
    close: async () => {
      dynamo.destroy()
      client.destroy()
      await s3.close()
      await started.close()
    },
  }
}
