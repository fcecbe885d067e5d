import { addWorkingDays, isWorkingDay, nextWorkingDay } from '../../../functions/domain/base/calendar.ts'
import { atCopenhagen, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import type { AnswerTime } from './script.ts'

const minuteMs = 60_000

/** A number in a range that is the same for the same text on every machine. */
export function chosen(text: string, from: number, to: number): number {
  let hash = 2166136261
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0
  return from + (hash % (to - from + 1))
}

/**
 * When an answer is sent, in business time (ms), computed from when the letter was dated alone, so that a
 * player that starts again plans the same.
 * @param who varies times between people that have the same rule
 */
export function answerTime(after: AnswerTime, letterMs: number, who: string): number {
  const soonest = letterMs + chosen(who, 2, 9) * minuteMs
  if (after.minutes !== undefined) return letterMs + after.minutes * minuteMs
  const clock =
    after.at ??
    `${String(chosen(`${who} hour`, 8, 15)).padStart(2, '0')}:${String(chosen(`${who} minute`, 0, 59)).padStart(2, '0')}`
  if (after.on !== undefined) return Math.max(soonest, Date.parse(atCopenhagen(after.on, clock)))
  const today = todayInCopenhagen(new Date(letterMs).toISOString())
  const days =
    typeof after.workingDays === 'number'
      ? after.workingDays
      : chosen(who, after.workingDays?.from ?? 0, after.workingDays?.to ?? 0)
  const day = days === 0 ? (isWorkingDay(today) ? today : nextWorkingDay(today)) : addWorkingDays(today, days)
  return Math.max(soonest, Date.parse(atCopenhagen(day, clock)))
}
