import { type Assumption, inYear } from '../domain/agreement/content.ts'
import type { Language } from '../domain/base/values.ts'
import { monthName, printDate, printNumber, printWeekdayDate, unitIn } from '../domain/base/danish.ts'
import { overlap } from '../domain/base/time.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import { laterFigureDueOn } from '../domain/review/asked.ts'
import { agreementWords, capitalised, uncapitalised, type CaseFacts } from './case-facts.ts'
import { gap, heading, paragraph, type Block } from './block.ts'
import { declareLetter, printedForm, toContact, wholeForm, type ReviewLetter } from './declared-letter.ts'
import { formBlocks, type PrintedForm } from './form-blocks.ts'
import type { LetterBody, LetterDraft } from './letter.ts'
import { letterInWords } from './wording.ts'

/** An assumption the ministry observes, as the request shows it. */
export interface AssumptionValue {
  readonly assumption: Assumption
  /** Null until the ministry has it. */
  readonly observed: { readonly value: string; readonly on: string; readonly source: string } | null
}

/** `53 personer (30. september 2014, afledt tal)` */
const referenceWords = (assumption: Assumption, language: Language): string => {
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

interface LaterFigureData {
  readonly facts: CaseFacts
  readonly requestedOn: string
  /** `M4` */
  readonly target: string
  readonly availableOn: string
  readonly dueOn: string
  /** The form with this target's lines alone. */
  readonly form: PrintedForm
}

const monthOf = (date: string, language: Language): string => monthName(Number(date.slice(5, 7)), language)

/** L1e: the day a later figure can be had. */
export const laterFigure = (data: LaterFigureData): LetterBody => {
  const { facts, requestedOn, availableOn, dueOn } = data
  const year = facts.resultsYear
  const number = data.target.slice(1)
  return letterInWords('later-figure', facts, {
    da: {
      subject: `ét tal mere for ${year}, frist ${printDate(dueOn, 'da')}`,
      title: `Ét tal mere for ${year}`,
      body: [
        `I ${monthOf(requestedOn, 'da')} skrev vi, at tallet til mål ${number} først kunne gøres op i ${monthOf(availableOn, 'da')}. Det beder vi nu om senest ${printWeekdayDate(dueOn, 'da')}.`,
        gap,
        ...formBlocks(data.form),
      ],
    },
    en: {
      subject: `one more figure for ${year}, due ${printDate(dueOn, 'en')}`,
      title: `One more figure for ${year}`,
      body: [
        `In ${monthOf(requestedOn, 'en')} we wrote that the figure for target ${number} could not be had before ${monthOf(availableOn, 'en')}. We now ask for it by ${printWeekdayDate(dueOn, 'en')}.`,
        gap,
        ...formBlocks(data.form),
      ],
    },
  })
}

interface ObservedValueData {
  readonly facts: CaseFacts
  readonly assumption: Assumption
  readonly value: string
  readonly knownOn: string
  readonly source: string
  readonly beyondLimit: boolean
  /** The observation is valid in the results' year. */
  readonly countsInYear: boolean
}

/** L1e for a value the ministry observed: told with date and source, so that it can be objected to. */
export const observedValue = (data: ObservedValueData): LetterBody => {
  const { facts, assumption, knownOn, source } = data
  const { language, resultsYear } = facts
  const { genitive } = agreementWords(facts.kind, language)
  const name = capitalised(inYear(language === 'da' ? assumption.title : assumption.titleEn, resultsYear))
  const value = `${printNumber(data.value, language)} ${unitIn(assumption.unit, language)}`
  const reference = referenceWords(assumption, language)
  const limit = {
    da: data.beyondLimit
      ? `Ændringen er over ${genitive} grænse.`
      : `Ændringen er inden for ${genitive} grænse.`,
    en: data.beyondLimit
      ? `The change is beyond ${genitive} limit.`
      : `The change is within ${genitive} limit.`,
  }
  const counts = {
    da: data.countsInYear
      ? `Tallet indgår i bedømmelsen af ${resultsYear}.`
      : `Tallet har ikke betydning for bedømmelsen af ${resultsYear}.`,
    en: data.countsInYear
      ? `The figure counts in the assessment of ${resultsYear}.`
      : `The figure does not count in the assessment of ${resultsYear}.`,
  }
  const number = assumption.key.slice(2)
  return letterInWords('observed-value', facts, {
    da: {
      title: `Forudsætning ${number} er opgjort`,
      body: [
        `${name} er fastsat til ${value} (${printDate(knownOn, 'da')}, kilde: ${source}). ${capitalised(genitive)} reference er ${reference}. ${limit.da} ${counts.da} Mener I, at tallet er forkert, så svar med linjen »${assumption.key} bemærkning:«.`,
      ],
    },
    en: {
      title: `Assumption ${number} is known`,
      body: [
        `${name} is set at ${value} (${printDate(knownOn, 'en')}, source: ${source}). ${capitalised(genitive)} reference is ${reference}. ${limit.en} ${counts.en} If you think the figure is wrong, reply with the line "${assumption.key} note:".`,
      ],
    },
  })
}

const composeLaterFigure = (letter: ReviewLetter): LetterDraft => {
  const { content, context, party, state } = letter
  const key = context.order.about
  const target = content.targets.find((candidate) => candidate.key === key)
  if (target === undefined) throw new Error(`no target ${key} in this agreement`)
  const dueOn = laterFigureDueOn(context.on)
  const fields = wholeForm(letter).filter(
    ({ required, subject }) => required && subject.of === 'target' && subject.target.key === key,
  )
  return {
    body: laterFigure({
      facts: letter.facts,
      requestedOn: lettersTo(state.letters, party.municipality, 'request')[0]?.datedOn ?? state.requestOn,
      target: key,
      availableOn: target.earliestAvailable.find(({ year }) => year === state.year)?.on ?? context.on,
      dueOn,
      form: printedForm(letter, fields),
    }),
    dueOn,
  }
}

export const laterFigureLetter = declareLetter('later-figure', {
  name: 'Tal, der kom senere',
  ...toContact,
  review: { compose: composeLaterFigure },
})

export const observedValueLetter = declareLetter('observed-value', {
  name: 'Konstateret forudsætning',
  ...toContact,
  renegotiation: {
    compose: ({ facts, state, content, context }) => {
      const ground = state.grounds.find(({ triggerId }) => triggerId === context.order.about)
      const change = ground?.changes[0]
      const assumption = content.assumptions.find(({ key }) => key === change?.assumption)
      if (change === undefined || assumption === undefined)
        throw new Error('the observed value is not on the record')
      const { value, knownOn, source, validFrom, validTo } = change
      const year = { from: `${state.year}-01-01`, to: `${state.year}-12-31` }
      return {
        body: observedValue({
          facts,
          assumption,
          value,
          knownOn,
          source,
          // Only a value beyond the limit raises a question.
          beyondLimit: true,
          countsInYear: overlap({ from: validFrom, to: validTo }, year),
        }),
      }
    },
  },
})
