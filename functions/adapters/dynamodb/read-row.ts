import * as z from 'zod'
import { isStreamId, type StreamId } from '../../domain/base/stream-id.ts'
import type { Row, Table } from './table.ts'

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
