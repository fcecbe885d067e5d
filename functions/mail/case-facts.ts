import type { AgreementKind } from '../domain/agreement/content.ts'
import type { Language } from '../domain/base/values.ts'
import { agreementWords } from './agreement-words.ts'
import { printDate } from '../domain/base/danish.ts'

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
