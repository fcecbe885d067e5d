import * as z from 'zod'
import { keysOf } from '../domain/base/values.ts'

/**
 * The DynamoDB tables: the record, and whatever else is to be kept is another kind of item in it; only what must
 * never share its fate is another row here. The adapters,
 * the local tables and the deployed ones all read this.
 */

/** The key attributes of every table. */
export const tableKeys = { partition: 'PK', sort: 'SK' } as const

/**
 * The attribute after whose time (s since 1970) a table may remove an item: sessions and counts of an hour,
 * never the record.
 */
export const tableTimeToLive = 'TTL'

/** The attribute with a row's seal: an HMAC over the others, made by the functions alone. */
export const tableSeal = 'SEAL'

interface TableShape {
  /** Sparse indexes: an item is in one only if it carries both of its attributes. */
  readonly indexes: readonly { readonly name: string; readonly partition: string; readonly sort: string }[]
}

export const tables = {
  record: {
    indexes: [
      /** Heads of streams, for lists (`HPK` ends in `#<shard>`). */
      { name: 'heads', partition: 'HPK', sort: 'HSK' },
      /** Commands begun and not yet finished (`TODO#<command id>`). */
      { name: 'todo', partition: 'TPK', sort: 'TSK' },
    ],
  },
  /** Who is logged in: gone tomorrow, and whoever can write it can write nothing else. */
  sessions: { indexes: [] },
} as const satisfies Readonly<Record<string, TableShape>>

export const tableNamesSchema = z.record(z.enum(keysOf(tables)), z.string().min(3))
/** What each table is called where the functions run. */
export type TableNames = Readonly<z.infer<typeof tableNamesSchema>>

export const tableNames = (nameOf: (table: keyof typeof tables) => string): TableNames =>
  tableNamesSchema.parse(Object.fromEntries(keysOf(tables).map((table) => [table, nameOf(table)])))

/** How texts that came from outside are made into keys of the register, the same in every store. */

/** A key has at most 2,048 bytes, a character at most four: a longer text names nothing we ever wrote. */
const longestKey = 500

export const mayBeKey = (text: string): boolean => text.length > 0 && text.length <= longestKey

/** A Message-ID with or without its angle brackets is the same. */
export const messageIdKey = (messageId: string): string => messageId.trim().replace(/^<(.*)>$/, '$1')

/** Addresses are compared without regard to case, the local part too: nobody's registrar keeps them apart. */
export const addressKey = (email: string): string => email.trim().toLowerCase()
