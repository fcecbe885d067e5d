import { isWithdrawn } from '../../../domain/casefile/erasures.ts'
import { asReread, type MailReceived } from '../../../domain/casefile/mails.ts'
import { letterOrderId, type LetterRecord } from '../../../domain/casefile/letters.ts'
import { noteReread } from '../../../domain/renegotiation/decide/take-mail.ts'
import type { RenegotiationEvent, RenegotiationState } from '../../../domain/renegotiation/state.ts'
import { isOver, rereadMail } from '../../../domain/review/decide/reread.ts'
import type { ReviewEvent, ReviewState } from '../../../domain/review/state.ts'
import type { BaseEvent, Decision } from '../../../domain/base/stream.ts'
import type { AgreementId } from '../../../domain/base/values.ts'
import { readerVersion } from '../../../intake/read-reply.ts'
import type { Named } from '../../intake/arriving.ts'
import { inspectMail, type InspectedMail } from '../../intake/inspect-mail.ts'
import { readForRenegotiation, takeIntoRenegotiation } from '../../intake/into-renegotiation.ts'
import { readForReview, takeIntoReview } from '../../intake/into-review.ts'
import type { ReadingPorts } from '../../intake/read-mail.ts'
import { keptVerdicts, type Envelope } from '../../intake/received-mail.ts'
import type { StoredMail } from './replayed-mail.ts'
import type { Contact } from '../../../domain/agreement/content.ts'
import { heldForSender, writingAs, type Sender } from '../../../intake/sender.ts'

/** What reading a stored mail again came to. */
export type ReadAgain =
  | { readonly read: 'read'; readonly fresh: MailReceived }
  /** Its bytes are not in the archive. */
  | { readonly read: 'lost' }
  /** The reader gave up. */
  | { readonly read: 'unreadable'; readonly error: string }
  /** It stays what it was taken for, with the reason. */
  | { readonly read: 'left'; readonly because: 'no-verdicts' | 'ourselves' | 'rejected' | 'erased' }

/** The bytes of a stored mail, parsed. */
export const parseAgain = async (
  ports: Pick<ReadingPorts, 'archive' | 'mime' | 'digest' | 'directory' | 'spreadsheets'>,
  { rawSha256, receivedAt }: { readonly rawSha256: string; readonly receivedAt: string },
  envelope: Envelope,
): Promise<
  | { readonly parsed: InspectedMail }
  | { readonly parsed: null; readonly failed: Extract<ReadAgain, { read: 'lost' | 'unreadable' }> }
> => {
  const raw = await ports.archive.get(`mail/${rawSha256}`)
  if (raw === null) return { parsed: null, failed: { read: 'lost' } }
  let message
  try {
    message = await ports.mime.parse(raw)
  } catch (error) {
    const words = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unreadable'
    return { parsed: null, failed: { read: 'unreadable', error: words } }
  }
  return { parsed: await inspectMail(ports, { message, envelope, rawSha256, receivedAt }) }
}

const envelopeThen = ({ verdicts, private: own }: MailReceived): Envelope => ({
  verdicts: keptVerdicts(verdicts ?? null),
  source: own?.source ?? own?.from ?? '',
  recipients: [],
})

const namedThen = (received: MailReceived, letters: readonly LetterRecord[]): Named => ({
  municipality: received.party,
  letterKey: letters.find(({ order }) => letterOrderId(order) === received.answers)?.letterKey ?? null,
})

/**
 * Reads a stored mail as it would be read if it came now, against the case as it was when it came: the letters
 * sent and the mails taken in by then, not those since. It keeps its key and its case. Who sent it stays as it was
 * found then, unless its From is read otherwise now: then the verdicts kept with it decide, and without any it
 * is held.
 * @param readIn reads and takes it into its kind of case; null: it is one of our own
 */
const readStored = async <S extends { readonly letters: readonly LetterRecord[] }>(
  ports: ReadingPorts,
  { received, before, record }: StoredMail<S>,
  agreement: AgreementId | null,
  readIn: (
    mail: InspectedMail,
    named: Named,
    sender: ReturnType<typeof senderThen>,
  ) => Promise<MailReceived | null>,
): Promise<ReadAgain> => {
  if (record.standing === 'rejected') return { read: 'left', because: 'rejected' }
  if (received.private === undefined || isWithdrawn(record)) return { read: 'left', because: 'erased' }
  const again = await parseAgain(ports, received, envelopeThen(received))
  if (again.parsed === null) return again.failed
  const { parsed } = again
  const contacts = agreement === null ? [] : await ports.contacts.of(agreement)
  const isSameFrom = (parsed.message.from[0]?.address ?? '') === received.private.from
  const sender = isSameFrom ? senderThen(received, contacts) : null
  if (sender === null && isSameFrom && received.verdicts === undefined)
    return { read: 'left', because: 'no-verdicts' }
  const fresh = await readIn(
    { ...parsed, mailKey: received.mailKey },
    namedThen(received, before.letters),
    sender,
  )
  return fresh === null ? { read: 'left', because: 'ourselves' } : { read: 'read', fresh }
}

const readReviewMailAgain = (ports: ReadingPorts, stored: StoredMail<ReviewState>): Promise<ReadAgain> =>
  readStored(ports, stored, stored.before.agreement, async (mail, named, sender) => {
    const incoming = await readForReview(ports, stored.before, mail, named, sender)
    if (incoming === null) return null
    const taken = takeIntoReview(stored.before, incoming, stored.vouched)
    const event = taken.ok ? taken.events.find(({ type }) => type === 'MailReceived') : undefined
    return event?.type === 'MailReceived' ? event : incoming.event
  })

const readRenegotiationMailAgain = (
  ports: ReadingPorts,
  stored: StoredMail<RenegotiationState>,
): Promise<ReadAgain> =>
  readStored(ports, stored, stored.before.agreement, async (mail, named, sender) => {
    const read = await readForRenegotiation(ports, stored.before, mail, named, sender)
    if (read === null) return null
    const taken = takeIntoRenegotiation(stored.before, read, stored.vouched)
    const event = taken.ok ? taken.events.find(({ type }) => type === 'MailReceived') : undefined
    return event?.type === 'MailReceived' ? event : read.incoming.event
  })

/** What replaying knows of a kind of case. */
export interface ReplayKind<S, E extends BaseEvent> {
  readonly receivedIn: (event: E) => MailReceived | null
  readonly readAgain: (ports: ReadingPorts, stored: StoredMail<S>) => Promise<ReadAgain>
  /** Is a reading only noted in this state? */
  readonly onlyNotes: (state: S) => boolean
  readonly decide: (state: S, fresh: MailReceived, by: string, now: string) => Decision<E>
}

export const reviewReplay: ReplayKind<ReviewState, ReviewEvent> = {
  receivedIn: (event) => (event.type === 'MailReceived' ? event : null),
  readAgain: readReviewMailAgain,
  onlyNotes: isOver,
  decide: (state, fresh, by, now) => rereadMail(state, { fresh, by, reader: readerVersion }, now),
}

export const renegotiationReplay: ReplayKind<RenegotiationState, RenegotiationEvent> = {
  receivedIn: (event) => (event.type === 'MailReceived' ? event : null),
  readAgain: readRenegotiationMailAgain,
  onlyNotes: () => true,
  decide: (state, fresh, by) => noteReread(state, asReread(fresh, { by, reader: readerVersion })),
}

/**
 * Whom the intake took a mail to be from when it came. Null: it was not said, because a machine wrote it or
 * citizens' data stood in it; then the verdicts kept with it decide.
 */
const senderThen = (received: MailReceived, contacts: readonly Contact[]): Sender | null => {
  const { standing, reason, contactId, party } = received
  if (standing === 'automatic' || standing === 'set-aside') return null
  const contact = contacts.find(({ id }) => id === contactId) ?? null
  const held = standing === 'held' ? heldForSender(reason) : null
  if (held !== null) return { is: 'held', reason: held, claims: contact }
  if (contact !== null) return { is: writingAs(contact), contact }
  // A contact that the register has lost since: the verdicts decide again.
  return party === null || contactId !== null
    ? null
    : { is: 'colleague', address: received.private?.from ?? '', municipality: party }
}
