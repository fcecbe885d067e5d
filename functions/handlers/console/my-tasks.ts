import { todayInCopenhagen } from '../../domain/base/time.ts'
import type { Directory } from '../../domain/directory/directory.ts'
import type { Ports } from '../../ports/ports.ts'
import { everyTask } from '../../web/every-task.ts'
import type { Reader } from '../../web/page.ts'
import { isFor, type Task } from '../../web/tasks.ts'
import { groupedByMatter } from '../../web/year/year-tasks.ts'
import { waitingCases } from '../streams/waiting-cases.ts'

/** What the reader may do, one task a matter; an auditor only reads. */
export const tasksFor = async (
  ports: Pick<Ports, 'archive' | 'clock' | 'digest' | 'listEntries' | 'register' | 'streams'>,
  directory: Directory,
  reader: Reader,
): Promise<readonly Task[]> => {
  const waiting = await waitingCases(ports, await ports.register.runs())
  const tasks = everyTask(waiting, directory, todayInCopenhagen(ports.clock.now()))
  return groupedByMatter(tasks.filter((task) => isFor(task, reader)))
}
