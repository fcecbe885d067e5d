import { heldMails } from '../casefile/mails.ts'
import { undecidedUnplaced } from '../casefile/unplaced-mails.ts'
import { openProposals } from './proposals.ts'
import type { ReviewState } from './state.ts'

/**
 * Does a mail that may be an answer wait for a person, held here or in an inbox, or do
 * words of one that counts? Nobody is reminded and nothing
 * is judged meanwhile.
 * @param municipality that party's alone, with those that may be anybody's; left out: every party's
 */
export const hasUndecidedMail = (state: ReviewState, municipality?: string): boolean =>
  [
    ...heldMails(state.mails),
    ...undecidedUnplaced(state.unplaced),
    ...openProposals(state).map(({ mail }) => mail),
  ].some(({ party }) => municipality === undefined || party === null || party === municipality)
