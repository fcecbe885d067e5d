import { heldMailDecided, heldWhenPlaced } from '../../casefile/held-mails.ts'
import type { Standing } from '../../casefile/mail-reading.ts'
import {
  type MailReceived,
  type MailRecord,
  type IncomingMail,
  type MailReread,
  type Vouched,
  lastReadingOf,
  textOf,
} from '../../casefile/mails.ts'
import { accept, type Decision, refuse } from '../../base/stream.ts'
import { contactIdSchema } from '../../base/values.ts'
import { proposalLetters } from '../letters-due.ts'
import {
  hasAccepted,
  mostCounterRounds,
  type RenegotiationState,
  type RenegotiationEvent,
  mayHappen,
} from '../state.ts'
import type { CounterProposal } from '../slices/answers.ts'
import type { Proposal } from '../slices/proposal.ts'
import { isSameReading, readingDifference } from '../../casefile/reading-difference.ts'

type Mail = MailReceived | MailRecord

/** What must be known of the sender beside the mail: the registered roles of its address on that day. */
export interface SenderFacts {
  /** May bind the municipality: registered as its signatory (LETTERS 4.7). */
  readonly isSignatory: boolean
}

/** The letters that ask for an answer; what they are about begins with the proposal's hash. */
const asking = ['proposal', 'proposal-reminder']

/**
 * Does the mail answer the proposal that is on the table? An answer to an earlier one, or by a party that this
 * one has not been sent to yet, says nothing of it.
 */
const isAboutProposal = (
  state: RenegotiationState,
  proposal: Proposal,
  party: string,
  answers: IncomingMail['answersOrder'],
): boolean =>
  proposalLetters(state, party).length > 0 &&
  (answers === null || !asking.includes(answers.kind) || answers.about.startsWith(proposal.subject))

const newTargetKey = /^(M[1-9]\d?) ny målværdi$/u

const proposalAnswer = (mail: Mail): 'accepted' | 'declined' | 'counter-proposal' | null => {
  const value = mail.values.find((one) => one.key === 'Svar')?.value
  return value?.is === 'proposal-answer' ? value.answer : null
}

const newValues = (mail: Mail): readonly { readonly target: string; readonly value: string }[] =>
  mail.values.flatMap((one) => {
    const target = newTargetKey.exec(one.key)?.[1]
    if (target === undefined) return []
    if (one.value.is === 'number') return [{ target, value: one.value.value }]
    return one.value.is === 'date' ? [{ target, value: one.value.on }] : []
  })

/** An answer that says two things: accepted or declined as it stands, and another value beside it. */
const contradicts = (mail: Mail): boolean => {
  const answer = proposalAnswer(mail)
  return (answer === 'accepted' || answer === 'declined') && newValues(mail).length > 0
}

/** The contradiction becomes a doubt that is asked back, in the shape of those the intake finds. */
const withContradiction = (event: MailReceived): MailReceived => {
  if (!contradicts(event)) return event
  const doubt = { kind: 'two-values', key: 'Svar' } as const
  const second = newValues(event)
    .map((one) => `${one.target} ny målværdi: ${one.value}`)
    .join(', ')
  const first = event.private?.written['Svar'] ?? ''
  return {
    ...event,
    doubts: [...event.doubts, doubt],
    ...(event.private === undefined
      ? {}
      : {
          private: {
            ...event.private,
            doubts: [
              ...event.private.doubts,
              { ...doubt, written: first, details: { first, second }, at: null },
            ],
          },
        }),
  }
}

/**
 * `Genforhandling: nej` from a municipality whose wish it was. It ends the question that the wish alone made;
 * where others have grounds too it is put on the record, and a person decides.
 */
export const withdrawWish = (
  state: RenegotiationState,
  party: string,
  mailKey: string,
): RenegotiationEvent[] => {
  const isTheirs = (ground: RenegotiationState['grounds'][number]): boolean =>
    ground.cause === 'municipality-wish' && ground.party === party
  if (!mayHappen(state.status, 'Withdrawn') || !state.grounds.some(isTheirs)) return []
  if (state.grounds.every(isTheirs))
    return [{ type: 'Withdrawn', v: 1, by: { party, mailKey, recordedBy: null } }]
  return state.wishTakenBack === null ? [{ type: 'WishTakenBack', v: 1, party, mailKey }] : []
}

const agreedWith = (state: RenegotiationState, proposal: Proposal, party: string): boolean =>
  state.parties.every((one) => one.municipality === party || hasAccepted(proposal, one.municipality))

/** A party accepts; when it is the last, the proposal is agreed. */
export const acceptance = (
  state: RenegotiationState,
  proposal: Proposal,
  party: string,
  mailKey: string,
  by: Extract<RenegotiationEvent, { type: 'PartyAccepted' }>['by'],
): RenegotiationEvent[] => {
  const { subject } = proposal
  if (hasAccepted(proposal, party)) return []
  const accepted: RenegotiationEvent = { type: 'PartyAccepted', v: 1, subject, party, mailKey, by }
  return agreedWith(state, proposal, party)
    ? [accepted, { type: 'ProposalAgreed', v: 1, subject }]
    : [accepted]
}

export const refusal = (
  proposal: Proposal,
  party: string,
  mailKey: string,
  text: string,
): RenegotiationEvent => ({
  type: 'PartyDeclined',
  v: 1,
  subject: proposal.subject,
  party,
  mailKey,
  ...(text === '' ? {} : { private: { text } }),
})

const counterProposal = (
  state: RenegotiationState,
  proposal: Proposal,
  party: string,
  mail: Mail,
): RenegotiationEvent => {
  const known = new Set(proposal.changes.map((change) => change.target))
  const values = newValues(mail).filter((one) => known.has(one.target))
  const { mailKey } = mail
  const { subject } = proposal
  if (values.length === 0) return { type: 'AnswerUnmarked', v: 1, subject, party, mailKey }
  return countered(state, { subject, party, mailKey, values, text: textOf(mail, 'Begrundelse') })
}

/** A counter-proposal in its round; beyond the last one it is answered and not negotiated. */
export const countered = (
  state: RenegotiationState,
  counter: Pick<CounterProposal, 'subject' | 'party' | 'mailKey' | 'values'> & { readonly text: string },
): RenegotiationEvent => {
  const { text, values, ...rest } = counter
  const negotiated = state.counters.filter((one) => one.round !== null).length
  return {
    type: 'CounterProposed',
    v: 1,
    ...rest,
    values: values.map((one) => ({ ...one })),
    round: negotiated < mostCounterRounds ? negotiated + 1 : null,
    ...(text === '' ? {} : { private: { text } }),
  }
}

/** What a counting mail says of the proposal that is with the parties. */
const onProposal = (
  state: RenegotiationState,
  proposal: Proposal,
  party: string,
  mail: Mail,
  sender: SenderFacts,
  answers: IncomingMail['answersOrder'],
): RenegotiationEvent[] => {
  const { mailKey } = mail
  const answer = proposalAnswer(mail)
  if (!isAboutProposal(state, proposal, party, answers))
    return [{ type: 'AnswerUnmarked', v: 1, subject: null, party, mailKey }]
  const { subject } = proposal
  if (contradicts(mail) || (answer === null && mail.doubts.length > 0)) return []
  const signatory =
    sender.isSignatory && mail.contactId !== null ? contactIdSchema.parse(mail.contactId) : null
  if (answer === 'counter-proposal' || (answer === null && newValues(mail).length > 0))
    return [counterProposal(state, proposal, party, mail)]
  if (answer === null) return [{ type: 'AnswerUnmarked', v: 1, subject, party, mailKey }]
  if (signatory === null) return [{ type: 'AnswerNoted', v: 1, party, mailKey, answer }]
  if (answer === 'accepted') return acceptance(state, proposal, party, mailKey, { signatory })
  // Taken back after it was given: a person looks at it before anything ends.
  return hasAccepted(proposal, party)
    ? [{ type: 'AnswerUnmarked', v: 1, subject, party, mailKey }]
    : [refusal(proposal, party, mailKey, textOf(mail, 'Begrundelse'))]
}

/**
 * What follows when a mail's content counts, now or by a later OK or release. Acceptance and refusal bind only
 * from a signatory; everybody else is told who can (MAIL 133).
 */
export const consequences = (
  state: RenegotiationState,
  mail: Mail,
  sender: SenderFacts,
  answers: IncomingMail['answersOrder'],
): RenegotiationEvent[] => {
  const { party, mailKey } = mail
  if (party === null || !state.parties.some((one) => one.municipality === party)) return []
  const wish = mail.values.find((one) => one.key === 'Genforhandling')?.value
  const takenBack = wish?.is === 'yes-no' && !wish.yes ? withdrawWish(state, party, mailKey) : []
  if (takenBack.length > 0) return takenBack
  const { proposal, status } = state
  return proposal !== null && (status === 'approved' || status === 'proposed')
    ? onProposal(state, proposal, party, mail, sender, answers)
    : []
}

const standingOf = (state: RenegotiationState, event: MailReceived): Standing =>
  (event.standing === 'counts' || event.standing === 'provisional') &&
  event.values.length > 0 &&
  state.mails.some(
    (mail) =>
      mail.bodyKey === event.bodyKey &&
      mail.standing !== 'rejected' &&
      mail.standing !== 'held' &&
      // The same words may answer a new proposal: repeated is only what answers the same one.
      state.answers.some(
        (answer) => answer.mailKey === mail.mailKey && answer.subject === state.proposal?.subject,
      ),
  )
    ? 'repeated'
    : event.standing

/** The mails that an OK confirms: what its own thread is about, otherwise all that are provisional. */
const confirmedBy = (state: RenegotiationState, incoming: IncomingMail): readonly MailRecord[] => {
  const { party } = incoming.event
  const asked = incoming.answersOrder
  if (asked?.kind === 'held-mail-notice')
    return state.mails.filter(
      (mail) => mail.mailKey === asked.about && (mail.standing === 'held' || mail.standing === 'provisional'),
    )
  return state.mails.filter((mail) => mail.standing === 'provisional' && mail.party === party)
}

/**
 * Takes a mail into the renegotiation. The same mail again is the caller's to recognise (its key is the
 * command id).
 */
export const takeMail = (
  state: RenegotiationState,
  incoming: IncomingMail,
  sender: SenderFacts,
): Decision<RenegotiationEvent> => {
  const event = withContradiction({ ...incoming.event, standing: standingOf(state, incoming.event) })
  const { party, mailKey } = event
  if (party === null || event.standing !== 'counts') return accept<RenegotiationEvent>(event)
  const confirmed = event.confirms ? confirmedBy(state, incoming) : []
  const meant = confirmed[0]
  if (meant === undefined)
    return accept<RenegotiationEvent>(event, ...consequences(state, event, sender, incoming.answersOrder))
  const events: RenegotiationEvent[] = [event]
  for (const mail of confirmed)
    events.push({ type: 'MailConfirmed', v: 1, mailKey: mail.mailKey, by: mailKey })
  // The sender makes the confirmed mail her own: what she may bind, it binds. Of several the last is meant.
  const last = confirmed.at(-1) ?? meant
  const own = { ...last, party: last.party ?? party, contactId: event.contactId }
  return accept<RenegotiationEvent>(...events, ...consequences(state, own, sender, null))
}

/**
 * What a mail of a renegotiation is read as now. Answers to a proposal bind: no machine gives or takes one
 * afterwards. The reading is noted for a person, once.
 */
export const noteReread = (state: RenegotiationState, event: MailReread): Decision<RenegotiationEvent> => {
  const mail = state.mails.find((candidate) => candidate.mailKey === event.mailKey)
  const known = mail === undefined ? null : lastReadingOf(mail)
  if (mail === undefined || known === null) return refuse('unknown-mail', 'no mail of this case has that key')
  if (known.private === undefined) return refuse('erased', 'what the mail said was erased')
  return isSameReading(readingDifference(known, event))
    ? accept<RenegotiationEvent>()
    : accept<RenegotiationEvent>({ ...event, outcome: 'noted', tells: false })
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
): Decision<RenegotiationEvent> => {
  const { event, answersOrder } = incoming
  const { mailKey, standing } = event
  if (event.party === null || standing === 'automatic' || standing === 'set-aside')
    return accept<RenegotiationEvent>(event)
  const held = heldWhenPlaced(event)
  const decided = heldMailDecided(mailKey, vouched.as, vouched.reason)
  const isSignatory = standing === 'counts' && sender.isSignatory
  return vouched.as === 'counts'
    ? accept<RenegotiationEvent>(held, decided, ...consequences(state, held, { isSignatory }, answersOrder))
    : accept<RenegotiationEvent>(held, decided)
}
