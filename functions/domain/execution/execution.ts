import { streamKind, type StreamId, type StreamKindName } from '../base/stream-id.ts'

/** The state machine that runs each kind of stream; a kind that is not here has no workflow. */
const machines = {
  review: 'agreement-review',
  renegotiation: 'renegotiation',
  run: 'annual-run',
} as const satisfies Partial<Record<StreamKindName, string>>

/** A workflow's state machine. */
export type Machine = (typeof machines)[keyof typeof machines]

const hasMachine = (kind: StreamKindName): kind is keyof typeof machines => Object.hasOwn(machines, kind)

/** Does a workflow run streams of this kind? */
export const hasWorkflow = (stream: StreamId): boolean => hasMachine(streamKind(stream))

/** The state machine that runs a stream's kind. @throws RangeError for a kind without one */
export const machineOf = (stream: StreamId): Machine => {
  const kind = streamKind(stream)
  if (!hasMachine(kind)) throw new RangeError(`${stream} has no workflow`)
  return machines[kind]
}

/** `review-2014-svendborg-rk-a1`: names only save work, the record decides (workflows/README.md, "Names save work"). */
export const executionName = (stream: StreamId, attempt: number): string =>
  `${stream.toLowerCase().replaceAll('#', '-')}-a${attempt}`

/** The stream and attempt an execution was started for; its input says so, this reads the name. */
export const attemptOf = (name: string): number => Number(/-a(\d+)$/.exec(name)?.[1] ?? '0')

export const executionStatuses = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  'PENDING_REDRIVE',
] as const
/** As Step Functions has it. */
export type ExecutionStatus = (typeof executionStatuses)[number]

/** An execution as lists show it. */
export interface ExecutionLine {
  readonly machine: Machine
  readonly name: string
  readonly status: ExecutionStatus
  /** UTC, `Z`. */
  readonly startedAt: string
  /** Null while it runs. */
  readonly endedAt: string | null
}

/** JSON as it was stored, and why it ended badly. An output or error that there is not is null. */
export interface ExecutionDescription extends ExecutionLine {
  readonly input: string | null
  readonly output: string | null
  readonly error: string | null
  readonly cause: string | null
}

/** One event of an execution's history: what all types have, and of the rest what the operator is shown. */
export interface ExecutionEvent {
  readonly id: number
  /** The event it followed from; 0 for the first. */
  readonly previousId: number
  readonly at: string
  /** `TaskStateEntered`, `TaskScheduled`, ... */
  readonly type: string
  /** The state's name, on events that enter or leave one. */
  readonly state: string | null
  /** JSON text that went in: a state's or an execution's input, or a task's arguments. */
  readonly input: string | null
  /** JSON text that came out. */
  readonly output: string | null
  readonly error: string | null
  readonly cause: string | null
  /** `invoke`, `invoke.waitForTaskToken`, ... */
  readonly resource: string | null
  /** The scheduled task's timeout. */
  readonly timeoutSeconds: number | null
}

const secretKey = /token$/i
const secretText = /((?<!\\)\\*"[A-Za-z]*token\\*"\s*:\s*\\*")[^"\\]*/gi
const addressLike = /@[^@.]+\../u
const word = /[\p{L}\d._%+'@-]+/gu

/** What stands where a task token was: whoever holds one can answer the task. */
export const hiddenToken = '(skjult)'
const hiddenAddress = '(adresse skjult)'

const hiddenIn = (text: string): string =>
  text
    .replaceAll(secretText, `$1${hiddenToken}`)
    .replaceAll(word, (found) => (addressLike.test(found) ? hiddenAddress : found))

const hidden = (key: string, value: unknown): unknown =>
  typeof value !== 'string' ? value : secretKey.test(key) && value !== '' ? hiddenToken : hiddenIn(value)

/**
 * JSON text of an execution as people may read it: indented, without task tokens and mail addresses. Inputs hold
 * ids alone, but an error's cause is whatever failed had to say. Text that is no JSON is treated the same way.
 */
export const shownJson = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text, hidden), null, 2)
  } catch {
    return hiddenIn(text)
  }
}
