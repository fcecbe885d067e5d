import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { BaseEvent } from '../domain/base/stream.ts'
import { instantSchema } from '../domain/base/values.ts'
import type { NewCommit, StoredCommit } from '../ports/record.ts'

/**
 * A commit as it is stored (handlers/README.md, "Chained and anchored"): one JSON text, its SHA-256 over exactly
 * those bytes, chained by
 * `prev`; what is private lies beside it, and the text holds only its salted hash. Every store seals and opens
 * with the functions here, so that a chain can be verified wherever it lies.
 */

/** Six digits: sort keys keep the order of the sequence. */
export const lastSeq = 999_999

/** `prev` of a stream's first commit. */
export const chainStart = '0'.repeat(64)

/** The private properties of a commit's events, kept apart so that they can be erased. */
export interface PrivatePart {
  /** 16 hex digits, random: a writer that loses the race leaves the winner's part alone. */
  readonly id: string
  /** 16 random bytes, hex. Without it a short text could be found from its hash by trying. */
  readonly salt: string
  /** JSON: event index -> the event's `private`. */
  readonly content: string
}

export interface SealedCommit {
  readonly body: string
  readonly hash: string
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hex')

const actorSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('person'), personId: z.string(), roles: z.array(z.string()) }),
  z.object({ by: z.literal('contact'), contactId: z.string(), municipality: z.string() }),
  z.object({ by: z.literal('sender'), standing: z.string() }),
  z.object({ by: z.literal('system'), name: z.string() }),
])

const bodySchema = z.object({
  v: z.literal(1),
  seq: z.int().min(1).max(lastSeq),
  at: instantSchema,
  actor: actorSchema,
  commandId: z.string().min(1),
  prev: hashSchema,
  events: z.array(z.looseObject({ type: z.string().min(1), v: z.int().min(1) })).min(1),
  private: z.object({ part: z.string().regex(/^[0-9a-f]{16}$/), hash: hashSchema }).nullable(),
})
type Body = z.infer<typeof bodySchema>

const contentSchema = z.record(z.string().regex(/^\d+$/), z.unknown())

/** Splits off what is private and seals the rest. Random: the part's id and salt. */
export function sealCommit(commit: NewCommit): SealedCommit & { readonly part: PrivatePart | null } {
  const secrets = commit.events.flatMap((event, index) =>
    event.private === undefined ? [] : [[String(index), event.private] as const],
  )
  const part =
    secrets.length === 0
      ? null
      : {
          id: randomBytes(8).toString('hex'),
          salt: randomBytes(16).toString('hex'),
          content: JSON.stringify(Object.fromEntries(secrets)),
        }
  const body = JSON.stringify({
    v: 1,
    seq: commit.seq,
    at: commit.at,
    actor: commit.actor,
    commandId: commit.commandId,
    prev: commit.prev,
    events: commit.events.map(({ private: _beside, ...open }) => open),
    private: part === null ? null : { part: part.id, hash: sha256(part.salt + part.content) },
  })
  // What cannot be read back must not be written: the chain is never mended afterwards.
  parseBody(`commit ${commit.seq}`, body)
  return { body, hash: sha256(body), part }
}

/** What a writer must know of the commit that lies at its sequence. */
export function whoseCommit(where: string, body: string): { commandId: string; part: string | null } {
  const { commandId, private: beside } = parseBody(where, body)
  return { commandId, part: beside?.part ?? null }
}

/**
 * Opens a stream's commits, in order, and puts their private parts back.
 * @param where names the stream in errors
 * @param sealed all commits, or those behind `before`
 * @param parts by part id; one that is missing was erased, and its events come without `private`
 * @throws when a body, a chain or a part does not have the hash it should, or a commit is missing
 */
export function openCommits(
  where: string,
  sealed: readonly SealedCommit[],
  parts: ReadonlyMap<string, Omit<PrivatePart, 'id'>>,
  before?: StoredCommit,
): readonly StoredCommit[] {
  const first = (before?.meta.seq ?? 0) + 1
  let prev = before?.hash ?? chainStart
  return sealed.map(({ body, hash }, index): StoredCommit => {
    const here = `${where}, commit ${first + index}`
    if (sha256(body) !== hash) throw new Error(`${here}: the body does not have the hash stored beside it`)
    const commit = parseBody(here, body)
    if (commit.seq !== first + index) throw new Error(`${here}: missing, the next one there is ${commit.seq}`)
    if (commit.prev !== prev) throw new Error(`${here}: the chain is broken, "prev" is not the hash before`)
    prev = hash
    const { seq, at, actor, commandId } = commit
    return {
      meta: { seq, at, actor, commandId },
      events: withPrivate(here, commit, parts),
      hash,
      prev: commit.prev,
      ...(commit.private !== null && !parts.has(commit.private.part) ? { privateGone: true } : {}),
    }
  })
}

function withPrivate(
  where: string,
  commit: Body,
  parts: ReadonlyMap<string, Omit<PrivatePart, 'id'>>,
): readonly BaseEvent[] {
  const part = commit.private === null ? undefined : parts.get(commit.private.part)
  if (commit.private === null || part === undefined) return commit.events
  if (sha256(part.salt + part.content) !== commit.private.hash)
    throw new Error(`${where}: the private part does not have the hash that the commit holds`)
  const secrets = contentSchema.parse(JSON.parse(part.content))
  return commit.events.map((event, index) => {
    const secret = secrets[String(index)]
    return secret === undefined ? event : { ...event, private: secret }
  })
}

function parseBody(where: string, body: string): Body {
  const parsed = bodySchema.safeParse(JSON.parse(body))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => `"body.${issue.path.join('.')}": ${issue.message}`)
  throw new Error(`${where}: ${fields.join('; ')}`, { cause: parsed.error })
}
