import type { MoneyCommand } from './money.ts'
import type { TypedSource } from '../../casefile/figures-typed.ts'
import type { Verdict } from '../../judging/assessment.ts'
import type { Language, MinistryRole } from '../../base/values.ts'
import type { AnswerValue } from '../../casefile/reading.ts'

/** What the ministry's people decide on a review, each on what they saw. */
export type PersonCommand =
  | MoneyCommand
  | {
      readonly do: 'decide-held-mail'
      readonly mailKey: string
      readonly as: 'counts' | 'provisional' | 'rejected'
      readonly reason: string
    }
  | {
      readonly do: 'decide-extension'
      readonly mailKey: string
      readonly grant: boolean
      readonly dueOn: string
      readonly reason: string
    }
  | {
      readonly do: 'ask'
      readonly questionId: string
      readonly party: string
      readonly keys: readonly string[]
      readonly text: string
    }
  | {
      readonly do: 'recommend'
      readonly subject: string
      readonly changes: readonly {
        readonly target: string
        readonly verdict: Verdict
        readonly reason: string
      }[]
      readonly externalFactors: readonly string[]
      readonly text: string
    }
  | { readonly do: 'approve'; readonly subject: string }
  | { readonly do: 'send-back'; readonly subject: string; readonly reason: string }
  | {
      readonly do: 'mark-hearing-answer'
      readonly mailKey: string
      readonly as: 'none' | 'comments' | 'courtesy'
    }
  | {
      readonly do: 'answer-comments'
      readonly subject: string
      readonly answers: readonly {
        readonly mailKey: string
        readonly text: string
        /** The comment led to a change of the assessment. */
        readonly changed?: boolean
        /** The objection stands: the approver's superior decides it before anything is final. */
        readonly unresolved?: boolean
        /** For the other parties of a partnership: a clause after »En af parterne har gjort gældende, at«, no figures. */
        readonly substance?: string
      }[]
    }
  | {
      readonly do: 'decide-objection'
      readonly subject: string
      readonly mailKey: string
      /** `upheld`: the assessment stands; `changed`: a new draft is made. */
      readonly outcome: 'upheld' | 'changed'
      readonly reason: string
    }
  | {
      readonly do: 'decide-fact-check'
      readonly mailKey: string
      readonly as: 'corrected' | 'rejected' | 'figure'
      readonly renamed: readonly { readonly key: string; readonly title: string }[]
      readonly text: string
    }
  | {
      readonly do: 'share-comment'
      readonly mailKey: string
      /** Completes »En af parterne har gjort gældende, at …«; no figures. */
      readonly substance: string
    }
  | {
      readonly do: 'answer-promise'
      readonly promise: string
      readonly kept: boolean
      /** Needed when it was not kept. */
      readonly reason: string
    }
  | {
      readonly do: 'answer-dispute'
      readonly mailKey: string
      readonly assumption: string
      readonly answer: string
    }
  | { readonly do: 'reopen'; readonly reason: string }
  | { readonly do: 'leave-closed'; readonly reason: string }
  | { readonly do: 'stop'; readonly reason: string }
  | {
      readonly do: 'enter-contact'
      /** Derived from the form. */
      readonly contactId: string
      readonly party: string
      readonly role: 'contact' | 'deputy'
      /** Contacts in force whose place is taken. */
      readonly replaces: readonly string[]
      readonly mailKey: string | null
      readonly name: string
      readonly title: string
      readonly email: string
      readonly language: Language
    }
  | { readonly do: 'decline-contact'; readonly mailKey: string; readonly reason: string }
  | {
      readonly do: 'decide-proposal'
      readonly mailKey: string
      readonly index: number
      readonly as: 'confirmed' | 'dismissed'
      /** The field it answers; of no account when dismissed. */
      readonly key: string
    }
  | {
      readonly do: 'type-figures'
      /** Derived from the form: the key the figures point to. */
      readonly entryKey: string
      readonly party: string
      readonly source: TypedSource
      readonly mailKey: string | null
      readonly attachment: number | null
      /** The day the ministry had it; of no account with a mail, whose own time counts. */
      readonly receivedOn: string
      /** Who telephoned, which letter. */
      readonly note: string
      readonly figures: readonly {
        readonly key: string
        readonly value: AnswerValue
        /** As it was typed. */
        readonly written: string
        /** The note after it, the reason for *ikke opgjort*. */
        readonly text: string
        /** Page and line of the source, or how it was told. */
        readonly place: string
      }[]
    }
  | { readonly do: 'mark-read'; readonly mailKey: string }
  | { readonly do: 'note'; readonly about: 'phone' | 'meeting' | 'other'; readonly text: string }

/** Which role a decision takes. */
export const roleFor: Readonly<Record<PersonCommand['do'], readonly MinistryRole[]>> = {
  'decide-held-mail': ['caseworker', 'approver'],
  'decide-extension': ['caseworker', 'approver'],
  ask: ['caseworker', 'approver'],
  recommend: ['caseworker'],
  approve: ['approver'],
  'send-back': ['approver'],
  'mark-hearing-answer': ['caseworker'],
  'answer-comments': ['caseworker'],
  'decide-objection': ['head-of-department'],
  'decide-fact-check': ['caseworker'],
  'draft-money': ['caseworker'],
  'approve-money': ['approver'],
  'return-money': ['approver'],
  'drop-money': ['approver'],
  'share-comment': ['caseworker'],
  'answer-promise': ['caseworker'],
  'answer-dispute': ['caseworker'],
  reopen: ['caseworker', 'approver'],
  'leave-closed': ['caseworker', 'approver'],
  stop: ['approver'],
  'enter-contact': ['caseworker'],
  'decline-contact': ['caseworker'],
  'decide-proposal': ['caseworker'],
  'type-figures': ['caseworker'],
  'mark-read': ['caseworker', 'approver'],
  note: ['caseworker', 'approver'],
}
