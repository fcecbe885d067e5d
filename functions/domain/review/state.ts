import type { AgreementContent } from '../agreement/content.ts'
import { noAttempts, type Attempts } from '../casefile/attempts.ts'
import type { LetterRecord } from '../casefile/letters.ts'
import type { Unreachable } from '../casefile/unreachable.ts'
import type { MailRecord } from '../casefile/mails.ts'
import type { UnplacedMail } from '../casefile/unplaced-mails.ts'
import type { Assessment, Verdict } from '../judging/assessment.ts'
import type { AgreementId } from '../base/values.ts'
import { noContactChanges, type ContactChanges } from './contact-changes.ts'
import type { MoneyCase } from '../money/decision-events.ts'
import type { Objection } from './objections.ts'
import type { AnswerValue, DoubtKind, Provenance } from '../casefile/reading.ts'
import type { ReviewStatus } from './transitions.ts'

/** A figure that counts, with where it came from. */
export interface Figure {
  readonly key: string
  readonly value: AnswerValue
  readonly text: string
  readonly written: string
  readonly mailKey: string
  readonly receivedAt: string
  readonly at: Provenance
  /** The value before, when this one corrected it. */
  readonly before: AnswerValue | null
}

export interface ExtensionRequest {
  readonly party: string
  readonly mailKey: string
  readonly until: string | null
  readonly requestedAt: string
  readonly decided: {
    readonly granted: boolean
    readonly dueOn: string
    readonly text: string
    readonly at: string
  } | null
}

export interface Question {
  readonly questionId: string
  readonly party: string
  readonly keys: readonly string[]
  readonly dueOn: string
  readonly text: string
  readonly askedBy: string
  readonly answeredBy: string | null
}

/** What one party owes and has given. */
export interface PartyState {
  readonly municipality: string
  readonly role: 'lead' | 'member'
  readonly contactsConfirmed: boolean
  /** Figures that count, by key. */
  readonly figures: Readonly<Record<string, Figure>>
  /** Open questions back, by key. */
  readonly doubts: readonly { readonly key: string; readonly kind: DoubtKind; readonly mailKey: string }[]
  /** When it last said that it is finished (`Færdig: ja`) in a mail that counts; null if not. */
  readonly finishedAt: string | null
  /** When the figures last changed. */
  readonly changedAt: string | null
  readonly theirCaseNumber: string | null
}

export interface Draft {
  readonly subject: string
  readonly assessment: Assessment
  readonly hearing: boolean
  readonly madeAt: string
}

export interface Recommendation {
  readonly subject: string
  readonly by: string
  readonly at: string
  readonly changes: readonly { readonly target: string; readonly verdict: Verdict; readonly reason: string }[]
  readonly externalFactors: readonly string[]
  readonly text: string
}

export interface HearingAnswer {
  readonly party: string
  readonly mailKey: string
  readonly answer: 'none' | 'comments' | 'unmarked' | 'courtesy'
  readonly at: string
  /** Given to a draft that was heard before: comments are answered, but are no answer to this draft. */
  readonly toEarlier: boolean
}

export interface HearingState {
  readonly round: number
  /** The draft it is about now. */
  readonly subject: string
  /** The draft that its letters told: another one when a correction in the municipality's favour took its place. */
  readonly heardSubject: string
  readonly begunAt: string
  readonly endsOn: string
  readonly answers: readonly HearingAnswer[]
}

export interface FinalAssessment {
  readonly version: number
  readonly subject: string
  readonly assessment: Assessment
  readonly at: string
  readonly comments: 'none-received' | 'none' | 'answered'
}

/** A review: the fold of its stream. */
export interface ReviewState {
  readonly status: ReviewStatus
  readonly agreement: AgreementId | null
  readonly year: number
  readonly content: AgreementContent | null
  readonly signedOn: string
  readonly versions: readonly { readonly target: string; readonly version: number }[]
  readonly leftOut: 'first-year-next' | 'not-in-force' | 'incomplete' | null
  readonly requestOn: string
  /** The due date first set; a party's own is computed from its letters and extensions. */
  readonly dueOn: string
  readonly reportingOn: string
  readonly attempts: Attempts
  readonly parties: readonly PartyState[]
  readonly letters: readonly LetterRecord[]
  /** Parties of whom nobody is left to write to. */
  readonly unreachable: readonly Unreachable[]
  readonly mails: readonly MailRecord[]
  /** Mails of an inbox that may belong here. */
  readonly unplaced: readonly UnplacedMail[]
  readonly contactChanges: ContactChanges
  readonly extensions: readonly ExtensionRequest[]
  readonly questions: readonly Question[]
  readonly draft: Draft | null
  /** Drafts made so far; at most ten rounds, then a person is asked. */
  readonly rounds: number
  readonly recommendation: Recommendation | null
  readonly approval: { readonly subject: string; readonly by: string; readonly at: string } | null
  readonly sentBack: { readonly by: string; readonly text: string; readonly at: string } | null
  /** What was last heard: the draft of the last hearing that began, with the verdicts changed by hand. */
  readonly heard: Assessment | null
  /** The hearing begun last; it outlives a draft that is superseded, until another takes its place. */
  readonly hearing: HearingState | null
  /** Answers that came before every party had the draft: they belong to the hearing about to begin. */
  readonly earlyAnswers: readonly HearingAnswer[]
  readonly commentAnswers: readonly {
    readonly mailKey: string
    readonly text: string
    /** The comment led to a change of the assessment. */
    readonly changed: boolean
    /** What the other parties are told was objected; absent where it is told without words of its own. */
    readonly substance?: string | undefined
  }[]
  /** Objections put to the approver's superior, with what was decided. */
  readonly objections: readonly Objection[]
  /** Decisions on the agreement's money, with what was intended first. */
  readonly money: readonly MoneyCase[]
  readonly finals: readonly FinalAssessment[]
  readonly wishes: readonly {
    readonly party: string
    readonly mailKey: string
    readonly assumptionKeys: readonly string[]
  }[]
  readonly dissemination: {
    readonly done: boolean
    readonly text: string
    readonly mailKey: string
    readonly at: string
  } | null
  readonly factChecks: readonly {
    readonly party: string
    readonly mailKey: string
    readonly ok: boolean
    readonly text: string
    readonly at: string
    /** What a caseworker made of the correction; null while undecided, and where there is none. */
    readonly decided: {
      readonly as: 'corrected' | 'rejected' | 'figure'
      readonly renamed: readonly { readonly key: string; readonly title: string }[]
      readonly text: string
      readonly at: string
    } | null
  }[]
  /** Comments of one party in substance, as the others are told them while the hearing runs. */
  readonly sharedComments: readonly { readonly mailKey: string; readonly text: string }[]
  /** The ministry's own promises of the year, as answered; the latest of each. */
  readonly promiseAnswers: readonly {
    readonly promise: string
    readonly kept: boolean
    readonly text: string
  }[]
  /** Remarks on values the ministry observed, as answered. */
  readonly disputeAnswers: readonly {
    readonly mailKey: string
    readonly assumption: string
    readonly text: string
  }[]
  readonly reopen: { readonly mailKey: string; readonly decided: boolean } | null
  /** Instant at which it was closed; null while it is open, or open again. */
  readonly closedAt: string | null
  readonly notes: readonly {
    readonly by: string
    readonly on: string
    readonly about: string
    readonly text: string
    readonly at: string
  }[]
  /** Mails of words alone that a person has read, by their keys. */
  readonly wordsRead: readonly string[]
  readonly stopReason: string
  /** Instant of the last commit: `at` never goes back. */
  readonly lastAt: string
}

export const noReview: ReviewState = {
  status: 'none',
  agreement: null,
  year: 0,
  content: null,
  signedOn: '',
  versions: [],
  leftOut: null,
  requestOn: '',
  dueOn: '',
  reportingOn: '',
  attempts: noAttempts,
  parties: [],
  letters: [],
  unreachable: [],
  mails: [],
  unplaced: [],
  contactChanges: noContactChanges,
  extensions: [],
  questions: [],
  draft: null,
  rounds: 0,
  recommendation: null,
  approval: null,
  sentBack: null,
  heard: null,
  hearing: null,
  earlyAnswers: [],
  commentAnswers: [],
  objections: [],
  money: [],
  finals: [],
  wishes: [],
  dissemination: null,
  factChecks: [],
  sharedComments: [],
  promiseAnswers: [],
  disputeAnswers: [],
  reopen: null,
  closedAt: null,
  notes: [],
  wordsRead: [],
  stopReason: '',
  lastAt: '',
}

export const partyOf = (state: ReviewState, municipality: string): PartyState | null =>
  state.parties.find((party) => party.municipality === municipality) ?? null
