import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { makeTable, type Table } from '../../functions/adapters/dynamodb/table.ts'
import { startTable } from '../../infra/local/table.ts'

/** A table of its own for one suite. */
export async function openTestTable(): Promise<{
  readonly table: Table
  /** From now on the answer to every write is lost: the client makes it again, which is what it then tells. */
  loseAnswers(): void
  close(): Promise<void>
}> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-table-'))
  const local = await startTable({ folder, tableName: `contract-test-${randomUUID()}` })
  const client = new DynamoDBClient({
    endpoint: local.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  return {
    table: makeTable(client, local.tableName),
    loseAnswers: () => {
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (given) => {
            const answered = await next(given)
            return commandName?.startsWith('Put') === true ? next(given) : answered
          },
        { step: 'finalizeRequest', priority: 'low' },
      )
    },
    close: async () => {
      client.destroy()
      await local.close()
      rmSync(folder, { recursive: true })
    },
  }
}
