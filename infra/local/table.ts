import { setTimeout as sleep } from 'node:timers/promises'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb'
import * as z from 'zod'
import { tableKeys, tableNames, type TableNames, tables } from '../../functions/adapters/table-keys.ts'
import { keysOf } from '../../functions/domain/base/values.ts'

/** The table's process as the local system sees it. */
export type LocalTable = {
  /** For `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly endpoint: string
  /** The record's. */
  readonly tableName: string
  readonly names: TableNames
  /** None at an endpoint that somebody else has started. */
  readonly pid?: number
  /** Settles when the process ends unasked: without its table the local system cannot go on. */
  readonly lost: Promise<Error>
  close(): Promise<void>
}

const readySchema = z.object({ port: z.int().positive() })
const attribute = (name: string) => ({ AttributeName: name, AttributeType: 'S' }) as const
const keySchema = (keys: { readonly partition: string; readonly sort: string }) => [
  { AttributeName: keys.partition, KeyType: 'HASH' } as const,
  { AttributeName: keys.sort, KeyType: 'RANGE' } as const,
]

/**
 * Starts dynalite on disk in a process of its own and creates the tables that are not there; with
 * `AWS_ENDPOINT_URL_DYNAMODB` set the tables are at that endpoint, and the folder holds none.
 *
 * `node test/bench/table.ts` measures it. In processor time a conditional put costs the table 0.9 ms and its
 * client 1.2, a consistent get 0.45 and 1.0, a query that finds nothing 0.9 and 1.1 (two cores, others at work
 * too, dynalite 4.0.0, Node 24.21); with LevelDB asked for every row it was 1.2, 0.65 and 1.2 for the table. In one
 * process with its client it was half as fast. Fewer and smaller reads help more than a faster table.
 * @param options.folder its folder inside the data folder
 * @param options.tableName the record's name (3 characters or more); any other table's begins with it
 * @throws when the process ends before it is ready; what it said is on standard error
 */
export async function startTable(options: { folder: string; tableName: string }): Promise<LocalTable> {
  const given = process.env['AWS_ENDPOINT_URL_DYNAMODB']
  return given === undefined ? startProcess(options) : attachTable(given, options.tableName)
}

const namesFrom = (recordName: string): TableNames =>
  tableNames((table: string) => (table === 'record' ? recordName : `${recordName}-${table}`))

const createTables = async (endpoint: string, names: TableNames): Promise<void> => {
  for (const table of keysOf(tables)) await createTable(endpoint, names[table], tables[table].indexes)
}

/** Tables at an endpoint that somebody else has started, as AWS's DynamoDB Local. */
async function attachTable(endpoint: string, tableName: string): Promise<LocalTable> {
  const names = namesFrom(tableName)
  await createTables(endpoint, names)
  return { endpoint, tableName, names, lost: new Promise(() => undefined), close: () => Promise.resolve() }
}

async function startProcess(options: { folder: string; tableName: string }): Promise<LocalTable> {
  const child = fork(fileURLToPath(new URL('./table-process.ts', import.meta.url)), [options.folder], {
    execPath: process.execPath,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let closing = false
  const ended = once(child, 'exit').then(
    ([code, signal]) => new Error(`The table's process ended (${code ?? signal})`),
  )
  const endpoint = `http://127.0.0.1:${(await firstMessage(child, ended)).port}`
  const names = namesFrom(options.tableName)
  await createTables(endpoint, names)
  const { pid } = child
  if (pid === undefined) throw new Error("The table's process has no id")
  return {
    endpoint,
    tableName: options.tableName,
    names,
    pid,
    lost: new Promise((resolve) => void ended.then((error) => (closing ? undefined : resolve(error)))),
    close: async () => {
      closing = true
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

async function firstMessage(
  child: ChildProcess,
  ended: Promise<Error>,
): Promise<z.infer<typeof readySchema>> {
  const first = await Promise.race([
    once(child, 'message').then(([message]: unknown[]) => readySchema.parse(message)),
    ended,
  ])
  if (first instanceof Error) throw first
  return first
}

type Indexes = (typeof tables)[keyof typeof tables]['indexes']

async function createTable(endpoint: string, tableName: string, indexes: Indexes): Promise<void> {
  const client = new DynamoDBClient({ endpoint, ...localCredentials })
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName })).catch(async (error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error
      await client.send(
        new CreateTableCommand({
          TableName: tableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [tableKeys, ...indexes].flatMap((keys) => [
            attribute(keys.partition),
            attribute(keys.sort),
          ]),
          KeySchema: keySchema(tableKeys),
          ...(indexes.length === 0
            ? {}
            : {
                GlobalSecondaryIndexes: indexes.map((index) => ({
                  IndexName: index.name,
                  KeySchema: keySchema(index),
                  Projection: { ProjectionType: 'ALL' },
                })),
              }),
        }),
      )
    })
    await untilActive(client, tableName)
  } finally {
    client.destroy()
  }
}

const activeWithinMs = 30_000

/** A table is there before it may be read. */
async function untilActive(client: DynamoDBClient, tableName: string): Promise<void> {
  const from = performance.now()
  for (;;) {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: tableName }))
    if (table?.TableStatus === 'ACTIVE') return
    if (performance.now() - from > activeWithinMs)
      throw new Error(`the local table ${tableName} is ${table?.TableStatus ?? 'unknown'} after 30 s`)
    await sleep(5)
  }
}

/** The endpoints of the local system check no signature, but the SDK's clients want something to sign with. */
const localCredentials = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}
