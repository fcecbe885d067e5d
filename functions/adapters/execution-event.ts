import type { HistoryEvent } from '@aws-sdk/client-sfn'
import type { ExecutionEvent } from '../domain/execution/execution.ts'

/** What the details of an event have, whatever its type; each type has some of them. */
interface Details {
  readonly name?: string | undefined
  readonly input?: string | undefined
  readonly parameters?: string | undefined
  readonly output?: string | undefined
  readonly error?: string | undefined
  readonly cause?: string | undefined
  readonly resource?: string | undefined
  readonly timeoutInSeconds?: number | undefined
}

/** An event has its details in one member, named after its type. */
const detailsOf = (event: HistoryEvent): Details =>
  event.stateEnteredEventDetails ??
  event.stateExitedEventDetails ??
  event.taskScheduledEventDetails ??
  event.taskStartedEventDetails ??
  event.taskSucceededEventDetails ??
  event.taskFailedEventDetails ??
  event.taskTimedOutEventDetails ??
  event.taskSubmittedEventDetails ??
  event.taskSubmitFailedEventDetails ??
  event.taskStartFailedEventDetails ??
  event.lambdaFunctionScheduledEventDetails ??
  event.lambdaFunctionSucceededEventDetails ??
  event.lambdaFunctionFailedEventDetails ??
  event.lambdaFunctionTimedOutEventDetails ??
  event.lambdaFunctionScheduleFailedEventDetails ??
  event.lambdaFunctionStartFailedEventDetails ??
  event.evaluationFailedEventDetails ??
  event.mapRunFailedEventDetails ??
  event.executionStartedEventDetails ??
  event.executionSucceededEventDetails ??
  event.executionFailedEventDetails ??
  event.executionTimedOutEventDetails ??
  event.executionAbortedEventDetails ??
  {}

/** An event of Step Functions as the operator is shown it. */
export const readEvent = (event: HistoryEvent): ExecutionEvent => {
  const { name, input, parameters, output, error, cause, resource, timeoutInSeconds } = detailsOf(event)
  return {
    id: event.id ?? 0,
    previousId: event.previousEventId ?? 0,
    at: event.timestamp?.toISOString() ?? '',
    type: event.type ?? '',
    state: name ?? null,
    input: input ?? parameters ?? null,
    output: output ?? null,
    error: error ?? null,
    cause: cause ?? null,
    resource: resource ?? null,
    timeoutSeconds: timeoutInSeconds ?? null,
  }
}
