import type { AgreementContent } from '../agreement/content.ts'
import type { RenegotiationOutcome } from '../agreement/events.ts'
import { noAttempts, type Attempts } from '../casefile/attempts.ts'
import type { LetterRecord } from '../casefile/letters.ts'
import type { Unreachable } from '../casefile/unreachable.ts'
import type { MailRecord } from '../casefile/mails.ts'
import type { UnplacedMail } from '../casefile/unplaced-mails.ts'
import type { AgreementId } from '../base/values.ts'
import type { Ground, ProposedChange } from './events.ts'
import type { RenegotiationStatus } from './transitions.ts'

/** A ground with the words of whoever stated it, and when it came. */
export interface StatedGround extends Ground {
  readonly at: string
  readonly text: string
}

/** The ministry's latest proposal: what is approved, sent and answered, under its hash. */
export interface Proposal {
  readonly subject: string
  readonly round: number
  readonly riderNumber: number
  readonly changes: readonly ProposedChange[]
  /** The whole proposed version, where it changes more than values to reach. */
  readonly content?: AgreementContent | undefined
  readonly effectiveFrom: string
  readonly draftedBy: string
  readonly note: string
  /** Two different persons, neither of them the drafter. */
  readonly approvals: readonly { readonly by: string; readonly approver: boolean }[]
  /** Null until every party has been delivered it: silence then counts for nothing. */
  readonly endsOn: string | null
  readonly acceptedBy: readonly {
    readonly party: string
    readonly mailKey: string
    readonly at: string
  }[]
}

/** What a party's mail said of a proposal. */
export interface ProposalAnswer {
  readonly party: string
  readonly mailKey: string
  readonly at: string
  readonly subject: string
  readonly answer: 'accepted' | 'declined' | 'counter-proposal' | 'no-authority' | 'unmarked' | 'comment'
}

export interface CounterProposal {
  readonly party: string
  readonly mailKey: string
  readonly at: string
  /** The proposal it answers. */
  readonly subject: string
  /** Null beyond the last round: answered, but not negotiated. */
  readonly round: number | null
  readonly values: readonly { readonly target: string; readonly value: string }[]
  readonly reason: string
  readonly answered: { readonly accepted: boolean; readonly by: string; readonly text: string } | null
}

/** A renegotiation: the fold of its stream. */
export interface RenegotiationState {
  readonly status: RenegotiationStatus
  readonly agreement: AgreementId | null
  readonly seq: number
  readonly year: number
  readonly version: number
  readonly content: AgreementContent | null
  readonly signedOn: string
  readonly parties: readonly { readonly municipality: string; readonly role: 'lead' | 'member' }[]
  /** The first raised the question, later ones joined. */
  readonly grounds: readonly StatedGround[]
  readonly raisedAt: string
  readonly attempts: Attempts
  readonly letters: readonly LetterRecord[]
  /** Parties of whom nobody is left to write to. */
  readonly unreachable: readonly Unreachable[]
  readonly mails: readonly MailRecord[]
  /** Mails of an inbox that may belong here. */
  readonly unplaced: readonly UnplacedMail[]
  readonly opened: {
    readonly by: string
    readonly at: string
    readonly targets: readonly string[]
    readonly text: string
  } | null
  readonly declined: { readonly by: string; readonly reason: string; readonly text: string } | null
  readonly proposal: Proposal | null
  /** The latest draft, also when it was sent back: the next begins with it. */
  readonly lastDraft: Pick<Proposal, 'changes' | 'content' | 'effectiveFrom' | 'note'> | null
  /** Proposals drafted so far. */
  readonly rounds: number
  readonly sentBack: { readonly by: string; readonly text: string } | null
  /** Why the agreement would not take the rider that all had accepted; null once it is drafted anew. */
  readonly riderRefused: { readonly kind: string; readonly message: string } | null
  readonly answers: readonly ProposalAnswer[]
  readonly counters: readonly CounterProposal[]
  readonly withdrawn: {
    readonly by: 'ministry' | 'municipality'
    readonly party: string | null
    readonly text: string
  } | null
  /** A wish taken back while the question has other grounds. */
  readonly wishTakenBack: { readonly party: string; readonly mailKey: string } | null
  /** The party that would not, when the outcome is "not accepted". */
  readonly declinedBy: { readonly party: string; readonly mailKey: string } | null
  readonly outcome: RenegotiationOutcome | null
  readonly enacted: {
    readonly version: number
    readonly signedOn: string
    readonly effectiveFrom: string
  } | null
  readonly notes: readonly {
    readonly by: string
    readonly on: string
    readonly about: string
    readonly text: string
  }[]
  readonly lastAt: string
}

export const noRenegotiation: RenegotiationState = {
  status: 'none',
  agreement: null,
  seq: 0,
  year: 0,
  version: 0,
  content: null,
  signedOn: '',
  parties: [],
  grounds: [],
  raisedAt: '',
  attempts: noAttempts,
  letters: [],
  unreachable: [],
  mails: [],
  unplaced: [],
  opened: null,
  declined: null,
  proposal: null,
  lastDraft: null,
  rounds: 0,
  sentBack: null,
  riderRefused: null,
  answers: [],
  counters: [],
  withdrawn: null,
  wishTakenBack: null,
  declinedBy: null,
  outcome: null,
  enacted: null,
  notes: [],
  lastAt: '',
}

/** The most counter-proposals that are negotiated (LETTERS.md 4.5, L8d). */
export const mostCounterRounds = 3

export const hasAccepted = (proposal: Proposal, party: string): boolean =>
  proposal.acceptedBy.some((one) => one.party === party)

/** Targets the grounds bear on, in the agreement's order; all of them when none is named. */
export const affectedTargets = (state: RenegotiationState): readonly string[] => {
  const named = new Set(state.grounds.flatMap((ground) => ground.targets))
  const keys = state.content?.targets.map((target) => target.key) ?? []
  return named.size === 0 ? keys : keys.filter((key) => named.has(key))
}

/** Counter-proposals that are negotiated and have no answer yet. */
export const openCounters = (state: RenegotiationState): readonly CounterProposal[] =>
  state.counters.filter(
    (counter) =>
      counter.answered === null && counter.round !== null && counter.subject === state.proposal?.subject,
  )

/** Replies that may be answers and that nobody has marked yet. */
export const unmarkedAnswers = (state: RenegotiationState): readonly ProposalAnswer[] =>
  state.answers.filter((answer) => answer.answer === 'unmarked')
