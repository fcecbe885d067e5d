/**
 * The one DynamoDB table: its key attributes and its two sparse indexes. The adapters, the local table and
 * the deployed one all read the names here.
 */
export const tableKeys = { partition: 'PK', sort: 'SK' } as const

/** Sparse indexes: an item is in one only if it carries both of its attributes. */
export const tableIndexes = [
  /** Heads of streams, for lists (`HPK` ends in `#<shard>`). */
  { name: 'heads', partition: 'HPK', sort: 'HSK' },
  /** Commands begun and not yet finished (`TODO#<command id>`). */
  { name: 'todo', partition: 'TPK', sort: 'TSK' },
] as const

/**
 * The attribute after whose time (s since 1970) the table may remove an item: sessions and counts of an hour,
 * never the record.
 */
export const tableTimeToLive = 'TTL'
