import type { RefusalKind } from './refusals.ts'

/**
 * What every stream of the record has in common (handlers/README.md, "The record"): events with type and version,
 * pure decisions, state as the fold.
 */

/** Who acted: a ministry person, a municipality's contact, or the system itself. */
export type Actor =
  | { readonly by: 'person'; readonly personId: string; readonly roles: readonly string[] }
  | { readonly by: 'contact'; readonly contactId: string; readonly municipality: string }
  | { readonly by: 'sender'; readonly standing: string }
  | { readonly by: 'system'; readonly name: string }

/** What a commit knows about itself beside its events. */
export interface CommitMeta {
  /** Sequence in the stream, from 1. */
  readonly seq: number
  /** The later of now and the commit before. */
  readonly at: string
  readonly actor: Actor
  readonly commandId: string
}

/**
 * An event's public part is under the stream's hash chain. `private` (free text, addresses) lies beside the
 * chain and is absent after an erasure: every fold must do without it.
 */
export interface BaseEvent {
  readonly type: string
  readonly v: number
  readonly private?: unknown
}

/** An expected "no", returned and never thrown. */
export interface Refusal {
  readonly kind: RefusalKind
  /** One English sentence for logs and the command line. */
  readonly message: string
  /** What the person is told in Danish, where it is more than the words of the kind: what is wrong with fields. */
  readonly told?: string
}

export type Decision<E> =
  { readonly ok: true; readonly events: readonly E[] } | { readonly ok: false; readonly refusal: Refusal }

export const accept = <E>(...events: E[]): Decision<E> => ({ ok: true, events })
export const refuse = (
  kind: RefusalKind,
  message: string,
  told?: string,
): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: told === undefined ? { kind, message } : { kind, message, told },
})

/** A stream's kind as a value: how its events fold into a state. */
export interface Folding<S, E extends BaseEvent> {
  readonly initial: S
  readonly evolve: (state: S, event: E, meta: CommitMeta) => S
}
