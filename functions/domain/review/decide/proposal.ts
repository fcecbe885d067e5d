import { readableFields } from '../../form/form.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { replaces, confirmedAnswer, partyOf } from '../slices/figures.ts'
import { openProposals } from '../slices/proposals.ts'
import { type ReviewState, type ReviewEvent } from '../state.ts'
import type { PersonCommand } from './commands.ts'
import { consequences, withoutRepeats } from './take-mail.ts'
import type { Decider } from '../../base/command.ts'

const takesNumbers = ['count', 'number', 'amount']

/**
 * A caseworker confirms that words of a mail are the figure of a key, or that they are none. Confirmed it counts as
 * if it had stood under its key in that mail: by the mail's time, with the line it came from.
 */
export const decideProposal = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'decide-proposal' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  const { mailKey, index, as, key } = command
  const open = openProposals(state).find((one) => one.mail.mailKey === mailKey && one.index === index)
  const party = open?.mail.party == null ? null : partyOf(state, open.mail.party)
  if (open === undefined || party === null || state.content === null)
    return refuse('no-proposal', 'no undecided proposal of that mail has that number')
  const decided = { type: 'ProposalDecided', v: 1, mailKey, index, as, by: who.id } as const
  if (as === 'dismissed') return accept<ReviewEvent>({ ...decided, key: '' })
  const { municipality } = party
  const field = readableFields(state.content, { year: state.year, municipality }).find(
    (candidate) => candidate.key === key,
  )
  const { value } = open.proposal
  const isWhole = value.is === 'number' && /^\d+$/u.test(value.value)
  if (field === undefined || !takesNumbers.includes(field.type) || (field.type === 'count' && !isWhole))
    return refuse('unknown-key', 'the key takes no such figure')
  if (!replaces(party, key, open.mail.receivedAt)) return refuse('older', `a later answer stands for ${key}`)
  return accept<ReviewEvent>(
    { ...decided, key },
    ...withoutRepeats(consequences(state, confirmedAnswer(open.mail, index, key), 'caseworker', null)),
  )
}
