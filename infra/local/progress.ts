import { createLogUpdate } from 'log-update'
import * as z from 'zod'
import { printDate } from '../../functions/domain/base/danish.ts'
import { todayInCopenhagen } from '../../functions/domain/base/time.ts'

/** What the year's progress function answers. */
export const yearProgressSchema = z.object({
  run: z.string(),
  reviews: z.array(z.object({ status: z.string(), turn: z.string(), held: z.number(), stuck: z.boolean() })),
  openRenegotiations: z.number(),
  over: z.boolean(),
})
export type YearProgress = z.infer<typeof yearProgressSchema>

export interface MailCounts {
  readonly out: number
  readonly in: number
}

const counted = (values: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => `${value} ${count}`).join(', ')
}

/** The year's state in a few lines: the moved date, stations passed, letters, what waits on whom. */
export const progressLines = (
  nowIso: string,
  progress: YearProgress,
  mails: MailCounts,
): readonly string[] => [
  `${printDate(todayInCopenhagen(nowIso), 'en')}   run ${progress.run}   letters out ${mails.out}, in ${mails.in}`,
  `reviews: ${counted(progress.reviews.map((review) => review.status)) || 'none yet'}`,
  `waits on: ${counted(progress.reviews.map((review) => review.turn).filter((turn) => turn !== 'nobody')) || 'nobody'}   renegotiations open: ${progress.openRenegotiations}`,
]

/** A live display on a terminal; a line a month elsewhere. */
export function openProgress(stream: NodeJS.WriteStream): {
  show(lines: readonly string[], month: string): void
  done(): void
} {
  if (stream.isTTY) {
    const update = createLogUpdate(stream)
    return {
      show: (lines) => {
        update(lines.join('\n'))
      },
      done: () => {
        update.done()
      },
    }
  }
  let shown = ''
  return {
    show: (lines, month) => {
      if (month === shown) return
      shown = month
      stream.write(`${lines.join(' | ')}\n`)
    },
    done: () => undefined,
  }
}
