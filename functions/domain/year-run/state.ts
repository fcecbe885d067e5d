import { evolveAttempts, noAttempts, type Attempts } from '../casefile/attempts.ts'
import { evolveLetters, type LetterRecord } from '../casefile/letters.ts'
import type { CommitMeta, Folding } from '../base/stream.ts'
import type { AgreementId } from '../base/values.ts'
import { evolveCorrections, noCorrections, type Corrections } from './corrections.ts'
import { evolveExperiences, noExperiences, type Experiences } from './experiences.ts'
import type { LeftOutEntry, ManifestEntry, RunEvent } from './events.ts'

export const runStatuses = [
  'none',
  'opened',
  'prepared',
  'running',
  'compiled',
  'approved',
  'frozen',
] as const
export type RunStatus = (typeof runStatuses)[number]

export interface CompiledReport {
  readonly subject: string
  readonly archiveKey: string
  readonly compiledAt: string
  readonly unfinished: readonly string[]
  readonly openCorrections: number
  /** A correction of the fact check was decided on since. */
  readonly outdated: boolean
}

export interface RunState {
  readonly status: RunStatus
  readonly year: number
  readonly openedOn: string
  readonly requestOn: string
  readonly dueOn: string
  readonly factCheckOn: string
  readonly reportingOn: string
  readonly attempts: Attempts
  readonly asked: readonly ManifestEntry[]
  readonly leftOut: readonly LeftOutEntry[]
  readonly released: readonly AgreementId[]
  readonly releasedBy: string | null
  readonly started: readonly AgreementId[]
  readonly report: CompiledReport | null
  /** How often something was decided that belongs to a report: one compiled meanwhile lacks it. */
  readonly outdatings: number
  /** Agreements whose municipalities have been sent their pages. */
  readonly checked: readonly AgreementId[]
  readonly factChecksSentAt: string | null
  readonly approvedBy: string | null
  readonly sentBack: string | null
  readonly frozen: {
    readonly on: string
    /** UTC instant: what is decided later is no part of the report. */
    readonly at: string
    readonly files: readonly { readonly name: string; readonly archiveKey: string; readonly sha256: string }[]
  } | null
  /** Correction sheets of the frozen report. */
  readonly corrections: Corrections
  readonly experiences: Experiences
  /** What went to all municipalities, on no agreement's case. */
  readonly letters: readonly LetterRecord[]
}

export const noRun: RunState = {
  status: 'none',
  year: 0,
  openedOn: '',
  requestOn: '',
  dueOn: '',
  factCheckOn: '',
  reportingOn: '',
  attempts: noAttempts,
  asked: [],
  leftOut: [],
  released: [],
  releasedBy: null,
  started: [],
  report: null,
  outdatings: 0,
  checked: [],
  factChecksSentAt: null,
  approvedBy: null,
  sentBack: null,
  frozen: null,
  corrections: noCorrections,
  experiences: noExperiences,
  letters: [],
}

export const evolveRun = (state: RunState, event: RunEvent, meta: CommitMeta): RunState => {
  switch (event.type) {
    case 'RunOpened':
      return {
        ...state,
        status: 'opened',
        year: event.year,
        openedOn: event.openedOn,
        requestOn: event.requestOn,
        dueOn: event.dueOn,
        factCheckOn: event.factCheckOn,
        reportingOn: event.reportingOn,
      }
    case 'ExecutionAttached':
    case 'ExecutionLost':
      return { ...state, attempts: evolveAttempts(state.attempts, event) }
    case 'ManifestMade':
      return {
        ...state,
        status: 'prepared',
        asked: event.asked,
        leftOut: [...state.leftOut, ...event.leftOut],
      }
    case 'AgreementListed':
      return { ...state, leftOut: [...state.leftOut, event.entry] }
    case 'Released':
      return {
        ...state,
        status: state.status === 'prepared' ? 'running' : state.status,
        released: [...state.released, ...event.agreements],
        releasedBy: event.by,
      }
    case 'ReviewsStarted':
      return { ...state, started: [...state.started, ...event.agreements] }
    case 'ReportCompiled':
      return {
        ...state,
        status: 'compiled',
        approvedBy: null,
        report: {
          subject: event.subject,
          archiveKey: event.archiveKey,
          compiledAt: meta.at,
          unfinished: event.unfinished,
          openCorrections: event.openCorrections,
          outdated: false,
        },
      }
    case 'ReportOutdated':
      return {
        ...state,
        status: state.status === 'approved' ? 'compiled' : state.status,
        approvedBy: null,
        outdatings: state.outdatings + 1,
        report: state.report === null ? null : { ...state.report, outdated: true },
      }
    case 'FactChecksSent':
      return { ...state, checked: [...state.checked, ...event.agreements], factChecksSentAt: meta.at }
    case 'ReportApproved':
      return { ...state, status: 'approved', approvedBy: event.by }
    case 'ReportSentBack':
      return { ...state, status: 'running', report: null, sentBack: event.private?.text ?? '' }
    case 'ReportFrozen':
      return { ...state, status: 'frozen', frozen: { on: event.frozenOn, at: meta.at, files: event.files } }
    case 'CorrectionDue':
    case 'CorrectionProposed':
    case 'CorrectionSentBack':
    case 'CorrectionIssued':
      return { ...state, corrections: evolveCorrections(state.corrections, event, meta) }
    case 'ExperiencePublished':
    case 'ExperienceLeftOut':
    case 'ExperiencesReleased':
      return { ...state, experiences: evolveExperiences(state.experiences, event, meta) }
    case 'LetterSent':
    case 'LetterBounced':
      return { ...state, letters: evolveLetters(state.letters, event, meta.at) }
    default:
      return event satisfies never
  }
}

export const runFolding: Folding<RunState, RunEvent> = { initial: noRun, evolve: evolveRun }

/** Released and not yet started, in the manifest's order. */
export const toStart = (state: RunState): readonly AgreementId[] =>
  state.asked
    .map((entry) => entry.agreement)
    .filter((agreement) => state.released.includes(agreement) && !state.started.includes(agreement))

/** Their pages have not been sent yet, in the manifest's order. */
export const toCheck = (state: RunState): readonly AgreementId[] =>
  state.started.filter((agreement) => !state.checked.includes(agreement))
