import type { ExecutionEvent } from '../../../functions/domain/execution/execution.ts'

type Given = Partial<ExecutionEvent> & Pick<ExecutionEvent, 'type'>

const nothing = {
  state: null,
  input: null,
  output: null,
  error: null,
  cause: null,
  resource: null,
  timeoutSeconds: null,
}

/** A history of these events, each following the one before it unless it says another, a minute apart. */
export const historyOf = (...events: readonly Given[]): ExecutionEvent[] =>
  events.map((event, index) => ({
    ...nothing,
    id: index + 1,
    previousId: index,
    at: new Date(Date.UTC(2015, 0, 15, 8, index)).toISOString(),
    ...event,
  }))

export const entered = (state: string, type = 'Task'): Given => ({ type: `${type}StateEntered`, state })
export const exited = (state: string, type = 'Task'): Given => ({ type: `${type}StateExited`, state })
export const scheduled = (timeoutSeconds: number | null = null): Given => ({
  type: 'TaskScheduled',
  resource: 'invoke',
  timeoutSeconds,
})

export const token = 'AQCEAAAAKgAAAAMAAAAAAAAAAd'
/** The task of a wait, as the workflows schedule it. */
export const waitScheduled = (expects: string, timeoutSeconds = 2_592_000): Given => ({
  type: 'TaskScheduled',
  resource: 'invoke.waitForTaskToken',
  timeoutSeconds,
  input: JSON.stringify({
    FunctionName: 'WaitForRecord',
    Payload: { stream: 'REVIEW#2014#svendborg-rk', token, kind: expects.split('/')[1], expects },
  }),
})
