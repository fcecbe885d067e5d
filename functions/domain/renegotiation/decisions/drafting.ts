import * as z from 'zod'
import { targetKeySchema } from '../../agreement/content.ts'
import {
  type Decider,
  choose,
  mailKeyField,
  reasonField,
  subjectField,
  typedText,
} from '../../base/command.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { exactSchema } from '../../base/values.ts'
import { counterDraft, holdsCounter, isAsProposed } from '../counter.ts'
import { draftRefusal } from '../draft-refusal.ts'
import { draftAskedSchema, draftedContent, draftStart } from '../draft-start.ts'
import { changesTo, subjectText, valueOf, type ProposalDraft } from '../proposal.ts'
import { openCounters, type RenegotiationEvent, type RenegotiationState } from '../state.ts'
import { command, proposalSubject, type RenegotiationFacts } from './declare.ts'

type Decided = Decision<RenegotiationEvent>
type Digest = Pick<RenegotiationFacts, 'digest'>

const draft = (
  state: RenegotiationState,
  proposed: ProposalDraft,
  who: Decider,
  { digest }: Digest,
): Decided => {
  const refused = draftRefusal(state, proposed)
  if (refused !== null) return { ok: false, refusal: refused }
  return accept<RenegotiationEvent>({
    type: 'ProposalDrafted',
    v: 1,
    subject: digest(subjectText(state, proposed)),
    round: state.rounds + 1,
    riderNumber: proposed.riderNumber,
    changes: proposed.changes.map((change) => ({ ...change })),
    ...(proposed.content === undefined ? {} : { content: proposed.content }),
    effectiveFrom: proposed.effectiveFrom,
    by: who.id,
    ...(proposed.note.trim() === '' ? {} : { private: { text: proposed.note } }),
  })
}

/** A counter-proposal that is followed: a draft that holds every value that was asked for, and says something new. */
const follow = (
  state: RenegotiationState,
  mailKey: string,
  proposed: ProposalDraft | null,
  who: Decider,
  digest: Digest,
): Decided => {
  if (proposed === null || !openCounters(state).some((one) => one.mailKey === mailKey))
    return refuse('no-counter', 'no open counter-proposal has that key')
  if (isAsProposed(state, proposed))
    return refuse('counter-draft', 'what is followed is a new draft: it says something else than the last')
  if (!holdsCounter(state, mailKey, proposed))
    return refuse('counter-values', 'the draft has another value than the municipality has asked for')
  const drafted = draft(state, proposed, who, digest)
  return drafted.ok
    ? accept<RenegotiationEvent>(
        { type: 'CounterProposalAnswered', v: 1, mailKey, accepted: true, by: who.id },
        ...drafted.events,
      )
    : drafted
}

const effectiveFrom = z.iso.date('Skriv datoen for ikrafttrædelse.')
const saved = {
  da: 'Udkastet er gemt og afventer godkendelse.',
  en: 'The draft is saved and awaits approval.',
}
const submit = { da: 'Send til godkendelse', en: 'Send for approval' }

/** Values to reach alone. */
export const propose = command('propose', {
  input: z.object({
    changes: z
      .array(
        z.object({
          target: targetKeySchema,
          year: z.coerce.number<number | string>().int().min(2000).max(2200),
          value: z.union(
            [exactSchema, z.iso.date()],
            choose('Skriv hver ny målværdi som et tal, fx 105 eller 47,5.'),
          ),
        }),
      )
      .min(1, 'Skriv mindst én ny målværdi.')
      .readonly(),
    effectiveFrom,
    reason: reasonField,
  }),
  roles: ['caseworker'],
  label: submit,
  done: {
    da: 'Forslaget er gemt og afventer godkendelse.',
    en: 'The proposal is saved and awaits approval.',
  },
  status: ['opened'],
  facts: ['digest', 'nextRider'],
  decide: (state, asked, who, _now, facts) => {
    const changes = asked.changes.flatMap(({ target, year, value }) => {
      const found = state.content?.targets.find((one) => one.key === target)
      const from = found === undefined ? null : valueOf(found, year)
      return from === null || from === value ? [] : [{ target, year, from, to: value }]
    })
    const proposed = {
      riderNumber: facts.nextRider,
      changes,
      effectiveFrom: asked.effectiveFrom,
      note: asked.reason,
    }
    return draft(state, proposed, who, facts)
  },
})

const negotiating = ['approved', 'proposed']
const draftedIn = (counter: string | null): readonly string[] => (counter === null ? ['opened'] : negotiating)

/** May a draft be written now: the ministry's own, or one on a counter-proposal that nobody has answered? */
export const mayDraft = (state: RenegotiationState, counter: string | null): boolean =>
  draftedIn(counter).includes(state.status) &&
  (counter === null || openCounters(state).some(({ mailKey }) => mailKey === counter))

/** A draft in which every field may be another; of a counter-proposal it is the answer as well. */
export const draftProposal = command('draft-proposal', {
  input: z.object({
    ...draftAskedSchema.shape,
    /** What stands in the form's fields, by their names. */
    fields: z.array(z.object({ name: z.string().min(1).max(100), text: typedText })).readonly(),
    apportioned: z.array(targetKeySchema).readonly(),
    effectiveFrom,
    reason: reasonField,
  }),
  roles: ['caseworker'],
  label: submit,
  done: saved,
  facts: ['digest', 'nextRider', 'usedKeys'],
  decide: (state, asked, who, _now, facts) => {
    const { counter, apportioned } = asked
    const needed = draftedIn(counter)
    if (!needed.includes(state.status))
      return refuse('status', `draft-proposal needs ${needed.join(' or ')}; it is ${state.status}`)
    const start = draftStart(state, asked, facts.usedKeys)
    if (start === null || state.content === null)
      return refuse('superseded', 'what was decided on is no longer the state of the record')
    const fields = new Map(asked.fields.map(({ name, text }) => [name, text]))
    const drafted = draftedContent(start, { fields, apportioned })
    if (!drafted.ok)
      return refuse(
        'fields',
        'fields of the draft are to be mended',
        drafted.problems
          .map(
            ({ label, expected }) =>
              `${label.charAt(0).toUpperCase()}${label.slice(1)}: her skal stå ${expected}.`,
          )
          .join(' '),
      )
    const proposed: ProposalDraft = {
      riderNumber: state.proposal?.riderNumber ?? facts.nextRider,
      ...changesTo(state.content, drafted.content),
      effectiveFrom: asked.effectiveFrom,
      note: asked.reason,
    }
    return counter === null
      ? draft(state, proposed, who, facts)
      : follow(state, counter, proposed, who, facts)
  },
})

/** Followed, it becomes a new draft with the values that were asked for; that takes a caseworker. */
export const answerCounter = command('answer-counter', {
  input: z.object({
    mailKey: mailKeyField,
    accept: z.boolean(choose('Vælg, om ændringsforslaget følges.')),
    /** The letter prints it. */
    reason: reasonField,
  }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Besvar ændringsforslaget', en: 'Answer the counter-proposal' },
  done: { da: 'Ændringsforslaget er besvaret.', en: 'The counter-proposal is answered.' },
  status: negotiating,
  facts: ['digest'],
  decide: (state, { mailKey, accept: isFollowed, reason }, who, _now, facts) => {
    if (!isFollowed)
      return openCounters(state).some((one) => one.mailKey === mailKey)
        ? accept<RenegotiationEvent>({
            type: 'CounterProposalAnswered',
            v: 1,
            mailKey,
            accepted: false,
            by: who.id,
            private: { text: reason },
          })
        : refuse('no-counter', 'no open counter-proposal has that key')
    return who.roles.includes('caseworker')
      ? follow(state, mailKey, counterDraft(state, mailKey), who, facts)
      : refuse('role', 'a counter-proposal is followed by a draft: that takes a caseworker')
  },
})

/** Two different persons, neither of them the drafter, at least one of them an approver. */
export const approveProposal = command('approve-proposal', {
  input: z.object({ subject: subjectField }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Godkend forslaget', en: 'Approve the proposal' },
  done: { da: 'Godkendelsen af forslaget er gemt.', en: 'The approval of the proposal is saved.' },
  status: ['drafted'],
  subject: proposalSubject,
  notBy: {
    persons: ({ proposal }) => [proposal?.draftedBy, ...(proposal?.approvals ?? []).map(({ by }) => by)],
    refusal: 'same-person',
  },
  decide: ({ proposal }, { subject }, who) => {
    const approver = who.roles.includes('approver')
    const approval = { v: 1, subject, by: who.id, approver } as const
    const first = proposal?.approvals[0]
    if (first === undefined) return accept<RenegotiationEvent>({ type: 'ProposalEndorsed', ...approval })
    return approver || first.approver
      ? accept<RenegotiationEvent>({ type: 'ProposalApproved', ...approval })
      : refuse('role', 'at least one of the two is an approver')
  },
})

export const sendProposalBack = command('send-proposal-back', {
  input: z.object({ subject: subjectField, reason: reasonField }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Send udkastet tilbage', en: 'Send the draft back' },
  done: { da: 'Forslaget er sendt tilbage.', en: 'The proposal is sent back.' },
  status: ['drafted'],
  subject: proposalSubject,
  decide: (_state, { subject, reason }, who) =>
    accept<RenegotiationEvent>({
      type: 'ProposalSentBack',
      v: 1,
      subject,
      by: who.id,
      private: { text: reason },
    }),
})
