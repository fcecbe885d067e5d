import type { Core } from '../work/core.ts'
import { ServiceError } from '../values/errors.ts'
import type { Frame } from '../turn/execution.ts'

/** Where a running execution stands in one of its branches. Instants are milliseconds since the epoch. */
export interface OpenState {
  readonly state: string
  /** State and number of the branches or iterations around it, outermost first, e.g. `['Each', 3]`. */
  readonly within: readonly (readonly [state: string, index: number])[]
  readonly doing:
    'calling' | 'waiting for a token' | 'waiting for an execution' | 'waiting' | 'waiting to retry'
  readonly enteredAt: number
  /** Attempts of the state before this one. */
  readonly retryCount: number
  /** When the wait ends, the task times out, or the next attempt starts; absent where nothing limits it. */
  readonly until?: number
}

const doing = {
  calling: 'calling',
  token: 'waiting for a token',
  nested: 'waiting for an execution',
  waiting: 'waiting',
  retrying: 'waiting to retry',
} as const

const isOpen = (kind: string): kind is keyof typeof doing => Object.hasOwn(doing, kind)

/**
 * What a running execution is doing now, for an operator's eyes: every state that is at work or waits, and until
 * when. Empty for one that has ended. Throws ServiceError ExecutionDoesNotExist.
 */
export const openStates = (core: Core, executionArn: string): readonly OpenState[] => {
  const execution = core.find(executionArn)
  const snapshot = execution === undefined ? undefined : core.open(execution.id)
  if (snapshot === undefined)
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`)
  const around = (frame: Frame): readonly (readonly [string, number])[] => {
    const parent = frame.parent === undefined ? undefined : snapshot.frames.get(frame.parent)
    return parent === undefined ? [] : [...around(parent), [parent.state, frame.index]]
  }
  return [...snapshot.frames.values()].flatMap((frame) => {
    const { kind } = frame.phase
    if (!isOpen(kind)) return []
    const { execution: _, ...own } = frame.timers
    const until = Math.min(...Object.values(own))
    return [
      {
        state: frame.state,
        within: around(frame),
        doing: doing[kind],
        enteredAt: frame.enteredAt,
        retryCount: frame.retryCount,
        ...(until === Infinity ? {} : { until }),
      },
    ]
  })
}
