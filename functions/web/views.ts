import type { LetterKind } from '../domain/casefile/letter-kinds.ts'

/** Plain values that the pages of the year are made of; handlers fill them from the record. */

/** A letter as it would be sent today; rendered again at release and at sending. */
export interface LetterPreview {
  readonly kind: LetterKind
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
}

export interface PreparedAgreement {
  readonly agreement: string
  readonly title: string
  readonly caseNumber: string
  readonly municipalities: readonly string[]
  /** What is missing, each in one Danish sentence; empty when it is ready. */
  readonly lacking: readonly string[]
  readonly contactsConfirmed: boolean
  readonly released: boolean
  readonly letters: readonly LetterPreview[]
}

export interface PreparationView {
  readonly year: number
  readonly requestOn: string
  readonly dueOn: string
  /** Who released last; null before the first release. */
  readonly releasedBy: string | null
  readonly agreements: readonly PreparedAgreement[]
}

/** Questions raised by one observation: one page, one decision with exceptions. */
export interface MatterView {
  readonly observationId: string
  /** `Kommunekvoter for 2015` */
  readonly title: string
  readonly knownOn: string
  readonly source: string
  /** What the decision is made on. */
  readonly subject: string
  readonly questions: readonly {
    readonly agreement: string
    readonly seq: number
    readonly title: string
    readonly municipalities: readonly string[]
    /** `reference 42, konstateret 97: +131 pct., grænse 40 pct.` */
    readonly finding: string
    readonly targets: readonly { readonly key: string; readonly title: string }[]
    /** The municipality's own words, if it asked too. */
    readonly wish: string
    /** Null while undecided. */
    readonly decided: 'opened' | 'declined' | 'withdrawn' | null
  }[]
}

/** One field of the agreement as it is and as it would be. */
export interface FieldDifference {
  readonly field: string
  readonly now: string
  readonly proposed: string
}

export interface RenegotiationView {
  readonly agreement: string
  readonly seq: number
  readonly title: string
  readonly caseNumber: string
  readonly municipalities: readonly string[]
  /** In Danish: `åbnet`, `forslag hos parterne`. */
  readonly status: string
  /** Whose case it is, by name, and who may take it over. */
  readonly caseworker: string
  readonly caseworkers: readonly { readonly id: string; readonly name: string }[]
  readonly grounds: readonly { readonly text: string; readonly at: string }[]
  /** Targets a proposal may change, with the years still to come. */
  readonly targets: readonly {
    readonly key: string
    readonly title: string
    readonly unit: string
    readonly years: readonly {
      readonly year: number
      readonly value: string
      /** Scaled with the assumption; null where arithmetic has nothing to say. */
      readonly suggested: string | null
    }[]
  }[]
  readonly proposal: {
    readonly subject: string
    readonly round: number
    readonly effectiveFrom: string
    readonly draftedBy: string
    readonly note: string
    readonly differences: readonly FieldDifference[]
    /** Names of those who have approved, in order. */
    readonly approvedBy: readonly string[]
    readonly endsOn: string | null
  } | null
  readonly sentBack: string | null
  /** Why the agreement would not take the rider that all had accepted. */
  readonly riderRefused: string | null
  readonly answers: readonly {
    readonly party: string
    readonly at: string
    readonly answer: string
    readonly mailKey: string
    readonly text: string
  }[]
  /** Which forms the state allows; roles and persons are checked when it is decided. */
  readonly may: {
    readonly propose: boolean
    readonly approve: boolean
    readonly withdraw: boolean
    readonly answerCounter: readonly {
      readonly mailKey: string
      readonly party: string
      readonly text: string
      /** Of at most three. */
      readonly round: number
      readonly mostRounds: number
      /** Field by field: in force, in the ministry's last proposal, as the municipality wishes. */
      readonly differences: readonly (FieldDifference & { readonly last: string })[]
    }[]
    /** Replies that may be an answer (free text, a signed rider): a caseworker says what they are. */
    readonly markAnswer: readonly {
      readonly mailKey: string
      readonly party: string
      readonly at: string
      readonly text: string
    }[]
    readonly heldMails: readonly {
      readonly mailKey: string
      /** Null: no party of the agreement is known to have sent it; it can only be rejected. */
      readonly party: string | null
      readonly from: string
      readonly receivedAt: string
      readonly reason: string
      readonly text: string
      /** The party's registered addresses. */
      readonly registered: readonly string[]
    }[]
    /** The wish may be recorded as taken back. */
    readonly recordWithdrawal: boolean
    /** The municipality has written that it takes its wish back. */
    readonly wishTakenBack: boolean
  }
  readonly timeline: readonly { readonly at: string; readonly who: string; readonly what: string }[]
  /** Mails taken in: whose, what each is worth, and where its content is erased. */
  readonly mails: readonly {
    readonly receivedAt: string
    readonly party: string | null
    readonly standing: string
    /** What stands of the answer that goes by itself; null: nothing to tell. */
    readonly answer: string | null
    readonly erasing: string
  }[]
  readonly letters: readonly {
    readonly kind: LetterKind
    readonly to: string
    readonly sentAt: string
    readonly subject: string
    readonly text: string
  }[]
}
