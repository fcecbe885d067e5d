import { joinWords } from '../domain/base/danish.ts'
import type { Language } from '../domain/base/values.ts'
import { agreementWords, capitalised } from './agreement-words.ts'
import type { CaseFacts } from './case-facts.ts'
import { contractOf } from './case-facts.ts'
import type { LetterBody } from './letter.ts'
import { letterInWords } from './wording.ts'

export interface RenegotiationTakenUpData {
  readonly facts: CaseFacts
  /** Whose initiative it is. */
  readonly on: 'wish' | 'ministry'
  readonly targets: readonly string[]
  readonly fromYear: number
}

const numbers = (keys: readonly string[], language: Language): string =>
  joinWords(
    keys.map((key) => key.replace(/^\D+/, '')),
    language,
  )

/** L8a where no observed value stands behind it: the municipality's own wish, or the ministry's initiative. */
export const renegotiationTakenUp = (data: RenegotiationTakenUpData): LetterBody => {
  const { facts, targets, fromYear } = data
  const goals = { da: numbers(targets, 'da'), en: numbers(targets, 'en') }
  const { genitive } = agreementWords(facts.kind, facts.language)
  const clause = {
    da: `jf. ${genitive} ${facts.clauses.renegotiation}`,
    en: `cf. ${genitive} ${facts.clauses.renegotiation.replace(/^pkt\./, 'clause')}`,
  }
  const why =
    data.on === 'wish'
      ? {
          da: 'Ministeriet har modtaget kommunens ønske om genforhandling',
          en: "The ministry has received the municipality's wish to renegotiate",
        }
      : {
          da: 'Ministeriet har gennemgået forudsætningerne',
          en: 'The ministry has gone through the assumptions',
        }
  return letterInWords('renegotiation-opened', facts, {
    da: {
      subject: `genforhandling af mål ${goals.da}`,
      title: `Genforhandling af mål ${goals.da}`,
      body: [
        `${why.da} og finder på den baggrund anledning til at optage forhandlinger om en tilpasning af mål ${goals.da} i ${contractOf(facts)} for ${fromYear} og senere, ${clause.da}. Bedømmelsen af ${facts.resultsYear} berøres ikke.`,
      ],
    },
    en: {
      subject: `renegotiation of target ${goals.en}`,
      title: `Renegotiation of target ${goals.en}`,
      body: [
        `${why.en} and on this ground takes up negotiations on adapting target ${goals.en} of ${contractOf(facts)} for ${fromYear} and later, ${clause.en}. The assessment of ${facts.resultsYear} is not affected.`,
      ],
    },
  })
}

export interface NegotiationsEndedData {
  readonly facts: CaseFacts
  /** A clause in the recipient's language. */
  readonly reason: string
}

/** L8i where the ministry ends negotiations before any proposal has gone out. */
export const negotiationsEnded = ({ facts, reason }: NegotiationsEndedData): LetterBody => {
  const why = reason.trim().replace(/\.$/, '')
  const definite = capitalised(agreementWords(facts.kind, facts.language).definite)
  return letterInWords('withdrawal', facts, {
    da: {
      subject: 'forhandlingerne er afsluttet uden forslag',
      title: 'Forhandlingerne er afsluttet uden forslag',
      body: [`Ministeriet afslutter forhandlingerne, idet ${why}. ${definite} gælder uændret.`],
    },
    en: {
      subject: 'the negotiations have ended without a proposal',
      title: 'The negotiations have ended without a proposal',
      body: [`The ministry ends the negotiations, because ${why}. ${definite} stands unchanged.`],
    },
  })
}
