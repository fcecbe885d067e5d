import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { readFileIfThere, writeFileAtomically } from './atomic-file.ts'
import type { ClockGate, ClockMode, ClockSource } from './clock-source.ts'
import type { Invoke } from './functions-runtime.ts'
import { asyncRetryMinutes, scheduledInput, type ScheduleRule } from '../../workflows/tasks.ts'
import { lastOccurrence, nextOccurrence } from './schedule-rule.ts'

/** A schedule of EventBridge Scheduler with a function as its target. */
export type Schedule = {
  readonly name: string
  readonly rule: ScheduleRule
  readonly functionName: string
  /** The event; `<aws.scheduler.scheduled-time>` in any text of it becomes the time the schedule was due. */
  readonly input: object
  /**
   * Does not by itself keep the moved clock going step by step. It fires at start, and before each move that
   * would pass it, with the time it then is. In real time it is a schedule as any other.
   */
  readonly quiet?: boolean
  /**
   * Of a quiet one: what must have changed since it last fired to make a move wait for it again. It fires in any
   * case while its function's last answer still names something (any list in it that is not empty).
   */
  readonly causes?: () => number
  /** Of a quiet one: whether it has something to do, though no cause of it was seen. */
  readonly owes?: () => Promise<boolean>
}

/** A schedule for an operator's eyes. */
export type ScheduleState = { readonly name: string; readonly lastAt: string; readonly nextAt: string }

export type Scheduler = {
  /** Fires what is quiet, then keeps the schedules on the clock. Resolves when the quiet ones are done. */
  start(): Promise<void>
  list(): readonly ScheduleState[]
}

type SchedulerClock = {
  readonly mode: ClockMode
  now(): number
  hold(reason: string): () => void
  changed(): void
  attach(source: ClockSource): () => void
  attachGate(gate: ClockGate): () => void
}
type Kept = {
  lastMs: number
  failures: number
  retryMs: number | undefined
  inFlight: boolean
  /** The causes when a quiet one last fired and left nothing; undefined: it must fire. */
  causes: number | undefined
}

const stateSchema = z.record(z.string(), z.iso.datetime())
const placeholder = scheduledInput.scheduledAt
const minuteMs = 60_000
const quietRetriesMs = [20, 80, 300]

const iso = (ms: number): string => new Date(ms).toISOString()
const answerSchema = z.record(z.string(), z.unknown()).nullable()
/** An answer in which every list is empty. */
const leavesNothing = (answer: unknown): boolean => {
  const read = answerSchema.safeParse(answer)
  return (
    read.success && Object.values(read.data ?? {}).every((part) => !Array.isArray(part) || part.length === 0)
  )
}
/** As EventBridge writes it: whole seconds. */
const scheduledTime = (ms: number): string => iso(ms).replace('.000Z', 'Z')

/**
 * The schedules on the local clock, in Danish time. When each last fired is kept, so that what was missed
 * while nothing ran fires once, at the next start. As on AWS a schedule fires at least once: its time is
 * written down when its function has succeeded, and a failure is tried again as often as there.
 * @param options.file where the last times are kept
 * @param options.onGivenUp told of a schedule whose function failed all that time
 */
export function makeScheduler(options: {
  schedules: readonly Schedule[]
  clock: SchedulerClock
  invoke: Invoke
  file: string
  onGivenUp: (schedule: string, error: unknown) => void
}): Scheduler {
  const { schedules, clock, invoke, file, onGivenUp } = options
  for (const { name, input } of schedules)
    if (JSON.stringify(input).replaceAll(placeholder, '').includes('<aws.scheduler.'))
      throw new Error(`Schedule ${name}: only ${placeholder} is known here`)
  const stored = stateSchema.parse(JSON.parse(readFileIfThere(file) ?? '{}'))
  const kept = new Map(
    schedules.map((schedule): [Schedule, Kept] => {
      const last = stored[schedule.name]
      const lastMs = last === undefined ? clock.now() : Date.parse(last)
      return [schedule, { lastMs, failures: 0, retryMs: undefined, inFlight: false, causes: undefined }]
    }),
  )
  const persist = (): void => {
    const state = Object.fromEntries([...kept].map(([{ name }, { lastMs }]) => [name, iso(lastMs)]))
    writeFileAtomically(file, `${JSON.stringify(state, undefined, 2)}\n`)
  }
  persist()

  const call = async (schedule: Schedule, dueMs: number): Promise<unknown> => {
    const input: unknown = JSON.parse(
      JSON.stringify(schedule.input).replaceAll(placeholder, scheduledTime(dueMs)),
    )
    return invoke(schedule.functionName, input, 'schedule')
  }
  const settle = (state: Kept, dueMs: number): void => {
    Object.assign(state, { lastMs: dueMs, failures: 0, retryMs: undefined })
    persist()
  }

  const fire = async (schedule: Schedule, state: Kept, dueMs: number): Promise<void> => {
    const release = clock.hold(`schedule ${schedule.name}`)
    state.inFlight = true
    try {
      const answer = await call(schedule, dueMs)
      settle(state, dueMs)
      // What it left is noted, and a quiet one takes it up.
      if (!leavesNothing(answer)) for (const other of kept.values()) other.causes = undefined
    } catch (error) {
      const waitMinutes = asyncRetryMinutes[state.failures]
      state.failures += 1
      if (waitMinutes === undefined) {
        settle(state, dueMs)
        onGivenUp(schedule.name, error)
      } else state.retryMs = clock.now() + waitMinutes * minuteMs
    } finally {
      state.inFlight = false
      release()
    }
  }

  /** A quiet schedule's function at the time it now is. @throws when it fails again and again */
  const fireQuiet = async (schedule: Schedule, state: Kept): Promise<void> => {
    const release = clock.hold(`schedule ${schedule.name}`)
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          const causes = schedule.causes?.()
          state.causes = undefined
          state.causes = leavesNothing(await call(schedule, clock.now())) ? causes : undefined
          break
        } catch (error) {
          const pause = quietRetriesMs[attempt]
          if (pause === undefined)
            throw new Error(`The clock cannot move: ${schedule.name} fails`, { cause: error })
          await sleep(pause)
        }
      }
      // Not written down: it fires at every start.
      state.lastMs = clock.now()
    } finally {
      release()
    }
  }

  const isQuiet = (schedule: Schedule): boolean => schedule.quiet === true && clock.mode !== 'real'
  const isCalledFor = async (schedule: Schedule, state: Kept, nextMs: number): Promise<boolean> =>
    nextOccurrence(schedule.rule, state.lastMs) <= nextMs &&
    (state.causes === undefined ||
      schedule.causes?.() !== state.causes ||
      ((await schedule.owes?.()) ?? false))
  const dueOf = (schedule: Schedule, state: Kept): number =>
    state.retryMs ?? nextOccurrence(schedule.rule, state.lastMs)

  return {
    start: async () => {
      for (const [schedule, state] of kept) if (isQuiet(schedule)) await fireQuiet(schedule, state)
      clock.attachGate(async (nextMs) => {
        for (const [schedule, state] of kept)
          if (isQuiet(schedule) && (await isCalledFor(schedule, state, nextMs)))
            await fireQuiet(schedule, state)
      })
      clock.attach({
        name: 'schedules',
        nextDue: () => {
          let first: number | undefined
          for (const [schedule, state] of kept) {
            if (isQuiet(schedule) || state.inFlight) continue
            const dueMs = dueOf(schedule, state)
            if (first === undefined || dueMs < first) first = dueMs
          }
          return first
        },
        fireDue: () => {
          for (const [schedule, state] of kept) {
            if (isQuiet(schedule) || state.inFlight || dueOf(schedule, state) > clock.now()) continue
            const dueMs = lastOccurrence(schedule.rule, state.lastMs, clock.now())
            if (dueMs !== undefined) void fire(schedule, state, dueMs)
          }
        },
      })
    },
    list: () =>
      [...kept].map(([schedule, state]) => ({
        name: schedule.name,
        lastAt: iso(state.lastMs),
        nextAt: iso(dueOf(schedule, state)),
      })),
  }
}
