import type { Assumption, Target } from '../../../functions/domain/agreement/content.ts'
import type { AssessmentInput } from '../../../functions/domain/judging/assessment.ts'
import { agreementIdSchema } from '../../../functions/domain/base/values.ts'

/**
 * Random agreements with figures and observations, the same for the same seed: every method, direction, measure
 * and rule of the agreement version, with silent members, empty target groups and other years among them. They
 * are as judging may meet them, hence some that no signing would have let through.
 */

const agreement = agreementIdSchema.parse('tilfaeldig-rk')
const year = 2014
const codes = ['479', '450', '461'] as const

/** mulberry32: small, fast and the same everywhere. */
export const dice = (seed: number) => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const upTo = (most: number): number => next() % (most + 1)
  const between = (least: number, most: number): number => least + upTo(most - least)
  return {
    between,
    /** True once in so many. */
    oneIn: (times: number): boolean => upTo(times - 1) === 0,
    of: <T>(list: readonly [T, ...T[]]): T => list[upTo(list.length - 1)] ?? list[0],
  }
}
type Dice = ReturnType<typeof dice>

/** A decimal as text, with up to three decimals. */
const decimal = (roll: Dice, least: number, most: number): string => {
  const decimals = roll.of([0, 0, 1, 2, 3])
  const scaled = roll.between(least * 10 ** decimals, most * 10 ** decimals)
  const digits = String(Math.abs(scaled)).padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return scaled < 0 ? `-${text}` : text
}

const counts = (roll: Dice): { numerator: string; denominator: string } => {
  const denominator = roll.oneIn(12) ? roll.between(0, 3) : roll.between(5, 400)
  return { numerator: String(roll.between(0, denominator)), denominator: String(denominator) }
}

/** A decimal of up to three decimals in thousandths. */
const thousandths = (text: string): bigint => {
  const [digits = '0', decimals = ''] = text.split('.')
  return BigInt(`${digits}${decimals.padEnd(3, '0')}`)
}

/** The value exactly at the threshold between the level expected without the agreement and the goal. */
const atThreshold = ({ expectedWithout, partlyFromPct, targets }: Target): string => {
  const [from, goal] = [thousandths(expectedWithout ?? '0'), thousandths(targets[0]?.value ?? '0')]
  const value = from * 100_000n + thousandths(partlyFromPct) * (goal - from)
  const digits = String(value < 0n ? -value : value).padStart(9, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`
}

const day = (roll: Dice, of: number): string =>
  `${of}-${String(roll.between(1, 12)).padStart(2, '0')}-${String(roll.between(1, 28)).padStart(2, '0')}`

type Measured = NonNullable<Target['baseline']>['measured']
type Measure = 'share' | 'count' | 'median' | 'milestone'

const measuredOf = (roll: Dice, measure: Measure): Measured => {
  switch (measure) {
    case 'share':
      return counts(roll)
    case 'count':
      return { value: String(roll.between(0, 80)) }
    case 'median':
      return { value: decimal(roll, 0, 60) }
    default: {
      const met = !roll.oneIn(3)
      return { met, on: roll.oneIn(6) ? null : day(roll, roll.of([2013, 2014, 2015])) }
    }
  }
}

const measures: Readonly<Record<Measure, Target['measure']>> = {
  share: { type: 'share', unit: 'personer' },
  count: { type: 'number', unit: 'stillinger', whole: true },
  median: { type: 'number', unit: 'uger', whole: false },
  milestone: { type: 'milestone' },
}

const optionalParts = (roll: Dice, measure: Measure): Partial<Target> => ({
  ...(roll.oneIn(5) ? { capPct: roll.of(['100', '110', '125.5']) } : {}),
  ...(measure === 'count' && roll.oneIn(3) ? { cumulativeFrom: 2013 } : {}),
  ...(roll.oneIn(15) ? { measuredYears: [2013, 2015] } : {}),
  ...(roll.oneIn(40) ? { awaits: 'apportionment' as const } : {}),
})

const baselineOf = (
  roll: Dice,
  measure: Measure,
  reporters: readonly string[],
): NonNullable<Target['baseline']> => ({
  year: 2012,
  measured: measuredOf(roll, measure),
  source: 'prøve',
  ...(roll.oneIn(6)
    ? {
        byMember: codes
          .filter((code) => reporters.includes(code) || roll.oneIn(2))
          .filter(() => !roll.oneIn(10))
          .map((municipality) => ({ municipality, measured: measuredOf(roll, measure) })),
      }
    : {}),
  ...(roll.oneIn(8) ? { covers: roll.oneIn(2) ? [...reporters] : [...codes] } : {}),
  ...(roll.oneIn(10) ? { indicatorVersion: roll.between(1, 2) } : {}),
})

const targetOf = (roll: Dice, index: number, weight: number): Target => {
  const measure = roll.of<Measure>(['share', 'share', 'count', 'median', 'milestone'])
  const several = measure !== 'median' && roll.oneIn(3)
  const reporters = several ? codes.slice(0, roll.between(2, 3)) : ['479']
  const method =
    measure === 'milestone'
      ? 'milestone'
      : roll.of<Target['method']>(['level', 'progress', 'progress', 'progress-without', 'maintain'])
  const goal = measure === 'milestone' ? day(roll, year) : decimal(roll, 0, 100)
  const baseline = roll.oneIn(12) ? null : baselineOf(roll, measure, reporters)
  return {
    key: `M${index}`,
    title: `Prøvemål ${index}`,
    titleEn: `Sample target ${index}`,
    measurement: {
      definition: 'prøve',
      definitionEn: 'sample',
      source: 'prøve',
      indicator: 'proeve',
      indicatorVersion: 1,
    },
    measure: measures[measure],
    direction: roll.of(['rising', 'falling']),
    method,
    weight,
    baseline: baseline?.byMember?.length === 0 ? null : baseline,
    expectedWithout: roll.oneIn(12) ? null : decimal(roll, 0, 100),
    targets: [{ year: roll.oneIn(12) ? 2015 : year, value: goal }],
    partlyFromPct: roll.of(['60', '60', '85', '66.7', '100']),
    cliff: roll.oneIn(3),
    rounding: roll.oneIn(4) ? 'rounded' : 'exact',
    ...(roll.oneIn(6) ? { roundingDecimals: roll.between(0, 3) } : {}),
    measuringDate: roll.of(['12-31', '12-31', '06-30']),
    earliestAvailable: [],
    reportedBy: [...reporters],
    minimumDenominator: roll.oneIn(4) ? roll.between(5, 60) : 0,
    history: reporters
      .filter(() => !roll.oneIn(8))
      .map((municipality) => ({ year: 2013, municipality, measured: measuredOf(roll, measure) })),
    ...optionalParts(roll, measure),
  }
}

const assumptionOf = (roll: Dice, index: number, keys: readonly string[]): Assumption => {
  const bearsOn = keys.filter(() => roll.oneIn(2))
  return {
    key: `FS${index}`,
    type: roll.of(['quota', 'target-group-size', 'local', 'definition', 'ministry-remit', 'appropriation']),
    title: 'Prøve',
    titleEn: 'Sample',
    unit: 'personer',
    observedBy: 'ministry',
    reference: {
      value: roll.oneIn(3) ? '100' : String(roll.between(0, 120)),
      on: '2013-12-31',
      source: 'prøve',
      derived: false,
    },
    rule: {
      kind: roll.of(['relative', 'relative', 'absolute', 'any', 'by-hand']),
      limit: roll.of(['0', '10', '25', '40']),
      minAbsolute: roll.of(['0', '2', '10']),
      direction: roll.of(['both', 'both', 'up', 'down']),
      ...(roll.oneIn(4) ? { limitDown: roll.of(['0', '50']) } : {}),
    },
    bearsOn: bearsOn.length === 0 ? [keys[0] ?? 'M1'] : bearsOn,
    years: roll.oneIn(5) ? [2015] : [2014, 2015],
  }
}

const observationOf = (roll: Dice, assumption: Assumption): AssessmentInput['observations'][number] => {
  const of = roll.of([2013, 2014, 2014, 2014, 2015])
  const second = roll.oneIn(4)
  return {
    assumption: assumption.key,
    value: roll.oneIn(3) ? roll.of(['60', '90', '110', '125', '140']) : String(roll.between(0, 160)),
    knownOn: day(roll, roll.of([2014, 2015])),
    validFrom: second ? `${of}-07-01` : `${of}-01-01`,
    validTo: `${of}-12-31`,
    source: roll.of(['register', 'indberetning']),
  }
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

/** One agreement of 1 to 5 targets; the same for the same seed. */
export const randomInput = (seed: number): AssessmentInput => {
  const roll = dice(seed * 2654435761)
  const targets = upTo(roll.between(1, 5)).map((index) => targetOf(roll, index, roll.between(0, 50)))
  const keys = targets.map((one) => one.key)
  const assumptions = upTo(roll.between(0, 2)).map((index) => assumptionOf(roll, index, keys))
  return {
    ruleVersion: 'r2',
    agreement,
    year,
    targets,
    assumptions,
    figures: targets.flatMap((target) =>
      target.reportedBy.flatMap((municipality): AssessmentInput['figures'] => {
        if (roll.oneIn(25)) return []
        const { key } = target
        if (roll.oneIn(25)) return [{ target: key, municipality, given: { given: 'not-available' } }]
        if (roll.oneIn(40)) return [{ target: key, municipality, given: { given: 'nothing' } }]
        const measure =
          target.measure.type === 'number' ? (target.measure.whole ? 'count' : 'median') : target.measure.type
        const onIt =
          measure === 'median' && target.method === 'progress-without' ? roll.oneIn(3) : roll.oneIn(50)
        const measured =
          onIt && measure === 'median' ? { value: atThreshold(target) } : measuredOf(roll, measure)
        return [{ target: key, municipality, given: { given: 'measured', measured } }]
      }),
    ),
    observations: assumptions.flatMap((assumption) =>
      upTo(roll.between(0, 3)).map(() => observationOf(roll, assumption)),
    ),
    ...(roll.oneIn(4) ? { scoring: { minimumCoveragePct: roll.of(['0', '33.3', '75', '100']) } } : {}),
    ...(roll.oneIn(4)
      ? {
          earlier: targets
            .filter((one) => one.measure.type === 'number')
            .map(({ key }) => ({
              year: 2013,
              target: key,
              municipality: '479',
              measured: { value: String(roll.between(0, 80)) },
            })),
        }
      : {}),
  }
}
