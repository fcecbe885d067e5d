import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { makeTable, type Table } from '../../functions/adapters/dynamodb/table.ts'
import { startTable } from '../../infra/local/table.ts'

/** A table of its own for one suite, and the client under it for what no adapter does. */
export async function openTestTable(): Promise<{ table: Table; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-table-'))
  const local = await startTable({ folder, tableName: 'contract-test' })
  const client = new DynamoDBClient({
    endpoint: local.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  return {
    table: makeTable(client, local.tableName),
    close: async () => {
      client.destroy()
      await local.close()
      rmSync(folder, { recursive: true })
    },
  }
}
