import * as z from 'zod'
import { isForLater } from '../../../workflows/errors.ts'
import { runStream } from '../../domain/base/stream-id.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { resultsYearOn } from '../../domain/renegotiation/grounds.ts'
import type { Ports } from '../../ports/ports.ts'
import { withNote } from '../record/outbox.ts'

/** The schedules whose work is of a day: on the next it is another. */
type DailySchedule = 'AnchorRecord' | 'SendDailyMails'

/** The event of a schedule: the time it was due. Without one, the day is the clock's. */
export const scheduledInputSchema = z.object({ scheduledAt: z.iso.datetime().optional() }).nullish()
export type ScheduledInput = z.infer<typeof scheduledInputSchema>

const noteSchema = z.templateLiteral([
  'schedule/',
  z.enum(['AnchorRecord', 'SendDailyMails']),
  '/',
  z.iso.date(),
])

/** Whose day a note is of; null: it is of a command. */
export const owedDay = (
  commandId: string,
): { readonly schedule: DailySchedule; readonly day: string } | null => {
  const [, schedule, day] = noteSchema.safeParse(commandId).data?.split('/') ?? []
  return day !== undefined && (schedule === 'AnchorRecord' || schedule === 'SendDailyMails')
    ? { schedule, day }
    : null
}

/** What reconcile does of an earlier call, by the schedule's name. Safe to repeat. */
export type DayWorks = Readonly<Record<DailySchedule, (day: string) => Promise<unknown>>>

/** The note of what only needs time, for reconcile. */
export interface Left {
  readonly left: readonly string[]
}

/**
 * Does a schedule's work of a day, noted until it is done: a call that fails, and a letter that may have gone, leave
 * the note, and reconcile takes it up, on that day or a later one.
 * @returns what the work answers; `left` names the note where only time is missing
 */
export const owedToDay = async <R>(
  ports: Pick<Ports, 'clock' | 'outbox'>,
  schedule: DailySchedule,
  input: ScheduledInput,
  work: (day: string) => Promise<R>,
): Promise<R | Left> => {
  const day = todayInCopenhagen(input?.scheduledAt ?? ports.clock.now())
  const commandId = `schedule/${schedule}/${day}`
  return withNote(ports, { commandId, stream: runStream(resultsYearOn(day)) }, async (keep) => {
    try {
      return await work(day)
    } catch (error) {
      if (!isForLater(error)) throw error
      keep()
      return { left: [commandId] }
    }
  })
}
