import { workingDaysBetween } from '../base/calendar.ts'
import { todayInCopenhagen } from '../base/time.ts'
import type { Directory, MinistryPerson } from '../directory/directory.ts'
import type { OpenTask, TaskTurn } from './open-task.ts'

/** A task as it waits for one role: who is told of it, and who is told that it waits too long. */
export interface Waiting {
  readonly waitsFor: TaskTurn
  /** Danish date from which it has waited. */
  readonly sinceOn: string
  readonly municipalities: readonly string[]
  /** The caseworker whose case it is; null: every caseworker's. */
  readonly caseworker: string | null
  /** Who may not act here by a two-person rule: they recommended, drafted or approved already. */
  readonly notBy: readonly string[]
}

/** An open task of a case, for each whose turn it is. */
export const waitingOf = ({
  turn,
  since,
  notBy,
  municipalities,
  caseworker,
}: OpenTask & Pick<Waiting, 'municipalities' | 'caseworker'>): readonly Waiting[] =>
  turn.map((waitsFor) => ({ waitsFor, sinceOn: todayInCopenhagen(since), municipalities, caseworker, notBy }))

/** Working days after which more people are told (LETTERS 4.8, A1, A3 and A4). No time limit ever approves. */
export const waitingDays = {
  caseworker: 5,
  teamLead: 10,
  approver: 3,
  deputy: 5,
  nextLevel: 10,
  heldMail: 2,
} as const

/** What waits too long is told when its time is reached, and then once a week: a daily one would not be read. */
const againAfterDays = 5

export const workingDaysWaited = (item: Pick<Waiting, 'sinceOn'>, today: string): number =>
  workingDaysBetween(item.sinceOn, today)

const isBarred = (person: MinistryPerson, item: Waiting): boolean =>
  item.notBy.includes(person.id) || person.barredFrom.some((code) => item.municipalities.includes(code))

const mayAct = (directory: Directory, item: Waiting, role: Waiting['waitsFor']): readonly MinistryPerson[] =>
  directory.people.filter((person) => person.roles.includes(role) && !isBarred(person, item))

/**
 * Who reads of it every morning: the case's own caseworker, or the approvers; their deputies from five working
 * days, or at once where no approver is left who may act. Where no caseworker is left, the approvers.
 */
export const toldDaily = (directory: Directory, item: Waiting, today: string): readonly MinistryPerson[] => {
  const acting = mayAct(directory, item, item.waitsFor)
  if (item.waitsFor === 'caseworker') {
    const own = acting.filter((person) => person.id === item.caseworker)
    if (own.length > 0 || acting.length > 0) return own.length > 0 ? own : acting
    return toldDaily(directory, { ...item, waitsFor: 'approver' }, today)
  }
  const regular = acting.filter((person) => !person.deputy)
  return regular.length === 0 || workingDaysWaited(item, today) >= waitingDays.deputy ? acting : regular
}

/** A person, and after how many working days they are told. */
interface Warned {
  readonly person: MinistryPerson
  readonly afterDays: number
}

/**
 * Who is told that it waits too long. The team lead of the caseworkers is the approver's deputy (souschefen), or
 * the approver where there is none. Above the approvers stand the heads of department; where there is none, and
 * above them, the administrators, who can appoint others.
 */
export const warnedOf = (directory: Directory, item: Waiting): readonly Warned[] => {
  const after = (people: readonly MinistryPerson[], afterDays: number): readonly Warned[] =>
    people.map((person) => ({ person, afterDays }))
  const administrators = directory.people.filter((person) => person.roles.includes('administrator'))
  const heads = mayAct(directory, item, 'head-of-department')
  const approvers = mayAct(directory, item, 'approver')
  const deputies = approvers.filter((person) => person.deputy)
  if (item.waitsFor === 'caseworker')
    return [
      ...after(toldDaily(directory, item, item.sinceOn), waitingDays.caseworker),
      ...after(deputies.length > 0 ? deputies : approvers, waitingDays.teamLead),
    ]
  const [deciding, above] =
    item.waitsFor === 'approver'
      ? [approvers, heads.length > 0 ? heads.filter((person) => !person.deputy) : administrators]
      : [heads, administrators]
  return [
    ...after(
      deciding.filter((person) => !person.deputy),
      waitingDays.approver,
    ),
    ...after(
      deciding.filter((person) => person.deputy),
      waitingDays.deputy,
    ),
    ...after(above.length > 0 ? above : heads, waitingDays.nextLevel),
  ]
}

/** Is today a day on which something is told that has waited so long? */
export const isWarningDay = (days: number, afterDays: number): boolean =>
  days >= afterDays && (days - afterDays) % againAfterDays === 0
