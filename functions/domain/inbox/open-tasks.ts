import { erasureTasks, isOpenOn, openTask, type OpenTask } from '../casefile/open-task.ts'
import { inboxCommands } from './commands.ts'
import type { InboxState } from './inbox.ts'

export type InboxTask = OpenTask<'inbox-mail' | 'erasure'>

/** Mail that belongs to no case waits for any caseworker. @param today Danish calendar date */
export const openTasks = ({ mails }: InboxState, today: string): readonly InboxTask[] =>
  [
    ...erasureTasks(mails),
    ...mails
      .filter(({ decision }) => decision === null)
      .map(({ mailKey, receivedAt }) =>
        openTask({
          kind: 'inbox-mail',
          roles: inboxCommands.rolesFor('place-mail'),
          since: receivedAt,
          mailKey,
        }),
      ),
  ].filter(isOpenOn(today))
