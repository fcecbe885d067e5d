import { accept, refuse, type Decision } from '../base/stream.ts'
import type { MinistryRole } from '../base/values.ts'
import { isUnreadable, type InboxEvent, type InboxState, type Placed } from './inbox.ts'
import type { Decider } from '../base/command.ts'

/** What a person decides about a mail of the inbox. */
export type InboxCommand =
  | {
      readonly do: 'place-mail'
      readonly mailKey: string
      readonly placed: Placed
      readonly reason: string
    }
  | { readonly do: 'dismiss-mail'; readonly mailKey: string; readonly reason: string }

/** Mail is the caseworkers'; an approver may step in, as with the held mails of a case. */
export const inboxRoles: readonly MinistryRole[] = ['caseworker', 'approver']

/** What must be known of the case a mail is placed in; null: there is none of that name. */
export interface PlaceFacts {
  readonly parties: readonly string[]
}

/**
 * One person's decision on a mail that belongs to no case: placing it is vouching for it, as with a held mail.
 * Whoever is barred from a case places nothing in it, and dismisses nothing that may be its.
 * @param place the case it is to be placed in
 * @param likelyParties every municipality of the cases it may belong to
 */
export const decideInboxMail = (
  state: InboxState,
  command: InboxCommand,
  who: Decider,
  place: PlaceFacts | null,
  likelyParties: readonly string[],
): Decision<InboxEvent> => {
  const { mailKey, reason } = command
  const mail = state.mails.find((candidate) => candidate.mailKey === mailKey)
  if (mail === undefined || mail.decision !== null) return refuse('not-held', 'the mail is not held any more')
  if (!inboxRoles.some((role) => who.roles.includes(role)))
    return refuse('role', `a mail of the inbox takes one of the roles ${inboxRoles.join(', ')}`)
  const concerned = command.do === 'place-mail' ? (place?.parties ?? []) : likelyParties
  if (concerned.some((code) => who.barredFrom.includes(code)))
    return refuse('barred', 'the person is barred from this case (inhabilitet)')
  if (reason.trim() === '') return refuse('reason', 'the decision on a held mail takes a reason')
  const decided = { type: 'InboxMailDecided', v: 1, mailKey, by: who.id, private: { reason } } as const
  if (command.do === 'dismiss-mail')
    return accept<InboxEvent>({ ...decided, decision: 'dismissed', placed: null })
  if (isUnreadable(mail))
    return refuse('unreadable', 'nothing can be read of the mail: it can only be dismissed')
  if (place === null) return refuse('no-review', 'no case of that name is on record')
  if (!place.parties.includes(command.placed.party))
    return refuse('party', 'the municipality is no party of this agreement')
  return accept<InboxEvent>({ ...decided, decision: 'placed', placed: command.placed })
}
