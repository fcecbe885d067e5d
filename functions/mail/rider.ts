import { contentDifferences, type ContentDifference } from '../domain/agreement/fields/content-fields.ts'
import { joinWords, printDate, printNumber, printPct, unitIn } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'
import { type AgreementContent, type Target, inYear } from '../domain/agreement/content.ts'
import { yearOf } from '../domain/base/time.ts'
import { ministryOn } from '../domain/directory/ministry.ts'
import { proposedContent } from '../domain/renegotiation/proposal.ts'
import type { Proposal } from '../domain/renegotiation/slices/proposal.ts'
import { agreementWords, capitalised, contractOf, type CaseFacts } from './case-facts.ts'
import { paragraph, title, toHtml, type Block } from './block.ts'
import {
  declareLetter,
  namesOf,
  proposalIn,
  toMunicipality,
  type RenegotiationLetter,
} from './declared-letter.ts'
import type { AttachedDocument, LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

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
const fieldClause = ({ words, from, to, whole }: ContentDifference): string => {
  const name = capitalised(words.da)
  if (whole === 'lapsed') return `${name} bortfalder.`
  if (whole === 'added') return `Som ${words.da} indsættes: »${to}«.`
  if (to === '') return `${name} udgår.`
  if (from === '') return `${name} fastsættes til »${onOneLine(to)}«.`
  return `${name} ændres fra »${onOneLine(from)}« til »${onOneLine(to)}«.`
}

interface RiderClause {
  /** `M1` */
  readonly target: string
  /** The target's whole new wording, Danish: the rider is the parties' own text. */
  readonly wording: string
}

interface RiderTextData {
  readonly facts: CaseFacts
  readonly riderNumber: number
  /** The ministry's name on the rider's date. */
  readonly ministry: string
  /** `Svendborg Kommune`, all parties. */
  readonly parties: readonly string[]
  readonly clauses: readonly RiderClause[]
  /** What else it changes, a sentence each, Danish. */
  readonly otherClauses: readonly string[]
  readonly effectiveFrom: string
  /** Years whose grants stand with a reservation for the Finance Act; empty when there are none. */
  readonly reservedYears: readonly number[]
}

/** The rider's own text (tillæg), always Danish, as the draft attached to a proposal and the letter L9 print it. */
export const riderText = (data: RiderTextData): readonly string[] => {
  const facts: CaseFacts = { ...data.facts, language: 'da' }
  const words = agreementWords(facts.kind, 'da')
  const contract = contractOf(facts).replace(words.definite, words.indefinite)
  const clauses = [
    ...data.clauses.map(({ target, wording }) => `Mål ${target.slice(1)} affattes således: »${wording}«.`),
    ...data.otherClauses,
    ...(data.reservedYears.length === 0
      ? []
      : [
          `Tilsagn for ${joinWords(data.reservedYears.map(String), 'da')} gives med forbehold for den nødvendige bevilling på finansloven.`,
        ]),
    `Tillægget har virkning fra den ${printDate(data.effectiveFrom, 'da')}.`,
    `${capitalised(words.genitive)} øvrige bestemmelser er uændrede.`,
  ]
  return [
    `Tillæg nr. ${data.riderNumber} til ${contract} mellem ${joinWords([data.ministry, ...data.parties], 'da')}`,
    ...clauses.map((clause, index) => `§ ${index + 1}. ${clause}`),
  ]
}

interface RiderData extends RiderTextData {
  readonly acceptedBy: readonly string[]
  readonly documents: readonly AttachedDocument[]
}

/** L9: the rider has been accepted by all parties. */
export const rider = (data: RiderData): LetterBody => {
  const { facts, riderNumber } = data
  const [first = '', ...clauses] = riderText(data)
  const text: readonly (string | Block)[] = [first, { block: 'lines', lines: clauses }]
  return letterInWords('rider', facts, {
    da: {
      title: `Tillæg nr. ${riderNumber} er tiltrådt af alle parter`,
      body: [`Tillægget er tiltrådt af ${joinWords(data.acceptedBy, 'da')} og lyder:`, ...text],
    },
    en: {
      title: `Rider no. ${riderNumber} has been accepted by all parties`,
      body: [
        `The rider has been accepted by ${joinWords(data.acceptedBy, 'en')}. Its Danish text, which is the binding one, reads:`,
        ...text,
      ],
    },
    attachments: { documents: data.documents },
  })
}

const bound = (target: Target): string => {
  if (target.measure.type === 'milestone') return 'senest'
  return target.direction === 'rising' ? 'mindst' : 'højst'
}

/**
 * A target's whole new wording for a rider, always Danish: what is measured, and the value to reach in every
 * year of the agreement, changed or not (`Mål 1 affattes således: »...«`).
 */
export const targetWording = (target: Target): string => {
  const last = target.targets.at(-1)?.year ?? 0
  const values = target.targets.map(
    ({ year, value }) => `${bound(target)} ${changedValue(target, value, 'da')} i ${year}`,
  )
  return `${inYear(target.title, last)}: ${joinWords(values, 'da')}`
}

/** Grants of the years after the rider takes effect, where the agreement has them under the Finance Act. */
const reservedYears = (content: AgreementContent, effectiveFrom: string): readonly number[] =>
  content.reservation === null
    ? []
    : [
        ...new Set(
          (content.actionPlan?.actions ?? [])
            .flatMap((action) => action.grants.map((grant) => grant.year))
            .filter((year) => year > yearOf(effectiveFrom)),
        ),
      ].toSorted((a, b) => a - b)

const targetOf = (content: AgreementContent, key: string): Target => {
  const target = content.targets.find((one) => one.key === key)
  if (target === undefined) throw new Error(`the agreement has no target ${key}`)
  return target
}

/** What a proposal changes beside values to reach, field by field. */
export const otherChanges = (
  content: AgreementContent,
  proposal: Pick<Proposal, 'changes' | 'content'>,
): readonly ContentDifference[] => {
  const values = new Set(proposal.changes.map(({ target, year }) => `${target}.value.${year}`))
  return contentDifferences(content, proposedContent(content, proposal)).filter(
    ({ name }) => !values.has(name),
  )
}

/** A target that was there before is worded anew as a whole; a new one is said field by field. */
const isWording = ({ name, owner }: ContentDifference, all: readonly ContentDifference[]): boolean =>
  /^M\d+\.(?:title|value\.\d+)$/u.test(name) &&
  !all.some((one) => one.owner === owner && one.whole === 'added')

/** What the rider of a proposal says, by the letter's own date. */
const riderTextData = (letter: RenegotiationLetter, proposal: Proposal): RiderTextData => {
  const { content } = letter
  const changed = proposedContent(content, proposal)
  const others = otherChanges(content, proposal)
  const reworded = others.filter((one) => isWording(one, others)).map(({ owner }) => owner)
  const keys = [...new Set([...proposal.changes.map((change) => change.target), ...reworded])]
  return {
    facts: letter.facts,
    riderNumber: proposal.riderNumber,
    ministry: ministryOn(letter.context.on).name,
    parties: namesOf(letter.state.parties.map((one) => one.municipality)),
    clauses: keys.map((key) => ({ target: key, wording: targetWording(targetOf(changed, key)) })),
    otherClauses: others.filter((one) => !isWording(one, others)).map(fieldClause),
    effectiveFrom: proposal.effectiveFrom,
    reservedYears: reservedYears(changed, proposal.effectiveFrom),
  }
}

/** The rider as a file of its own. */
export const riderDocument = (
  letter: RenegotiationLetter,
  proposal: Proposal,
  stage: 'draft' | 'agreed',
): AttachedDocument => {
  const [first = '', ...rest] = riderText(riderTextData(letter, proposal))
  const heading = stage === 'draft' ? `Udkast: ${first}` : first
  return {
    fileName: `tillaeg-nr-${proposal.riderNumber}${stage === 'draft' ? '-udkast' : ''}.html`,
    html: toHtml([title(heading), ...rest.map(paragraph)], heading, 'da'),
    archiveFolder: 'riders',
  }
}

export const riderLetter = declareLetter('rider', {
  name: 'Tillæg',
  ...toMunicipality,
  renegotiation: {
    compose: (letter) => {
      const agreed = proposalIn(letter)
      return {
        body: rider({
          ...riderTextData(letter, agreed),
          acceptedBy: namesOf(letter.state.parties.map(({ municipality }) => municipality)),
          documents: [riderDocument(letter, agreed, 'agreed')],
        }),
        also: letter.signatories,
      }
    },
  },
})
