import { isWorkingDay, moveDeadline, nextWorkingDay } from './calendar.ts'
import { addMs, atCopenhagen, compareInstants, todayInCopenhagen } from './time.ts'

/** What the ministry sends of its own accord goes at 9.00 on a working day (LETTERS 1.5). */
export const sendingHour = '09:00'
/** A wake-up may come some seconds or minutes late: the hour from 9.00 still is "9.00". */
const windowMs = 60 * 60 * 1000

export const nineOn = (date: string): string => atCopenhagen(date, sendingHour)

/** May a letter of the ministry's own accord go now? */
export const mayGoNow = (now: string): boolean => {
  const today = todayInCopenhagen(now)
  if (!isWorkingDay(today)) return false
  const nine = nineOn(today)
  return compareInstants(now, nine) >= 0 && compareInstants(now, addMs(nine, windowMs)) < 0
}

/**
 * When a letter that may not go before a date goes: `now` itself inside the sending hour, otherwise the next
 * 9.00 of a working day.
 */
export const sendingTime = (notBeforeOn: string, now: string): string => {
  const first = nineOn(moveDeadline(notBeforeOn))
  if (compareInstants(now, first) < 0) return first
  if (mayGoNow(now)) return now
  const today = todayInCopenhagen(now)
  const nine = nineOn(today)
  return isWorkingDay(today) && compareInstants(now, nine) < 0 ? nine : nineOn(nextWorkingDay(today))
}
