import { isOpenOn, openTask, type OpenTask, type TaskKind } from '../casefile/open-task.ts'
import { atCopenhagen } from '../base/time.ts'
import { runCommands } from './commands.ts'
import { awaitsApproval, type RunWaitKind } from './plan.ts'
import type { RunState } from './state.ts'

/** What a year run can wait for from the ministry, and the plan's wait that lasts as long; null: none. */
export const runHolds = {
  release: 'release',
  report: 'report-approval',
  // A correction of the fact check is open: the review lists it, and the report is compiled again.
  'fact-check': 'report-approval',
  correction: null,
  experience: null,
  'experience-letter': null,
} as const satisfies Partial<Record<TaskKind, RunWaitKind | null>>
export type RunTaskKind = keyof typeof runHolds
export type RunTask = OpenTask<RunTaskKind>

/** What waits for people before the year's experiences are out: read from the reviews, beside the run's stream. */
export interface ExperiencesWaiting {
  readonly for: 'caseworker' | 'approver'
  /** Experiences to decide on, or cards to release. */
  readonly count: number
  readonly sinceOn: string
  /** Who published a card: they do not release it. */
  readonly notBy: readonly string[]
}

const ofRelease = ({ status, asked, released, openedOn, requestOn }: RunState): readonly RunTask[] =>
  (status === 'prepared' || status === 'running') &&
  asked.some(({ agreement }) => !released.includes(agreement))
    ? [
        openTask({
          kind: 'release',
          turn: ['approver'],
          roles: runCommands.rolesFor('release'),
          since: atCopenhagen(openedOn, '09:00'),
          until: requestOn,
        }),
      ]
    : []

const ofReport = (state: RunState): readonly RunTask[] => {
  const { report, reportingOn: until } = state
  if (report === null || !awaitsApproval(state)) return []
  const since = report.compiledAt
  return report.openCorrections > 0
    ? [openTask({ kind: 'fact-check', roles: ['caseworker'], since, until, elsewhere: true })]
    : [
        openTask({
          kind: 'report',
          turn: ['approver'],
          roles: runCommands.rolesFor('approve-report'),
          since,
          until,
        }),
      ]
}

/** Errors of a frozen report that no sheet corrects yet, and the sheet that waits for another person. */
const ofCorrections = ({ corrections: { due, proposed } }: RunState): readonly RunTask[] => {
  if (proposed !== null)
    return [
      openTask({
        kind: 'correction',
        turn: ['approver'],
        roles: runCommands.rolesFor('issue-correction'),
        notBy: [proposed.by],
        since: proposed.at,
        about: String(proposed.number),
      }),
    ]
  const [first] = due
  return first === undefined
    ? []
    : [
        openTask({
          kind: 'correction',
          roles: runCommands.rolesFor('propose-correction'),
          since: first.at,
        }),
      ]
}

/** Experiences that nobody has decided on; then the letter with the cards, which another person releases. */
const ofExperiences = (waiting: ExperiencesWaiting | null): readonly RunTask[] =>
  waiting === null
    ? []
    : [
        openTask({
          kind: waiting.for === 'caseworker' ? 'experience' : 'experience-letter',
          turn: [waiting.for],
          roles: [waiting.for],
          notBy: waiting.notBy,
          since: atCopenhagen(waiting.sinceOn, '08:00'),
          about: String(waiting.count),
        }),
      ]

/** What a year waits for from the ministry's people beside its reviews. @param today Danish calendar date */
export const openTasks = (
  state: RunState,
  today: string,
  experiences: ExperiencesWaiting | null,
): readonly RunTask[] =>
  [...ofRelease(state), ...ofReport(state), ...ofCorrections(state), ...ofExperiences(experiences)].filter(
    isOpenOn(today),
  )
