import { compareExact, div, exact, exactText, isWhole, mul, roundHalfUp, sum, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import { printNumber } from '../base/danish.ts'
import { yearOf } from '../base/time.ts'
import { dateSchema, exactSchema, type Language } from '../base/values.ts'
import type { AgreementContent, Measured, Target, Shortcoming } from './content.ts'
import { judgingMethods, type WayFrom } from './judging-methods.ts'

/**
 * What a single target must satisfy before it can be judged; see the edge cases of agreement and judging in
 * domain/README.md.
 */

/** A measured value in the target's unit, percent for a share; null for a milestone or nobody in all. */
export const measuredValue = (measured: Measured): Exact | null => {
  if ('met' in measured) return null
  if ('value' in measured) return exact(measured.value)
  if (measured.denominator === '0') return null
  return mul(div(exact(measured.numerator), exact(measured.denominator)), whole(100))
}

const fits = (measured: Measured, { measure }: Target): boolean => {
  switch (measure.type) {
    case 'share':
      return 'numerator' in measured
    case 'number':
      return 'value' in measured && (!measure.whole || isWhole(exact(measured.value)))
    case 'milestone':
      return 'met' in measured
    default:
      return measure satisfies never
  }
}

const measuredRules = (measured: Measured, path: string, target: Target): readonly Shortcoming[] => {
  if (!fits(measured, target))
    return [
      {
        path,
        expected: `a measured value of the target's measure, ${target.measure.type}`,
        da: 'en værdi af den slags, målet måles i',
      },
    ]
  if (!('numerator' in measured)) return []
  return compareExact(exact(measured.numerator), exact(measured.denominator)) > 0
    ? [{ path, expected: 'no more of which than in all', da: 'ikke flere »heraf« end »i alt«' }]
    : []
}

const valueRules = (value: string, path: string, { measure }: Target): readonly Shortcoming[] => {
  if (measure.type === 'milestone')
    return dateSchema.safeParse(value).success
      ? []
      : [{ path, expected: 'a date for a milestone', da: 'en dato, da målet er en milepæl' }]
  if (!exactSchema.safeParse(value).success) return [{ path, expected: 'a number', da: 'et tal' }]
  const number = exact(value)
  if (measure.type === 'share')
    return number.compare(0) < 0 || number.compare(100) > 0
      ? [{ path, expected: 'a percentage between 0 and 100', da: 'en procent fra 0 til 100' }]
      : []
  return measure.whole && !isWhole(number) ? [{ path, expected: 'a whole number', da: 'et helt tal' }] : []
}

/** To maintain, the agreed value is the baseline itself, exactly or as printed with one decimal. */
const isSame = (a: Exact, b: Exact): boolean =>
  compareExact(a, b) === 0 || roundHalfUp(b, 1) === roundHalfUp(a, 1)

const wayFromLabels: Readonly<Record<WayFrom, Readonly<Record<Language, string>>>> = {
  baseline: { da: 'basismålingen', en: 'the baseline' },
  'expected-without': { da: 'det, der ventes uden aftalen', en: 'the level expected without the agreement' },
}

/** Is the value to reach on the right side of where the way is counted from? */
const wayRules = (target: Target, path: string, goal: Exact): readonly Shortcoming[] => {
  const baseline = target.baseline === null ? null : measuredValue(target.baseline.measured)
  const method = judgingMethods[target.method]
  const from =
    method.from === 'expected-without' && target.expectedWithout !== null
      ? exact(target.expectedWithout)
      : baseline
  if (from === null) return []
  const order = compareExact(goal, from)
  const better = target.direction === 'rising' ? order > 0 : order < 0
  if (method.goal === 'there')
    return isSame(goal, from)
      ? []
      : [
          {
            path,
            expected: `the baseline itself (${exactText(from)}): to maintain is to keep it`,
            da: `basismålingen selv (${printNumber(from)}): fastholdelse er at beholde den`,
          },
        ]
  if (better || (method.goal === 'there-or-beyond' && order === 0)) return []
  const side = target.direction === 'rising' ? 'above' : 'below'
  const of = wayFromLabels[method.from]
  return [
    {
      path,
      expected: `a value ${side} ${of.en} (${exactText(from)}), since the target is ${target.direction}`,
      da: `en værdi ${target.direction === 'rising' ? 'over' : 'under'} ${of.da} (${printNumber(from)}), da målet er ${target.direction === 'rising' ? 'stigende' : 'faldende'}`,
    },
  ]
}

const methodRules = (target: Target, path: string): readonly Shortcoming[] => {
  const found: Shortcoming[] = []
  const method = judgingMethods[target.method]
  if ((target.measure.type === 'milestone') !== (method.measures === 'milestone'))
    found.push({
      path: `${path}.method`,
      expected: 'the milestone method for a milestone, and only for one',
      da: 'metoden milepæl for en milepæl, og kun for den',
    })
  const needs = method.needsFrom ? method.from : null
  if (needs === 'baseline' && (target.baseline === null || measuredValue(target.baseline.measured) === null))
    found.push({
      path: `${path}.baseline`,
      expected: `a baseline, which ${target.method} is judged against`,
      da: 'en basismåling, som målet bedømmes efter',
    })
  if (needs === 'expected-without' && target.expectedWithout === null)
    found.push({
      path: `${path}.expectedWithout`,
      expected: 'the level expected without the agreement',
      da: 'det niveau, der ventes uden aftalen',
    })
  if (target.measure.type === 'number' && !target.measure.whole && target.reportedBy.length > 1)
    found.push({
      path: `${path}.reportedBy`,
      expected: 'one municipality: measured numbers of several have no sum',
      da: 'én kommune: målte tal fra flere har ingen sum',
    })
  const threshold = exact(target.partlyFromPct)
  if (threshold.compare(0) <= 0 || threshold.compare(100) > 0)
    found.push({
      path: `${path}.partlyFromPct`,
      expected: 'a percentage above 0 and at most 100',
      da: 'en procent over 0 og højst 100',
    })
  if (!dateSchema.safeParse(`2015-${target.measuringDate}`).success)
    found.push({
      path: `${path}.measuringDate`,
      expected: 'a day of every year, MM-DD',
      da: 'en dag i hvert år, måned-dag, fx 12-31',
    })
  return found
}

/** What came to targets later: caps, counts over years, surveys, baselines by member. */
const optionalRules = (target: Target, path: string): readonly Shortcoming[] => {
  const found: Shortcoming[] = []
  const { capPct, cumulativeFrom, measuredYears, baseline, measure } = target
  const years = target.targets.map((one) => one.year)
  if (capPct !== undefined && (exact(capPct).compare(100) < 0 || exact(capPct).compare(200) > 0))
    found.push({
      path: `${path}.capPct`,
      expected: 'a percentage from 100 to 200',
      da: 'en procent fra 100 til 200',
    })
  if (cumulativeFrom !== undefined && !(measure.type === 'number' && measure.whole))
    found.push({
      path: `${path}.cumulativeFrom`,
      expected: 'a whole number: only counts run over years',
      da: 'et mål i hele antal: kun antal tælles sammen over år',
    })
  if (cumulativeFrom !== undefined && years.some((year) => year < cumulativeFrom))
    found.push({
      path: `${path}.cumulativeFrom`,
      expected: 'a year not after the first value to reach',
      da: 'et år, der ikke ligger efter den første målværdi',
    })
  if (measuredYears !== undefined && years.some((year) => !measuredYears.includes(year)))
    found.push({
      path: `${path}.measuredYears`,
      expected: 'every year that has a value to reach',
      da: 'hvert år, der har en målværdi',
    })
  const version = baseline?.indicatorVersion
  if (version !== undefined && version !== target.measurement.indicatorVersion)
    found.push({
      path: `${path}.baseline.indicatorVersion`,
      expected: `a baseline by the indicator's version ${target.measurement.indicatorVersion}`,
      da: `en basismåling efter indikatorens version ${target.measurement.indicatorVersion}`,
    })
  return found
}

const memberSum = (target: Target, pick: (measured: Measured) => string | null): Exact =>
  sum(
    (target.baseline?.byMember ?? []).flatMap((one) => {
      const text = pick(one.measured)
      return text === null ? [] : [exact(text)]
    }),
  )

/** The members' parts are those of who reports, and sum to the baseline. */
const byMemberRules = (target: Target, path: string): readonly Shortcoming[] => {
  const { baseline } = target
  if (baseline?.byMember === undefined) return []
  const { measured, byMember } = baseline
  const place = `${path}.baseline.byMember`
  const wrong = byMember.flatMap((one, at) => measuredRules(one.measured, `${place}.${at}.measured`, target))
  if (wrong.length > 0) return wrong
  const picks = ['numerator', 'denominator', 'value'].map((field) => (one: Measured) => {
    const entry = Object.entries(one).find(([key]) => key === field)?.[1]
    return typeof entry === 'string' ? entry : null
  })
  const adds = picks.every((pick) => {
    const all = pick(measured)
    return all === null || compareExact(memberSum(target, pick), exact(all)) === 0
  })
  const codes = byMember.map((one) => one.municipality)
  return [
    ...(target.reportedBy.every((code) => codes.includes(code)) && new Set(codes).size === codes.length
      ? []
      : [
          {
            path: place,
            expected: 'the part of each municipality that reports, once',
            da: 'hver indberettende kommunes del, én gang',
          },
        ]),
    ...(adds
      ? []
      : [
          {
            path: place,
            expected: 'parts that sum to the baseline',
            da: 'dele, der tilsammen giver basismålingen',
          },
        ]),
  ]
}

const repeated = (values: readonly (string | number)[]): readonly number[] =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []))

const yearRules = (content: AgreementContent, target: Target, path: string): readonly Shortcoming[] => {
  const [first, last] = [yearOf(content.effectiveFrom), yearOf(content.expiresOn)]
  const years = target.targets.map((one) => one.year)
  return [
    ...repeated(years).map((index) => ({
      path: `${path}.targets.${index}.year`,
      expected: 'one value for each year',
      da: 'én værdi for hvert år',
    })),
    ...years.flatMap((year, index) =>
      year < first || year > last
        ? [
            {
              path: `${path}.targets.${index}.year`,
              expected: `a year of the agreement, ${first} to ${last}`,
              da: `et år i aftalens løbetid, ${first} til ${last}`,
            },
          ]
        : [],
    ),
  ]
}

/** All that is wrong with one target. */
export const targetShortcomings = (content: AgreementContent, index: number): readonly Shortcoming[] => {
  const target = content.targets[index]
  if (target === undefined) return []
  const path = `targets.${index}`
  const parties = content.parties.map((party) => party.municipality)
  const values = target.targets.flatMap(({ value }, at) => {
    const place = `${path}.targets.${at}.value`
    const wrong = valueRules(value, place, target)
    return wrong.length > 0 || target.measure.type === 'milestone'
      ? wrong
      : wayRules(target, place, exact(value))
  })
  return [
    ...methodRules(target, path),
    ...(target.baseline === null
      ? []
      : measuredRules(target.baseline.measured, `${path}.baseline.measured`, target)),
    ...target.history.flatMap((one, at) =>
      measuredRules(one.measured, `${path}.history.${at}.measured`, target),
    ),
    ...optionalRules(target, path),
    ...byMemberRules(target, path),
    ...values,
    ...yearRules(content, target, path),
    ...target.reportedBy.flatMap((municipality, at) =>
      parties.includes(municipality)
        ? []
        : [
            {
              path: `${path}.reportedBy.${at}`,
              expected: `a party of the agreement (${municipality} is none)`,
              da: `en part i aftalen (${municipality} er det ikke)`,
            },
          ],
    ),
    ...repeated(target.reportedBy).map((at) => ({
      path: `${path}.reportedBy.${at}`,
      expected: 'each municipality once',
      da: 'hver kommune én gang',
    })),
  ]
}
