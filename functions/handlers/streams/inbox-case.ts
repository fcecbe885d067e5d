import { noAttempts } from '../../domain/casefile/attempts.ts'
import { inbox, type InboxEvent, type InboxState } from '../../domain/inbox/inbox.ts'
import { listed } from '../../domain/casefile/open-task.ts'
import { openTasks } from '../../domain/inbox/open-tasks.ts'
import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { CaseKind } from '../record/case-kind.ts'
import { readEvent } from '../record/read-event.ts'

export const inboxCase: CaseKind<InboxState, InboxEvent> = {
  folding: inbox,
  folded: new WeakMap(),
  read: readEvent('inbox', inbox.eventSchema),
  attempts: () => noAttempts,
  plan: () => Promise.resolve(null),
  ministryWaits: [],
  listEntry: (state, stream, { at }) => ({
    list: 'inboxes',
    sort: stream,
    summary: {
      held: state.mails.filter((mail) => mail.decision === null).length,
      tasks: listed(openTasks(state, todayInCopenhagen(at))),
    },
  }),
}
