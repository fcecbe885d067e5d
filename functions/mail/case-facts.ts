import type { AgreementKind } from '../domain/agreement/content.ts'
import type { Language } from '../domain/base/values.ts'
import { printDate } from '../domain/base/danish.ts'

/** What an agreement of a kind is called (LETTERS 2). */
interface AgreementWords {
  /** A subject's first word. */
  readonly subject: string
  /** `resultatkontrakt` */
  readonly indefinite: string
  /** `resultatkontrakten` */
  readonly definite: string
  /** `kontrakten` */
  readonly short: string
  /** `kontraktens` */
  readonly genitive: string
}

const danish: Readonly<Record<AgreementKind, AgreementWords>> = {
  resultatkontrakt: {
    subject: 'Resultatkontrakt',
    indefinite: 'resultatkontrakt',
    definite: 'resultatkontrakten',
    short: 'kontrakten',
    genitive: 'kontraktens',
  },
  partnerskabsaftale: {
    subject: 'Partnerskabsaftale',
    indefinite: 'partnerskabsaftale',
    definite: 'partnerskabsaftalen',
    short: 'aftalen',
    genitive: 'aftalens',
  },
  'partnerskab-2015': {
    subject: 'Partnerskab 2015',
    indefinite: 'partnerskabsaftale',
    definite: 'partnerskabsaftalen',
    short: 'aftalen',
    genitive: 'aftalens',
  },
}

const partnershipEnglish: AgreementWords = {
  subject: 'Partnership agreement',
  indefinite: 'partnership agreement',
  definite: 'the partnership agreement',
  short: 'the agreement',
  genitive: "the agreement's",
}

const english: Readonly<Record<AgreementKind, AgreementWords>> = {
  resultatkontrakt: {
    subject: 'Performance contract',
    indefinite: 'performance contract',
    definite: 'the performance contract',
    short: 'the contract',
    genitive: "the contract's",
  },
  partnerskabsaftale: partnershipEnglish,
  'partnerskab-2015': { ...partnershipEnglish, subject: 'Partnership 2015' },
}

/** The words for an agreement of this kind in a language. */
export const agreementWords = (kind: AgreementKind, language: Language): AgreementWords =>
  language === 'da' ? danish[kind] : english[kind]

/** The sentence's first letter as a capital. */
export const capitalised = (text: string): string => text.slice(0, 1).toLocaleUpperCase('da') + text.slice(1)

/** The first letter small, as inside a sentence; `Mål` becomes `mål`. */
export const uncapitalised = (text: string): string =>
  text.slice(0, 1).toLocaleLowerCase('da') + text.slice(1)

/** What most letters say of the agreement and the year they are about. */
export interface CaseFacts {
  readonly kind: AgreementKind
  readonly signedOn: string
  /** The agreement's own clauses (`pkt. 6`), never a fixed number. */
  readonly clauses: { readonly presentation: string; readonly renegotiation: string }
  readonly resultsYear: number
  readonly language: Language
  /**
   * The contracting ministry's former name in the indefinite (`Social- og Integrationsministerium`), printed at
   * the agreement's first mention; null when its name is unchanged or has been explained before.
   */
  readonly contractingMinistry: string | null
}

/**
 * `resultatkontrakten af 12. november 2012`, with the contracting ministry's former name where it is to be told.
 * `place` says whether the sentence goes on after it, and so needs a closing comma.
 */
export const contractOf = (facts: CaseFacts, place: 'inside' | 'end' = 'inside'): string => {
  const { definite } = agreementWords(facts.kind, facts.language)
  const signed = printDate(facts.signedOn, facts.language)
  const [of, made] =
    facts.language === 'da' ? ['af', 'indgået med det daværende'] : ['of', 'made with the then']
  const named = `${definite} ${of} ${signed}`
  if (facts.contractingMinistry === null) return named
  return `${named}, ${made} ${facts.contractingMinistry}${place === 'inside' ? ',' : ''}`
}
