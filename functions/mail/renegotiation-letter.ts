import type { AgreementContent, Contact } from '../domain/agreement/content.ts'
import { lettersTo } from '../domain/casefile/letters.ts'
import type { MailRecord } from '../domain/casefile/mails.ts'
import { municipality } from '../domain/directory/municipalities.ts'
import type { Proposal } from '../domain/renegotiation/slices/proposal.ts'
import type { RenegotiationState } from '../domain/renegotiation/state.ts'
import type { ReviewState } from '../domain/review/state.ts'
import type { CaseFacts } from './case-facts.ts'
import type { Frame, Signatory } from './frame.ts'
import type { LetterContext } from './letter.ts'

/** What every letter of a renegotiation is composed from. */
export interface RenegotiationLetter {
  readonly state: RenegotiationState
  readonly content: AgreementContent
  readonly party: string
  readonly context: LetterContext
  readonly recipient: Contact
  readonly signatories: readonly Contact[]
  /** The year's review: wishes are mails in it. */
  readonly review: ReviewState
  readonly frame: Omit<Frame, 'token'>
  readonly facts: CaseFacts
}

/** The mail the letter answers: in this case, or the wish in the year's review. */
export const mailOf = (letter: RenegotiationLetter): MailRecord => {
  const { about } = letter.context.order
  const mail = [...letter.state.mails, ...letter.review.mails].find((one) => one.mailKey === about)
  if (mail === undefined) throw new Error('the mail to answer is not on the record')
  return mail
}

export const proposalIn = (letter: RenegotiationLetter): Proposal => {
  if (letter.state.proposal === null) throw new Error('there is no proposal on the record')
  return letter.state.proposal
}

export const namesOf = (parties: readonly string[]): readonly string[] =>
  parties.map((code) => municipality(code).officialName)

export const signatoryNames = (letter: RenegotiationLetter): readonly Signatory[] =>
  letter.signatories.map(({ name, title }) => ({ name, title }))

/** The reason of a decision goes into a sentence after "idet" or "at": a clause without its own opening. */
export const clause = (text: string): string =>
  text.trim().replace(/^(?:at|idet|fordi|because|that)\s+/iu, '')

/** The day this party was last sent a proposal; null when none has gone out. */
export const proposedOn = (letter: RenegotiationLetter): string | null =>
  lettersTo(letter.state.letters, letter.party, 'proposal').at(-1)?.datedOn ?? null
