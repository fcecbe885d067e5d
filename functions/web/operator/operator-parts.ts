import {
  type ExecutionLine,
  type ExecutionStatus,
  type Machine,
  shownJson,
} from '../../domain/execution/execution.ts'
import type { StreamId } from '../../domain/base/stream-id.ts'
import type { MinistryRole } from '../../domain/base/values.ts'
import type { Visit, VisitEnd } from '../../domain/execution/progress.ts'
import { type Tone, details, nothing, verbatim, type Markup } from '../markup.ts'
import { html } from 'hono/html'
import { moment } from '../words.ts'

export const executionsPath = '/executions'

/** The breaker over all answers. */
export const answersPath = `${executionsPath}/answers`

/** How long what is kept. */
export const retentionPath = `${executionsPath}/retention`

export const listPath = (options: {
  readonly machine: Machine
  readonly status: ExecutionStatus | null
  readonly from: string
}): string => {
  const query = new URLSearchParams({
    machine: options.machine,
    ...(options.status === null ? {} : { status: options.status }),
    from: options.from,
  })
  return `${executionsPath}?${query.toString()}`
}

export const executionPath = ({ machine, name }: Pick<ExecutionLine, 'machine' | 'name'>): string =>
  `${executionsPath}/${machine}/${name}`

export const historyPath = (execution: Pick<ExecutionLine, 'machine' | 'name'>): string =>
  `${executionPath(execution)}/history`

export const statePath = (execution: Pick<ExecutionLine, 'machine' | 'name'>, state: string): string =>
  `${executionPath(execution)}/states/${encodeURIComponent(state)}`

/** The executions of one case: its attempts. */
export const caseExecutionsPath = (stream: StreamId): string =>
  `${executionsPath}/cases/${encodeURIComponent(stream)}`

/** Who is shown how the workflows run: those who keep the system, those who audit it, and the caseworkers. */
export const maySeeExecutions = (person: { readonly roles: readonly MinistryRole[] }): boolean =>
  person.roles.some((role) => role === 'administrator' || role === 'auditor' || role === 'caseworker')

export const machineWords: Readonly<Record<Machine, string>> = {
  'annual-run': 'Året',
  'agreement-review': 'Bedømmelse',
  renegotiation: 'Genforhandling',
}

export const executionStatusWords: Readonly<Record<ExecutionStatus, string>> = {
  RUNNING: 'i gang',
  SUCCEEDED: 'gennemført',
  FAILED: 'fejlet',
  TIMED_OUT: 'tiden udløbet',
  ABORTED: 'afbrudt',
  PENDING_REDRIVE: 'afventer genoptagelse',
}

export const executionStatusTones: Readonly<Record<ExecutionStatus, Tone>> = {
  RUNNING: 'info',
  SUCCEEDED: 'success',
  FAILED: 'error',
  TIMED_OUT: 'error',
  ABORTED: 'error',
  PENDING_REDRIVE: 'warning',
}

export const visitWords: Readonly<Record<VisitEnd, string>> = {
  succeeded: 'gennemført',
  caught: 'gik videre efter fejl',
  failed: 'fejlet',
  aborted: 'afbrudt',
  working: 'arbejder',
  waiting: 'venter',
}

export const visitTones: Readonly<Record<VisitEnd, Tone>> = {
  succeeded: 'success',
  caught: 'success',
  failed: 'error',
  aborted: 'error',
  working: 'info',
  waiting: 'info',
}

/** Errors by which a wait ends as meant: the workflow then looks again. */
const meantErrors: Readonly<Record<string, string>> = {
  'States.Timeout': 'tiden gik',
  AlreadySatisfied: 'var allerede sket',
  NothingToDo: 'intet at gøre',
}

/** How a visit ended, in a few words: an error that the workflow means to catch is no failure. */
export const visitText = (visit: Visit): string => {
  const error = visit.failures.at(-1)?.error ?? null
  if (visit.end !== 'caught' || error === null) return visitWords[visit.end]
  return meantErrors[error] ?? `${visitWords.caught}: ${error}`
}

const waitWords: Readonly<Record<string, string>> = {
  reply: 'kommunens indberetning',
  'sending-hour': 'tidspunktet, hvor brevet må sendes',
  recommendation: 'sagsbehandlerens indstilling',
  approval: 'godkenderens afgørelse',
  answer: 'kommunens svar på et spørgsmål',
  delivery: 'at brevet er leveret',
  hearing: 'høringssvar',
  comments: 'svar på kommunens bemærkninger',
  'held-mail': 'afgørelse om en tilbageholdt mail',
  dissemination: 'kommunens formidling',
  question: 'stillingtagen til spørgsmålet om genforhandling',
  proposal: 'et forslag til tillæg',
  'counter-proposal': 'svar på et ændringsforslag',
  answers: 'parternes svar på forslaget',
  release: 'frigivelse af anmodningerne',
  'request-day': 'anmodningsdagen',
  reviews: 'at alle aftaler er endeligt bedømt',
  'fact-check-day': 'faktatjekdagen',
  'fact-check': 'kommunernes faktatjek',
  'report-approval': 'godkendelse af afrapporteringen',
  'reporting-day': 'afrapporteringsdagen',
}
/** What a wait is for. One newer than this list is shown as it is. */
export const waitText = (kind: string): string => waitWords[kind] ?? (kind === '' ? '–' : kind)

const stateTypeWords: Readonly<Record<string, string>> = {
  Task: 'opgave',
  Choice: 'valg',
  Succeed: 'slut',
  Fail: 'slut med fejl',
  Wait: 'pause',
  Pass: 'mellemtrin',
  Parallel: 'sideløbende',
  Map: 'for hver',
}
export const stateTypeText = (type: string): string => stateTypeWords[type] ?? type

/** A state's name as the definition has it: English. */
export const stateName = (name: string): Markup => html`<span lang="en">${name}</span>`

/** `10. marts 2015 kl. 14.07.32`: steps of a workflow follow each other within a minute. */
export const exactMoment = (instant: string | null): Markup | string =>
  instant === null || instant === ''
    ? '–'
    : html`<time datetime="${instant}">${moment(instant)}.${instant.slice(17, 19)}</time>`

/** JSON behind a click; nothing where there is none. */
export const jsonDetails = (summary: string, text: string | null, label: string, open = false): Markup =>
  text === null || text === '' ? nothing : details(summary, verbatim(shownJson(text), label), open)

/** Which page of how many, and the items on it. */
export interface Paged<T> {
  readonly page: number
  readonly pages: number
  readonly items: readonly T[]
}

/** @param page counted from 1; one that there is not is the nearest there is */
export const paged = <T>(items: readonly T[], page: number, size: number): Paged<T> => {
  const pages = Math.max(1, Math.ceil(items.length / size))
  const at = Math.min(Math.max(1, page), pages)
  return { page: at, pages, items: items.slice((at - 1) * size, at * size) }
}

/** The way to the pages before and after; nothing when there is only one. */
export const pager = ({ page, pages }: Paged<unknown>, path: string, label = 'Sider'): Markup =>
  pages === 1
    ? nothing
    : html`<nav aria-label="${label}">
        <p>
          ${page > 1 ? html`<a href="${path}?page=${page - 1}">Forrige side</a> · ` : nothing}Side ${page} af
          ${pages}${page < pages ? html` · <a href="${path}?page=${page + 1}">Næste side</a>` : nothing}
        </p>
      </nav>`

/** A case's way to its executions, as one of its facts; none for a reader who is not shown them. */
export const executionsFact = (
  reader: { readonly roles: readonly MinistryRole[] },
  stream: StreamId,
): readonly (readonly [string, Markup])[] =>
  maySeeExecutions(reader) ? [['Drift', html`<a href="${caseExecutionsPath(stream)}">Sagens forløb</a>`]] : []
