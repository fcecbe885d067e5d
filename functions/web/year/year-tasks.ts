import { printDate } from '../../domain/base/danish.ts'
import { renegotiationStream, type StreamId } from '../../domain/base/stream-id.ts'
import { yearOf } from '../../domain/base/time.ts'
import type { OpenTask } from '../../domain/casefile/open-task.ts'
import type { InboxState } from '../../domain/inbox/inbox.ts'
import { openTasks as openTasksOfInbox, type InboxTask } from '../../domain/inbox/commands.ts'
import {
  matterGround,
  openTasks as openTasksOfRenegotiation,
  type RenegotiationTask,
  type RenegotiationTaskKind,
} from '../../domain/renegotiation/open-tasks.ts'
import type { RenegotiationState } from '../../domain/renegotiation/state.ts'
import {
  openTasks as openTasksOfRun,
  type ExperiencesWaiting,
  type RunTask,
  type RunTaskKind,
} from '../../domain/year-run/open-tasks.ts'
import type { RunState } from '../../domain/year-run/state.ts'
import { erasureTaskText } from '../erasure/erasure-page.ts'
import { formId } from '../form.ts'
import { inboxMailPath } from '../inbox/inbox-view.ts'
import { contactAction } from '../review/contact-forms.ts'
import { caseOfParties, mailOf, tasksIn, type Task, type TaskText } from '../tasks.ts'
import { experiencesWords, heldReasonWords, municipalityName } from '../words.ts'
import { experiencesPath } from './experiences-view.ts'

/** Each kind of task of a renegotiation, in words; the address is its page where nothing else is said. */
const renegotiationTexts: Readonly<
  Record<
    RenegotiationTaskKind,
    (
      state: RenegotiationState,
      task: RenegotiationTask,
    ) => Omit<TaskText, 'href'> & { readonly href?: string }
  >
> = {
  'wish-taken-back': () => ({ what: 'kommunen har trukket sit ønske tilbage' }),
  'held-mail': ({ mails }, task) => {
    const mail = mailOf(mails, task)
    return {
      what: `genforhandling: mail fra ${mail?.details?.from ?? 'ukendt'}`,
      held: heldReasonWords(mail?.reason ?? ''),
    }
  },
  'unplaced-mail': () => ({ what: 'mail uden sag, som måske er et svar' }),
  contact: ({ agreement, year }, { party }) => ({
    what: `ingen i ${municipalityName(party ?? '')} kan nås på mail om genforhandlingen: ring, og indfør en kontakt`,
    href: `/reviews/${year}/${agreement ?? ''}#${formId(contactAction(party ?? '', null))}`,
  }),
  matter: (state, { about }) => ({
    what: 'en genforhandling skal indledes eller afslås',
    href: `/matters/${encodeURIComponent(about)}`,
    matter: matterOf(state),
  }),
  'rider-draft': () => ({ what: 'udkast til tillæg skal skrives' }),
  'rider-approval': ({ proposal }) => ({
    what: `udkast til tillæg: ${proposal?.approvals.length === 0 ? 'første' : 'anden'} godkendelse`,
  }),
  'counter-proposal': () => ({ what: 'ændringsforslag fra kommunen' }),
  'proposal-answer': () => ({ what: 'et svar skal markeres' }),
  erasure: ({ agreement, seq, mails }, task) =>
    agreement === null ? { what: '' } : erasureTaskText(renegotiationStream(agreement, seq), mails, task),
}

/**
 * What one renegotiation waits for from the ministry, in words.
 * @param about.caseworker the id of the person whose case it is
 */
export const tasksOfRenegotiation = (
  state: RenegotiationState,
  about: { readonly today: string; readonly caseworker: string },
): readonly Task[] =>
  tasksIn(
    caseOfParties(state, about.caseworker),
    openTasksOfRenegotiation(state, about.today),
    (task): TaskText => ({
      href: `/renegotiations/${state.agreement ?? ''}/${state.seq}`,
      ...renegotiationTexts[task.kind](state, task),
    }),
  )

/** The matter a question belongs to, named by the assumption that was observed: `Kommunekvoten for 2015`. */
const matterOf = (state: RenegotiationState): Task['matter'] => {
  const ground = matterGround(state)
  if (ground === null) return null
  const change = ground.changes[0]
  const title = state.content?.assumptions.find((one) => one.key === change?.assumption)?.title
  const year = change === undefined ? state.year : yearOf(change.validFrom)
  return { id: ground.matterId, title: (title ?? ground.matterId).replaceAll('{år}', String(year)) }
}

/** Questions raised by one observation are one task of the list: one page, one decision. */
export const groupedByMatter = (tasks: readonly Task[]): readonly Task[] => {
  const matters = Map.groupBy(
    tasks.filter(({ kind }) => kind === 'matter'),
    ({ about }) => about,
  )
  return [
    ...[...matters.values()].flatMap((found): readonly Task[] => {
      const [first] = found.toSorted((a, b) => (a.since < b.since ? -1 : 1))
      if (first === undefined) return []
      const one = found.length === 1
      const what = `${found.length} ${one ? 'aftale' : 'aftaler'}, én samlet stillingtagen`
      const together = { whose: 'Forudsætninger', municipalities: [] }
      return [{ ...first, ...(one ? {} : together), agreement: null, what }]
    }),
    ...tasks.filter(({ kind }) => kind !== 'matter'),
  ]
}

/** Each kind of task of a year, in words. */
const runTexts: Readonly<Record<RunTaskKind, (state: RunState, task: RunTask) => TaskText>> = {
  release: ({ asked, released, requestOn, year }) => {
    const left = asked.filter(({ agreement }) => !released.includes(agreement)).length
    return {
      what: `${left} anmodninger venter på frigivelse; de sendes ${printDate(requestOn)}`,
      href: `/runs/${year}/preparation`,
    }
  },
  report: ({ year }) => ({
    what: 'den samlede afrapportering skal godkendes',
    href: `/reports/${year}`,
  }),
  'fact-check': ({ year }) => ({
    what: `rettelser ved faktatjekket af ${year} venter`,
    href: `/reports/${year}`,
  }),
  correction: ({ year, corrections: { due, proposed } }) => ({
    what:
      proposed === null
        ? `den samlede afrapportering skal rettes: ${new Set(due.map((one) => one.agreement)).size} aftale(r)`
        : `rettelsesblad nr. ${proposed.number} skal godkendes`,
    href: `/reports/${year}`,
  }),
  experience: ({ year }, { about }) => ({
    what: experiencesWords('caseworker', year, Number(about)),
    href: experiencesPath(year),
  }),
  'experience-letter': ({ year }, { about }) => ({
    what: experiencesWords('approver', year, Number(about)),
    href: experiencesPath(year),
  }),
}

/**
 * What a year waits for from the ministry beside its reviews, in words.
 * @param about.caseworker whoever sees to the year's experiences
 */
export const tasksOfRun = (
  state: RunState,
  about: {
    readonly today: string
    readonly experiences: ExperiencesWaiting | null
    readonly caseworker: string
  },
): readonly Task[] =>
  openTasksOfRun(state, about.today, about.experiences).flatMap((task) =>
    tasksIn(
      {
        whose: `Året ${state.year}`,
        agreement: null,
        year: state.year,
        municipalities: [],
        caseworker: task.kind === 'experience' ? about.caseworker : null,
      },
      [task],
      () => runTexts[task.kind](state, task),
    ),
  )

const inboxText = (stream: StreamId, { mails }: InboxState, task: InboxTask): TaskText => {
  if (task.kind === 'erasure') return erasureTaskText(stream, mails, task)
  const mail = mails.find(({ mailKey }) => mailKey === task.mailKey)
  const held = heldReasonWords(mail?.reason ?? '')
  const likely = mail?.likely ?? []
  return {
    what: likely.length === 0 ? held : `${held} (måske ${likely.join(', ')})`,
    href: inboxMailPath(stream, task.mailKey ?? ''),
    held,
  }
}

const senderOf = ({ mails }: InboxState, { kind, mailKey }: OpenTask): string => {
  const from = mails.find((mail) => mail.mailKey === mailKey)?.private?.from ?? ''
  return kind === 'erasure' ? 'Mail uden sag' : from === '' ? 'Ukendt afsender' : from
}

/** What one month's mail without a case waits for, in words: any caseworker's. */
export const tasksOfInbox = (stream: StreamId, state: InboxState, today: string): readonly Task[] =>
  openTasksOfInbox(state, today).flatMap((task) =>
    tasksIn(
      { whose: senderOf(state, task), agreement: null, year: null, municipalities: [], caseworker: null },
      [task],
      () => inboxText(stream, state, task),
    ),
  )
