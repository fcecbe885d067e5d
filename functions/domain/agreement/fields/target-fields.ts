import * as z from 'zod'
import { dateSchema } from '../../base/values.ts'
import { judgingMethods } from '../judging-methods.ts'
import { themeWords } from '../theme-words.ts'
import {
  areaSpec,
  choiceSpec,
  lineSpec,
  measuredSpec,
  numberSpec,
  spec,
  wholeSpec,
  yesNoSpec,
  type FieldSpec,
} from './field-spec.ts'
import {
  line,
  lineByLine,
  measuredByMember,
  measuredHistory,
  municipalityCodes,
  years,
} from './field-text.ts'

const themeLabels = Object.fromEntries(Object.entries(themeWords).map(([theme, { da }]) => [theme, da]))

const methodLabels = Object.fromEntries(
  Object.entries(judgingMethods).map(([method, { label }]) => [method, label]),
)

const availability = lineByLine(
  z.strictObject({ year: z.int(), on: dateSchema }),
  ({ year, on }) => `${year}: ${on}`,
  (text) => {
    const [, year = '', on = ''] = /^(\d{4}):\s*(\S+)$/u.exec(text) ?? []
    return { year: Number(year), on }
  },
  'et år og en dato, fx »2014: 2015-05-01«',
)

/**
 * Every field of a target that a rider may change, beside its values by year. Its key, the kind of thing measured
 * and the indicator are what the key stands for during the agreement's life (Invariant I17): another is another target.
 */
export const targetFields: readonly FieldSpec[] = [
  areaSpec('title', 'titel', 'title'),
  areaSpec('titleEn', 'titel på engelsk', 'title in English'),
  choiceSpec('theme', themeLabels, 'tema', 'theme', { empty: 'absent' }),
  areaSpec('measurement.definition', 'målemetode', 'measurement method'),
  areaSpec('measurement.definitionEn', 'målemetode på engelsk', 'measurement method in English'),
  lineSpec('measurement.source', 'kilde', 'source'),
  wholeSpec('measurement.indicatorVersion', 'indikatorens version', "the indicator's version"),
  lineSpec('measure.unit', 'enhed', 'unit', { empty: 'absent' }),
  choiceSpec('direction', { rising: 'stigende', falling: 'faldende' }, 'retning', 'direction'),
  choiceSpec('method', methodLabels, 'bedømmelsesmetode', 'method of assessment'),
  wholeSpec('weight', 'vægt', 'weight'),
  wholeSpec('baseline.year', 'basismålingens år', "the baseline's year", { empty: 'absent' }),
  measuredSpec('baseline.measured', 'basismåling', 'baseline', { empty: 'absent' }),
  lineSpec('baseline.source', 'basismålingens kilde', "the baseline's source", { empty: 'absent' }),
  spec(
    'baseline.byMember',
    measuredByMember,
    'basismåling for hver kommune',
    'baseline of each municipality',
    {
      empty: 'absent',
      control: 'area',
    },
  ),
  spec(
    'baseline.covers',
    municipalityCodes,
    'kommuner, som basismålingen dækker',
    'municipalities that the baseline covers',
    { empty: 'absent' },
  ),
  wholeSpec(
    'baseline.indicatorVersion',
    'indikatorens version ved basismålingen',
    "the indicator's version at the baseline",
    { empty: 'absent' },
  ),
  numberSpec('expectedWithout', 'ventet uden aftalen', 'expected without the agreement', { empty: 'null' }),
  numberSpec('partlyFromPct', 'delvist opfyldt fra (pct.)', 'partly met from (per cent)'),
  yesNoSpec('cliff', 'tæller intet under tærsklen', 'counts nothing below the threshold'),
  choiceSpec(
    'rounding',
    { exact: 'på det nøjagtige tal', rounded: 'på det afrundede tal' },
    'bedømmes',
    'is judged',
  ),
  wholeSpec('roundingDecimals', 'decimaler ved afrunding', 'decimals of rounding', { empty: 'absent' }),
  numberSpec('capPct', 'tæller højst (pct.)', 'counts at most (per cent)', { empty: 'absent' }),
  wholeSpec('cumulativeFrom', 'tælles sammen fra og med år', 'counted together from year', {
    empty: 'absent',
  }),
  spec('measuredYears', years, 'år, der måles', 'years measured', { empty: 'absent' }),
  spec('measuringDate', line, 'måledato (måned-dag)', 'measuring date (month-day)'),
  spec('earliestAvailable', availability, 'tallet kan tidligst fås', 'earliest availability', {
    control: 'area',
  }),
  spec('reportedBy', municipalityCodes, 'kommuner, der indberetter', 'municipalities that report'),
  wholeSpec('minimumDenominator', 'mindste antal i alt', 'smallest number in all'),
  spec('history', measuredHistory, 'tal fra tidligere år', 'figures of earlier years', { control: 'area' }),
]
