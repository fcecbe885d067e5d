import type { MailReceived, Vouched, IncomingMail } from '../../casefile/mails.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { unmarkedAnswers, type RenegotiationState, type RenegotiationEvent, mayHappen } from '../state.ts'
import type { RenegotiationCommand } from './commands.ts'
import { acceptance, consequences, countered, refusal, type SenderFacts } from './take-mail.ts'
import type { Decider } from '../../base/command.ts'

/** What people of the ministry decide about the municipality's own mails. */
type Decided = Decision<RenegotiationEvent>
type Of<D extends RenegotiationCommand['do']> = Extract<RenegotiationCommand, { do: D }>

/** Only a question that a municipality has wished for can be given up by it. */
export const recordWithdrawal = (
  state: RenegotiationState,
  command: Of<'record-withdrawal'>,
  who: Decider,
): Decided => {
  const wish = state.grounds.find((ground) => ground.cause === 'municipality-wish')
  const party = state.wishTakenBack?.party ?? wish?.party ?? null
  if (party === null) return refuse('no-wish', 'no municipality has wished for this renegotiation')
  return accept<RenegotiationEvent>({
    type: 'Withdrawn',
    v: 1,
    by: { party, mailKey: state.wishTakenBack?.mailKey ?? null, recordedBy: who.id },
    ...(command.reason.trim() === '' ? {} : { private: { text: command.reason } }),
  })
}

/** What a mail says in its own words: under its key, or as it stands. */
const wordsOf = (state: RenegotiationState, mailKey: string): string => {
  const details = state.mails.find((one) => one.mailKey === mailKey)?.details
  return details?.texts['Begrundelse'] ?? details?.freeText ?? ''
}

/** Says what a reply is that no machine could read: a signed rider, a refusal in prose, a remark. */
export const markAnswer = (state: RenegotiationState, command: Of<'mark-answer'>, who: Decider): Decided => {
  const { mailKey } = command
  const answer = unmarkedAnswers(state).find((one) => one.mailKey === mailKey)
  const { proposal } = state
  if (answer === undefined || proposal === null)
    return refuse('unknown-mail', 'no unmarked reply to this proposal has that key')
  if (command.as !== 'comment' && answer.subject !== proposal.subject)
    return refuse('earlier-proposal', 'the reply answers an earlier proposal: it is a comment on this one')
  const marked: RenegotiationEvent = { type: 'AnswerMarked', v: 1, mailKey, as: command.as, by: who.id }
  switch (command.as) {
    case 'accepted':
      return accept<RenegotiationEvent>(
        marked,
        ...acceptance(state, proposal, answer.party, mailKey, { signedRiderConfirmedBy: who.id }),
      )
    case 'declined':
      return mayHappen(state.status, 'PartyDeclined')
        ? accept<RenegotiationEvent>(marked, refusal(proposal, answer.party, mailKey, ''))
        : refuse('status', `the renegotiation is ${state.status}`)
    case 'comment':
      return accept<RenegotiationEvent>(marked)
    case 'counter-proposal': {
      const { subject } = proposal
      const counter = { subject, party: answer.party, mailKey, values: [], text: wordsOf(state, mailKey) }
      return accept<RenegotiationEvent>(marked, countered(state, counter))
    }
    default:
      return command.as satisfies never
  }
}

/** A held mail counts from its release on; nobody's signature is read into it. */
export const decideHeldMail = (state: RenegotiationState, command: Of<'decide-held-mail'>): Decided => {
  const mail = state.mails.find((candidate) => candidate.mailKey === command.mailKey)
  if (mail?.standing !== 'held') return refuse('not-held', 'the mail is not held any more')
  if (command.as !== 'rejected' && mail.party === null)
    return refuse('no-party', 'the mail names no party of this agreement: it can only be rejected here')
  const decided: RenegotiationEvent = {
    type: 'HeldMailDecided',
    v: 1,
    mailKey: command.mailKey,
    decision: command.as,
    private: { reason: command.reason },
  }
  return command.as === 'counts'
    ? accept<RenegotiationEvent>(decided, ...consequences(state, mail, { isSignatory: false }, null))
    : accept<RenegotiationEvent>(decided)
}

/**
 * Takes in a mail that a person has placed here from an inbox: held there, released in the same commit. It binds
 * the municipality only when it came, authenticated, from the signatory's own address.
 */
export const takeVouchedMail = (
  state: RenegotiationState,
  incoming: IncomingMail,
  sender: SenderFacts,
  vouched: Vouched,
): Decided => {
  const { event, answersOrder } = incoming
  const { mailKey, standing } = event
  if (event.party === null || standing === 'automatic' || standing === 'set-aside')
    return accept<RenegotiationEvent>(event)
  const held: MailReceived = {
    ...event,
    standing: 'held',
    reason: standing === 'held' ? event.reason : 'no-request',
  }
  const decided: RenegotiationEvent = {
    type: 'HeldMailDecided',
    v: 1,
    mailKey,
    decision: vouched.as,
    private: { reason: vouched.reason },
  }
  const isSignatory = standing === 'counts' && sender.isSignatory
  return vouched.as === 'counts'
    ? accept<RenegotiationEvent>(held, decided, ...consequences(state, held, { isSignatory }, answersOrder))
    : accept<RenegotiationEvent>(held, decided)
}
