import { moveDeadline, workingDaysBetween, workingDaysFor } from '../../base/calendar.ts'
import { accept, refuse, type Decision } from '../../base/stream.ts'
import { isBefore } from '../../base/time.ts'
import { dueOnOf } from '../collection.ts'
import { provisionalAnswers } from '../slices/hearing.ts'
import type { ReviewState, ReviewEvent } from '../state.ts'
import type { PersonCommand } from './commands.ts'
import { release } from './release.ts'
import type { Decider } from '../../base/command.ts'

/**
 * A person says what a held mail is worth; what counts then has its consequences. So with a colleague's reply in a
 * hearing that no contact has confirmed.
 */
export const decideHeldMail = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'decide-held-mail' }>,
): Decision<ReviewEvent> => {
  const mail = state.mails.find((candidate) => candidate.mailKey === command.mailKey)
  const awaited = provisionalAnswers(state).some((candidate) => candidate === mail)
  if (mail === undefined || (mail.standing !== 'held' && !awaited) || mail.standing === command.as)
    return refuse('not-held', 'the mail is not held any more')
  if (command.as !== 'rejected' && mail.party === null)
    return refuse('no-party', 'the mail names no party of this agreement: it can only be rejected here')
  const { mailKey, as, reason } = command
  return as === 'rejected'
    ? accept<ReviewEvent>({
        type: 'HeldMailDecided',
        v: 1,
        mailKey,
        decision: as,
        private: { reason },
      })
    : accept<ReviewEvent>(...release(state, mail, { as, reason }))
}

/** More time, or not: the date given replaces the one in force either way. */
export const decideExtension = (
  state: ReviewState,
  command: Extract<PersonCommand, { do: 'decide-extension' }>,
  who: Decider,
): Decision<ReviewEvent> => {
  const request = state.extensions.find(
    (candidate) => candidate.mailKey === command.mailKey && candidate.decided === null,
  )
  if (request === undefined) return refuse('no-request', 'no undecided request for more time has that key')
  if (command.reason.trim() === '') return refuse('reason', 'a decision on more time takes a reason')
  const due = dueOnOf(state, request.party)
  const dueOn = moveDeadline(command.dueOn)
  if (isBefore(dueOn, due)) return refuse('earlier', `the new date is before the one in force, ${due}`)
  const days = workingDaysBetween(due, dueOn)
  if (days > workingDaysFor.extensionByCaseworker && !who.roles.includes('approver'))
    return refuse('role', `more than ${workingDaysFor.extensionByCaseworker} working days takes an approver`)
  return accept<ReviewEvent>({
    type: 'ExtensionDecided',
    v: 1,
    party: request.party,
    mailKey: command.mailKey,
    granted: command.grant,
    dueOn,
    by: who.id,
    private: { text: command.reason },
  })
}
