import { lastReadingOf } from '../../../domain/casefile/mails.ts'
import { isSameReading, readingDifference } from '../../../domain/casefile/reading-difference.ts'
import type { Actor, BaseEvent } from '../../../domain/base/stream.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import type { CaseKind } from '../../record/case-kind.ts'
import { performNoted } from '../../record/outbox.ts'
import { loadCase, stateAfter } from '../../record/perform.ts'
import { performOwedActs, withReplay } from '../../streams.ts'
import type { ReplayKind } from './read-again.ts'
import {
  replayedMail,
  type ReplayedMail,
  type ReplayOf,
  type ReplayPorts,
  storedMails,
  type StoredMail,
} from './replayed-mail.ts'

export const replayActor: Actor = { by: 'system', name: 'ReplayMail' }

/** Reads the stored mails of one review or renegotiation again, and enters what they say now where that is asked. */
export const replayCase = (
  ports: ReplayPorts,
  stream: StreamId,
  of: ReplayOf,
): Promise<readonly ReplayedMail[]> =>
  withReplay(stream, async (kind, { facts }, replay) => {
    const commits = await ports.streams.load(stream)
    const { mails } = facts(stateAfter(kind, commits))
    const stored = storedMails(kind, stream, commits, mails, replay.receivedIn)
    const replayed: ReplayedMail[] = []
    for (const mail of stored.filter(({ received }) => of.isMeant(received)))
      replayed.push(await replayOne(ports, kind, replay, mail, of))
    return replayed
  })

const replayOne = async <S, E extends BaseEvent>(
  ports: ReplayPorts,
  kind: CaseKind<S, E>,
  replay: ReplayKind<S, E>,
  stored: StoredMail<S>,
  { apply, by }: ReplayOf,
): Promise<ReplayedMail> => {
  const { stream, received, record } = stored
  const { state } = await loadCase(ports, kind, stream)
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
  const decide = (current: S, now: string) => replay.decide(current, fresh, by, now)
  const performed = await performNoted(ports, kind, stream, { id, actor: replayActor, decide }, (owing) =>
    performOwedActs(ports, owing),
  )
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
