import * as z from 'zod'
import type { Directory } from '../../domain/directory.ts'
import { inboxRoles } from '../../domain/inbox/decide.ts'
import { isStreamId } from '../../domain/stream-id.ts'
import { todayInCopenhagen } from '../../domain/time.ts'
import { erasureTasks } from '../../web/erasure/erasure-tasks.ts'
import { inboxMailPath } from '../../web/inbox/inbox-view.ts'
import type { Reader } from '../../web/page.ts'
import { tasksOfReview } from '../../web/review/review-tasks.ts'
import { isFor, type Task } from '../../web/tasks.ts'
import { heldReasonWords } from '../../web/words.ts'
import { inboxCase } from '../cases/inbox-case.ts'
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
  erasures: z.number().default(0),
})

const mayWait = (summary: unknown): boolean => {
  const head = headSchema.safeParse(summary)
  if (!head.success) return true
  const { turn, held, extensions, erasures } = head.data
  return turn === 'caseworker' || turn === 'approver' || held + extensions + erasures > 0
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

/** Mail that belongs to no case waits for any caseworker. */
export const inboxTasks = async (ports: Pick<TaskPorts, 'heads' | 'streams'>): Promise<readonly Task[]> => {
  const holding = (await ports.heads.list('inboxes')).filter(
    ({ summary }) => summary['held'] !== 0 || summary['erasures'] !== 0,
  )
  const inboxes = await Promise.all(
    holding.map(async ({ stream }) => ({ stream, ...(await loadCase(ports, inboxCase, stream)).state })),
  )
  return inboxes.flatMap(({ stream, mails }): readonly Task[] => [
    ...erasureTasks(stream, mails, { whose: 'Mail uden sag', agreement: null }),
    ...mails
      .filter((mail) => mail.decision === null)
      .map((mail) => ({
        kind: 'inbox-mail' as const,
        whose:
          mail.private?.from === undefined || mail.private.from === ''
            ? 'Ukendt afsender'
            : mail.private.from,
        what: heldReasonWords(mail.reason),
        since: mail.receivedAt,
        href: inboxMailPath(stream, mail.mailKey),
        roles: inboxRoles,
        remarks: [],
        agreement: null,
        caseworker: null,
        notFor: null,
      })),
  ])
}

/** What the reader may do; an auditor only reads. */
export const tasksFor = async (
  ports: TaskPorts & { readonly desk: Pick<YearDesk, 'tasks'> },
  directory: Directory,
  reader: Reader,
): Promise<readonly Task[]> => {
  const today = todayInCopenhagen(ports.clock.now())
  const [reviews, inbox, year] = await Promise.all([
    reviewTasks(ports, directory),
    inboxTasks(ports),
    ports.desk.tasks(today),
  ])
  return [...reviews, ...inbox, ...year].filter((task) => isFor(task, reader))
}
