import { addWorkingDays, factCheckDay, hearingEnd } from '../base/calendar.ts'
import { isBefore } from '../base/time.ts'

/** From so many working days before, the daily mail says until when a hearing must go out. */
const pressingDays = 15

/**
 * The last day on which a hearing can go out so that it has ended before the fact check. A hearing moves out of
 * the quiet weeks, so the day is found by stepping back.
 * @param runYear the results' year
 */
export const latestHearingDay = (runYear: number): string => {
  const factCheckOn = factCheckDay(runYear)
  let day = addWorkingDays(factCheckOn, -1)
  while (!isBefore(hearingEnd(day), factCheckOn)) day = addWorkingDays(day, -1)
  return day
}

/** The latest hearing day when it presses today or is over already; null when there is time. */
export const pressingHearingDay = (runYear: number, today: string): string | null => {
  const latest = latestHearingDay(runYear)
  return isBefore(today, addWorkingDays(latest, -pressingDays)) ? null : latest
}
