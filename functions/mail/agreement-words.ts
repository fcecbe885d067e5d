import type { AgreementKind } from '../domain/agreement/content.ts'
import type { Language } from '../domain/base/values.ts'

/** What an agreement of a kind is called (LETTERS 2). */
export interface AgreementWords {
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
