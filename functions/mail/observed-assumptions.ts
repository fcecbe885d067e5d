import type { Assumption } from '../domain/agreement/content.ts'
import { inYear } from '../domain/agreement/year-text.ts'
import type { Language } from '../domain/base/values.ts'
import { agreementWords, capitalised, uncapitalised } from './agreement-words.ts'
import { heading, paragraph } from './block.ts'
import type { Block } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { printDate, printNumber } from '../domain/base/danish.ts'
import { unitIn } from '../domain/base/units.ts'

/** An assumption the ministry observes, as the request shows it. */
export interface AssumptionValue {
  readonly assumption: Assumption
  /** Null until the ministry has it. */
  readonly observed: { readonly value: string; readonly on: string; readonly source: string } | null
}

/** `53 personer (30. september 2014, afledt tal)` */
export const referenceWords = (assumption: Assumption, language: Language): string => {
  const { value, on, derived } = assumption.reference
  const number = `${printNumber(value, language)} ${unitIn(assumption.unit, language)}`
  const how = derived ? (language === 'da' ? ', afledt tal' : ', derived figure') : ''
  return `${number} (${printDate(on, language)}${how})`
}

/** What the sentences call it: the quota by its year, others `tallet`. */
const nameOf = ({ assumption }: AssumptionValue, year: number, language: Language): string => {
  const of = assumption.years.find((one) => one > year) ?? year
  if (assumption.type !== 'quota') return language === 'da' ? 'tallet' : 'the figure'
  return language === 'da' ? `kvoten for ${of}` : `the quota for ${of}`
}

const paragraphOf = (one: AssumptionValue, facts: CaseFacts): string => {
  const { language, resultsYear } = facts
  const danish = language === 'da'
  const { assumption, observed } = one
  const words = agreementWords(facts.kind, language)
  const title = uncapitalised(inYear(danish ? assumption.title : assumption.titleEn, resultsYear))
  const number = assumption.key.slice(2)
  const sentences = [
    danish ? `Forudsætning ${number}, ${title}.` : `Assumption ${number}, ${title}.`,
    danish
      ? `${capitalised(words.genitive)} reference er ${referenceWords(assumption, language)}.`
      : `${capitalised(words.genitive)} reference is ${referenceWords(assumption, language)}.`,
    ...(assumption.background === undefined ? [] : [assumption.background[language]]),
  ]
  if (observed === null) {
    sentences.push(
      danish ? 'Vi skriver til jer, når tallet foreligger.' : 'We write to you when the figure is known.',
    )
  } else {
    const value = `${printNumber(observed.value, language)} ${unitIn(assumption.unit, language)}`
    const on = printDate(observed.on, language)
    sentences.push(
      danish
        ? `Tallet er nu ${value} (${on}, kilde: ${observed.source}). Mener I, at det er forkert, så svar med linjen »${assumption.key} bemærkning:«.`
        : `The figure is now ${value} (${on}, source: ${observed.source}). If you think it is wrong, reply with the line "${assumption.key} note:".`,
    )
  }
  if (!assumption.years.includes(resultsYear)) {
    const name = capitalised(nameOf(one, resultsYear, language))
    sentences.push(
      danish
        ? `${name} har ikke betydning for bedømmelsen af ${resultsYear}.`
        : `${name} does not count in the assessment of ${resultsYear}.`,
    )
  }
  return sentences.join(' ')
}

/** »Det indhenter ministeriet selv«: value, date and source of what the ministry observes, so that it can be objected to. */
export const observedAssumptionBlocks = (
  observed: readonly AssumptionValue[],
  facts: CaseFacts,
): readonly Block[] => {
  if (observed.length === 0) return []
  const headline =
    facts.language === 'da'
      ? 'Det indhenter ministeriet selv; I skal ikke udfylde det'
      : 'Obtained by the ministry itself; you need not fill it in'
  return [heading(headline), ...observed.map((one) => paragraph(paragraphOf(one, facts)))]
}
