import type { ExecutionEvent, ExecutionStatus } from './execution.ts'
import type { Graph, GraphState } from './graph.ts'
import * as z from 'zod'

/** How a visit to a state went: `caught` went on by a Catch, `waiting` is at rest until its token is answered. */
export type VisitEnd = 'succeeded' | 'caught' | 'failed' | 'aborted' | 'working' | 'waiting'

/** Something a task tried and did not succeed with. */
export interface VisitFailure {
  readonly at: string
  readonly type: string
  readonly error: string | null
  readonly cause: string | null
}

/** A task in hand that waits for its token. */
export interface TokenWait {
  readonly scheduledAt: string
  /** Null: it waits as long as the execution lives. */
  readonly timeoutSeconds: number | null
  /** The task's arguments, JSON with the token in it. */
  readonly arguments: string | null
}

/** One stay in a state: entered, perhaps tried several times, left. */
export interface Visit {
  readonly state: string
  /** The id of the event that entered it. */
  readonly eventId: number
  readonly enteredAt: string
  readonly exitedAt: string | null
  readonly input: string | null
  /** What its task was given, the last time it was tried. */
  readonly arguments: string | null
  readonly output: string | null
  /** How often its task was scheduled; 0 for a state without one. */
  readonly tries: number
  readonly failures: readonly VisitFailure[]
  readonly end: VisitEnd
  readonly wait: TokenWait | null
}

/** A step from one state to the next, and how often it was taken. */
export interface Step {
  readonly from: string
  readonly to: string
  readonly times: number
}

export interface Progress {
  /** In the order they were entered. */
  readonly visits: readonly Visit[]
  readonly steps: readonly Step[]
  /** The state in which an event happened, by the event's id; none for the execution's own. */
  readonly stateOfEvent: ReadonlyMap<number, string>
}

interface Stay {
  readonly entered: ExecutionEvent
  exited: ExecutionEvent | null
  tries: number
  failures: VisitFailure[]
  /** The last try has failed and none was made after it. */
  failing: boolean
  scheduled: ExecutionEvent | null
}

const failing = /^(?!Execution).*(Failed|TimedOut)$/
const scheduling = /^(Task|LambdaFunction|Activity)Scheduled$/
const tokenSuffix = '.waitForTaskToken'

const endOf = (stay: Stay, status: ExecutionStatus, waits: boolean): VisitEnd => {
  if (stay.exited !== null) return stay.failing ? 'caught' : 'succeeded'
  if (status === 'RUNNING') return waits ? 'waiting' : 'working'
  return stay.failing || status === 'FAILED' ? 'failed' : 'aborted'
}

const waitOf = (stay: Stay, status: ExecutionStatus): TokenWait | null => {
  const { scheduled } = stay
  if (status !== 'RUNNING' || stay.exited !== null || stay.failing || scheduled === null) return null
  return scheduled.resource?.endsWith(tokenSuffix) === true
    ? {
        scheduledAt: scheduled.at,
        timeoutSeconds: scheduled.timeoutSeconds,
        arguments: scheduled.input,
      }
    : null
}

const take = (stay: Stay, event: ExecutionEvent): void => {
  if (scheduling.test(event.type)) {
    stay.tries += 1
    stay.failing = false
    stay.scheduled = event
  } else if (failing.test(event.type)) {
    const { at, type, error, cause } = event
    stay.failures.push({ at, type, error, cause })
    stay.failing = true
  }
}

/**
 * What an execution has done, state by state, from its whole history. Each event belongs to the stay that the
 * event before it belongs to, so that branches side by side are told apart.
 */
export const progressOf = (events: readonly ExecutionEvent[], status: ExecutionStatus): Progress => {
  const stays: Stay[] = []
  const stayOf = new Map<number, Stay>()
  const steps = new Map<string, Step>()
  for (const event of events) {
    const before = stayOf.get(event.previousId)
    if (event.type.endsWith('StateEntered')) {
      const stay = { entered: event, exited: null, tries: 0, failures: [], failing: false, scheduled: null }
      stays.push(stay)
      stayOf.set(event.id, stay)
      const [from, to] = [before?.entered.state ?? null, event.state ?? '']
      if (from !== null) {
        const key = JSON.stringify([from, to])
        steps.set(key, { from, to, times: (steps.get(key)?.times ?? 0) + 1 })
      }
      continue
    }
    const stay = event.type.endsWith('StateExited')
      ? stays.findLast((one) => one.exited === null && one.entered.state === event.state)
      : before
    if (stay === undefined) continue
    stayOf.set(event.id, stay)
    if (event.type.endsWith('StateExited')) stay.exited = event
    else take(stay, event)
  }
  return {
    steps: [...steps.values()],
    stateOfEvent: new Map([...stayOf].map(([id, stay]) => [id, stay.entered.state ?? ''])),
    visits: stays.map((stay) => {
      const wait = waitOf(stay, status)
      return {
        state: stay.entered.state ?? '',
        eventId: stay.entered.id,
        enteredAt: stay.entered.at,
        exitedAt: stay.exited?.at ?? null,
        input: stay.entered.input,
        arguments: stay.scheduled?.input ?? null,
        output: stay.exited?.output ?? null,
        tries: stay.tries,
        failures: stay.failures,
        end: endOf(stay, status, wait !== null),
        wait,
      }
    }),
  }
}

/** A state of the definition and what became of it in one execution. */
export interface StateSummary {
  readonly state: GraphState
  readonly visits: readonly Visit[]
  /** Null when it was never entered. */
  readonly last: Visit | null
  /** Tries beyond the first of each visit. */
  readonly retries: number
}

/** Every state in the definition's order; a state of the history that the definition has not is left out. */
export const stateSummaries = (graph: Graph, progress: Progress): readonly StateSummary[] =>
  graph.states.map((state) => {
    const visits = progress.visits.filter((visit) => visit.state === state.name)
    return {
      state,
      visits,
      last: visits.at(-1) ?? null,
      retries: visits.reduce((sum, visit) => sum + Math.max(0, visit.tries - 1), 0),
    }
  })

/** What the record keeps of a wait that an execution registered. */
export interface RegisteredWait {
  readonly kind: string
  readonly expects: string
  readonly token: string
}

/** A task that waits for its token now. The token itself stays behind. */
export interface ExecutionWait {
  readonly state: string
  readonly since: string
  /** When the workflow looks again whatever happens; null: no timeout. */
  readonly looksAgainAt: string | null
  /** What it waits for, as the plan named it; empty when its arguments do not say. */
  readonly kind: string
  /** The moment of the record it waits for; null when it waits for somebody alone. */
  readonly until: string | null
  /** The record knows the token: whoever changes the record will wake it. */
  readonly registered: boolean
}

const argumentsSchema = z.object({
  Payload: z.object({
    token: z.string(),
    kind: z.string().default(''),
    expects: z.string().default(''),
  }),
})

const parsed = (text: string | null): z.infer<typeof argumentsSchema>['Payload'] | null => {
  if (text === null) return null
  try {
    const found = argumentsSchema.safeParse(JSON.parse(text))
    return found.success ? found.data.Payload : null
  } catch {
    return null
  }
}

/** `wait/reply/2015-03-02T23:00:00.000Z` names its moment last. */
const untilOf = (expects: string): string | null => {
  const [, , until] = expects.split('/')
  return until === undefined || until === '' ? null : until
}

/** The waits that are open in an execution, each beside what the record knows of it. */
export const openWaits = (
  progress: Progress,
  registered: readonly RegisteredWait[],
): readonly ExecutionWait[] =>
  progress.visits.flatMap(({ state, wait }) => {
    if (wait === null) return []
    const payload = parsed(wait.arguments)
    return [
      {
        state,
        since: wait.scheduledAt,
        looksAgainAt:
          wait.timeoutSeconds === null
            ? null
            : new Date(Date.parse(wait.scheduledAt) + wait.timeoutSeconds * 1000).toISOString(),
        kind: payload?.kind ?? '',
        until: untilOf(payload?.expects ?? ''),
        registered: registered.some((one) => one.token === payload?.token),
      },
    ]
  })
