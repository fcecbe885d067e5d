import type { OpenTask, TaskKind } from '../domain/casefile/open-task.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import { municipalityNames } from './words.ts'
import type { Reader } from './page.ts'

/** What each kind of task is called in lists and daily mails. */
export const taskLabels: Readonly<Record<TaskKind, string>> = {
  recommend: 'indstilling',
  approve: 'godkendelse',
  'held-mail': 'tilbageholdt mail',
  'unplaced-mail': 'mail uden sag',
  proposal: 'tal i fri tekst',
  words: 'mail uden tal',
  'inbox-mail': 'mail uden sag',
  extension: 'udsættelse',
  'hearing-answer': 'høringssvar skal markeres',
  'hearing-comment': 'bemærkning til de andre parter',
  comments: 'bemærkninger skal besvares',
  objection: 'uenighed om bedømmelsen',
  money: 'afgørelse om tilskud',
  reopen: 'genoptagelse?',
  'fact-check': 'rettelse ved faktatjekket',
  dispute: 'bemærkning til en oplyst værdi',
  promise: 'ministeriets eget bidrag',
  contact: 'ingen at skrive til',
  'new-contact': 'ny kontakt',
  absence: 'kontakten er fraværende',
  erasure: 'sletning',
  matter: 'samlet stillingtagen',
  'rider-draft': 'genforhandling',
  'rider-approval': 'genforhandling',
  'counter-proposal': 'genforhandling',
  'proposal-answer': 'genforhandling',
  'wish-taken-back': 'genforhandling',
  release: 'frigivelse af udsendelsen',
  report: 'samlet afrapportering',
  correction: 'rettelsesblad',
  experience: 'erfaring til deling',
  'experience-letter': 'erfaringer til alle kommuner',
}

/** A case as its tasks name it. */
export interface CaseOfTasks {
  /** What lists name it by: `Svendborg`. */
  readonly whose: string
  /** The agreement, where it is about one. */
  readonly agreement: string | null
  readonly year: number | null
  readonly municipalities: readonly string[]
  /** The caseworker whose case it is; null where it is nobody's in particular. */
  readonly caseworker: string | null
}

/** How a kind of task is told: what is to be done, and the address of its form. */
export interface TaskText {
  readonly what: string
  readonly href: string
  /** What asks for a closer look. */
  readonly remarks?: readonly string[]
  /** Why a mail is held, in words; left out for every other task. */
  readonly held?: string
  /** The matter a question is decided with, by its id; left out for every other task. */
  readonly matter?: { readonly id: string; readonly title: string } | null
}

/** A task of the lists, in words. */
export interface Task extends OpenTask, CaseOfTasks {
  readonly what: string
  readonly href: string
  readonly remarks: readonly string[]
  readonly held: string | null
  readonly matter: { readonly id: string; readonly title: string } | null
}

/** The tasks of a case that are done here, in words; a step that takes a second person is no caseworker's own. */
export const tasksIn = <K extends TaskKind>(
  of: CaseOfTasks,
  open: readonly OpenTask<K>[],
  textOf: (task: OpenTask<K>) => TaskText,
): readonly Task[] =>
  open
    .filter(({ elsewhere }) => !elsewhere)
    .map((task) => ({
      ...task,
      ...of,
      caseworker: task.turn[0] === 'caseworker' && task.notBy.length === 0 ? of.caseworker : null,
      remarks: [],
      held: null,
      matter: null,
      ...textOf(task),
    }))

/** A case of some parties, as its tasks name it. */
export const caseOfParties = (
  state: {
    readonly agreement: string | null
    readonly year: number
    readonly parties: readonly { readonly municipality: string }[]
  },
  caseworker: string | null,
): CaseOfTasks => {
  const { agreement, year, parties } = state
  const municipalities = parties.map(({ municipality }) => municipality)
  return { whose: municipalityNames(municipalities), agreement, year, municipalities, caseworker }
}

/** The mail that a task is about. */
export const mailOf = (mails: readonly MailRecord[], { mailKey }: OpenTask): MailRecord | undefined =>
  mails.find((mail) => mail.mailKey === mailKey)

/**
 * Is the task one that the person may do? The one who recommended sees no approval of the own recommendation, and
 * whoever is barred from a case (inhabilitet) none of its tasks.
 */
export const isFor = (task: Task, who: Pick<Reader, 'id' | 'roles' | 'barredFrom'>): boolean =>
  !task.notBy.includes(who.id) &&
  !task.municipalities.some((code) => who.barredFrom.includes(code)) &&
  task.roles.some((role) => who.roles.includes(role))

/** Kinds whose words say without their label what they are about. */
const plainSpoken: readonly TaskKind[] = [
  'recommend',
  'approve',
  'matter',
  'release',
  'report',
  'correction',
  'experience',
  'experience-letter',
]
/** What it is, on one line. */
export const lineText = ({ kind, what }: Task): string =>
  plainSpoken.includes(kind) ? what : `${taskLabels[kind]}: ${what}`

const formalities: readonly TaskKind[] = ['recommend', 'approve']
/** »Uden bemærkninger«: an assessment in which nothing asks for a closer look. All else takes a decision. */
export const isPlain = (task: Task): boolean => formalities.includes(task.kind) && task.remarks.length === 0
