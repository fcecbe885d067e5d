/** Compares what the engine gave with what AWS recorded, whose varying values are masked. */

type Bindings = Map<string, string>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mask = /<+[A-Za-z][\w .-]*>?(?::[\w-]+)?>/g
const wholeMask = /^<+[A-Za-z][\w .-]*>?(?::[\w-]+)?>$/

/** Fields that AWS added after some of the recordings were made. */
const newer = new Set(['RedriveCount', 'RedriveStatus', 'RedriveStatusReason'])
/** Fields that hold a service's HTTP metadata. */
const metadata = new Set(['SdkHttpMetadata', 'SdkResponseMetadata'])

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const matchText = (expected: string, actual: string, bindings: Bindings): boolean => {
  if (expected === actual) return true
  const names: string[] = []
  let pattern = ''
  let end = 0
  for (const found of expected.matchAll(mask)) {
    pattern += `${escape(expected.slice(end, found.index))}(.+?)`
    names.push(found[0])
    end = found.index + found[0].length
  }
  if (names.length === 0) return false
  const match = new RegExp(`^${pattern}${escape(expected.slice(end))}$`, 's').exec(actual)
  if (match === null) return false
  return names.every((name, index) => {
    if (!/:\w+>$/.test(name)) return true
    const value = match[index + 1] ?? ''
    const known = bindings.get(name)
    if (known === undefined) bindings.set(name, value)
    return known === undefined || known === value
  })
}

/** The first place where a value differs from the recorded one; undefined when it agrees. */
export const difference = (
  expected: unknown,
  actual: unknown,
  bindings: Bindings,
  path = '',
): string | undefined => {
  const differs = (): string =>
    `${path}: expected ${JSON.stringify(expected)?.slice(0, 300)}, got ${JSON.stringify(actual)?.slice(0, 300)}`
  if (typeof expected === 'string') {
    if (wholeMask.test(expected)) return actual === undefined ? differs() : undefined
    return typeof actual === 'string' && matchText(expected, actual, bindings) ? undefined : differs()
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs()
    for (const [index, item] of expected.entries()) {
      const found = difference(item, actual[index], bindings, `${path}[${index}]`)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (isRecord(expected)) {
    if (!isRecord(actual)) return differs()
    for (const key of Object.keys(actual))
      if (!Object.hasOwn(expected, key) && !newer.has(key)) return `${path}.${key}: not in the recording`
    for (const [key, value] of Object.entries(expected)) {
      if (metadata.has(key) && typeof value === 'string') continue
      const found = difference(value, actual[key], bindings, `${path}.${key}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  return Object.is(expected, actual) || expected === actual ? undefined : differs()
}
