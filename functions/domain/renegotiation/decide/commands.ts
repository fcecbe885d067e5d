import type { MinistryRole } from '../../base/values.ts'
import type { ProposalDraft } from '../proposal.ts'
import type { declineReasons } from '../slices/question.ts'

/** What the ministry's people decide on a renegotiation, each on what they saw. */
export type RenegotiationCommand =
  | { readonly do: 'open'; readonly targets: readonly string[]; readonly text: string }
  | { readonly do: 'decline'; readonly reason: (typeof declineReasons)[number]; readonly text: string }
  | ({ readonly do: 'draft'; readonly subject: string } & ProposalDraft)
  | { readonly do: 'approve'; readonly subject: string }
  | { readonly do: 'send-back'; readonly subject: string; readonly reason: string }
  | { readonly do: 'withdraw'; readonly reason: string }
  /** The municipality has taken its wish back; the text is the ministry's own. */
  | { readonly do: 'record-withdrawal'; readonly reason: string }
  /**
   * `subject`: hash of the new draft's text. Without a draft of the caseworker's own it is the one `counterDraft`
   * makes; her own holds every value that was asked for.
   */
  | {
      readonly do: 'accept-counter'
      readonly mailKey: string
      readonly subject: string
      readonly draft?: ProposalDraft | undefined
    }
  | { readonly do: 'refuse-counter'; readonly mailKey: string; readonly reason: string }
  | {
      readonly do: 'mark-answer'
      readonly mailKey: string
      /** `accepted`: the signed rider is attached, and the caseworker has seen it. */
      readonly as: 'accepted' | 'declined' | 'comment' | 'counter-proposal'
    }
  | {
      readonly do: 'decide-held-mail'
      readonly mailKey: string
      readonly as: 'counts' | 'provisional' | 'rejected'
      readonly reason: string
    }
  | { readonly do: 'note'; readonly about: 'phone' | 'meeting' | 'other'; readonly text: string }

/** Which role a decision takes: the caseworker prepares, the approver decides. */
export const roleFor: Readonly<Record<RenegotiationCommand['do'], readonly MinistryRole[]>> = {
  open: ['approver'],
  decline: ['approver'],
  draft: ['caseworker'],
  approve: ['caseworker', 'approver'],
  'send-back': ['caseworker', 'approver'],
  withdraw: ['approver'],
  'record-withdrawal': ['caseworker', 'approver'],
  'accept-counter': ['caseworker'],
  'refuse-counter': ['caseworker', 'approver'],
  'mark-answer': ['caseworker'],
  'decide-held-mail': ['caseworker', 'approver'],
  note: ['caseworker', 'approver'],
}
