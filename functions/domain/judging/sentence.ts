import {
  decimalsAgainst,
  joinWords,
  printDate,
  printDecimals,
  printNumber,
  printPct,
  printPoints,
  unitIn,
} from '../base/danish.ts'
import { judgingMethods, type WayFrom } from '../agreement/judging-methods.ts'
import { abs, compareExact, exact, exactText, mul, sub, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import type { Language } from '../base/values.ts'
import type { TargetAssessment, Verdict } from './assessment.ts'
import type { Failure, Judged } from './target.ts'

type NotAssessable = NonNullable<Judged['reason']>

const reasonDa = ({ target, year }: Judged): Readonly<Record<NotAssessable, string>> => ({
  'no-figures': 'idet der ikke foreligger tal',
  'not-available': 'idet tallet ikke er opgjort',
  'empty-target-group': 'idet der ingen personer var i målgruppen',
  'below-minimum-denominator': `idet målgruppen er mindre end de ${printNumber(String(target.minimumDenominator))} personer, aftalen kræver`,
  'no-baseline': 'idet der ikke foreligger et udgangspunkt at måle fra',
  'definition-break': 'idet opgørelsesmetoden er ændret, uden at udgangspunktet er opgjort på ny',
  'no-target-this-year': `idet der ikke er aftalt et mål for ${year}`,
  'not-measured-this-year': `idet målet ikke er målt i ${year}`,
  'earlier-year-missing': 'idet tallet tæller flere år, og et tidligere års tal ikke foreligger',
  'members-changed': 'idet partnerskabets medlemmer er ændret, uden at udgangspunktet er opgjort på ny',
  'awaits-apportionment':
    'idet kommunen er delt, og det ikke er aftalt, hvordan udgangspunkt og mål skal fordeles',
})

const reasonEn = ({ target, year }: Judged): Readonly<Record<NotAssessable, string>> => ({
  'no-figures': 'because there are no figures',
  'not-available': 'because the figure is not available',
  'empty-target-group': 'because there were no persons in the target group',
  'below-minimum-denominator': `because the target group is smaller than the ${printNumber(String(target.minimumDenominator), 'en')} persons the agreement requires`,
  'no-baseline': 'because there is no baseline to measure from',
  'definition-break':
    'because the method of measurement has changed and the baseline has not been measured anew',
  'no-target-this-year': `because no target was agreed for ${year}`,
  'not-measured-this-year': `because the target was not measured in ${year}`,
  'earlier-year-missing': 'because the figure counts several years and that of an earlier year is missing',
  'members-changed':
    'because the members of the partnership have changed and the baseline has not been measured anew',
  'awaits-apportionment':
    'because the municipality has been divided and it has not been agreed how baseline and target are apportioned',
})

/** A value of the target's measure with its unit. */
const inUnit = (judged: Judged, value: Exact | string, language: Language, decimals?: number): string => {
  const { measure } = judged.target
  if (measure.type === 'share') return printPct(value, language, decimals ?? 1)
  const printed =
    decimals === undefined ? printNumber(value, language) : printDecimals(value, decimals, language)
  return measure.type === 'number' ? `${printed} ${unitIn(measure.unit, language)}` : printed
}

/** Decimals of a number's text; none when it never ends. */
const decimalsOf = (value: Exact | string): number | null => {
  const text = typeof value === 'string' ? exactText(exact(value)) : exactText(value)
  return text.includes('/') ? null : (text.split('.')[1]?.length ?? 0)
}

interface Printing {
  /** Decimals of the result and of the target; null: as it stands. */
  readonly value: number | null
  readonly goal: number | null
  /** More than it would take were it not for the verdict. */
  readonly more: boolean
}

/**
 * How many decimals result and target are printed with: as many as the target has, at least one for a
 * percentage, and for a result short of the target as many more as it takes to be printed short of it.
 */
const printingOf = (judged: Judged, value: Exact): Printing => {
  const isShare = judged.target.measure.type === 'share'
  const [own, goals] = [decimalsOf(value), decimalsOf(judged.targetValue)]
  const goalEnds = goals !== null && goals <= 3
  if (!isShare && own !== null && own <= 3 && goalEnds) return { value: null, goal: null, more: false }
  const least = Math.max(1, goalEnds ? goals : 1)
  const needed = decimalsAgainst(value, judged.targetValue, judged.verdict !== 'met', least)
  const goal = goalEnds ? (isShare ? least : null) : needed
  return { value: needed, goal, more: needed > least }
}

/** `40 stillinger siden 2013, heraf 15 i 2014,` of a count that runs over years. */
const overYears = (judged: Judged, actual: string, language: Language): string => {
  const { figure, target, year } = judged
  if (figure.is !== 'number' || figure.before === null || target.cumulativeFrom === undefined) return actual
  const ofYear = printNumber(sub(figure.value, figure.before), language)
  return language === 'da'
    ? `${actual} siden ${target.cumulativeFrom}, heraf ${ofYear} i ${year},`
    : `${actual} since ${target.cumulativeFrom}, of which ${ofYear} in ${year},`
}

/** `61 af 134 personer, 45,5 pct. mod et mål på 50,0 pct.` */
const figureText = (judged: Judged, language: Language): string => {
  const { figure, target } = judged
  const danish = language === 'da'
  if (figure.is !== 'share' && figure.is !== 'number') return ''
  const printing = printingOf(judged, figure.value)
  const actual = inUnit(judged, figure.value, language, printing.value ?? undefined)
  const goal = inUnit(judged, judged.targetValue, language, printing.goal ?? undefined)
  const bound =
    target.direction === 'falling' ? (danish ? 'højst' : 'at most') : danish ? 'mindst' : 'at least'
  const against =
    figure.is === 'share' && target.direction === 'rising'
      ? danish
        ? `mod et mål på ${goal}`
        : `against a target of ${goal}`
      : danish
        ? `mod ${bound} ${goal}`
        : `against ${bound} ${goal}`
  if (figure.is === 'number') return `${overYears(judged, actual, language)} ${against}`
  const unit = target.measure.type === 'share' ? unitIn(target.measure.unit, language) : ''
  const [of, all] = [printNumber(figure.numerator, language), printNumber(figure.denominator, language)]
  return danish
    ? `${of} af ${all} ${unit}, ${actual} ${against}`
    : `${of} of ${all} ${unit}, ${actual} ${against}`
}

/** A difference in the unit, never printed as nothing when it is something. */
const difference = (judged: Judged, value: Exact, language: Language): string => {
  if (judged.target.measure.type === 'share')
    return printPoints(value, language, decimalsAgainst(value, '0', true))
  const decimals = decimalsOf(value)
  return decimals !== null && decimals <= 3
    ? inUnit(judged, value, language)
    : inUnit(judged, value, language, decimalsAgainst(value, '0', true))
}

/** Decimals of the share of the way: never printed as the threshold or the whole way when judged short of it. */
const wayDecimals = ({ achieved, verdict, target }: Judged): number => {
  if (achieved === null) return 1
  const bound = verdict === 'partly-met' ? '100' : target.partlyFromPct
  return decimalsAgainst(mul(achieved, whole(100)), bound, verdict !== 'met')
}

const sinceText: Readonly<
  Record<WayFrom, (judged: Judged, from: Exact) => Readonly<Record<Language, string>>>
> = {
  baseline: ({ target: { baseline } }) => ({
    da: `siden ${baseline?.year ?? ''}`,
    en: `since ${baseline?.year ?? ''}`,
  }),
  'expected-without': (judged, from) => ({
    da: `i forhold til det forventede uden aftalen (${inUnit(judged, from, 'da')})`,
    en: `from the level expected without the agreement (${inUnit(judged, from, 'en')})`,
  }),
}

/** `Fremgangen siden 2012 er 7,0 procentpoint, svarende til 61,0 pct. af den aftalte fremgang.` */
const wayText = (judged: Judged, language: Language): string => {
  const { figure, from, achieved, target } = judged
  if (from === null || achieved === null || (figure.is !== 'share' && figure.is !== 'number')) return ''
  const danish = language === 'da'
  const gone = difference(judged, abs(sub(figure.value, from)), language)
  const share = printPct(mul(achieved, whole(100)), language, wayDecimals(judged))
  const since = sinceText[judgingMethods[target.method].from](judged, from)[language]
  if (achieved.s < 0n)
    return danish
      ? `Resultatet er gået tilbage med ${gone} ${since}.`
      : `The result has worsened by ${gone} ${since}.`
  return danish
    ? `Fremgangen ${since} er ${gone}, svarende til ${share} af den aftalte fremgang.`
    : `The progress ${since} is ${gone}, that is ${share} of the progress agreed.`
}

const milestoneText = ({ figure, verdict, targetValue }: Judged, language: Language): string => {
  if (figure.is !== 'milestone') return ''
  const on = figure.on === null ? null : printDate(figure.on, language)
  const by = printDate(targetValue, language)
  if (figure.met && verdict !== 'met')
    return language === 'da'
      ? `Milepælen blev nået den ${on}, efter den aftalte dato den ${by}.`
      : `The milestone was reached on ${on}, after the agreed date of ${by}.`
  if (figure.met)
    return language === 'da' ? `Milepælen blev nået den ${on}.` : `The milestone was reached on ${on}.`
  if (on === null)
    return language === 'da' ? 'Milepælen er ikke nået.' : 'The milestone has not been reached.'
  return language === 'da'
    ? `Milepælen er ikke nået; den ventes nået den ${on}.`
    : `The milestone has not been reached; it is expected on ${on}.`
}

/** `forudsætning 2 (83 mod 60 personer)` */
const failureText = ({ assumption, test }: Failure, language: Language): string => {
  const [observed, reference] = [printNumber(test.observed, language), printNumber(test.reference, language)]
  const number = assumption.key.slice(2)
  return language === 'da'
    ? `forudsætning ${number} (${observed} mod ${reference} ${assumption.unit})`
    : `assumption ${number} (${observed} against ${reference} ${unitIn(assumption.unit, 'en')})`
}

const assumptionsText = ({ failures, verdict, year }: Judged, language: Language): string => {
  if (failures.length === 0 || verdict === 'not-assessable') return ''
  const list = joinWords(
    failures.map((one) => failureText(one, language)),
    language,
  )
  return language === 'da'
    ? `Det er indgået i vurderingen, at følgende har ændret sig ud over den aftalte grænse i ${year}: ${list}.`
    : `It has been taken into account that in ${year} the following changed beyond the agreed limit: ${list}.`
}

/** What the rule writes, and no label that may be mended: a stored sentence is redone byte for byte. */
const verdictWords: Readonly<Record<Language, Readonly<Record<Verdict, string>>>> = {
  da: {
    met: 'opfyldt',
    'partly-met': 'delvist opfyldt',
    'not-met': 'ikke opfyldt',
    'not-met-assumption-failed': 'ikke opfyldt – ændrede forudsætninger',
    'not-assessable': 'kan ikke bedømmes',
  },
  en: {
    met: 'met',
    'partly-met': 'partly met',
    'not-met': 'not met',
    'not-met-assumption-failed': 'not met – changed assumptions',
    'not-assessable': 'not assessable',
  },
}

const verdictText = (judged: Judged, language: Language): string => {
  const { verdict, reason } = judged
  if (reason !== null)
    return language === 'da'
      ? `Målet kan ikke bedømmes, ${reasonDa(judged)[reason]}.`
      : `The target is not assessable, ${reasonEn(judged)[reason]}.`
  const words = verdictWords[language][verdict]
  if (verdict === 'not-met-assumption-failed')
    return language === 'da' ? `Målet er bedømt som »${words}«.` : `The target is assessed as "${words}".`
  return language === 'da' ? `Målet vurderes at være ${words}.` : `The target is assessed as ${words}.`
}

/** Said where print and verdict would have seemed to disagree. */
const roundingNote = (judged: Judged, language: Language): string => {
  const { figure, achieved } = judged
  if (figure.is !== 'share' && figure.is !== 'number') return ''
  const more = printingOf(judged, figure.value).more
  const moreOfWay = achieved !== null && achieved.s >= 0n && wayDecimals(judged) > 1
  if (!more && !moreOfWay) return ''
  return language === 'da'
    ? 'Tallene er vist med flere decimaler end ellers, fordi målet er bedømt på de uafrundede tal.'
    : 'More decimals than usual are shown, because the target was judged on the unrounded figures.'
}

const inLanguage = (judged: Judged, language: Language): string => {
  if (judged.reason !== null) return verdictText(judged, language)
  const figure = figureText(judged, language)
  const stop = figure === '' || figure.endsWith('.') ? figure : `${figure}.`
  return [
    stop,
    wayText(judged, language),
    milestoneText(judged, language),
    roundingNote(judged, language),
    verdictText(judged, language),
    assumptionsText(judged, language),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** One target's result in the words of the hearing letter, after `Mål 1. ` (LETTERS 4.4). */
export const sentences = (judged: Judged): { da: string; en: string } => ({
  da: inLanguage(judged, 'da'),
  en: inLanguage(judged, 'en'),
})

type Weighed = Pick<TargetAssessment, 'key' | 'weightPct'>

const weightList = (targets: readonly Weighed[], language: Language): string =>
  joinWords(
    targets.flatMap(({ key, weightPct }) =>
      weightPct === null || weightPct === undefined
        ? []
        : [
            `${language === 'da' ? 'mål' : 'target'} ${key.slice(1)} ${language === 'da' ? 'med' : 'at'} ${printPct(weightPct, language)}`,
          ],
    ),
    language,
  )

/**
 * Weights shown again where those of the year's targets do not make 100: a target has lapsed, was replaced in
 * the year, or has no value for it. Null when they do.
 * @param inPlay the weights of the year's targets, summed
 */
export const weightNote = (
  targets: readonly Weighed[],
  inPlay: Exact,
): { readonly da: string; readonly en: string } | null => {
  if (inPlay.n === 0n || compareExact(inPlay, whole(100)) === 0) return null
  const danish = weightList(targets, 'da').replace(/\.$/, '')
  return {
    da: `Vægtene er beregnet på ny efter de mål, der gælder for året: ${danish}.`,
    en: `The weights have been computed anew for the targets of the year: ${weightList(targets, 'en')}.`,
  }
}
