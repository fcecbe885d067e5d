import * as z from 'zod'
import { compareInstants, endOfDay } from '../base/time.ts'
import type { MinistryRole } from '../base/values.ts'
import { erasureCommands, openErasures, type ErasableMail } from './erasures.ts'
import { heldMails, type MailRecord } from './mails.ts'
import { undecidedUnplaced, type UnplacedMail } from './unplaced-mails.ts'
import type { Unreachable } from './unreachable.ts'

/** What a person of the ministry can be asked to do. */
export const taskKinds = [
  'recommend',
  'approve',
  'held-mail',
  'unplaced-mail',
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
  'rider-draft',
  'rider-approval',
  'counter-proposal',
  'proposal-answer',
  'wish-taken-back',
  'release',
  'report',
  'correction',
  'experience',
  'experience-letter',
] as const
export type TaskKind = (typeof taskKinds)[number]

/** Those who are told that something waits for them. */
export type TaskTurn = Extract<MinistryRole, 'caseworker' | 'approver' | 'head-of-department'>

/** One thing that waits for a person of the ministry. No words: the pages and the mails have them. */
export interface OpenTask<K extends TaskKind = TaskKind> {
  readonly kind: K
  /** Whose turn it is; the first is told first. */
  readonly turn: readonly TaskTurn[]
  /** Every role that may do it. */
  readonly roles: readonly MinistryRole[]
  /** Persons who may not: the one who recommended does not approve. */
  readonly notBy: readonly string[]
  /** Instant from which it waits. */
  readonly since: string
  /** Danish date by which it is to be done; null where there is none. */
  readonly until: string | null
  /** The mail it is about; null where it is about none. */
  readonly mailKey: string | null
  /** The municipality it is about; null: the case's parties. */
  readonly party: string | null
  /** Which of several things of that kind: a key, an index, an id; empty where the rest says it. */
  readonly about: string
  /** Another stream lists it, where it is done; here it only holds the case. */
  readonly elsewhere: boolean
}

/** A task with the parts that most have empty; the first role's turn. */
export const openTask = <K extends TaskKind>(
  task: Pick<OpenTask<K>, 'kind' | 'roles' | 'since'> & Partial<OpenTask<K>>,
): OpenTask<K> => ({
  turn: ['caseworker'],
  notBy: [],
  until: null,
  mailKey: null,
  party: null,
  about: '',
  elsewhere: false,
  ...task,
})

/** Tasks that one command of a kind of case does, by whoever may give it. */
export const asking =
  <C extends string>(rolesFor: (command: C) => readonly MinistryRole[]) =>
  <K extends TaskKind>(
    kind: K,
    command: C,
    task: Pick<OpenTask, 'since'> & Partial<OpenTask<K>>,
  ): OpenTask<K> =>
    openTask({ kind, roles: rolesFor(command), ...task })

/** Has it begun to wait? What opens by time alone is foreseen before. @param today Danish calendar date */
export const isOpenOn =
  (today: string) =>
  ({ since }: Pick<OpenTask, 'since'>): boolean =>
    compareInstants(since, endOfDay(today)) < 0

/** Mail is the caseworkers' to decide; an approver may step in. */
export const heldMailRoles: readonly MinistryRole[] = ['caseworker', 'approver']

/** Mails that a person decides: held in the case, or in an inbox that lists them. */
export const mailTasks = ({
  mails,
  unplaced,
}: {
  readonly mails: readonly MailRecord[]
  readonly unplaced: readonly UnplacedMail[]
}): readonly OpenTask<'held-mail' | 'unplaced-mail'>[] => [
  ...heldMails(mails).map(({ mailKey, party, receivedAt }) =>
    openTask({ kind: 'held-mail', roles: heldMailRoles, since: receivedAt, mailKey, party }),
  ),
  ...undecidedUnplaced(unplaced).map(({ mailKey, party, receivedAt }) =>
    openTask({
      kind: 'unplaced-mail',
      roles: heldMailRoles,
      since: receivedAt,
      mailKey,
      party,
      elsewhere: true,
    }),
  ),
]

/** Every registered address of a party has bounced: somebody telephones, and has a contact entered. */
export const contactTasks = (
  unreachable: readonly Unreachable[],
  roles: readonly MinistryRole[],
): readonly OpenTask<'contact'>[] =>
  unreachable.map(({ party, since }) => openTask({ kind: 'contact', roles, since, party }))

/** Erasures that somebody has asked for and another person is to decide. */
export const erasureTasks = (mails: readonly ErasableMail[]): readonly OpenTask<'erasure'>[] =>
  openErasures(mails).flatMap(({ mailKey, erasure }) =>
    erasure === undefined
      ? []
      : openTask({
          kind: 'erasure',
          turn: ['approver'],
          roles: erasureCommands.rolesFor('confirm-erasure'),
          notBy: [erasure.askedBy],
          since: erasure.askedAt,
          mailKey,
        }),
  )

/** The plan's waits that are the ministry's: those that some kind of task holds. */
export const waitsHeld = (holds: Readonly<Record<string, string | null>>): readonly string[] => [
  ...new Set(Object.values(holds).filter((wait) => wait !== null)),
]

/** Whose turn it is in a case, for lists. */
export const turns = ['municipality', 'caseworker', 'approver', 'superior', 'system', 'nobody'] as const
export type Turn = (typeof turns)[number]

/** A task as a list entry carries it; kinds of another version are read too. */
export const listedTaskSchema = z.object({ kind: z.string(), turn: z.array(z.string()), since: z.string() })
/** What every list entry says of whose turn it is; one of an older version names no tasks. */
export const entrySchema = z.object({ turn: z.enum(turns), tasks: z.array(listedTaskSchema).default([]) })
export type ListedTask = Pick<OpenTask, 'kind' | 'turn' | 'since'>

export const listed = (tasks: readonly OpenTask[]): readonly ListedTask[] =>
  tasks.map(({ kind, turn, since }) => ({ kind, turn, since }))

/** They hold nothing back: a case of which only they are open is not the ministry's turn. */
const beside: readonly string[] = ['words', 'promise', 'money', 'erasure'] satisfies TaskKind[]

/** The ministry's turn by the tasks that are open: the caseworker's before the approver's. Null: nobody's there. */
export const ministryTurn = (
  tasks: readonly { readonly kind: string; readonly turn: readonly string[] }[],
): Turn | null => {
  const asked = tasks.filter(({ kind }) => !beside.includes(kind)).flatMap(({ turn }) => turn)
  if (asked.includes('caseworker')) return 'caseworker'
  if (asked.includes('approver')) return 'approver'
  return asked.includes('head-of-department') ? 'superior' : null
}

/**
 * Whose turn it is by a list entry, which says it for the day of its last change, and what has opened by time since.
 * @param today Danish calendar date
 */
export const entryTurn = (entry: z.infer<typeof entrySchema>, today: string): Turn =>
  ministryTurn(entry.tasks.filter(isOpenOn(today))) ?? entry.turn
