import * as z from 'zod'
import { accept, refuse } from '../../base/stream.ts'
import { acceptance, consequences, countered, refusal } from '../decide/take-mail.ts'
import { unmarkedAnswers, type RenegotiationEvent, type RenegotiationState, mayHappen } from '../state.ts'
import { command } from './declare.ts'
import { choose, mailKeyField } from '../../base/command.ts'
import { heldMailDecided, heldMailDecision } from '../../casefile/held-mails.ts'

/** What a mail says in its own words: under its key, or as it stands. */
const wordsOf = (state: RenegotiationState, mailKey: string): string => {
  const details = state.mails.find((one) => one.mailKey === mailKey)?.details
  return details?.texts['Begrundelse'] ?? details?.freeText ?? ''
}

/** Says what a reply is that no machine could read: a signed rider, a refusal in prose, a remark. */
export const markAnswer = command('mark-answer', {
  input: z.object({
    mailKey: mailKeyField,
    /** `accepted`: the signed rider is attached, and the caseworker has seen it. */
    as: z.enum(['accepted', 'declined', 'comment', 'counter-proposal'], choose('Vælg, hvad svaret er.')),
  }),
  roles: ['caseworker'],
  label: { da: 'Markér svaret', en: 'Mark the answer' },
  done: { da: 'Svaret er markeret.', en: 'The answer is marked.' },
  status: ['approved', 'proposed'],
  decide: (state, { mailKey, as }, who) => {
    const answer = unmarkedAnswers(state).find((one) => one.mailKey === mailKey)
    const { proposal } = state
    if (answer === undefined || proposal === null)
      return refuse('unknown-mail', 'no unmarked reply to this proposal has that key')
    if (as !== 'comment' && answer.subject !== proposal.subject)
      return refuse('earlier-proposal', 'the reply answers an earlier proposal: it is a comment on this one')
    const marked: RenegotiationEvent = { type: 'AnswerMarked', v: 1, mailKey, as, by: who.id }
    switch (as) {
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
        return as satisfies never
    }
  },
})

/** A held mail counts from its release on; nobody's signature is read into it. */
export const decideHeldAnswer = command('decide-held-answer', {
  ...heldMailDecision,
  decide: (state, { mailKey, as, reason }) => {
    const mail = state.mails.find((candidate) => candidate.mailKey === mailKey)
    if (mail?.standing !== 'held') return refuse('not-held', 'the mail is not held any more')
    if (as !== 'rejected' && mail.party === null)
      return refuse('no-party', 'the mail names no party of this agreement: it can only be rejected here')
    const decided = heldMailDecided(mailKey, as, reason)
    return as === 'counts'
      ? accept<RenegotiationEvent>(decided, ...consequences(state, mail, { isSignatory: false }, null))
      : accept<RenegotiationEvent>(decided)
  },
})
