import { heldMails } from '../casefile/mails.ts'
import { undecidedUnplaced } from '../casefile/unplaced-mails.ts'
import { unmarkedAnswers, type RenegotiationState } from './state.ts'

/** Does a mail wait for a person, held here or in an inbox, that may be an answer? Nothing ends meanwhile. */
export const hasUndecidedMail = (state: RenegotiationState): boolean =>
  heldMails(state.mails).length > 0 || undecidedUnplaced(state.unplaced).length > 0

/** The same, or an answer that a person has not marked yet. */
export const hasUndecidedAnswer = (state: RenegotiationState): boolean =>
  hasUndecidedMail(state) || unmarkedAnswers(state).length > 0
