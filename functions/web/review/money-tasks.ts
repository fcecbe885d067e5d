import { openMoney, type MoneyCase, isMoneyHearingOver } from '../../domain/review/slices/money.ts'
import { roleFor } from '../../domain/review/decide/commands.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { atCopenhagen } from '../../domain/base/time.ts'
import { formId } from '../form.ts'
import { moneyTitle } from '../money-words.ts'
import type { Task } from '../tasks.ts'
import { moneyAction } from './money-forms.ts'

const taskOf = (
  state: ReviewState,
  money: MoneyCase,
  today: string,
): Pick<Task, 'what' | 'roles' | 'notFor' | 'href'> | null => {
  const about = `afgørelse om ${moneyTitle(money)}`
  const draft = { roles: roleFor['draft-money'], notFor: null, href: moneyAction('draft', money.caseId) }
  if (money.status === 'drafted')
    return {
      what: `${about} venter på godkendelse`,
      roles: roleFor['approve-money'],
      notFor: money.draft.by,
      href: moneyAction('approve', money.caseId),
    }
  if (money.status === 'returned') return { ...draft, what: `${about} er sendt tilbage` }
  return isMoneyHearingOver(state, money, atCopenhagen(today, '12:00'))
    ? { ...draft, what: `${about}: høringen er slut, og afgørelsen skrives` }
    : null
}

/**
 * Decisions on money: the approver's, sent back, or with the time to comment out.
 * @param about the case as its other tasks name it; `href` its page
 */
export const moneyTasks = (
  state: ReviewState,
  today: string,
  about: Pick<Task, 'whose' | 'agreement' | 'caseworker' | 'href'>,
): readonly Task[] =>
  openMoney(state.money).flatMap((money) => {
    const task = taskOf(state, money, today)
    return task === null
      ? []
      : [
          {
            ...about,
            ...task,
            kind: 'money' as const,
            since: money.since,
            remarks: [],
            caseworker: task.notFor === null ? about.caseworker : null,
            href: `${about.href}#${formId(task.href)}`,
          },
        ]
  })
