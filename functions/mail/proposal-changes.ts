import type { Target } from '../domain/agreement/content.ts'
import type { ContentDifference } from '../domain/agreement/fields/content-differences.ts'
import { joinWords, printDate, printNumber, printPct } from '../domain/base/danish.ts'
import { unitIn } from '../domain/base/units.ts'
import type { Language } from '../domain/base/values.ts'
import { capitalised } from './agreement-words.ts'
import type { Block } from './block.ts'

/** A target's value for one year, now and as proposed. */
export interface TargetChange {
  readonly target: Target
  readonly year: number
  readonly from: string
  readonly to: string
}

/** A value to reach, in the target's measure. */
export const changedValue = (target: Target, value: string, language: Language): string => {
  switch (target.measure.type) {
    case 'share':
      return printPct(value, language)
    case 'number':
      return `${printNumber(value, language)} ${unitIn(target.measure.unit, language)}`
    case 'milestone':
      return printDate(value, language)
  }
}

/** More changes than this are counted and stand in the table alone. */
const mostNamed = 3

/** What a proposal changes, in one clause after "It changes". */
export const changeSentence = (
  changes: readonly TargetChange[],
  others: readonly ContentDifference[],
  language: Language,
): string => {
  const parts = changes.map(({ target, year, from, to }) => {
    const [before, after] = [changedValue(target, from, language), changedValue(target, to, language)]
    const number = target.key.slice(1)
    return language === 'da'
      ? `mål ${number} for ${year} fra ${before} til ${after}`
      : `target ${number} for ${year} from ${before} to ${after}`
  })
  const named = others.length <= mostNamed
  const more = named
    ? others.map(({ words }) => words[language])
    : [
        language === 'da'
          ? `${others.length} ${changes.length === 0 ? '' : 'andre '}bestemmelser, som står i tabellen`
          : `${others.length} ${changes.length === 0 ? '' : 'other '}provisions, which the table shows`,
      ]
  return joinWords([...parts, ...more], language)
}

/** A field's text on one line; a dash where nothing stands. */
const onOneLine = (text: string): string => (text === '' ? '–' : text.replaceAll('\n', '; '))

export const changeTable = (
  changes: readonly TargetChange[],
  others: readonly ContentDifference[],
  language: Language,
): Block => ({
  block: 'table',
  head: language === 'da' ? ['Mål', 'Nu', 'Forslag'] : ['Target', 'Now', 'Proposal'],
  rows: [
    ...changes.map(({ target, year, from, to }) => [
      `${language === 'da' ? 'Mål' : 'Target'} ${target.key.slice(1)}, ${year}`,
      changedValue(target, from, language),
      changedValue(target, to, language),
    ]),
    ...others.map(({ words, from, to }) => [capitalised(words[language]), onOneLine(from), onOneLine(to)]),
  ],
})

/** What a rider says of a field, always Danish: the rider is the parties' own text. */
export const fieldClause = ({ words, from, to, whole }: ContentDifference): string => {
  const name = capitalised(words.da)
  if (whole === 'lapsed') return `${name} bortfalder.`
  if (whole === 'added') return `Som ${words.da} indsættes: »${to}«.`
  if (to === '') return `${name} udgår.`
  if (from === '') return `${name} fastsættes til »${onOneLine(to)}«.`
  return `${name} ændres fra »${onOneLine(from)}« til »${onOneLine(to)}«.`
}
