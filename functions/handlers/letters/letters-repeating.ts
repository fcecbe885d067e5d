import type * as z from 'zod'
import { type BaseEvent, mailsRepeatedIn } from '../../domain/base/stream.ts'
import { streamKind, type StreamId } from '../../domain/base/stream-id.ts'
import type { Contact } from '../../domain/agreement/content.ts'
import type { Directory } from '../../domain/directory/directory.ts'
import type { AgreementId } from '../../domain/base/values.ts'
import { compareInstants } from '../../domain/base/time.ts'
import { letterSentSchema } from '../../domain/casefile/letters.ts'
import type { Ports } from '../../ports/ports.ts'
import type { StoredCommit } from '../../ports/record.ts'
import { loadCase } from '../record/perform.ts'
import { renegotiationComposer, reviewComposer } from './composers.ts'
import type { LetterComposer, Writing } from './letter-composer.ts'

export type RepeatingPorts = Pick<
  Ports,
  'streams' | 'archive' | 'digest' | 'directory' | 'contacts' | 'claims' | 'register'
>

/** A letter that repeats a mail, and the commit that records it. */
interface Repeating {
  readonly seq: number
  readonly letterKey: string
  readonly rawSha256: string
}

/**
 * The letters of a stream that say anything a mail said: those that answer it, and those that come out otherwise
 * when they are composed again from the record as it was then, with and without what the mail brought. So no letter
 * declares what it repeats, and none can forget to. One that cannot be composed again is taken for one that does.
 * @param keys of the mail
 * @param since no letter of before can repeat it
 */
export const lettersRepeating = async (
  ports: RepeatingPorts,
  stream: StreamId,
  keys: readonly string[],
  since: string,
): Promise<readonly Repeating[]> => {
  const repeats = (event: BaseEvent): boolean => mailsRepeatedIn(event).some((key) => keys.includes(key))
  const kept = readOnce(ports.streams, (commits) => commits)
  const people = new Map<AgreementId, ReturnType<Records['people']>>()
  const records: Records = {
    kept,
    without: readOnce(kept, (commits) => withoutPrivate(commits, repeats)),
    people: (agreement) => {
      const known =
        people.get(agreement) ?? Promise.all([ports.directory.read(), ports.contacts.of(agreement)])
      people.set(agreement, known)
      return known
    },
  }
  const found: Repeating[] = []
  for (const { events, meta } of await records.kept.load(stream))
    for (const event of events) {
      const letter = letterSentSchema.safeParse(event)
      if (!letter.success) continue
      const sent: Sent = { stream, seq: meta.seq, at: meta.at, letter: letter.data }
      const isLater = compareInstants(meta.at, since) >= 0
      if (repeats(event) || (isLater && (await isOtherwise(ports, sent, records))))
        found.push({ seq: meta.seq, letterKey: letter.data.letterKey, rawSha256: letter.data.rawSha256 })
    }
  return found
}

interface Sent {
  readonly stream: StreamId
  readonly seq: number
  readonly at: string
  readonly letter: z.infer<typeof letterSentSchema>
}
/** The record as it is, and without what goes. */
interface Records {
  readonly kept: Ports['streams']
  readonly without: Ports['streams']
  /** Who is written to and by whom, read once. */
  readonly people: (agreement: AgreementId) => Promise<readonly [Directory, readonly Contact[]]>
}

/** Reads each stream once: a letter is composed from several, and what was folded for one is folded for the next. */
const readOnce = (
  streams: Ports['streams'],
  change: (commits: readonly StoredCommit[]) => readonly StoredCommit[],
): Ports['streams'] => {
  const read = new Map<StreamId, Promise<readonly StoredCommit[]>>()
  return {
    ...streams,
    load: (stream) => {
      const known = read.get(stream) ?? streams.load(stream).then(change)
      read.set(stream, known)
      return known
    },
  }
}

/** New commits from the first that goes on: the state after a commit is remembered by the commit. */
const withoutPrivate = (
  commits: readonly StoredCommit[],
  goes: (event: BaseEvent) => boolean,
): readonly StoredCommit[] => {
  const first = commits.findIndex(({ events }) => events.some(goes))
  return first === -1
    ? commits
    : [
        ...commits.slice(0, first),
        ...commits.slice(first).map((commit) => ({
          ...commit,
          events: commit.events.some(goes) ? commit.events.map(open) : commit.events,
        })),
      ]
}
const open = ({ private: _goes, ...kept }: BaseEvent): BaseEvent => kept

const isOtherwise = (ports: RepeatingPorts, sent: Sent, records: Records): Promise<boolean> => {
  const kind = streamKind(sent.stream)
  switch (kind) {
    case 'review':
      return isComposedOtherwise(ports, reviewComposer, sent, records)
    case 'renegotiation':
      return isComposedOtherwise(ports, renegotiationComposer, sent, records)
    case 'run':
      return isWithItsCard(sent, records)
    case 'agreement':
    case 'inbox':
    case 'answers':
    case 'commitments':
      return Promise.resolve(false)
    default:
      return kind satisfies never
  }
}

/** Both were made the same way, so their fields stand in one order. */
const isOther = (said: unknown, saidWithout: unknown): boolean =>
  JSON.stringify(said) !== JSON.stringify(saidWithout)

/** The letter with the year's experiences has every card that was published before it. */
const isWithItsCard = async ({ stream, seq, letter }: Sent, { kept, without }: Records): Promise<boolean> => {
  if (letter.order.kind !== 'experiences') return false
  const cards = (commits: readonly StoredCommit[]) =>
    commits
      .filter(({ meta }) => meta.seq < seq)
      .flatMap(({ events }) => events.filter(({ type }) => type === 'ExperiencePublished'))
  return isOther(cards(await kept.load(stream)), cards(await without.load(stream)))
}

const isComposedOtherwise = async <S extends Writing, E extends BaseEvent>(
  ports: RepeatingPorts,
  composer: LetterComposer<S, E>,
  sent: Sent,
  records: Records,
): Promise<boolean> => {
  try {
    const said = await composedAt(ports, composer, sent, records, records.kept)
    return isOther(said, await composedAt(ports, composer, sent, records, records.without))
  } catch {
    // The people it went to, or a rule, are others by now: what it said cannot be told any more.
    return true
  }
}

/** A letter as the record was when it went out. */
const composedAt = async <S extends Writing, E extends BaseEvent>(
  ports: RepeatingPorts,
  composer: LetterComposer<S, E>,
  { stream, seq, at, letter }: Sent,
  records: Records,
  record: Ports['streams'],
) => {
  const streams: Ports['streams'] = {
    ...record,
    load: async (asked) =>
      (await record.load(asked)).filter(({ meta }) =>
        asked === stream ? meta.seq < seq : compareInstants(meta.at, at) <= 0,
      ),
  }
  const { state } = await loadCase({ streams }, composer.kind, stream)
  if (state.agreement === null) throw new Error(`${stream} was never begun`)
  const [directory, contacts] = await records.people(state.agreement)
  const { order, datedOn: on } = letter
  const context = { stream, order, on, now: at, directory, contacts, token: '', controlNumber: '' }
  return composer.compose(state, context, { ...ports, streams })
}
