import { dueDay, factCheckDay, reportingDay, requestDay } from '../base/calendar.ts'
import { outOfTurn } from '../casefile/attempts.ts'
import { accept, refuse, type Decision } from '../base/stream.ts'
import type { AgreementId } from '../base/values.ts'
import { planRun, type RunStep } from './plan.ts'
import { type RunState, type RunEvent } from './state.ts'
import { type LeftOutEntry, type ManifestEntry, toStart } from './slices/manifest.ts'
import { toCheck, type PublishedFiles } from './slices/report.ts'

/** How many reviews one call starts, or sends pages to. */
export const batchSize = 100

const nothing: Decision<RunEvent> = { ok: true, events: [] }

/** Opens the run for a results' year. The second start of the same year finds it open. */
export const openRun = (state: RunState, year: number, today: string): Decision<RunEvent> =>
  state.status === 'none'
    ? accept<RunEvent>({
        type: 'RunOpened',
        v: 1,
        year,
        openedOn: today,
        requestOn: requestDay(year),
        dueOn: dueDay(year),
        factCheckOn: factCheckDay(year),
        reportingOn: reportingDay(year),
      })
    : nothing

const notNext = (state: RunState, step: RunStep, openReviews: number, attempt: number, now: string) =>
  outOfTurn(state.attempts, attempt, () => {
    const plan = planRun(state, openReviews, now)
    return plan.next === 'step' && plan.step === step
  })

/** A batch that was done is recorded whatever the plan says by now. */
const refusedAsStale = (state: RunState, attempt: number) => outOfTurn(state.attempts, attempt, () => true)

export const makeManifest = (
  state: RunState,
  manifest: { readonly asked: readonly ManifestEntry[]; readonly leftOut: readonly LeftOutEntry[] },
  attempt: number,
  now: string,
): Decision<RunEvent> =>
  notNext(state, 'prepare', 0, attempt, now) ??
  accept<RunEvent>({ type: 'ManifestMade', v: 1, asked: [...manifest.asked], leftOut: [...manifest.leftOut] })

/** An agreement in force only from a later year, come in while the run is under way. */
export const listAgreement = (state: RunState, entry: LeftOutEntry): Decision<RunEvent> =>
  state.status === 'none' ||
  state.status === 'frozen' ||
  [...state.asked, ...state.leftOut].some((known) => known.agreement === entry.agreement)
    ? nothing
    : accept<RunEvent>({ type: 'AgreementListed', v: 1, entry })

/** The next batch of reviews to start; the caller starts them before this is committed. */
export const nextToStart = (state: RunState): readonly AgreementId[] => toStart(state).slice(0, batchSize)
export const nextToCheck = (state: RunState): readonly AgreementId[] => toCheck(state).slice(0, batchSize)

export const recordStarted = (
  state: RunState,
  agreements: readonly AgreementId[],
  attempt: number,
): Decision<RunEvent> => {
  const stale = refusedAsStale(state, attempt)
  if (stale !== null) return stale
  const fresh = agreements.filter((agreement) => !state.started.includes(agreement))
  return fresh.length === 0 ? nothing : accept<RunEvent>({ type: 'ReviewsStarted', v: 1, agreements: fresh })
}

export const recordChecked = (
  state: RunState,
  agreements: readonly AgreementId[],
  attempt: number,
): Decision<RunEvent> => {
  const stale = refusedAsStale(state, attempt)
  if (stale !== null) return stale
  const fresh = agreements.filter((agreement) => !state.checked.includes(agreement))
  return fresh.length === 0 ? nothing : accept<RunEvent>({ type: 'FactChecksSent', v: 1, agreements: fresh })
}

export const recordCompiled = (
  state: RunState,
  report: {
    readonly subject: string
    readonly archiveKey: string
    readonly unfinished: readonly AgreementId[]
    readonly openCorrections: number
    readonly files?: PublishedFiles
    /** The run's count when the record was read: what was decided since is not in this report. */
    readonly outdatings: number
  },
  openReviews: number,
  attempt: number,
  now: string,
): Decision<RunEvent> => {
  const { outdatings, files, ...compiled } = report
  const over = notNext(state, 'compile', openReviews, attempt, now)
  if (over !== null) return over
  return outdatings === state.outdatings
    ? accept<RunEvent>({
        type: 'ReportCompiled',
        v: 1,
        ...compiled,
        unfinished: [...compiled.unfinished],
        ...(files === undefined ? {} : { files: [...files] }),
      })
    : nothing
}

/**
 * A correction of the fact check was decided on: the report that was compiled is made anew (one being compiled as
 * well), an approval of it is void. A frozen report stays as it is.
 */
export const outdateReport = (state: RunState, agreement: AgreementId): Decision<RunEvent> =>
  state.factChecksSentAt === null || state.status === 'frozen'
    ? nothing
    : accept<RunEvent>({ type: 'ReportOutdated', v: 1, agreement })

export const freezeReport = (
  state: RunState,
  frozen: {
    readonly frozenOn: string
    readonly files: readonly { readonly name: string; readonly archiveKey: string; readonly sha256: string }[]
  },
  attempt: number,
  now: string,
): Decision<RunEvent> => {
  const over = notNext(state, 'freeze', 0, attempt, now)
  if (over !== null) return over
  return state.report === null
    ? refuse('no-report', 'there is no report to freeze')
    : accept<RunEvent>({
        type: 'ReportFrozen',
        v: 1,
        subject: state.report.subject,
        frozenOn: frozen.frozenOn,
        files: frozen.files.map((file) => ({ ...file })),
      })
}
