import { createHash, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'

/** The header by which the firewall in front says that a request came through it. */
export const doorHeader = 'x-aarshjul-door'
/** Who asked the firewall, as CloudFront writes it: `198.51.100.7:4711`, `2001:db8::7:4711`. A client's own is overwritten. */
export const viewerHeader = 'CloudFront-Viewer-Address'

/** What API Gateway says of a request: its headers in small letters, and who asked it. */
const toldSchema = z.object({
  headers: z.record(z.string(), z.string().optional()).default({}),
  requestContext: z.object({ http: z.object({ sourceIp: z.string().min(1) }) }),
})

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether a request came through the firewall: every key that still holds is compared, in the same time whatever is given. */
const cameThrough = (given: string, keys: readonly string[]): boolean =>
  keys.map((key) => timingSafeEqual(sha256(key), sha256(given))).includes(true)

/**
 * Where a request came from, as whoever took it says.
 * @param keys of the firewall in front of the console; null where there is none
 * @returns null for a request that went round the firewall
 */
export const askedFrom = (
  event: unknown,
  keys: ReadonlyMap<number, string> | null,
): { readonly address: string | null } | null => {
  const told = toldSchema.safeParse(event)
  if (keys === null) return { address: told.success ? told.data.requestContext.http.sourceIp : null }
  if (!told.success) return null
  const { headers } = told.data
  if (!cameThrough(headers[doorHeader] ?? '', [...keys.values()])) return null
  const viewer = headers[viewerHeader.toLowerCase()] ?? ''
  const port = viewer.lastIndexOf(':')
  return { address: port > 0 ? viewer.slice(0, port) : null }
}
