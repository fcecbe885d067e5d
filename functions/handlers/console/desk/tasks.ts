import { printDate } from '../../../domain/base/danish.ts'
import type { Directory } from '../../../domain/directory/directory.ts'
import { runStream } from '../../../domain/base/stream-id.ts'
import { atCopenhagen } from '../../../domain/base/time.ts'
import { experiencesCaseworker } from '../../../domain/year-run/experience-letter.ts'
import { planRun } from '../../../domain/year-run/plan.ts'
import type { RunState } from '../../../domain/year-run/state.ts'
import { erasureTasks } from '../../../web/erasure/erasure-tasks.ts'
import { kindWords, type Task } from '../../../web/tasks.ts'
import { experiencesPath } from '../../../web/year/experiences-view.ts'
import { experiencesWords, municipalityNames } from '../../../web/words.ts'
import { runCase } from '../../streams/run-case.ts'
import { loadCase } from '../../record/perform.ts'
import { experiencesWaiting, type ExperiencesWaiting } from '../../report/experiences-waiting.ts'
import type { DeskPorts } from './desk-ports.ts'
import { questionSummaries, singleMatter, type QuestionSummary } from './questions.ts'
import { tasksOfRenegotiation } from './renegotiation-tasks.ts'
import { renegotiationCase } from '../../streams/renegotiation-case.ts'

const base = { agreement: null, caseworker: null, notFor: null } as const

/** What waits in runs: the release, and the report when it is compiled and checked. */
const runTasks = (state: RunState, now: string): readonly Task[] => {
  const unreleased = state.asked.filter((entry) => !state.released.includes(entry.agreement)).length
  const release: Task[] =
    unreleased > 0 && (state.status === 'prepared' || state.status === 'running')
      ? [
          {
            ...base,
            kind: 'release',
            whose: `Året ${state.year}`,
            what: `${unreleased} anmodninger venter på frigivelse; de sendes ${printDate(state.requestOn)}`,
            since: `${state.openedOn}T08:00:00.000Z`,
            href: `/runs/${state.year}/preparation`,
            roles: ['approver'],
            remarks: [kindWords.release],
          },
        ]
      : []
  const plan = planRun(state, 0, now)
  const report: Task[] =
    plan.next === 'wait' &&
    plan.kind === 'report-approval' &&
    state.report !== null &&
    state.report.openCorrections === 0
      ? [
          {
            ...base,
            kind: 'report',
            whose: `Året ${state.year}`,
            what: `samlet afrapportering for ${state.year} venter på godkendelse`,
            since: state.report.compiledAt,
            href: `/reports/${state.year}`,
            roles: ['approver'],
            remarks: [kindWords.report],
          },
        ]
      : []
  return [...release, ...report, ...correctionTasks(state)]
}

/** Errors of a frozen report that no sheet corrects yet, and the sheet that waits for another person. */
const correctionTasks = ({ corrections: { due, proposed }, year }: RunState): readonly Task[] => {
  const shared = {
    ...base,
    kind: 'report',
    whose: `Året ${year}`,
    href: `/reports/${year}`,
    remarks: ['rettelsesblad'],
  } as const
  if (proposed !== null)
    return [
      {
        ...shared,
        what: `rettelsesblad nr. ${proposed.number} til afrapporteringen for ${year} venter på godkendelse`,
        since: proposed.at,
        roles: ['approver'],
        notFor: proposed.by,
      },
    ]
  const [first] = due
  return first === undefined
    ? []
    : [
        {
          ...shared,
          what: `afrapporteringen for ${year} skal rettes: ${new Set(due.map((one) => one.agreement)).size} aftale(r)`,
          since: first.at,
          roles: ['caseworker'],
        },
      ]
}

/** Experiences that nobody has decided on; then the letter with the cards, which another person releases. */
const experienceTask = (
  { year, for: role, count, sinceOn }: ExperiencesWaiting,
  directory: Directory,
): Task => ({
  ...base,
  caseworker: role === 'caseworker' ? experiencesCaseworker(directory, year).id : null,
  kind: role === 'caseworker' ? 'experience' : 'experience-letter',
  whose: `Året ${year}`,
  what: experiencesWords(role, year, count),
  since: atCopenhagen(sinceOn, '08:00'),
  href: experiencesPath(year),
  roles: [role],
  remarks: [kindWords[role === 'caseworker' ? 'experience' : 'experience-letter']],
})

/** Questions nobody has decided, one task a matter. A list: the heads suffice, the matter's page reads the record. */
const matterTasks = (summaries: readonly QuestionSummary[]): readonly Task[] => {
  const matters = new Map<string, QuestionSummary[]>()
  for (const summary of summaries.filter(({ status }) => status === 'raised')) {
    const matter = summary.matters.at(-1) ?? singleMatter(summary.agreement, summary.seq)
    matters.set(matter, [...(matters.get(matter) ?? []), summary])
  }
  return [...matters].map(([matter, found]) => ({
    ...base,
    kind: 'matter',
    whose: found.length === 1 ? municipalityNames(found[0]?.municipalities ?? []) : 'Forudsætninger',
    what: `${found.length} ${found.length === 1 ? 'aftale' : 'aftaler'}, én samlet stillingtagen`,
    since: found.map(({ since }) => since).sort()[0] ?? '',
    href: `/matters/${encodeURIComponent(matter)}`,
    roles: ['approver'],
    remarks: [kindWords.matter],
  }))
}

/** What waits for people in runs, matters and renegotiations. */
export const deskTasks = async (ports: DeskPorts, _today: string): Promise<readonly Task[]> => {
  const now = ports.clock.now()
  const [years, summaries, directory] = await Promise.all([
    ports.register.runs(),
    questionSummaries(ports),
    ports.directory.read(),
  ])
  const questions = await Promise.all(
    summaries
      .filter(
        ({ status, turn, wishTakenBack, erasures }) =>
          // An undecided question is the matter's task; its mails and its contacts are the caseworker's.
          turn === 'caseworker' ||
          (turn === 'approver' && status !== 'raised') ||
          (wishTakenBack && status !== 'settled') ||
          erasures > 0,
      )
      .map(async ({ stream }) => {
        const { state, commandIds } = await loadCase(ports, renegotiationCase, stream)
        return { stream, state, commandIds }
      }),
  )
  const runs = await Promise.all(years.map((year) => loadCase(ports, runCase, runStream(year))))
  const experiences = await Promise.all(runs.map(({ state }) => experiencesWaiting(ports, state)))
  return [
    ...runs.flatMap(({ state }) => runTasks(state, now)),
    ...experiences.flatMap((waiting) => (waiting === null ? [] : [experienceTask(waiting, directory)])),
    ...matterTasks(summaries),
    ...questions.flatMap((question) => tasksOfRenegotiation(question, directory)),
    ...questions.flatMap(({ stream, state }) =>
      erasureTasks(stream, state.mails, {
        whose: municipalityNames(state.parties.map((party) => party.municipality)),
        agreement: state.agreement,
      }),
    ),
  ]
}
