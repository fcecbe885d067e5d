/** A place inside a plain JSON value: keys of objects, never indexes. */
export type RecordPath = readonly string[]

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at the place; undefined when nothing does. */
export const valueAt = (tree: unknown, path: RecordPath): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return tree
  return isRecord(tree) ? valueAt(tree[key], rest) : undefined
}

/** The same value with another thing at the place; `undefined` takes the key away. */
export const withValueAt = (tree: unknown, path: RecordPath, value: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return value
  const record = isRecord(tree) ? tree : {}
  if (rest.length > 0 || value !== undefined)
    return { ...record, [key]: withValueAt(record[key], rest, value) }
  const { [key]: _gone, ...others } = record
  return others
}
