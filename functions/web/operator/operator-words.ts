import type { Machine, ExecutionStatus } from '../../domain/execution/execution.ts'
import type { Visit, VisitEnd } from '../../domain/execution/progress.ts'
import type { Tone } from '../markup.ts'

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
