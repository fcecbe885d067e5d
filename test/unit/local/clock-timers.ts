import { LocalClock } from '../../../infra/local/clock.ts'

export const start = Date.parse('2014-12-01T08:00:00.000Z')
export const hourMs = 3_600_000
export const at = (hours: number) => new Date(start + hours * hourMs).toISOString()
export const turn = () => new Promise((resolve) => setImmediate(resolve))
export const turns = async (count = 20) => {
  for (let index = 0; index < count; index += 1) await turn()
}

/** A source with timers at the given hours; `fired` lists what fired and at what time of the clock. */
export function timers(
  clock: LocalClock,
  hours: number[],
  work: (hour: number) => void = () => {},
  name = 'timers',
) {
  const left = [...hours].sort((a, b) => a - b)
  const fired: { hour: number; at: string }[] = []
  const add = (hour: number) => {
    left.push(hour)
    left.sort((a, b) => a - b)
    clock.changed()
  }
  clock.attach({
    name,
    nextDue: () => (left[0] === undefined ? undefined : start + left[0] * hourMs),
    fireDue: () => {
      while (left[0] !== undefined && start + left[0] * hourMs <= clock.now()) {
        const due = left.shift()!
        fired.push({ hour: due, at: clock.nowIso() })
        work(due)
      }
    },
  })
  return { left, fired, add }
}
export const moved = () => new LocalClock({ mode: 'moved', startMs: start })
