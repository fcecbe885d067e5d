import type { Meter, Metric } from '../../ports/mail.ts'

/** What was counted, in order. */
export function memoryMeter(): Meter & { readonly counted: readonly Metric[] } {
  const counted: Metric[] = []
  return {
    counted,
    count: (metric) => {
      counted.push(metric)
    },
  }
}
