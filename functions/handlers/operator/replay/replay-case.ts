import {
  asReread,
  lastReadingOf,
  type MailReceived,
  type MailRecord,
} from '../../../domain/casefile/mails.ts'
import { isSameReading, readingDifference } from '../../../domain/casefile/reading-difference.ts'
import { noteReread } from '../../../domain/renegotiation/decide/reread.ts'
import type { RenegotiationState, RenegotiationEvent } from '../../../domain/renegotiation/state.ts'
import { isOver, rereadMail } from '../../../domain/review/decide/reread.ts'
import type { ReviewState, ReviewEvent } from '../../../domain/review/state.ts'
import type { Actor, BaseEvent, Decision } from '../../../domain/base/stream.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import { readerVersion } from '../../../intake/reader-version.ts'
import { renegotiationCase } from '../../streams/renegotiation-case.ts'
import { reviewCase } from '../../streams/review-case.ts'
import { performOwedActs } from '../../record/owed-acts.ts'
import type { CaseKind } from '../../record/case-kind.ts'
import { loadCase, perform } from '../../record/perform.ts'
import { readRenegotiationMailAgain, readReviewMailAgain, type ReadAgain } from './read-again.ts'
import { replayedMail, type ReplayedMail } from './replayed-mail.ts'
import type { ReplayOf, ReplayPorts } from './replay-ports.ts'
import { storedMails, type StoredMail } from './stored-mail.ts'

export const replayActor: Actor = { by: 'system', name: 'ReplayMail' }

/** What replaying knows of one kind of case. */
interface ReplayKind<S, E extends BaseEvent> {
  readonly kind: CaseKind<S, E>
  readonly receivedIn: (event: E) => MailReceived | null
  readonly readAgain: (ports: ReplayPorts, stored: StoredMail<S>) => Promise<ReadAgain>
  /** Is a reading only noted in this state? */
  readonly onlyNotes: (state: S) => boolean
  readonly decide: (state: S, fresh: MailReceived, by: string, now: string) => Decision<E>
}

const reviews: ReplayKind<ReviewState, ReviewEvent> = {
  kind: reviewCase,
  receivedIn: (event) => (event.type === 'MailReceived' ? event : null),
  readAgain: readReviewMailAgain,
  onlyNotes: isOver,
  decide: (state, fresh, by, now) => rereadMail(state, { fresh, by, reader: readerVersion }, now),
}

const renegotiations: ReplayKind<RenegotiationState, RenegotiationEvent> = {
  kind: renegotiationCase,
  receivedIn: (event) => (event.type === 'MailReceived' ? event : null),
  readAgain: readRenegotiationMailAgain,
  onlyNotes: () => true,
  decide: (state, fresh, by) => noteReread(state, asReread(fresh, { by, reader: readerVersion })),
}

/** Reads the stored mails of one review or renegotiation again, and enters what they say now where that is asked. */
export const replayCase = (
  ports: ReplayPorts,
  stream: StreamId,
  of: ReplayOf,
): Promise<readonly ReplayedMail[]> =>
  stream.startsWith('RENEGOTIATION#')
    ? replayIn(ports, stream, renegotiations, of)
    : replayIn(ports, stream, reviews, of)

const replayIn = async <S extends { readonly mails: readonly MailRecord[] }, E extends BaseEvent>(
  ports: ReplayPorts,
  stream: StreamId,
  replay: ReplayKind<S, E>,
  of: ReplayOf,
): Promise<readonly ReplayedMail[]> => {
  const stored = (await storedMails(ports, replay.kind, stream, replay.receivedIn)).filter(({ received }) =>
    of.isMeant(received),
  )
  const replayed: ReplayedMail[] = []
  for (const mail of stored) replayed.push(await replayOne(ports, replay, mail, of))
  return replayed
}

const replayOne = async <S extends { readonly mails: readonly MailRecord[] }, E extends BaseEvent>(
  ports: ReplayPorts,
  replay: ReplayKind<S, E>,
  stored: StoredMail<S>,
  { apply, by }: ReplayOf,
): Promise<ReplayedMail> => {
  const { stream, received, record } = stored
  const { state } = await loadCase(ports, replay.kind, stream)
  const onlyNotes = replay.onlyNotes(state)
  // What was noted before is known: in a case that is over it is not told twice.
  const known = (onlyNotes ? lastReadingOf(record) : record.reading) ?? received
  const line = { stream, received, record, known }
  const again = await replay.readAgain(ports, stored)
  if (again.read === 'left')
    return replayedMail({ ...line, fresh: null, outcome: 'left', because: again.because })
  if (again.read === 'lost') return replayedMail({ ...line, fresh: null, outcome: 'lost' })
  if (again.read === 'unreadable')
    return replayedMail({ ...line, fresh: null, outcome: 'unreadable', because: again.error })
  const { fresh } = again
  if (isSameReading(readingDifference(known, fresh))) return replayedMail({ ...line, fresh, outcome: 'same' })
  if (!apply) {
    const decision = replay.decide(state, fresh, by, ports.clock.now())
    return replayedMail({
      ...line,
      fresh,
      ...(decision.ok
        ? { outcome: onlyNotes ? 'would-note' : 'would-change', tells: decision.events.some(tellsThem) }
        : { outcome: 'refused', because: decision.refusal.kind }),
    })
  }
  // The same on every repetition: how often it was read before, and what it is read as now.
  const id = `replay/${received.mailKey}/${record.rereads.length + 1}/${ports.digest(JSON.stringify(fresh)).slice(0, 16)}`
  await ports.todos.put({ commandId: id, stream, at: ports.clock.now() })
  const performed = await perform(ports, replay.kind, stream, {
    id,
    actor: replayActor,
    decide: (current, now) => replay.decide(current, fresh, by, now),
  })
  await performOwedActs(ports, stream)
  await ports.todos.remove(id)
  if (performed.outcome === 'refused')
    return replayedMail({ ...line, fresh, outcome: 'refused', because: performed.refusal.kind })
  if (performed.outcome !== 'committed') return replayedMail({ ...line, fresh, outcome: 'same' })
  return replayedMail({
    ...line,
    fresh,
    outcome: onlyNotes ? 'noted' : 'changed',
    tells: performed.events.some(tellsThem),
  })
}

const tellsThem = (event: BaseEvent): boolean =>
  event.type === 'MailReread' && 'tells' in event && event.tells === true
