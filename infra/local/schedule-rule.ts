import { Temporal } from 'temporal-polyfill'
import { timeZone } from '../../functions/domain/base/time.ts'
import type { ScheduleRule, TimeOfDay } from '../../workflows/tasks.ts'

const minuteMs = 60_000

/**
 * The first instant after `afterMs` at which a rule fires (ms). As EventBridge Scheduler has it, a time that
 * the change to summer time skips does not fire that day, and one that the change back repeats fires once:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function nextOccurrence(rule: ScheduleRule, afterMs: number): number {
  if (rule.kind === 'every') {
    const step = rule.minutes * minuteMs
    return (Math.floor(afterMs / step) + 1) * step
  }
  let date = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(timeZone).toPlainDate()
  for (;;) {
    date = firstDate(rule, date)
    const ms = onDate(date, rule.time)
    if (ms !== undefined && ms > afterMs) return ms
    date = date.add({ days: 1 })
  }
}

/** The last instant at or before `untilMs` and after `afterMs` at which a rule fires, if there is one. */
export function lastOccurrence(rule: ScheduleRule, afterMs: number, untilMs: number): number | undefined {
  if (rule.kind === 'every') {
    const step = rule.minutes * minuteMs
    const last = Math.floor(untilMs / step) * step
    return last > afterMs ? last : undefined
  }
  let last: number | undefined
  for (let next = nextOccurrence(rule, afterMs); next <= untilMs; next = nextOccurrence(rule, next))
    last = next
  return last
}

/** The first date from `from` on that a rule allows. */
function firstDate(
  rule: Exclude<ScheduleRule, { kind: 'every' }>,
  from: Temporal.PlainDate,
): Temporal.PlainDate {
  if (rule.kind === 'daily') return from
  if (rule.kind === 'weekdays') return from.dayOfWeek > 5 ? from.add({ days: 8 - from.dayOfWeek }) : from
  const thisYear = Temporal.PlainDate.from({ year: from.year, month: rule.month, day: rule.day })
  return Temporal.PlainDate.compare(thisYear, from) < 0 ? thisYear.add({ years: 1 }) : thisYear
}

/** The instant of a local time on a date, or undefined where that day has no such time. */
function onDate(date: Temporal.PlainDate, time: TimeOfDay): number | undefined {
  const local = date.toPlainDateTime(Temporal.PlainTime.from(time))
  const instant = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return instant.toPlainDateTime().equals(local) ? instant.epochMilliseconds : undefined
}
