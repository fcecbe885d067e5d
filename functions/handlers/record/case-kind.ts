import type { Attempts } from '../../domain/casefile/attempts.ts'
import type { Plan } from '../../domain/casefile/plan.ts'
import type { BaseEvent, CommitMeta, Folding } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { Ports } from '../../ports/ports.ts'
import type { StoredCommit } from '../../ports/record.ts'

/** A stream's line in lists, as its state says it. */
export interface ListLine {
  readonly list: string
  readonly sort: string
  readonly summary: Readonly<Record<string, unknown>>
}

/** What the generic handlers know of a kind of stream: how it folds, what comes next, how it stands in lists. */
export interface CaseKind<S, E extends BaseEvent> {
  readonly folding: Folding<S, E>
  /** States after commits that were folded before: the store hands out the same commits while it knows them. */
  readonly folded: WeakMap<StoredCommit, S>
  /** Events as stored, old versions brought up to date; an unknown one throws with its type and version. */
  readonly read: (event: BaseEvent) => E
  readonly attempts: (state: S) => Attempts
  /** What comes next, with facts from outside the stream read beforehand; null for kinds without a workflow. */
  readonly plan: (
    state: S,
    now: string,
    ports: Pick<Ports, 'register'>,
  ) => Promise<Plan<string, string> | null>
  /** Waits whose turn is the ministry's; all others are the municipality's or the calendar's. */
  readonly ministryWaits: readonly string[]
  readonly listEntry: (state: S, stream: StreamId, meta: CommitMeta) => ListLine
}

/** A stream read and folded. */
export interface Loaded<S> {
  readonly state: S
  readonly seq: number
  readonly hash: string
  readonly at: string
  readonly commandIds: ReadonlySet<string>
  readonly last: CommitMeta | null
}
