import { todayInCopenhagen } from '../../functions/domain/base/time.ts'
import { waitingCases } from '../../functions/handlers/streams/waiting-cases.ts'
import type { Ports } from '../../functions/ports/ports.ts'
import { everyTask } from '../../functions/web/every-task.ts'
import type { Task } from '../../functions/web/tasks.ts'
import { groupedByMatter } from '../../functions/web/year/year-tasks.ts'

/** Everything that waits for the ministry's people, whoever may do it, as their lists show it. */
export const tasksInWords = async (
  ports: Pick<Ports, 'archive' | 'clock' | 'digest' | 'directory' | 'listEntries' | 'register' | 'streams'>,
  today = todayInCopenhagen(ports.clock.now()),
): Promise<readonly Task[]> => {
  const cases = await waitingCases(ports, await ports.register.runs())
  return groupedByMatter(everyTask(cases, await ports.directory.read(), today))
}
