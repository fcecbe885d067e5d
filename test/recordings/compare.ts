import type { Case } from './cases.ts'
import { difference } from './masks.ts'
import type { Replayed } from './replay.ts'

/** Where the status, output, error or cause differ from the recording; undefined when they agree. */
export const outcomeDifference = (recorded: Case, replayed: Replayed): string | undefined => {
  const { status, output, error, cause } = recorded.expected
  const bindings = new Map<string, string>()
  return (
    difference(status, replayed.status, bindings, 'status') ??
    (status === 'SUCCEEDED' ? difference(output, replayed.output, bindings, 'output') : undefined) ??
    difference(error, replayed.error, bindings, 'error') ??
    difference(cause, replayed.cause, bindings, 'cause')
  )
}

type Events = readonly Record<string, unknown>[]

/**
 * AWS changed what the exit of a distributed Map follows on: in recordings of 2023 and 2024 the end of the Map run,
 * later its start. The engine does the latter; both count as agreement.
 */
const exitOfMapRun = (
  expected: Events,
  index: number,
  actual: Record<string, unknown> | undefined,
): Record<string, unknown> => {
  const event = expected[index] ?? {}
  const run = expected[index - 2]
  return event['type'] === 'MapStateExited' &&
    run?.['type'] === 'MapRunSucceeded' &&
    event['previousEventId'] === run['id']
    ? { ...event, previousEventId: actual?.['previousEventId'] }
    : event
}

const sequence = (expected: Events, actual: Events): string | undefined => {
  const bindings = new Map<string, string>()
  for (const [index, event] of expected.entries()) {
    const found = difference(
      exitOfMapRun(expected, index, actual[index]),
      actual[index],
      bindings,
      `event ${index + 1} ${String(event['type'])}`,
    )
    if (found !== undefined) return found
  }
  return actual.length > expected.length ? `event ${expected.length + 1}: not in the recording` : undefined
}

/** The types of an event and of those it follows on, from the start of the history. */
const chains = (events: Events): { readonly chain: string; readonly event: Record<string, unknown> }[] => {
  const byId = new Map(events.map((event) => [event['id'], event]))
  const label = (event: Record<string, unknown>): string => {
    const details = Object.entries(event).find(([key]) => key.endsWith('Details'))?.[1]
    const { name, index } = (details ?? {}) as { name?: unknown; index?: unknown }
    return JSON.stringify([event['type'], name, index])
  }
  const chainOf = (event: Record<string, unknown>): string => {
    const before = byId.get(event['previousEventId'])
    return before === undefined ? label(event) : `${chainOf(before)} > ${label(event)}`
  }
  return events.map((event) => ({ chain: chainOf(event), event }))
}

const withoutIds = (event: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'id' && key !== 'previousEventId'))

/** Compares histories with concurrent branches: each branch along previousEventId, in whatever order. */
const branches = (expected: Events, actual: Events): string | undefined => {
  const left = chains(actual)
  for (const { chain, event } of chains(expected)) {
    const at = left.findIndex(
      (other) =>
        other.chain === chain &&
        difference(withoutIds(event), withoutIds(other.event), new Map()) === undefined,
    )
    if (at < 0) return `no event like ${chain}: ${JSON.stringify(event).slice(0, 300)}`
    left.splice(at, 1)
  }
  return left[0] === undefined ? undefined : `not in the recording: ${left[0].chain}`
}

/** Compares a history whose ids are masked: as a multiset; the events it is known to lack may be there. */
const multiset = (expected: Events, actual: Events): string | undefined => {
  const left = actual.map(withoutIds)
  for (const event of expected) {
    const at = left.findIndex((other) => difference(withoutIds(event), other, new Map()) === undefined)
    if (at < 0) return `no event like ${JSON.stringify(event).slice(0, 300)}`
    left.splice(at, 1)
  }
  const extra = left.find((event) => !/^ParallelState(Succeeded|Failed|Exited)$/.test(String(event['type'])))
  return extra === undefined ? undefined : `not in the recording: ${JSON.stringify(extra).slice(0, 300)}`
}

/** Where the history differs from the recorded one; undefined when it agrees. */
export const eventsDifference = (recorded: Case, replayed: Replayed): string | undefined => {
  const { events, idsMasked } = recorded.expected
  if (events === null) return undefined
  if (idsMasked === true) return multiset(events, replayed.events)
  const found = sequence(events, replayed.events)
  const concurrent = events.some((event) => /^(Map|Parallel)StateStarted$/.test(event.type))
  return found !== undefined && concurrent ? branches(events, replayed.events) && found : found
}
