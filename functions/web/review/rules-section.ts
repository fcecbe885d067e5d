import { html } from 'hono/html'
import type { AgreementContent, Assumption, Target } from '../../domain/agreement/content.ts'
import { judgingMethods } from '../../domain/agreement/judging-methods.ts'
import { assumptionTypes } from '../../domain/agreement/assumption-rules.ts'
import type { LapsedTarget } from '../../domain/agreement/versions.ts'
import { printDate, printNumber } from '../../domain/base/danish.ts'
import { canonicalJson } from '../../domain/judging/canonical.ts'
import type { ReviewState } from '../../domain/review/state.ts'
import { details, nothing, table, type Markup } from '../markup.ts'
import { targetWord } from '../words.ts'
import { targetText } from './answer-words.ts'

/** The rules that judge a review, as its agreement's version has them: nothing of them is in the code's hands. */

/** Half of the weight, where an agreement says nothing else. */
const usualCoveragePct = '50'

const pct = (text: string): string => `${printNumber(text)} pct.`

const roundingText = ({ rounding, roundingDecimals }: Target): string => {
  if (rounding === 'exact') return 'uafrundet'
  const decimals = roundingDecimals ?? 1
  return `afrundet til ${decimals} ${decimals === 1 ? 'decimal' : 'decimaler'}`
}

const particulars = (target: Target, year: number): readonly string[] => {
  const available = target.earliestAvailable.find((one) => one.year === year)?.on
  return [
    ...(judgingMethods[target.method].countsTheWay
      ? [`delvist opfyldt fra ${pct(target.partlyFromPct)} af vejen`]
      : []),
    ...(target.cliff ? ['tæller intet under grænsen'] : []),
    ...(target.expectedWithout === null ? [] : [`niveau uden aftale ${printNumber(target.expectedWithout)}`]),
    `tæller højst ${pct(target.capPct ?? '100')}`,
    roundingText(target),
    `opgøres den ${printDate(`${year}-${target.measuringDate}`)}`,
    ...(available === undefined ? [] : [`findes tidligst den ${printDate(available)}`]),
    ...(target.minimumDenominator === 0
      ? []
      : [`bedømmes ikke under ${printNumber(String(target.minimumDenominator))} i målgruppen`]),
    ...(target.cumulativeFrom === undefined ? [] : [`lægges sammen fra ${target.cumulativeFrom}`]),
    ...(target.measuredYears === undefined ? [] : [`måles i ${target.measuredYears.join(', ')}`]),
    ...(target.awaits === undefined ? [] : ['afventer fordeling efter kommunedeling']),
  ]
}

const targetRows = (state: ReviewState, content: AgreementContent) => {
  const assessed = (state.draft?.assessment ?? state.finals.at(-1)?.assessment)?.targets ?? []
  return content.targets.map((target) => {
    const weighed = assessed.find((one) => one.key === target.key)?.weightPct
    const version = state.versions.find((one) => one.target === target.key)?.version
    return [
      `${target.key.slice(1)}. ${target.title}`,
      version === undefined ? '–' : String(version),
      judgingMethods[target.method].labelOfRule,
      targetText(target, state.year),
      `${target.weight}${weighed == null ? '' : ` (${pct(weighed)})`}`,
      particulars(target, state.year).join('; '),
    ]
  })
}

const directionWords = { both: 'begge veje', up: 'op', down: 'ned' } as const

const ruleText = (rule: Assumption['rule'], unit: string): string => {
  const least = rule.minAbsolute === '0' ? '' : `, mindst ${printNumber(rule.minAbsolute)} ${unit}`
  const down = rule.limitDown === undefined ? '' : ` (ned: mere end ${printNumber(rule.limitDown)})`
  switch (rule.kind) {
    case 'relative':
      return `ændring på mere end ${pct(rule.limit)}${down}${least}, ${directionWords[rule.direction]}`
    case 'absolute':
      return `ændring på mere end ${printNumber(rule.limit)} ${unit}${down}${least}, ${directionWords[rule.direction]}`
    case 'any':
      return 'enhver ændring'
    case 'by-hand':
      return 'vurderes af en sagsbehandler'
    default:
      return rule.kind satisfies never
  }
}

const assumptionRow = (assumption: Assumption): readonly string[] => {
  const usual = assumptionTypes[assumption.type].usualRule
  const { reference, rule, unit } = assumption
  return [
    `${assumption.key.slice(2)}. ${assumption.title}`,
    `${printNumber(reference.value)} ${unit} (${printDate(reference.on)}${reference.derived ? ', afledt' : ''})`,
    ruleText(rule, unit),
    canonicalJson(rule) === canonicalJson(usual) ? 'standarden' : `standard: ${ruleText(usual, unit)}`,
    assumption.bearsOn.map(targetWord).join(', '),
  ]
}

const lapsedText = ({ target, version, riderNumber, lapsedOn }: LapsedTarget): string =>
  `Mål ${target.key.slice(1)}, ${target.title}: bortfaldet den ${printDate(lapsedOn)}${
    riderNumber === null ? '' : ` ved tillæg nr. ${riderNumber}`
  } (sidst i version ${version}).`

/**
 * Every rule that judges the review: method, value, weight and particulars of each target, the assumptions' limits
 * beside the default of their type, the least coverage, targets that have lapsed.
 */
export const rulesSection = (state: ReviewState, lapsed: readonly LapsedTarget[]): Markup => {
  const { content } = state
  if (content === null) return nothing
  const coverage = content.scoring?.minimumCoveragePct ?? usualCoveragePct
  return details(
    'Regler, der bedømmer',
    html`${table(
        'Mål og regler',
        [
          { title: 'Mål' },
          { title: 'Version', right: true },
          { title: 'Metode' },
          { title: `Værdi for ${state.year}` },
          { title: 'Vægt', right: true },
          { title: 'Regler' },
        ],
        targetRows(state, content),
      )}
      <p>
        Er mindre end ${pct(coverage)} af vægten bedømt, kan helheden ikke
        bedømmes${content.scoring === undefined ? '' : ' (aftalens egen grænse)'}.
      </p>
      ${lapsed.map((one) => html`<p>${lapsedText(one)}</p>`)}
      ${
        content.assumptions.length === 0
          ? nothing
          : table(
              'Forudsætninger og grænser',
              [
                { title: 'Forudsætning' },
                { title: 'Referenceværdi' },
                { title: 'Aftalens grænse' },
                { title: 'Standard for typen' },
                { title: 'Bærer' },
              ],
              content.assumptions.map(assumptionRow),
            )
      }`,
  )
}
