import {
  decimalsAgainst,
  joinWords,
  printDate,
  printDecimals,
  printNumber,
  printPct,
  printPoints,
} from '../base/danish.ts'
import { abs, mul, sub, whole } from '../base/exact.ts'
import type { Exact } from '../base/exact.ts'
import { unitIn } from '../base/units.ts'
import type { Language } from '../base/values.ts'
import type { Verdict } from './assessment.ts'
import type { Failure, Judged } from './r1-target.ts'

/** The verdicts in the words of the letters, and in no others (LETTERS.md 4.4, 5). */
export const verdictWords: Readonly<Record<Language, Readonly<Record<Verdict, string>>>> = {
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

type NotAssessable = NonNullable<Judged['reason']>

const reasonDa = ({ target, year }: Judged): Readonly<Record<NotAssessable, string>> => ({
  'no-figures': 'idet der ikke foreligger tal',
  'not-available': 'idet tallet ikke er opgjort',
  'empty-target-group': 'idet der ingen personer var i målgruppen',
  'below-minimum-denominator': `idet målgruppen er mindre end de ${printNumber(String(target.minimumDenominator))} personer, aftalen kræver`,
  'no-baseline': 'idet der ikke foreligger et udgangspunkt at måle fra',
  'definition-break': 'idet opgørelsesmetoden er ændret, uden at udgangspunktet er opgjort på ny',
  'no-target-this-year': `idet der ikke er aftalt et mål for ${year}`,
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
})

/** A value of the target's measure with its unit. */
const inUnit = (judged: Judged, value: Exact | string, language: Language, decimals?: number): string => {
  const { measure } = judged.target
  if (measure.type === 'share') return printPct(value, language, decimals ?? 1)
  const printed =
    decimals === undefined ? printNumber(value, language) : printDecimals(value, decimals, language)
  return measure.type === 'number' ? `${printed} ${unitIn(measure.unit, language)}` : printed
}

/** `61 af 134 personer, 45,5 pct. mod et mål på 50,0 pct.` */
const figureText = (judged: Judged, language: Language): string => {
  const { figure, target } = judged
  const danish = language === 'da'
  if (figure.is !== 'share' && figure.is !== 'number') return ''
  const misses = judged.verdict !== 'met'
  const needed = decimalsAgainst(figure.value, judged.targetValue, misses)
  const actual = inUnit(
    judged,
    figure.value,
    language,
    figure.is === 'share' || needed > 1 ? needed : undefined,
  )
  const goal = inUnit(judged, judged.targetValue, language)
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
  if (figure.is === 'number') return `${actual} ${against}`
  const unit = target.measure.type === 'share' ? unitIn(target.measure.unit, language) : ''
  const [of, all] = [printNumber(figure.numerator, language), printNumber(figure.denominator, language)]
  return danish
    ? `${of} af ${all} ${unit}, ${actual} ${against}`
    : `${of} of ${all} ${unit}, ${actual} ${against}`
}

const difference = (judged: Judged, value: Exact, language: Language): string =>
  judged.target.measure.type === 'share' ? printPoints(value, language) : inUnit(judged, value, language)

/** `Fremgangen siden 2012 er 7,0 procentpoint, svarende til 61,0 pct. af den aftalte fremgang.` */
const wayText = (judged: Judged, language: Language): string => {
  const { figure, from, achieved, target } = judged
  if (from === null || achieved === null || (figure.is !== 'share' && figure.is !== 'number')) return ''
  const danish = language === 'da'
  const gone = difference(judged, abs(sub(figure.value, from)), language)
  const percent = mul(achieved, whole(100))
  // Never printed as the threshold or the whole way when it was judged short of it.
  const bound = judged.verdict === 'partly-met' ? '100' : target.partlyFromPct
  const share = printPct(percent, language, decimalsAgainst(percent, bound, judged.verdict !== 'met'))
  const since =
    target.method === 'progress-without'
      ? danish
        ? `i forhold til det forventede uden aftalen (${inUnit(judged, from, 'da')})`
        : `from the level expected without the agreement (${inUnit(judged, from, 'en')})`
      : danish
        ? `siden ${target.baseline?.year ?? ''}`
        : `since ${target.baseline?.year ?? ''}`
  if (achieved.s < 0n)
    return danish
      ? `Resultatet er gået tilbage med ${gone} ${since}.`
      : `The result has worsened by ${gone} ${since}.`
  return danish
    ? `Fremgangen ${since} er ${gone}, svarende til ${share} af den aftalte fremgang.`
    : `The progress ${since} is ${gone}, that is ${share} of the progress agreed.`
}

const milestoneText = ({ figure }: Judged, language: Language): string => {
  if (figure.is !== 'milestone') return ''
  const on = figure.on === null ? null : printDate(figure.on, language)
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

const inLanguage = (judged: Judged, language: Language): string => {
  if (judged.reason !== null) return verdictText(judged, language)
  const figure = figureText(judged, language)
  const stop = figure === '' || figure.endsWith('.') ? figure : `${figure}.`
  return [
    stop,
    wayText(judged, language),
    milestoneText(judged, language),
    verdictText(judged, language),
    assumptionsText(judged, language),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/** One target's result in the words of the hearing letter, after `Mål 1. ` (LETTERS.md 4.4). */
export const sentences = (judged: Judged): { da: string; en: string } => ({
  da: inLanguage(judged, 'da'),
  en: inLanguage(judged, 'en'),
})

/**
 * `målopfyldelse 84 pct. (dækning 100 pct.)`, the one form of the overall result. A coverage short of the
 * agreement's own minimum (half where it has none) is never printed as reaching it.
 */
export const overallText = (
  {
    overall,
    coverage,
    minimumCoveragePct = '50',
  }: {
    readonly overall: string | null
    readonly coverage: string
    readonly minimumCoveragePct?: string | undefined
  },
  language: Language,
): string => {
  const decimals = decimalsAgainst(coverage, minimumCoveragePct, overall === null, 0)
  const covered = printPct(coverage, language, decimals)
  if (overall === null)
    return language === 'da'
      ? `kan ikke bedømmes (dækning ${covered})`
      : `not assessable (coverage ${covered})`
  const met = printPct(overall, language, decimalsAgainst(overall, '100', true, 0))
  return language === 'da'
    ? `målopfyldelse ${met} (dækning ${covered})`
    : `overall achievement ${met} (coverage ${covered})`
}
