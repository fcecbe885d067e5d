import type { Execution } from '../turn/execution.ts'
import type { JsonObject } from '../values/json.ts'
import { limits } from '../values/limits.ts'

/** Why an execution cannot be redriven; undefined when it can. */
export const redriveObstacle = (execution: Execution, now: number): string | undefined => {
  const { status, stoppedAt } = execution
  if (status === 'SUCCEEDED' || status === 'RUNNING') return `Execution is ${status} and cannot be redriven`
  if (stoppedAt !== undefined && now - stoppedAt > limits.redriveMs)
    return 'Execution has exceeded the redrivable period of 14 days and cannot be redriven'
  if (execution.eventCount >= limits.historyEvents - 1)
    return 'Execution history limit exceeded and cannot be redriven'
  return undefined
}

/** The fields about redriving in the description of an execution, as a nested task's result has them. */
export const redriveFields = (execution: Execution, now: number): JsonObject => {
  const obstacle = redriveObstacle(execution, now)
  return {
    RedriveCount: execution.redriveCount,
    RedriveStatus: obstacle === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(obstacle === undefined ? {} : { RedriveStatusReason: obstacle }),
  }
}
