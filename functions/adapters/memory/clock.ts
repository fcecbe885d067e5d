import type { Clock } from '../../ports/record.ts'

/** A clock that stands until it is set. */
export function memoryClock(startAt: string): Clock & { set(at: string): void } {
  let nowAt = new Date(startAt).toISOString()
  return {
    now: () => nowAt,
    set: (at) => {
      nowAt = new Date(at).toISOString()
    },
  }
}
