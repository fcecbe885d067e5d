import { isWithdrawn } from '../../../domain/casefile/erasures.ts'
import { accept } from '../../../domain/base/stream.ts'
import { isCaseStream, type InboxEvent, type InboxMail } from '../../../domain/inbox/inbox.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import { readerVersion } from '../../../intake/read-reply.ts'
import { inboxCase } from '../../streams/inbox-case.ts'
import { placeOf } from '../../intake/place-of.ts'
import { envelopeOfMail } from '../../intake/settle-inbox-mail.ts'
import { decideOn } from '../../record/outbox.ts'
import { loadCase } from '../../record/perform.ts'
import { settleInboxMail } from '../../streams.ts'
import { parseAgain } from './read-again.ts'
import { replayActor } from './replay-case.ts'
import type { ReplayOf, ReplayPorts } from './replay-ports.ts'
import type { ReplayOutcome, ReplayedMail } from './replayed-mail.ts'

/** A mail as it is read now: the case it names, or why it still names none. */
type InboxReading = Pick<
  Extract<InboxEvent, { type: 'InboxMailReread' }>,
  'reason' | 'homes' | 'found' | 'notice' | 'private'
>

/** Why nothing was read of a mail, or hardly anything. */
const unread: readonly string[] = ['unreadable', 'too-large']
/** Why a mail that was read names no case: another reader may find the one it names. */
const named: readonly string[] = ['no-request', 'several-requests']

/** Reads the undecided mails of an inbox again: one that can be read now goes into the case it names. */
export const replayInbox = async (
  ports: ReplayPorts,
  inbox: StreamId,
  of: ReplayOf,
): Promise<readonly ReplayedMail[]> => {
  const { state } = await loadCase(ports, inboxCase, inbox)
  const replayed: ReplayedMail[] = []
  // One that a person placed stands in its case and is read again there.
  for (const mail of state.mails)
    if (of.isMeant(mail) && (mail.decision === null || mail.decision === 'dismissed'))
      replayed.push(await replayOne(ports, inbox, mail, of))
  return replayed
}

const replayOne = async (
  ports: ReplayPorts,
  inbox: StreamId,
  mail: InboxMail,
  { apply, by }: ReplayOf,
): Promise<ReplayedMail> => {
  const { mailKey } = mail
  const tell = (outcome: ReplayOutcome, because = '', now: InboxReading | null = null): ReplayedMail => ({
    stream: inbox,
    mailKey,
    rawSha256: mail.rawSha256,
    receivedAt: mail.receivedAt,
    party: now?.found?.party ?? null,
    contact: null,
    outcome,
    because,
    before: { standing: 'held', reason: mail.reason, reader: '' },
    after:
      now === null
        ? null
        : {
            standing: now.found === null ? 'held' : `to ${now.found.stream}`,
            reason: now.reason,
            reader: readerVersion,
          },
    changes: [],
    same: [],
    doubtsAdded: [],
    doubtsGone: [],
    others: [],
    tells: false,
  })
  if (isWithdrawn(mail)) return tell('left', 'erased')
  if (mail.decision === 'dismissed') return tell('left', 'dismissed')
  const again = await parseAgain(ports, mail)
  if (again.parsed === null)
    return again.failed.read === 'lost' ? tell('lost') : tell('unreadable', again.failed.error)
  const place = await placeOf(ports, again.parsed, envelopeOfMail(mail))
  const { message } = again.parsed
  const notice = place.place === 'inbox' ? place.notice : null
  const now: InboxReading = {
    private: {
      from: message.from[0]?.address ?? '',
      subject: message.subject,
      error: '',
      messageId: notice === null ? '' : (message.messageId ?? ''),
      references: notice === null ? [] : [...message.references],
    },
    ...(notice === null ? {} : { notice: { ...notice } }),
    ...(place.place === 'case' && isCaseStream(place.home.stream)
      ? {
          reason: mail.reason,
          homes: [...mail.homes],
          found: {
            stream: place.home.stream,
            party: place.home.municipality,
            letterKey: place.home.letterKey,
          },
        }
      : {
          reason: place.place === 'inbox' ? place.reason : mail.reason,
          homes: place.place === 'inbox' ? place.homes.map((home) => ({ ...home })) : [...mail.homes],
          found: null,
        }),
  }
  // Which cases are open changes from day to day: only what the mail itself says now is another reading.
  const couldBeRead = !unread.includes(mail.reason)
  if (couldBeRead && (now.found === null || !named.includes(mail.reason))) return tell('same', '', now)
  if (!apply) return tell('would-change', '', now)
  const id = `replay/${mailKey}/${ports.digest(JSON.stringify([readerVersion, now])).slice(0, 16)}`
  const performed = await decideOn(
    ports,
    inboxCase,
    inbox,
    {
      id,
      actor: replayActor,
      decide: (state) =>
        state.mails.some((one) => one.mailKey === mailKey && one.decision === null)
          ? accept<InboxEvent>({
              type: 'InboxMailReread',
              v: 1,
              mailKey,
              reader: readerVersion,
              by,
              likely: [...new Set(now.homes.map(({ agreement }) => agreement))],
              ...now,
            })
          : accept<InboxEvent>(),
    },
    () => settleInboxMail(ports, inbox, mailKey),
  )
  return tell(performed.outcome === 'committed' ? 'changed' : 'same', '', now)
}
