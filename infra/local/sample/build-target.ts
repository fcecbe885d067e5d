import type { Measured, Target } from '../../../functions/domain/agreement/content.ts'
import { dice, pctOf, share, sumOfShares, wayFor, type Outcome } from './figures.ts'
import { targetTemplates, type TargetTemplate, type TemplateName } from './target-templates.ts'

/** One target to make: which kind, what its figures for 2014 shall lead to, its weight. */
export interface TargetPlan {
  readonly template: TemplateName
  readonly outcome: Outcome
  readonly weight: number
  /** The members that report it; all of the agreement's when left out. */
  readonly reportedBy?: readonly string[]
  /** From when the figure for 2014 can be had, where that is not January. */
  readonly availableOn?: string
}

/** A target, and per municipality what it will find when it counts for 2014, by form key. */
export interface BuiltTarget {
  readonly target: Target
  readonly figures: ReadonlyMap<string, Readonly<Record<string, string>>>
}

const danish = (value: number): string => String(value).replace('.', ',')

/**
 * Makes one synthetic target.
 * @param size a member's size (its quota for 2015), by which persons are scaled
 */
export function buildTarget(
  key: string,
  plan: TargetPlan,
  members: readonly { code: string; size: number }[],
  seed: number,
): BuiltTarget {
  const template: TargetTemplate = targetTemplates[plan.template]
  const roll = dice(seed)
  const reporters = members.filter(({ code }) => plan.reportedBy?.includes(code) ?? true)
  const made =
    template.measure.type === 'share'
      ? shares(key, template, plan.outcome, reporters, roll)
      : template.measure.type === 'number'
        ? numbers(key, template, plan.outcome, reporters, roll)
        : milestones(key, plan.outcome, reporters)
  return {
    target: {
      key,
      title: template.title,
      titleEn: template.titleEn,
      theme: template.theme,
      measurement: {
        definition: template.definition,
        definitionEn: template.definitionEn,
        source: template.source,
        indicator: template.indicator,
        indicatorVersion: 1,
      },
      measure: template.measure,
      direction: template.direction,
      method: template.method,
      weight: plan.weight,
      baseline:
        made.baseline === null ? null : { year: 2012, measured: made.baseline, source: template.source },
      expectedWithout: made.expectedWithout,
      targets: made.targets,
      partlyFromPct: '60',
      cliff: false,
      rounding: 'exact',
      measuringDate: '12-31',
      earliestAvailable: [{ year: 2014, on: plan.availableOn ?? '2015-01-05' }],
      reportedBy: reporters.map(({ code }) => code),
      minimumDenominator: template.measure.type === 'share' ? 10 : 0,
      history: made.history,
    },
    figures: made.figures,
  }
}

type Made = Pick<Target, 'targets' | 'history' | 'expectedWithout'> & {
  baseline: Measured | null
  figures: ReadonlyMap<string, Readonly<Record<string, string>>>
}
type Roll = (from: number, to: number) => number
type Members = readonly { code: string; size: number }[]

function shares(key: string, template: TargetTemplate, outcome: Outcome, members: Members, roll: Roll): Made {
  const [from, to] = template.base
  const base = roll(from, to)
  const goal = base + template.span
  const maintain = template.method === 'maintain'
  const persons = (size: number): number => Math.round(template.persons + Math.sqrt(size) * 6)
  // A target that is to be kept needs a baseline that is a round percentage, or target and baseline differ.
  const counted = members.map(({ code, size }) => ({
    code,
    former: maintain ? 100 * Math.ceil(persons(size) / 100) : persons(size),
  }))
  const baselines = counted.map(({ former }) => share(former, base))
  const sum = sumOfShares(baselines)
  const start = 'numerator' in sum ? pctOf(sum) : base
  const expectedWithout = template.method === 'progress-without' ? base + 4 : null
  const origin = expectedWithout ?? start
  const rising = template.direction === 'rising' ? 1 : -1
  const aim = maintain
    ? base + rising * (outcome === 'met' ? 2 : -4)
    : template.method === 'level'
      ? goal + rising * (outcome === 'met' ? 3 : -4)
      : origin + wayFor[outcome] * (goal - origin)
  const found = counted.map(({ code, former }) => ({ code, ...share(former + roll(4, 14), aim) }))
  const lastYear = counted.map(({ code, former }) => ({
    code,
    ...share(former + roll(0, 6), start + (aim - start) / 2),
  }))
  return {
    baseline: sum,
    expectedWithout: expectedWithout === null ? null : String(expectedWithout),
    targets: [
      { year: 2013, value: String(Math.round(base + template.span / 2)) },
      { year: 2014, value: String(goal) },
      { year: 2015, value: String(goal + Math.sign(template.span) * 2) },
    ],
    history: lastYear.map(({ code, numerator, denominator }) => ({
      year: 2013,
      municipality: code,
      measured: { numerator, denominator },
    })),
    figures: new Map(
      found.map(({ code, numerator, denominator }) => [
        code,
        { [`${key} i alt`]: denominator, [`${key} heraf`]: numerator },
      ]),
    ),
  }
}

function numbers(
  key: string,
  template: TargetTemplate,
  outcome: Outcome,
  members: Members,
  roll: Roll,
): Made {
  const [from, to] = template.base
  const base = roll(from, to)
  const rising = template.direction === 'rising' ? 1 : -1
  const goal = base + rising * template.span
  const whole = template.measure.type === 'number' && template.measure.whole
  const aim =
    template.method === 'progress'
      ? base + wayFor[outcome] * (goal - base)
      : goal + rising * (outcome === 'met' ? (template.method === 'maintain' ? 0 : 1.5) : -3)
  const value = whole ? Math.round(aim) : aim
  const between = template.method === 'maintain' ? base : Math.round((base + value) / 2)
  return {
    baseline: { value: String(base) },
    expectedWithout: null,
    targets: [2013, 2014, 2015].map((year, nth) => ({
      year,
      value: String(
        nth === 0
          ? Math.round((base + goal) / 2)
          : goal + (nth === 2 ? rising * Math.round(template.span / 4) : 0),
      ),
    })),
    history: members.map(({ code }) => ({
      year: 2013,
      municipality: code,
      measured: { value: String(between) },
    })),
    figures: new Map(members.map(({ code }) => [code, { [key]: danish(value) }])),
  }
}

function milestones(key: string, outcome: Outcome, members: Members): Made {
  return {
    baseline: null,
    expectedWithout: null,
    targets: [{ year: 2014, value: '2014-12-31' }],
    history: [],
    figures: new Map(
      members.map(({ code }) => [
        code,
        { [key]: outcome === 'met' ? 'ja, 14. november 2014' : 'nej, forventes 1. juni 2015' },
      ]),
    ),
  }
}
