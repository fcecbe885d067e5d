import * as z from 'zod'
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { InspectedRow, RowSealer } from '../../ports/record.ts'
import { namesFaults, outermost } from '../service-fault.ts'
import { tableSeal, tableTimeToLive, type tables } from '../table-keys.ts'
import { isStreamId, type StreamId } from '../../domain/base/stream-id.ts'

/** An item in its plain form. Everything with an inside is stored as JSON text, so that its bytes stay. */
export type Row = Readonly<Record<string, string | number>>

export interface Key {
  readonly PK: string
  readonly SK: string
}

/** A condition in DynamoDB's words; its names are written `#name` and its values `:name`. */
export interface Condition {
  readonly where: string
  readonly names: readonly string[]
  readonly values?: Row
}

interface RowQuery {
  readonly index?: (typeof tables)[keyof typeof tables]['indexes'][number]['name']
  readonly where: string
  readonly names: readonly string[]
  readonly values: Row
}

/** The table with the few operations that the adapters use; reads of the base table are consistent. */
export interface Table {
  readonly name: string
  get(key: Key): Promise<Row | null>
  /** Those that are there, in no order, in one request; at most 100 keys. */
  getAll(keys: readonly Key[]): Promise<readonly Row[]>
  /** @returns false when the condition did not hold */
  put(row: Key & Row, condition?: Condition): Promise<boolean>
  /**
   * Adds to a number of an item in one step, making the item where there is none; `set` is written along.
   * @returns the number after it
   */
  add(key: Key, counter: string, by: number, set: Row): Promise<number>
  /** @returns false when the condition did not hold */
  remove(key: Key, condition?: Condition): Promise<boolean>
  /** Paged to its end. Consistent, but for an index, which cannot be. */
  query(query: RowQuery): Promise<readonly Row[]>
  /** All rows as they lie there, none taken for granted: consistent, page by page. */
  rows(): AsyncIterable<InspectedRow & { /** After a while the table removes it. */ readonly goes: boolean }>
}

export const absent: Condition = { where: 'attribute_not_exists(#SK)', names: ['SK'] }

/** What a seal is over: the row's attributes in the order of their names, without the seal. */
const sealedText = (row: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([attribute]) => attribute !== tableSeal)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )

/** @param sealer seals every row that is put, so that one that somebody else wrote is found; none in tests */
export function makeTable(client: DynamoDBClient, name: string, sealer?: RowSealer): Table {
  const inTable = { TableName: name }
  const sealed = (row: Row): Row =>
    sealer === undefined ? row : { ...row, [tableSeal]: sealer.seal(sealedText(row)) }
  const sealOf = (row: Readonly<Record<string, unknown>>): InspectedRow['seal'] => {
    const { [tableSeal]: seal } = row
    if (typeof seal !== 'string') return 'none'
    return sealer?.holds(sealedText(row), seal) === true ? 'holds' : 'broken'
  }
  return {
    name,
    async get(key) {
      const { Item } = await client.send(
        new GetItemCommand({ ...inTable, Key: marshall({ ...key }), ConsistentRead: true }),
      )
      return Item === undefined ? null : toRow(name, Item)
    },
    async getAll(keys) {
      const distinct = new Map(keys.map((key) => [JSON.stringify([key.PK, key.SK]), marshall({ ...key })]))
      const rows: Row[] = []
      let asked = [...distinct.values()]
      while (asked.length > 0) {
        const { Responses, UnprocessedKeys } = await client.send(
          new BatchGetItemCommand({ RequestItems: { [name]: { Keys: asked, ConsistentRead: true } } }),
        )
        for (const item of Responses?.[name] ?? []) rows.push(toRow(name, item))
        asked = UnprocessedKeys?.[name]?.Keys ?? []
      }
      return rows
    },
    put: (row, condition) =>
      heldTrue(
        client.send(new PutItemCommand({ ...inTable, Item: marshall(sealed(row)), ...worded(condition) })),
      ),
    async add(key, counter, by, set) {
      const assigned = Object.keys(set)
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          ...inTable,
          Key: marshall({ ...key }),
          UpdateExpression: `ADD #${counter} :${counter}${
            assigned.length === 0 ? '' : ` SET ${assigned.map((one) => `#${one} = :${one}`).join(', ')}`
          }`,
          ExpressionAttributeNames: toNames([counter, ...assigned]),
          ExpressionAttributeValues: toValues({ ...set, [counter]: by }),
          ReturnValues: 'UPDATED_NEW',
        }),
      )
      return z.coerce.number().parse(Attributes?.[counter]?.N)
    },
    remove: (key, condition) =>
      heldTrue(
        client.send(new DeleteItemCommand({ ...inTable, Key: marshall({ ...key }), ...worded(condition) })),
      ),
    async query(query) {
      const input = {
        ...inTable,
        ...(query.index === undefined ? { ConsistentRead: true } : { IndexName: query.index }),
        KeyConditionExpression: query.where,
        ExpressionAttributeNames: toNames(query.names),
        ExpressionAttributeValues: toValues(query.values),
      }
      const rows: Row[] = []
      let from: Record<string, AttributeValue> | undefined
      do {
        const page = await client.send(
          new QueryCommand({ ...input, ...(from === undefined ? {} : { ExclusiveStartKey: from }) }),
        )
        for (const item of page.Items ?? []) rows.push(toRow(name, item))
        from = page.LastEvaluatedKey
      } while (from !== undefined)
      return rows
    },
    async *rows() {
      let from: Record<string, AttributeValue> | undefined
      do {
        const page = await client.send(
          new ScanCommand({
            ...inTable,
            ConsistentRead: true,
            ...(from === undefined ? {} : { ExclusiveStartKey: from }),
          }),
        )
        for (const item of page.Items ?? []) {
          const row = unmarshall(item)
          yield {
            PK: String(row['PK']),
            SK: String(row['SK']),
            seal: sealOf(row),
            goes: tableTimeToLive in row,
          }
        }
        from = page.LastEvaluatedKey
      } while (from !== undefined)
    },
  }
}

async function heldTrue(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false
    throw error
  }
}

const worded = (condition: Condition | undefined) =>
  condition === undefined
    ? {}
    : {
        ConditionExpression: condition.where,
        ExpressionAttributeNames: toNames(condition.names),
        ...(condition.values === undefined ? {} : { ExpressionAttributeValues: toValues(condition.values) }),
      }

const toNames = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`#${name}`, name]))

const toValues = (values: Row): Record<string, AttributeValue> =>
  marshall(Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])))

const rowSchema = z.record(z.string(), z.union([z.string(), z.number()]))

/** @throws when an attribute is neither text nor a number: nothing here writes any other */
function toRow(table: string, item: Record<string, AttributeValue>): Row {
  const read = rowSchema.safeParse(unmarshall(item))
  if (read.success) return read.data
  const where = `Table ${table}, PK ${item['PK']?.S}, SK ${item['SK']?.S}`
  throw new Error(`${where}: ${z.prettifyError(read.error)}`)
}

/** Reads a row back as untrusted. @throws an error that names the table, the keys and each bad field */
export function readRow<T extends z.ZodType>(table: Table, schema: T, row: Row): z.output<T> {
  const parsed = schema.safeParse(row)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => `"${issue.path.join('.')}": ${issue.message}`)
  throw new Error(`Table ${table.name}, PK ${row['PK']}, SK ${row['SK']}: ${fields.join('; ')}`, {
    cause: parsed.error,
  })
}

/** An attribute that holds JSON text of that schema. */
export const jsonText = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

export const streamIdSchema = z.custom<StreamId>(
  (value) => typeof value === 'string' && isStreamId(value),
  'not the id of a stream',
)

const connectionTimeoutMs = 2_000
const requestTimeoutMs = 8_000

/**
 * The low-level client; region, credentials and endpoint come from the SDK's own variables. Connections are
 * kept open. A request without an answer ends in an error and is tried again by the SDK: every write here is
 * safe to repeat.
 */
export const makeDynamoClient = (): DynamoDBClient => {
  const client = new DynamoDBClient({
    // Each kind of command puts its steps together once, not with every request.
    cacheMiddleware: true,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: 64 },
      httpsAgent: { keepAlive: true, maxSockets: 64 },
    },
  })
  // Nothing listens to it, and it walks through every item there and back.
  client.middlewareStack.remove('loggerMiddleware')
  client.middlewareStack.add(namesFaults, outermost)
  return client
}
