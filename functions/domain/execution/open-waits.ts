import * as z from 'zod'
import type { Progress } from './progress.ts'

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
