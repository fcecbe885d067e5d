import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  type KeySchemaElement,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { afterEach, describe, expect, it } from 'vitest'
import { tableKeys, tables } from '../../../functions/adapters/table-keys.ts'
import { type LocalTable, startTable } from '../../../infra/local/table.ts'

const tableName = 'aarshjul-local'
const opened: LocalTable[] = []
const newFolder = () => mkdtempSync(join(tmpdir(), 'table-'))
const start = async (folder: string) => {
  const table = await startTable({ folder, tableName })
  opened.push(table)
  const client = new DynamoDBClient({
    endpoint: table.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  return { table, client }
}
const item = (n: number) => ({
  PK: { S: 'REVIEW#2014#a' },
  SK: { S: `C#${n}` },
  HPK: { S: 'REVIEWS#0' },
  HSK: { S: `${n}` },
})
const put = (client: DynamoDBClient, n: number) =>
  client.send(
    new PutItemCommand({
      TableName: tableName,
      Item: item(n),
      ConditionExpression: 'attribute_not_exists(SK)',
    }),
  )
const get = (client: DynamoDBClient, n: number) =>
  client.send(
    new GetItemCommand({
      TableName: tableName,
      Key: { PK: item(n).PK, SK: item(n).SK },
      ConsistentRead: true,
    }),
  )
/** A process of its own that starts the table, says where, and waits to be killed. */
const parentScript = `
  const { startTable } = await import(process.argv[1])
  const table = await startTable({ folder: process.argv[2], tableName: '${tableName}' })
  process.send({ endpoint: table.endpoint })
  setInterval(() => {}, 1000)`
const startParent = async (folder: string) => {
  const module = new URL('../../../infra/local/table.ts', import.meta.url).href
  const parent: ChildProcess = spawn(
    process.execPath,
    ['--input-type=module', '-e', parentScript, module, folder],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  const said = z
    .tuple([z.object({ endpoint: z.string() })])
    .rest(z.unknown())
    .parse(await once(parent, 'message'))
  return { parent, endpoint: said[0].endpoint }
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((table) => table.close()))
})

describe('the local table', () => {
  it('has the keys and indexes that the adapters name', async () => {
    const { client } = await start(newFolder())

    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }))

    const keysOf = (schema: KeySchemaElement[] = []) => schema.map((key) => key.AttributeName)
    expect(keysOf(Table?.KeySchema)).toEqual([tableKeys.partition, tableKeys.sort])
    const indexes = (Table?.GlobalSecondaryIndexes ?? []).map((index) => ({
      name: index.IndexName,
      keys: keysOf(index.KeySchema),
    }))
    expect(indexes.sort((a, b) => String(a.name).localeCompare(String(b.name)))).toEqual(
      tables.record.indexes.map((index) => ({ name: index.name, keys: [index.partition, index.sort] })),
    )
  })

  it('keeps what it has over a restart, and refuses a second item under a taken key', async () => {
    const folder = newFolder()
    const first = await start(folder)
    await put(first.client, 1)
    await first.table.close()

    const { client } = await start(folder)

    await expect(get(client, 1)).resolves.toMatchObject({ Item: item(1) })
    await expect(put(client, 1)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' })
    const heads = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'heads',
        KeyConditionExpression: 'HPK = :p',
        ExpressionAttributeValues: { ':p': { S: 'REVIEWS#0' } },
      }),
    )
    expect(heads.Items).toHaveLength(1)
  })

  it('ends with a parent that is killed, and its data is there for the next start at once', async () => {
    const folder = newFolder()
    const { parent, endpoint } = await startParent(folder)
    const client = new DynamoDBClient({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })
    const acknowledged: number[] = []
    const writing = (async () => {
      for (let n = 0; ; n += 1) {
        await put(client, n)
        acknowledged.push(n)
        if (n === 40) parent.kill('SIGKILL')
      }
    })().catch(() => undefined)

    const exited = once(parent, 'exit')
    const again = exited.then(() => start(folder))
    const restarted = await again
    await writing

    expect(acknowledged.length).toBeGreaterThan(40)
    for (const n of acknowledged)
      await expect(get(restarted.client, n)).resolves.toMatchObject({ Item: item(n) })
  })

  it('tells when its process is lost', async () => {
    const { table } = await start(newFolder())

    process.kill(z.number().parse(table.pid), 'SIGKILL')

    await expect(table.lost).resolves.toMatchObject({ message: expect.stringContaining('SIGKILL') })
  })
})
