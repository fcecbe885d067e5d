import * as z from 'zod'
import { keysOf } from '../base/values.ts'

/** What a value to reach is seen from. */
export type WayFrom = 'baseline' | 'expected-without'

interface JudgingMethodRow {
  /** In the agreement's form. */
  readonly label: string
  /** Beside the rules that judge a review. */
  readonly labelOfRule: string
  readonly measures: 'figure' | 'milestone'
  readonly from: WayFrom
  /** It cannot be judged without the value it is seen from; any other target may do without. */
  readonly needsFrom: boolean
  /** Where the value to reach lies as seen from there, in the target's direction. */
  readonly goal: 'beyond' | 'there-or-beyond' | 'there'
  /** How much of the way is gone is counted, and from the agreement's threshold on it is partly met. */
  readonly countsTheWay: boolean
}

/**
 * The methods a target may be judged by: what an agreement must say for each, and what each is called. A further
 * method is a row; the compiler then asks for its rule in `judging/target.ts`.
 */
export const judgingMethods = {
  level: {
    label: 'niveau',
    labelOfRule: 'niveau',
    measures: 'figure',
    from: 'baseline',
    needsFrom: false,
    goal: 'there-or-beyond',
    countsTheWay: false,
  },
  progress: {
    label: 'fremgang fra basismålingen',
    labelOfRule: 'fremgang fra udgangspunktet',
    measures: 'figure',
    from: 'baseline',
    needsFrom: true,
    goal: 'beyond',
    countsTheWay: true,
  },
  /** Against the level expected without the agreement: the rule of the UK's Local Public Service Agreements. */
  'progress-without': {
    label: 'fremgang fra det, der ventes uden aftalen',
    labelOfRule: 'fremgang fra niveauet uden aftale',
    measures: 'figure',
    from: 'expected-without',
    needsFrom: true,
    goal: 'beyond',
    countsTheWay: true,
  },
  maintain: {
    label: 'fastholdelse',
    labelOfRule: 'fastholdelse',
    measures: 'figure',
    from: 'baseline',
    needsFrom: true,
    goal: 'there',
    countsTheWay: false,
  },
  milestone: {
    label: 'milepæl',
    labelOfRule: 'milepæl',
    measures: 'milestone',
    from: 'baseline',
    needsFrom: false,
    goal: 'beyond',
    countsTheWay: false,
  },
} as const satisfies Readonly<Record<string, JudgingMethodRow>>

export const judgingMethodSchema = z.enum(keysOf(judgingMethods))
export type JudgingMethod = z.infer<typeof judgingMethodSchema>
