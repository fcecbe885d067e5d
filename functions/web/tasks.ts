import type { MinistryRole } from '../domain/base/values.ts'

/** What a person can be asked to do. */
export const taskKinds = [
  'recommend',
  'approve',
  'held-mail',
  'proposal',
  'words',
  'inbox-mail',
  'extension',
  'hearing-answer',
  'hearing-comment',
  'comments',
  'objection',
  'money',
  'reopen',
  'fact-check',
  'dispute',
  'promise',
  'contact',
  'new-contact',
  'absence',
  'erasure',
  'matter',
  'renegotiation',
  'release',
  'report',
  'experience',
  'experience-letter',
] as const
export type TaskKind = (typeof taskKinds)[number]

export interface Task {
  readonly kind: TaskKind
  /** What lists name it by: `Svendborg`. */
  readonly whose: string
  readonly what: string
  /** Instant from which it has waited. */
  readonly since: string
  /** The page with its form. */
  readonly href: string
  readonly roles: readonly MinistryRole[]
  /** What asks for a closer look. */
  readonly remarks: readonly string[]
  /** The agreement, where it is about one. */
  readonly agreement: string | null
  /** The caseworker whose case it is; null where it is nobody's in particular. */
  readonly caseworker: string | null
  /** Whoever may not do it: the one who recommended does not approve. */
  readonly notFor: string | null
}

export const kindWords: Readonly<Record<TaskKind, string>> = {
  recommend: 'indstilling',
  approve: 'godkendelse',
  'held-mail': 'tilbageholdt mail',
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
  renegotiation: 'genforhandling',
  release: 'frigivelse af udsendelsen',
  report: 'samlet afrapportering',
  experience: 'erfaring til deling',
  'experience-letter': 'erfaringer til alle kommuner',
}

/** Is the task one that the person may do? The one who recommended sees no approval of the own recommendation. */
export const isFor = (
  task: Task,
  who: { readonly id: string; readonly roles: readonly MinistryRole[] },
): boolean => task.notFor !== who.id && task.roles.some((role) => who.roles.includes(role))

const formalities: readonly TaskKind[] = ['recommend', 'approve']

/** »Uden bemærkninger«: an assessment in which nothing asks for a closer look. All else takes a decision. */
export const isPlain = (task: Task): boolean => formalities.includes(task.kind) && task.remarks.length === 0
