import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { BaseEvent } from '../domain/base/stream.ts'
import { instantSchema } from '../domain/base/values.ts'
import type { InspectedStream, NewCommit, StoredCommit } from '../ports/record.ts'

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

/** One commit as it lies in a store, with what is wrong with it: in words, the worst first. */
interface OpenedCommit {
  /** Null when nothing can be read of it. */
  readonly commit: StoredCommit | null
  readonly faults: readonly string[]
}

type Parts = ReadonlyMap<string, Omit<PrivatePart, 'id'>>

/** @param expected `prev` null: the one before is not known, and is found wanting by itself */
function openCommit(
  where: string,
  { body, hash }: SealedCommit,
  parts: Parts,
  expected: { readonly seq: number; readonly prev: string | null },
): OpenedCommit {
  const faults: string[] = []
  if (sha256(body) !== hash) faults.push(`${where}: the body does not have the hash stored beside it`)
  let parsed: Body
  try {
    parsed = parseBody(where, body)
  } catch (error) {
    return { commit: null, faults: [...faults, error instanceof Error ? error.message : String(error)] }
  }
  const { seq, at, actor, commandId, prev } = parsed
  if (seq !== expected.seq) faults.push(`${where}: missing, the next one there is ${seq}`)
  if (expected.prev !== null && prev !== expected.prev)
    faults.push(`${where}: the chain is broken, "prev" is not the hash before`)
  const beside = withPrivate(where, parsed, parts)
  return {
    commit: {
      meta: { seq, at, actor, commandId },
      events: beside.events,
      hash,
      prev,
      ...(parsed.private !== null && !parts.has(parsed.private.part) ? { privateGone: true } : {}),
    },
    faults: beside.fault === null ? faults : [...faults, beside.fault],
  }
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
  parts: Parts,
  before?: StoredCommit,
): readonly StoredCommit[] {
  const first = (before?.meta.seq ?? 0) + 1
  let prev = before?.hash ?? chainStart
  return sealed.map((row, index): StoredCommit => {
    const seq = first + index
    const { commit, faults } = openCommit(`${where}, commit ${seq}`, row, parts, { seq, prev })
    const [worst] = faults
    if (worst !== undefined || commit === null) throw new Error(worst)
    prev = row.hash
    return commit
  })
}

/**
 * Opens a stream's commits as a verification does: what is wrong is told commit by commit, and the rest is opened.
 * @param sealed each under the sequence of its key, in order
 */
export function inspectCommits(
  sealed: readonly (SealedCommit & { readonly seq: number })[],
  parts: Parts,
): InspectedStream {
  const commits: StoredCommit[] = []
  const faults: { seq: number; what: string }[] = []
  let expected: { seq: number; prev: string | null } = { seq: 1, prev: chainStart }
  for (const row of sealed) {
    for (; expected.seq < row.seq; expected = { seq: expected.seq + 1, prev: null })
      faults.push({ seq: expected.seq, what: `commit ${expected.seq}: missing, a later one is there` })
    const opened = openCommit(`commit ${row.seq}`, row, parts, expected)
    faults.push(...opened.faults.map((what) => ({ seq: row.seq, what })))
    if (opened.commit !== null) commits.push(opened.commit)
    expected = { seq: row.seq + 1, prev: row.hash }
  }
  return { commits, faults }
}

function withPrivate(
  where: string,
  commit: Body,
  parts: Parts,
): { readonly events: readonly BaseEvent[]; readonly fault: string | null } {
  const part = commit.private === null ? undefined : parts.get(commit.private.part)
  if (commit.private === null || part === undefined) return { events: commit.events, fault: null }
  const secrets = contentSchema.safeParse(jsonOrNull(part.content))
  if (sha256(part.salt + part.content) !== commit.private.hash || !secrets.success)
    return {
      events: commit.events,
      fault: `${where}: the private part does not have the hash that the commit holds`,
    }
  return {
    events: commit.events.map((event, index) => {
      const secret = secrets.data[String(index)]
      return secret === undefined ? event : { ...event, private: secret }
    }),
    fault: null,
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function parseBody(where: string, body: string): Body {
  const parsed = bodySchema.safeParse(jsonOrNull(body))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => `"body.${issue.path.join('.')}": ${issue.message}`)
  throw new Error(`${where}: ${fields.join('; ')}`, { cause: parsed.error })
}
