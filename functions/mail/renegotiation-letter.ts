import type { Contact } from '../domain/agreement/content.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import { municipality } from '../domain/directory/municipalities.ts'
import type { RenegotiationState } from '../domain/renegotiation/state.ts'
import type { ReviewState } from '../domain/review/state.ts'
import type { Signatory } from './frame.ts'
import type { CaseLetter } from './letter.ts'

/** What every letter of a renegotiation is composed from. */
export interface RenegotiationLetter extends CaseLetter {
  readonly state: RenegotiationState
  readonly party: string
  readonly signatories: readonly Contact[]
  /** The year's review: wishes are mails in it. */
  readonly review: ReviewState
}

export const proposalIn = (letter: RenegotiationLetter): NonNullable<RenegotiationState['proposal']> => {
  if (letter.state.proposal === null) throw new Error('there is no proposal on the record')
  return letter.state.proposal
}

export const namesOf = (parties: readonly string[]): readonly string[] =>
  parties.map((code) => municipality(code).officialName)

export const signatoryNames = (letter: RenegotiationLetter): readonly Signatory[] =>
  letter.signatories.map(({ name, title }) => ({ name, title }))

/** The reason of a decision goes into a sentence after "idet" or "at": a clause without its own opening. */
export const asClause = (text: string): string =>
  text.trim().replace(/^(?:at|idet|fordi|because|that)\s+/iu, '')

/** The day this party was last sent a proposal; null when none has gone out. */
export const lastProposedOn = (letter: RenegotiationLetter): string | null =>
  lettersTo(letter.state.letters, letter.party, 'proposal').at(-1)?.datedOn ?? null
