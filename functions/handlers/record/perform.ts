import { expectation } from '../../domain/casefile/plan.ts'
import type { Actor, BaseEvent, CommitMeta, Decision, Refusal } from '../../domain/base/stream.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import { compareInstants } from '../../domain/base/time.ts'
import type { Ports } from '../../ports/ports.ts'
import type { StoredCommit } from '../../ports/record.ts'
import { TooBusy } from '../../../workflows/errors.ts'
import type { CaseKind, Loaded } from './case-kind.ts'
import { executionName, machineOf } from '../../domain/execution/execution.ts'

/** What writing a stream needs. */
export type RecordPorts = Pick<
  Ports,
  'clock' | 'streams' | 'waits' | 'listEntries' | 'workflows' | 'register'
>

const chainStart = '0'.repeat(64)
/**
 * Reload and decide again at most this often when others write to the same stream. Of those who write at once one
 * gets through each time: the five that read a flood of mails, with what they send, and the people at work meanwhile
 * all do.
 */
const mostTries = 25

/** Reads a stream to its end and folds it. */
export const loadCase = async <S, E extends BaseEvent>(
  ports: Pick<Ports, 'streams'>,
  kind: CaseKind<S, E>,
  stream: StreamId,
): Promise<Loaded<S>> => {
  const commits = await ports.streams.load(stream)
  const last = commits.at(-1)
  return {
    state: stateAfter(kind, commits),
    seq: last?.meta.seq ?? 0,
    hash: last?.hash ?? chainStart,
    at: last?.meta.at ?? '',
    commandIds: new Set(commits.map((commit) => commit.meta.commandId)),
    last: last?.meta ?? null,
  }
}

/** The state after the commits, from the last of them whose state is known. */
export const stateAfter = <S, E extends BaseEvent>(
  kind: CaseKind<S, E>,
  commits: readonly StoredCommit[],
): S => {
  const known = commits.findLastIndex((commit) => kind.folded.has(commit))
  const from = commits[known]
  let state = (from === undefined ? undefined : kind.folded.get(from)) ?? kind.folding.initial
  for (const commit of commits.slice(known + 1)) {
    for (const event of commit.events) state = kind.folding.evolve(state, kind.read(event), commit.meta)
    kind.folded.set(commit, state)
  }
  return state
}

export interface Command<S, E extends BaseEvent> {
  /** The same on every repetition of the same command. */
  readonly id: string
  readonly actor: Actor
  readonly decide: (state: S, now: string, loaded: Loaded<S>) => Decision<E>
}

export type Performed<S, E> =
  | { readonly outcome: 'committed'; readonly loaded: Loaded<S>; readonly events: readonly E[] }
  /** The command is in the stream already: its acts are done again, nothing is written. */
  | { readonly outcome: 'repeated'; readonly loaded: Loaded<S> }
  /** There was nothing to write. */
  | { readonly outcome: 'nothing'; readonly loaded: Loaded<S> }
  | { readonly outcome: 'refused'; readonly loaded: Loaded<S>; readonly refusal: Refusal }

/**
 * Load, decide, write: one conditional put, and again from the start when somebody else was faster. After a
 * commit (or its repetition) the waits that are over are completed and the list entry is written.
 * @throws TooBusy after `mostTries`
 */
export const perform = async <S, E extends BaseEvent>(
  ports: RecordPorts,
  kind: CaseKind<S, E>,
  stream: StreamId,
  command: Command<S, E>,
): Promise<Performed<S, E>> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const loaded = await loadCase(ports, kind, stream)
    if (loaded.commandIds.has(command.id)) {
      await settle(ports, kind, stream, loaded)
      return { outcome: 'repeated', loaded }
    }
    const now = notBefore(ports.clock.now(), loaded.at)
    const decision = command.decide(loaded.state, now, loaded)
    if (!decision.ok) return { outcome: 'refused', loaded, refusal: decision.refusal }
    if (decision.events.length === 0) return { outcome: 'nothing', loaded }
    const meta: CommitMeta = { seq: loaded.seq + 1, at: now, actor: command.actor, commandId: command.id }
    const written = await ports.streams.append(stream, {
      ...meta,
      prev: loaded.hash,
      events: decision.events,
    })
    if (written.outcome === 'taken') continue
    const state = decision.events.reduce(
      (folded, event) => kind.folding.evolve(folded, event, meta),
      loaded.state,
    )
    const after: Loaded<S> = {
      state,
      seq: meta.seq,
      hash: written.hash,
      at: meta.at,
      commandIds: new Set([...loaded.commandIds, command.id]),
      last: meta,
    }
    await settle(ports, kind, stream, after)
    return { outcome: 'committed', loaded: after, events: decision.events }
  }
  throw new TooBusy(`Gave up after ${mostTries} concurrent writes to ${stream}`)
}

/** `at` is the later of now and the commit before: a stream's time never goes back. */
const notBefore = (now: string, last: string): string =>
  last !== '' && compareInstants(now, last) < 0 ? last : now

/**
 * The acts every commit owes: whoever changes the record commits first, then reads the open waits and
 * completes those whose plan is another now; then the list entry.
 */
export const settle = async <S, E extends BaseEvent>(
  ports: RecordPorts,
  kind: CaseKind<S, E>,
  stream: StreamId,
  loaded: Loaded<S>,
): Promise<void> => {
  const { last } = loaded
  const writeEntry =
    last === null
      ? Promise.resolve()
      : ports.listEntries.put({
          stream,
          version: loaded.seq,
          hash: loaded.hash,
          ...kind.listEntry(loaded.state, stream, last),
        })
  await Promise.all([completeWaits(ports, kind, stream, loaded.state), writeEntry])
}

/** Completes the stream's open waits that no longer wait for what the plan of now says. */
export const completeWaits = async <S, E extends BaseEvent>(
  ports: RecordPorts,
  kind: CaseKind<S, E>,
  stream: StreamId,
  state: S,
): Promise<void> => {
  const open = await ports.waits.list(stream)
  if (open.length === 0) return
  const plan = await kind.plan(state, ports.clock.now(), ports)
  const expected = plan === null ? '' : expectation(plan)
  for (const wait of open) {
    if (wait.expects === expected) continue
    await ports.workflows.succeed(wait.token)
    await ports.waits.remove(stream, wait)
  }
}

/**
 * Starts an attempt at a case by the workflow of its kind. Its name makes a second start harmless.
 * @returns `exists` when the name was used before
 */
export const startAttempt = (
  ports: Pick<Ports, 'workflows'>,
  stream: StreamId,
  attempt: number,
): Promise<'started' | 'exists'> =>
  ports.workflows.start(machineOf(stream), executionName(stream, attempt), { stream, attempt })
