import { accept, refuse, type Decision } from '../../base/stream.ts'
import { todayInCopenhagen } from '../../base/time.ts'
import type { AgreementContent } from '../../agreement/content.ts'
import { canonicalJson } from '../../judging/canonical.ts'
import { draftRefusal } from '../draft-refusal.ts'
import { changesTo, contentWith, proposedContent, valueOf, type ProposalDraft } from '../proposal.ts'
import {
  openCounters,
  type RenegotiationState,
  type RenegotiationEvent,
  type RenegotiationStatus,
} from '../state.ts'
import { roleFor, type RenegotiationCommand } from './commands.ts'
import { decideHeldMail, markAnswer, recordWithdrawal } from './their-mails.ts'
import type { Decider } from '../../base/command.ts'

type Decided = Decision<RenegotiationEvent>
type Of<D extends RenegotiationCommand['do']> = Extract<RenegotiationCommand, { do: D }>

const needed: Partial<Record<RenegotiationCommand['do'], readonly RenegotiationStatus[]>> = {
  open: ['raised'],
  decline: ['raised'],
  draft: ['opened'],
  approve: ['drafted'],
  'send-back': ['drafted'],
  // A question that nobody has opened is declined; what all have accepted is no longer the ministry's to take.
  withdraw: ['opened', 'drafted', 'approved', 'proposed'],
  'record-withdrawal': ['raised', 'opened', 'drafted', 'approved', 'proposed'],
  'accept-counter': ['approved', 'proposed'],
  'refuse-counter': ['approved', 'proposed'],
  'mark-answer': ['approved', 'proposed'],
}

/** Refuses what the person may not decide, or what is no longer the state of the record. */
const objection = (state: RenegotiationState, command: RenegotiationCommand, who: Decider) => {
  if (!roleFor[command.do].some((role) => who.roles.includes(role)))
    return refuse('role', `${command.do} takes one of the roles ${roleFor[command.do].join(', ')}`)
  if (state.parties.some((party) => who.barredFrom.includes(party.municipality)))
    return refuse('barred', 'the person is barred from this case (inhabilitet)')
  const statuses = needed[command.do]
  if (statuses !== undefined && !statuses.includes(state.status))
    return refuse(
      'status',
      `${command.do} needs ${statuses.join(' or ')}; the renegotiation is ${state.status}`,
    )
  if ((command.do === 'approve' || command.do === 'send-back') && command.subject !== state.proposal?.subject)
    return refuse('superseded', 'the draft decided on is no longer the draft of the record')
  return null
}

/** One person's decision on a renegotiation, or why it is refused. */
export const decideRenegotiation = (
  state: RenegotiationState,
  command: RenegotiationCommand,
  who: Decider,
  now: string,
): Decided => {
  const refused = objection(state, command, who)
  if (refused !== null) return refused
  switch (command.do) {
    case 'open':
      return open(state, command, who)
    case 'decline':
      return command.text.trim() === ''
        ? refuse('reason', 'a decline says what weight was laid on: the letter prints it')
        : accept<RenegotiationEvent>({
            type: 'RenegotiationDeclined',
            v: 1,
            by: who.id,
            reason: command.reason,
            private: { text: command.text },
          })
    case 'draft':
      return draft(state, command.subject, command, who)
    case 'approve':
      return approve(state, command, who)
    case 'send-back':
      return command.reason.trim() === ''
        ? refuse('reason', 'sending back takes a reason')
        : accept<RenegotiationEvent>({
            type: 'ProposalSentBack',
            v: 1,
            subject: command.subject,
            by: who.id,
            private: { text: command.reason },
          })
    case 'withdraw':
      return command.reason.trim() === ''
        ? refuse('reason', 'a withdrawal takes a reason: the letter prints it')
        : accept<RenegotiationEvent>({
            type: 'Withdrawn',
            v: 1,
            by: { person: who.id },
            private: { text: command.reason },
          })
    case 'record-withdrawal':
      return recordWithdrawal(state, command, who)
    case 'accept-counter':
      return acceptCounter(state, command, who)
    case 'refuse-counter':
      return refuseCounter(state, command, who)
    case 'mark-answer':
      return markAnswer(state, command, who)
    case 'decide-held-mail':
      return decideHeldMail(state, command)
    case 'note':
      return accept<RenegotiationEvent>({
        type: 'Noted',
        v: 1,
        by: who.id,
        on: todayInCopenhagen(now),
        about: command.about,
        private: { text: command.text },
      })
    default:
      return command satisfies never
  }
}

const open = (state: RenegotiationState, command: Of<'open'>, who: Decider): Decided => {
  const known = new Set(state.content?.targets.map((target) => target.key))
  const unknown = command.targets.find((key) => !known.has(key))
  if (unknown !== undefined) return refuse('target', `${unknown} is no target of the agreement`)
  if (command.targets.length === 0) return refuse('target', 'at least one target is to be adapted')
  return accept<RenegotiationEvent>({
    type: 'RenegotiationOpened',
    v: 1,
    by: who.id,
    targets: [...command.targets],
    ...(command.text.trim() === '' ? {} : { private: { text: command.text } }),
  })
}

const draft = (
  state: RenegotiationState,
  subject: string,
  proposed: ProposalDraft,
  who: Decider,
): Decided => {
  const refused = draftRefusal(state, proposed)
  if (refused !== null) return { ok: false, refusal: refused }
  return accept<RenegotiationEvent>({
    type: 'ProposalDrafted',
    v: 1,
    subject,
    round: state.rounds + 1,
    riderNumber: proposed.riderNumber,
    changes: proposed.changes.map((change) => ({ ...change })),
    ...(proposed.content === undefined ? {} : { content: proposed.content }),
    effectiveFrom: proposed.effectiveFrom,
    by: who.id,
    ...(proposed.note.trim() === '' ? {} : { private: { text: proposed.note } }),
  })
}

/** Two different persons, neither of them the drafter, at least one of them an approver. */
const approve = (state: RenegotiationState, command: Of<'approve'>, who: Decider): Decided => {
  const { proposal } = state
  if (proposal === null) return refuse('status', 'there is no draft to approve')
  const approver = who.roles.includes('approver')
  if (proposal.draftedBy === who.id) return refuse('same-person', 'nobody approves a draft of their own')
  if (proposal.approvals.some((one) => one.by === who.id))
    return refuse('same-person', 'the second approval is another person’s')
  const approval = { v: 1, subject: command.subject, by: who.id, approver } as const
  const first = proposal.approvals[0]
  if (first === undefined) return accept<RenegotiationEvent>({ type: 'ProposalEndorsed', ...approval })
  return approver || first.approver
    ? accept<RenegotiationEvent>({ type: 'ProposalApproved', ...approval })
    : refuse('role', 'at least one of the two is an approver')
}

/** The version that a counter-proposal asks for: the proposed one with its values in it. */
export const counterContent = (state: RenegotiationState, mailKey: string): AgreementContent | null => {
  const { proposal, content } = state
  const counter = openCounters(state).find((one) => one.mailKey === mailKey)
  if (proposal === null || content === null || counter === undefined) return null
  const wished = proposal.changes.flatMap((change) => {
    const value = counter.values.find((one) => one.target === change.target)
    return value === undefined ? [] : [{ ...change, to: value.value }]
  })
  return contentWith(proposedContent(content, proposal), wished)
}

/** The proposal with the counter-proposal's values in it; null when no such counter-proposal is open. */
export const counterDraft = (state: RenegotiationState, mailKey: string): ProposalDraft | null => {
  const { proposal, content } = state
  const wished = counterContent(state, mailKey)
  if (proposal === null || content === null || wished === null) return null
  const { riderNumber, effectiveFrom, note } = proposal
  return { riderNumber, ...changesTo(content, wished), effectiveFrom, note }
}

/** Is every value that the municipality has asked for in the draft? Its letter says that it is followed. */
const holdsCounter = (state: RenegotiationState, mailKey: string, drafted: ProposalDraft): boolean => {
  const { content } = state
  const wished = counterContent(state, mailKey)
  if (content === null || wished === null) return false
  const counter = openCounters(state).find((one) => one.mailKey === mailKey)
  const after = proposedContent(content, drafted)
  return (counter?.values ?? []).every(({ target: key }) => {
    const [asked, got] = [wished, after].map((one) => one.targets.find((target) => target.key === key))
    const ahead = asked?.targets.filter(({ year }) => year > state.year) ?? []
    return got !== undefined && ahead.every(({ year, value }) => valueOf(got, year) === value)
  })
}

/** A counter-proposal in words changes nothing by itself: the caseworker writes what it comes to. */
const isAsProposed = ({ proposal, content }: RenegotiationState, drafted: ProposalDraft): boolean =>
  proposal !== null &&
  content !== null &&
  drafted.effectiveFrom === proposal.effectiveFrom &&
  canonicalJson(proposedContent(content, drafted)) === canonicalJson(proposedContent(content, proposal))

const acceptCounter = (state: RenegotiationState, command: Of<'accept-counter'>, who: Decider): Decided => {
  const { mailKey } = command
  const proposed = command.draft ?? counterDraft(state, mailKey)
  if (proposed === null || !openCounters(state).some((one) => one.mailKey === mailKey))
    return refuse('no-counter', 'no open counter-proposal has that key')
  if (isAsProposed(state, proposed))
    return refuse('counter-draft', 'what is followed is a new draft: it says something else than the last')
  if (!holdsCounter(state, mailKey, proposed))
    return refuse('counter-values', 'the draft has another value than the municipality has asked for')
  const drafted = draft(state, command.subject, proposed, who)
  return drafted.ok
    ? accept<RenegotiationEvent>(
        { type: 'CounterProposalAnswered', v: 1, mailKey, accepted: true, by: who.id },
        ...drafted.events,
      )
    : drafted
}

const refuseCounter = (state: RenegotiationState, command: Of<'refuse-counter'>, who: Decider): Decided => {
  if (!openCounters(state).some((one) => one.mailKey === command.mailKey))
    return refuse('no-counter', 'no open counter-proposal has that key')
  if (command.reason.trim() === '')
    return refuse('reason', 'refusing a counter-proposal takes a reason: the letter prints it')
  return accept<RenegotiationEvent>({
    type: 'CounterProposalAnswered',
    v: 1,
    mailKey: command.mailKey,
    accepted: false,
    by: who.id,
    private: { text: command.reason },
  })
}
