/** `node test/bench/table.ts`: what the local table does in a second, seen from the process that uses it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb'
import { tableKeys, tables } from '../../functions/adapters/table-keys.ts'
import { startTable } from '../../infra/local/table.ts'

const operations = Number(process.argv[2] ?? 1500)
const folder = mkdtempSync(join(tmpdir(), 'table-bench-'))
const table = await startTable({ folder, tableName: 'bench' })
const client = new DynamoDBClient({
  endpoint: table.endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
})
const heads = tables.record.indexes[0]
const key = (n: number) => ({
  [tableKeys.partition]: { S: `REVIEW#2014#${n % 31}` },
  [tableKeys.sort]: { S: `C#${String(Math.floor(n / 31)).padStart(6, '0')}` },
})
const body = { S: JSON.stringify({ type: 'Bench', v: 1, text: 'x'.repeat(600) }) }
const TableName = table.tableName
const query = (input: Omit<QueryCommandInput, 'TableName'>) =>
  client.send(new QueryCommand({ TableName, ...input }))

const kinds: Record<string, (n: number) => Promise<unknown>> = {
  'put, conditional': (n) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: { ...key(n), body },
        ConditionExpression: 'attribute_not_exists(#k)',
        ExpressionAttributeNames: { '#k': tableKeys.sort },
      }),
    ),
  'put, into an index too': (n) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: {
          [tableKeys.partition]: { S: `HEAD#${n}` },
          [tableKeys.sort]: { S: 'HEAD' },
          [heads.partition]: { S: 'REVIEWS#0' },
          [heads.sort]: { S: String(n) },
          body,
        },
      }),
    ),
  'get, consistent': (n) => client.send(new GetItemCommand({ TableName, Key: key(n), ConsistentRead: true })),
  'query a stream (48 items)': (n) =>
    query({
      ConsistentRead: true,
      KeyConditionExpression: '#p = :p',
      ExpressionAttributeNames: { '#p': tableKeys.partition },
      ExpressionAttributeValues: { ':p': { S: `REVIEW#2014#${n % 31}` } },
    }),
  'query an index (20 items)': () =>
    query({
      IndexName: heads.name,
      Limit: 20,
      KeyConditionExpression: '#p = :p',
      ExpressionAttributeNames: { '#p': heads.partition },
      ExpressionAttributeValues: { ':p': { S: 'REVIEWS#0' } },
    }),
}

let next = 0
async function run(work: (n: number) => Promise<unknown>, workers: number, count: number): Promise<number> {
  const first = next
  next += count
  let taken = first
  const began = performance.now()
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (taken < first + count) await work(taken++)
    }),
  )
  return Math.round((count / (performance.now() - began)) * 1000)
}

try {
  console.log(`${'ops/s'.padEnd(28)}${['1 at a time', '8', '32'].map((head) => head.padStart(12)).join('')}`)
  for (const [name, work] of Object.entries(kinds)) {
    const count = name.startsWith('query') ? Math.ceil(operations / 5) : operations
    if (!name.startsWith('put')) next = 0
    await run(work, 8, Math.ceil(count / 10))
    const results: number[] = []
    for (const workers of [1, 8, 32]) {
      if (!name.startsWith('put')) next = 0
      results.push(await run(work, workers, count))
    }
    console.log(`${name.padEnd(28)}${results.map((ops) => String(ops).padStart(12)).join('')}`)
  }
} finally {
  client.destroy()
  await table.close()
  rmSync(folder, { recursive: true })
}
