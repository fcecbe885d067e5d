import * as z from 'zod'
import { canonicalJson } from '../judging/canonical.ts'
import { isStreamId, type StreamId } from '../base/stream-id.ts'
import { daysBetween } from '../base/time.ts'
import { dateSchema, instantSchema } from '../base/values.ts'

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** The last commit of one stream, as a list names it. */
const anchoredStreamSchema = z.strictObject({
  stream: z.custom<StreamId>((value) => typeof value === 'string' && isStreamId(value), 'a stream'),
  seq: z.int().positive(),
  hash: hashSchema,
})
export type AnchoredStream = z.infer<typeof anchoredStreamSchema>

/**
 * All streams with their last hashes on one night, chained to the list before (handlers/README.md, "Chained and
 * anchored").
 */
const anchorListSchema = z.strictObject({
  v: z.literal(1),
  on: dateSchema,
  madeAt: instantSchema,
  /** The list before and the SHA-256 of its file; null for the first. */
  previous: z.strictObject({ on: dateSchema, sha256: hashSchema }).nullable(),
  /** Whoever made it sealed what it wrote: what its list does not reach back to is sealed. Left out by older ones. */
  sealed: z.literal(true).optional(),
  /** In the order of their ids. */
  streams: z.array(anchoredStreamSchema),
})
export type AnchorList = z.infer<typeof anchorListSchema>

export const anchorFileSchema = z.strictObject({
  list: anchorListSchema,
  signature: z.strictObject({
    keyVersion: z.int().positive(),
    algorithm: z.literal('ed25519'),
    publicKey: z.string(),
    value: z.string(),
  }),
})
export type AnchorFile = z.infer<typeof anchorFileSchema>

export const anchorKey = (on: string): string => `anchors/${on}.json`

/** The text that is signed, and the text that is archived: canonical, so that it is one however it was written. */
export const signedText = (list: AnchorList): string => canonicalJson(list)
export const fileText = (file: AnchorFile): string => canonicalJson(file)

/** A list is made at least this often, whether anything has changed or not. */
export const longestGapDays = 7

const byCodeUnit = (a: AnchoredStream, b: AnchoredStream): number =>
  a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0

/** In the order of a list. A stream without a commit has nothing to anchor. */
export const inListOrder = (streams: readonly AnchoredStream[]): AnchoredStream[] =>
  streams.filter((one) => one.seq > 0).toSorted(byCodeUnit)

/** Is a list needed tonight? Nothing new since the last makes one needless, for a week. */
export const isListNeeded = (
  last: AnchorList | null,
  streams: readonly AnchoredStream[],
  on: string,
): boolean => {
  if (last === null) return streams.length > 0
  if (daysBetween(last.on, on) >= longestGapDays) return true
  return canonicalJson(last.streams) !== canonicalJson(streams)
}
