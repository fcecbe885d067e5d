import type { LetterOrder } from './letters.ts'
import { compareInstants, secondsBetween } from '../base/time.ts'

/** A wait never lasts longer than this; it then looks again. */
export const longestWaitSeconds = 30 * 24 * 60 * 60

/**
 * What comes next in a case: what PlanNext answers (workflows/README.md, "PlanNext"). A wait is for a state of the
 * record: it is over when the plan is another one than that it was registered with.
 */
export type Plan<WaitKind extends string, Step extends string> =
  | { readonly next: 'wait'; readonly kind: WaitKind; readonly until: string | null }
  | { readonly next: 'letter'; readonly order: LetterOrder }
  | { readonly next: 'step'; readonly step: Step }
  | { readonly next: 'ended' }

/** What a registered wait expects: the same text as long as there is nothing else to do. */
export const expectation = (plan: Plan<string, string>): string => {
  switch (plan.next) {
    case 'wait':
      return `wait/${plan.kind}/${plan.until ?? ''}`
    case 'letter':
      return `letter/${plan.order.kind}/${plan.order.party ?? ''}/${plan.order.seq}/${plan.order.about}`
    case 'step':
      return `step/${plan.step}`
    case 'ended':
      return 'ended'
    default:
      return plan satisfies never
  }
}

/** Whole seconds to sleep: at least 1, at most 30 days, rounded up. */
export const waitSeconds = (until: string | null, now: string): number =>
  until === null || compareInstants(until, now) <= 0
    ? until === null
      ? longestWaitSeconds
      : 1
    : Math.min(longestWaitSeconds, Math.max(1, secondsBetween(now, until)))

/** The earlier of two moments; null is "no moment of its own". */
export const earlier = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : compareInstants(a, b) <= 0 ? a : b
