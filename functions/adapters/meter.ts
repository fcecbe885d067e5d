import type { Meter } from '../ports/mail.ts'

/** Where CloudWatch keeps a stage's own metrics; the alarms read them there. */
export const metricNamespace = (stage: string): string => `Aarshjul/${stage}`

/**
 * Metrics in CloudWatch's embedded metric format: a line of the log that CloudWatch makes a number of, so that a
 * function needs no right and no call for it. Without dimensions: one number for the whole stage.
 * @param options.write a line to the function's log, as it stands
 * @param options.nowMs real time, ms since 1970: CloudWatch takes none of the moved clock's
 */
export const makeMeter = (options: {
  readonly stage: string
  readonly write: (line: string) => void
  readonly nowMs?: () => number
}): Meter => {
  const { stage, write, nowMs = Date.now } = options
  return {
    count: (metric) => {
      const described = {
        Timestamp: nowMs(),
        CloudWatchMetrics: [
          {
            Namespace: metricNamespace(stage),
            Dimensions: [[]],
            Metrics: [{ Name: metric, Unit: 'Count' }],
          },
        ],
      }
      write(`${JSON.stringify({ _aws: described, [metric]: 1 })}\n`)
    },
  }
}
