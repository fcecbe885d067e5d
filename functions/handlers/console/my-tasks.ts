import type { Directory } from '../../domain/directory/directory.ts'
import { inboxRoles } from '../../domain/inbox/decide.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import { erasureTasks } from '../../web/erasure/erasure-tasks.ts'
import { inboxMailPath } from '../../web/inbox/inbox-view.ts'
import type { Reader } from '../../web/page.ts'
import { tasksOfReview } from '../../web/review/review-tasks.ts'
import { isFor, type Task } from '../../web/tasks.ts'
import { heldReasonWords } from '../../web/words.ts'
import { inboxesThatMayWait, reviewsThatMayWait } from '../streams/waiting-cases.ts'
import type { RecordPorts } from '../record/perform.ts'
import type { YearDesk } from './year-desk.ts'
import { caseworkerOfReview, reviewPath } from './review-pages.ts'

export type TaskPorts = Pick<RecordPorts, 'clock' | 'heads' | 'register' | 'streams'>

/** Everything in reviews that waits for people of the ministry. */
export const reviewTasks = async (ports: TaskPorts, directory: Directory): Promise<readonly Task[]> => {
  const today = todayInCopenhagen(ports.clock.now())
  const reviews = await reviewsThatMayWait(ports, await ports.register.runs())
  return reviews.flatMap((state) =>
    tasksOfReview(state, {
      today,
      caseworker: caseworkerOfReview(directory, state),
      href: reviewPath(state.year, state.agreement ?? ''),
    }),
  )
}

/** Mail that belongs to no case waits for any caseworker. */
export const inboxTasks = async (ports: Pick<TaskPorts, 'heads' | 'streams'>): Promise<readonly Task[]> => {
  const inboxes = await inboxesThatMayWait(ports, await ports.heads.list('inboxes'))
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
