import type { Failure, Tolerance } from '../turn/execution.ts'

export const exceeded: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
}

/** Whether so many failures are more than a distributed Map takes; without a tolerance it takes none. */
export const isExceeded = (failed: number, items: number, tolerance: Tolerance): boolean => {
  if (failed === 0) return false
  if (tolerance.count !== undefined && failed > tolerance.count) return true
  if (tolerance.percentage !== undefined && (failed / items) * 100 > tolerance.percentage) return true
  return tolerance.count === undefined && tolerance.percentage === undefined
}
