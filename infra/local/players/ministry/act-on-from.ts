import { addWorkingDays } from '../../../../functions/domain/base/calendar.ts'
import { laterDate, todayInCopenhagen } from '../../../../functions/domain/base/time.ts'
import type { MinistryHints } from '../ministry-hints.ts'
import type { ListedTask } from './page-forms.ts'

/** A deputy leaves a task to the approver for so many working days more. */
const deputyPatienceDays = 5

/**
 * The first Danish date on which the person does the task; null when she leaves it to others. People let a task
 * lie for the days the hints name; the release and the matter have days of their own.
 */
export const actOnFrom = (task: ListedTask, personId: string, hints: MinistryHints): string | null => {
  const { people, pace, release, renegotiation } = hints
  const isCaseworker = people.caseworkers.includes(personId)
  if (isCaseworker && task.mine !== '' && task.mine !== personId) return null
  if (!isCaseworker && task.turn === 'caseworker') return null
  if (task.kind === 'release') return personId === release.by ? release.on : null
  const days = isCaseworker
    ? pace.caseworkerDays
    : pace.approverDays + (personId === people.deputyApprover ? deputyPatienceDays : 0)
  // A request for more time is answered the same day (Edge case 42).
  const patience = task.kind === 'extension' ? 0 : days
  const from = addWorkingDays(todayInCopenhagen(task.since), patience)
  if (task.kind !== 'matter') return from
  // One decision by one person: the deputy leaves it to the approver from the day it may be made.
  const { decideNotBefore } = renegotiation
  const isDeputy = personId === people.deputyApprover
  return laterDate(from, isDeputy ? addWorkingDays(decideNotBefore, deputyPatienceDays) : decideNotBefore)
}
