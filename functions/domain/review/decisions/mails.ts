import * as z from 'zod'
import { moveDeadline, workingDaysBetween, workingDaysFor } from '../../base/calendar.ts'
import { choose, mailKeyField, reasonField } from '../../base/command.ts'
import { accept, refuse } from '../../base/stream.ts'
import { isBefore } from '../../base/time.ts'
import { heldMailDecided, heldMailDecision } from '../../casefile/held-mails.ts'
import { readableFields } from '../../form/form.ts'
import { dueOnOf } from '../collection.ts'
import { consequences, withoutRepeats } from '../decide/take-mail.ts'
import { release } from '../decide/release.ts'
import type { ReviewEvent } from '../state.ts'
import { replaces } from '../slices/figures.ts'
import { provisionalAnswers } from '../slices/hearing.ts'
import { confirmedAnswer } from '../slices/figures.ts'
import { openProposals } from '../slices/proposals.ts'
import { partyOf } from '../slices/figures.ts'
import { unreadWords } from '../slices/unread-prose.ts'
import { command } from './declare.ts'

/**
 * A person says what a held mail is worth; what counts then has its consequences. So with a colleague's reply in a
 * hearing that no contact has confirmed.
 */
export const decideHeldMail = command('decide-held-mail', {
  ...heldMailDecision,
  decide: (state, { mailKey, as, reason }) => {
    const mail = state.mails.find((candidate) => candidate.mailKey === mailKey)
    const awaited = provisionalAnswers(state).some((candidate) => candidate === mail)
    if (mail === undefined || (mail.standing !== 'held' && !awaited) || mail.standing === as)
      return refuse('not-held', 'the mail is not held any more')
    if (as !== 'rejected' && mail.party === null)
      return refuse('no-party', 'the mail names no party of this agreement: it can only be rejected here')
    return as === 'rejected'
      ? accept<ReviewEvent>(heldMailDecided(mailKey, as, reason))
      : accept<ReviewEvent>(...release(state, mail, { as, reason }))
  },
})

/** More time, or not: the date given replaces the one in force either way. */
export const decideExtension = command('decide-extension', {
  input: z.object({
    mailKey: mailKeyField,
    grant: z.boolean(choose('Vælg, om udsættelsen gives.')),
    dueOn: z.iso.date('Skriv den nye frist som en dato.'),
    reason: reasonField,
  }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Afgør anmodningen', en: 'Decide the request' },
  done: {
    da: 'Udsættelsen er afgjort, og kommunen får svar.',
    en: 'The request for more time is decided, and the municipality gets an answer.',
  },
  decide: (state, { mailKey, grant, dueOn: asked, reason }, who) => {
    const request = state.extensions.find(
      (candidate) => candidate.mailKey === mailKey && candidate.decided === null,
    )
    if (request === undefined) return refuse('no-request', 'no undecided request for more time has that key')
    const due = dueOnOf(state, request.party)
    const dueOn = moveDeadline(asked)
    if (isBefore(dueOn, due)) return refuse('earlier', `the new date is before the one in force, ${due}`)
    const days = workingDaysBetween(due, dueOn)
    if (days > workingDaysFor.extensionByCaseworker && !who.roles.includes('approver'))
      return refuse(
        'role',
        `more than ${workingDaysFor.extensionByCaseworker} working days takes an approver`,
      )
    return accept<ReviewEvent>({
      type: 'ExtensionDecided',
      v: 1,
      party: request.party,
      mailKey,
      granted: grant,
      dueOn,
      by: who.id,
      private: { text: reason },
    })
  },
})

const takesNumbers = ['count', 'number', 'amount']

/**
 * A caseworker confirms that words of a mail are the figure of a key, or that they are none. Confirmed it counts as
 * if it had stood under its key in that mail: by the mail's time, with the line it came from.
 */
export const decideProposal = command('decide-proposal', {
  input: z
    .object({
      mailKey: mailKeyField,
      index: z.coerce.number<number | string>().int().nonnegative().max(99),
      as: z.enum(['confirmed', 'dismissed'], choose('Vælg, om det er et svar.')),
      /** The field it answers; of no account when dismissed. */
      key: z.string().max(60).default(''),
    })
    .refine(({ as, key }) => as === 'dismissed' || key !== '', 'Vælg den nøgle, tallet svarer på.'),
  roles: ['caseworker'],
  label: { da: 'Gem', en: 'Save' },
  done: {
    da: 'Tallet er afgjort. Når alle tal i mailen er det, får kontakten en kvittering for de bekræftede.',
    en: 'The figure is decided. When all of the mail are, the contact gets a receipt for the confirmed ones.',
  },
  decide: (state, { mailKey, index, as, key }, who) => {
    const open = openProposals(state).find((one) => one.mail.mailKey === mailKey && one.index === index)
    const party = open?.mail.party == null ? null : partyOf(state, open.mail.party)
    if (open === undefined || party === null || state.content === null)
      return refuse('no-proposal', 'no undecided proposal of that mail has that number')
    const decided = { type: 'ProposalDecided', v: 1, mailKey, index, as, by: who.id } as const
    if (as === 'dismissed') return accept<ReviewEvent>({ ...decided, key: '' })
    const { municipality } = party
    const field = readableFields(state.content, { year: state.year, municipality }).find(
      (candidate) => candidate.key === key,
    )
    const { value } = open.proposal
    const isWhole = value.is === 'number' && /^\d+$/u.test(value.value)
    if (field === undefined || !takesNumbers.includes(field.type) || (field.type === 'count' && !isWhole))
      return refuse('unknown-key', 'the key takes no such figure')
    if (!replaces(party, key, open.mail.receivedAt))
      return refuse('older', `a later answer stands for ${key}`)
    return accept<ReviewEvent>(
      { ...decided, key },
      ...withoutRepeats(consequences(state, confirmedAnswer(open.mail, index, key), 'caseworker', null)),
    )
  },
})

export const markRead = command('mark-read', {
  input: z.object({ mailKey: mailKeyField }),
  roles: ['caseworker', 'approver'],
  label: { da: 'Mailen er læst', en: 'The mail is read' },
  done: { da: 'Mailen er markeret som læst.', en: 'The mail is marked as read.' },
  decide: (state, { mailKey }, who) =>
    unreadWords(state).some((mail) => mail.mailKey === mailKey)
      ? accept<ReviewEvent>({ type: 'WordsRead', v: 1, mailKey, by: who.id })
      : refuse('words-read', 'no unread mail of words alone has that key'),
})
