/**
 * Canonical JSON: one text for equal values, whatever order their fields were written in. What is decided on
 * is named by the hash of this text, and a judging is redone byte for byte.
 */

/** Keys by code unit as RFC 8785 orders them; never by locale. */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * @throws TypeError for what JSON has no text for (bigint, function, `undefined` in a list, a number that is
 * not finite). A field that is `undefined` is left out, as `JSON.stringify` does.
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`no JSON for ${value}`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one)).join(',')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined)
    const sorted = entries.sort(([a], [b]) => byCodeUnit(a, b))
    return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`
  }
  throw new TypeError(`no JSON for a ${typeof value}`)
}
