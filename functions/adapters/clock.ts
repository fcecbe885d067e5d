import type { Clock } from '../ports/record.ts'

export const clockKinds = ['system', 'embedded'] as const
export type ClockKind = (typeof clockKinds)[number]

/** The stage that real letters are sent from. */
export const productionStage = 'prod'

/** Where the local system publishes its clock: an object whose `now()` answers ms since 1970. */
const clockSymbol = Symbol.for('aarshjul.clock')

/**
 * Business time: the machine's, or the moved clock of the local system in the same process.
 * @throws when the stage is production and the clock is not the system's
 */
export function clockFrom(kind: ClockKind, stage: string): Clock {
  if (kind === 'system') return { now: () => new Date().toISOString() }
  if (stage === productionStage) throw new Error('Production accepts only the clock of the system')
  return { now: () => new Date(embeddedClock().now()).toISOString() }
}

function embeddedClock(): { now(): number } {
  const published: unknown = Reflect.get(globalThis, clockSymbol)
  if (isClock(published)) return published
  throw new Error('CLOCK=embedded, but this process has no embedded clock')
}

const isClock = (value: unknown): value is { now(): number } =>
  typeof value === 'object' && value !== null && 'now' in value && typeof value.now === 'function'
