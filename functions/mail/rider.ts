import { joinWords, printDate } from '../domain/base/danish.ts'
import { agreementWords, capitalised } from './agreement-words.ts'
import type { Block } from './block.ts'
import type { CaseFacts } from './case-facts.ts'
import { contractOf } from './case-facts.ts'
import { declareLetter } from './declared-letter.ts'
import type { AttachedDocument, LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface RiderClause {
  /** `M1` */
  readonly target: string
  /** The target's whole new wording, Danish: the rider is the parties' own text. */
  readonly wording: string
}

export interface RiderTextData {
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

export interface RiderData extends RiderTextData {
  readonly acceptedBy: readonly string[]
  readonly documents: readonly AttachedDocument[]
}

/** L9: the rider has been accepted by all parties. */
export const rider = (data: RiderData): LetterBody => {
  const { facts, riderNumber } = data
  const [first = '', ...clauses] = riderText(data)
  const text: readonly (string | Block)[] = [first, { block: 'lines', lines: clauses }]
  return letterInWords(
    'rider',
    facts,
    {
      da: {
        subject: `tillæg nr. ${riderNumber} er tiltrådt af alle parter`,
        title: `Tillæg nr. ${riderNumber} er tiltrådt af alle parter`,
        body: [`Tillægget er tiltrådt af ${joinWords(data.acceptedBy, 'da')} og lyder:`, ...text],
      },
      en: {
        subject: `rider no. ${riderNumber} has been accepted by all parties`,
        title: `Rider no. ${riderNumber} has been accepted by all parties`,
        body: [
          `The rider has been accepted by ${joinWords(data.acceptedBy, 'en')}. Its Danish text, which is the binding one, reads:`,
          ...text,
        ],
      },
    },
    { attachments: { documents: data.documents } },
  )
}

export const riderLetter = declareLetter('rider', {
  name: 'Tillæg',
  signedBy: 'office-head',
  address: 'municipality',
  mainMailboxInCopy: true,
})
