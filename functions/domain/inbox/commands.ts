import * as z from 'zod'
import {
  commandsOf,
  commandTable,
  type CommandIn,
  choose,
  mailKeyField,
  reasonField,
} from '../base/command.ts'
import { accept, refuse } from '../base/stream.ts'
import type { StreamId } from '../base/stream-id.ts'
import { municipalityCodeSchema, type MinistryRole } from '../base/values.ts'
import { isCaseStream, isUnreadable, type InboxEvent, type InboxState } from './inbox.ts'
import { erasureTasks, isOpenOn, openTask, type OpenTask } from '../casefile/open-task.ts'

/** What decisions on a mail that belongs to no case need of other streams. */
export interface InboxFacts {
  /** The case it is to be placed in; null: there is none of that name. */
  readonly place: { readonly parties: readonly string[] } | null
  /** Every municipality of the cases it may belong to. */
  readonly likelyParties: readonly string[]
}

const command = commandsOf<InboxState, InboxEvent, InboxFacts>({
  status: () => 'open',
  municipalities: () => [],
})

/** Mail is the caseworkers'; an approver may step in, as with the held mails of a case. */
const roles: readonly MinistryRole[] = ['caseworker', 'approver']

const heldMail = (state: InboxState, mailKey: string) =>
  state.mails.find((mail) => mail.mailKey === mailKey && mail.decision === null)
const notHeld = () => refuse('not-held', 'the mail is not held any more')

const homeMissing = 'Vælg, hvilken sag mailen hører til.'

/** Placing it is vouching for it, as with a held mail. Whoever is barred from a case places nothing in it. */
const placeMail = command('place-mail', {
  input: z.object({
    mailKey: mailKeyField,
    placed: z.object({
      stream: z.custom<StreamId>(isCaseStream, homeMissing),
      party: municipalityCodeSchema.or(z.literal('')),
      as: z.enum(['counts', 'provisional'], choose('Vælg, hvad mailen skal regnes for.')),
    }),
    reason: reasonField,
  }),
  roles,
  label: { da: 'Læg på sagen', en: 'Place in the case' },
  done: {
    da: 'Mailen er lagt på sagen, og kontakten får en kvittering, hvis der er noget at kvittere for.',
    en: 'The mail is placed in the case, and the contact gets a receipt if there is anything to receive.',
  },
  facts: ['place'],
  concerns: (_state, _input, { place }) => place?.parties ?? [],
  decide: (state, { mailKey, placed, reason }, who, _now, { place }) => {
    const mail = heldMail(state, mailKey)
    if (mail === undefined) return notHeld()
    if (isUnreadable(mail))
      return refuse('unreadable', 'nothing can be read of the mail: it can only be dismissed')
    if (place === null) return refuse('no-review', 'no case of that name is on record')
    if (!place.parties.includes(placed.party))
      return refuse('party', 'the municipality is no party of this agreement')
    return accept<InboxEvent>({
      type: 'InboxMailDecided',
      v: 1,
      mailKey,
      by: who.id,
      decision: 'placed',
      placed,
      private: { reason },
    })
  },
})

/** Whoever is barred from a case dismisses nothing that may be its. */
const dismissMail = command('dismiss-mail', {
  input: z.object({ mailKey: mailKeyField, reason: reasonField }),
  roles,
  label: { da: 'Afvis mailen', en: 'Dismiss the mail' },
  done: {
    da: 'Mailen er afvist. De sager, den kunne høre til, går videre.',
    en: 'The mail is dismissed. The cases it may have belonged to go on.',
  },
  facts: ['likelyParties'],
  concerns: (_state, _input, { likelyParties }) => likelyParties,
  decide: (state, { mailKey, reason }, who) =>
    heldMail(state, mailKey) === undefined
      ? notHeld()
      : accept<InboxEvent>({
          type: 'InboxMailDecided',
          v: 1,
          mailKey,
          by: who.id,
          decision: 'dismissed',
          placed: null,
          private: { reason },
        }),
})

/** What people decide about a mail of the inbox. */
export const inboxCommands = commandTable([placeMail, dismissMail])
export type InboxCommand = CommandIn<typeof inboxCommands.commands>

export type InboxTask = OpenTask<'inbox-mail' | 'erasure'>

/** Mail that belongs to no case waits for any caseworker. @param today Danish calendar date */
export const openTasks = ({ mails }: InboxState, today: string): readonly InboxTask[] =>
  [
    ...erasureTasks(mails),
    ...mails
      .filter(({ decision }) => decision === null)
      .map(({ mailKey, receivedAt }) =>
        openTask({
          kind: 'inbox-mail',
          roles: inboxCommands.rolesFor('place-mail'),
          since: receivedAt,
          mailKey,
        }),
      ),
  ].filter(isOpenOn(today))
