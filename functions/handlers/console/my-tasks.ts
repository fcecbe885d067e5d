import * as z from 'zod'
import type { Directory } from '../../domain/directory.ts'
import { isStreamId } from '../../domain/stream-id.ts'
import { todayInCopenhagen } from '../../domain/time.ts'
import type { Reader } from '../../web/page.ts'
import { tasksOfReview } from '../../web/review/review-tasks.ts'
import { isFor, type Task } from '../../web/tasks.ts'
import { reviewCase } from '../cases/review-case.ts'
import { loadCase, type RecordPorts } from '../record/perform.ts'
import type { YearDesk } from './year-desk.ts'
import { caseworkerOfReview, reviewPath } from './review-pages.ts'

/** What the list needs of a review's head: whether it can be the ministry's turn at all. */
const headSchema = z.object({
  turn: z.string(),
  status: z.string(),
  held: z.number(),
  extensions: z.number(),
})

const mayWait = (summary: unknown): boolean => {
  const head = headSchema.safeParse(summary)
  if (!head.success) return true
  const { turn, held, extensions } = head.data
  return turn === 'caseworker' || turn === 'approver' || held > 0 || extensions > 0
}

export type TaskPorts = Pick<RecordPorts, 'clock' | 'heads' | 'register' | 'streams'>

/**
 * Everything in reviews that waits for people of the ministry. The heads say where to look; what is waiting is
 * read from the streams, so that a head a moment behind shows nothing that is over.
 */
export const reviewTasks = async (ports: TaskPorts, directory: Directory): Promise<readonly Task[]> => {
  const today = todayInCopenhagen(ports.clock.now())
  const years = await ports.register.runs()
  const lists = await Promise.all(years.map((year) => ports.heads.list(`reviews-${year}`)))
  const waiting = lists.flat().filter((head) => isStreamId(head.stream) && mayWait(head.summary))
  const tasks = await Promise.all(
    waiting.map(async ({ stream }) => {
      const { state } = await loadCase(ports, reviewCase, stream)
      const href = reviewPath(state.year, state.agreement ?? '')
      return tasksOfReview(state, { today, caseworker: caseworkerOfReview(directory, state), href })
    }),
  )
  return tasks.flat()
}

/** What the reader may do; an auditor only reads. */
export const tasksFor = async (
  ports: TaskPorts & { readonly desk: Pick<YearDesk, 'tasks'> },
  directory: Directory,
  reader: Reader,
): Promise<readonly Task[]> => {
  const today = todayInCopenhagen(ports.clock.now())
  const [reviews, year] = await Promise.all([reviewTasks(ports, directory), ports.desk.tasks(today)])
  return [...reviews, ...year].filter((task) => isFor(task, reader))
}
