import {
  accept,
  type Actor,
  type BaseEvent,
  mailsRepeatedIn,
  mailErasedSchema,
  type MailErased,
} from '../../domain/base/stream.ts'
import { erasuresToDo, type Erasure } from '../../domain/casefile/erasures.ts'
import {
  agreementStream,
  inboxStream,
  renegotiationStream,
  streamKind,
  type StreamId,
} from '../../domain/base/stream-id.ts'
import { personIdSchema, type AgreementId } from '../../domain/base/values.ts'
import type { InboxHome } from '../../domain/inbox/inbox.ts'
import type { Ports } from '../../ports/ports.ts'
import type { StoredCommit, ArchiveErasure, PrivateParts } from '../../ports/record.ts'
import type { LandingErasure } from '../../ports/mail.ts'
import { agreementCase, inboxCase } from '../streams/cases.ts'
import { takesMail, withErasure, withMails } from '../streams.ts'
import { loadCase, perform, type RecordPorts } from './perform.ts'

export type ErasingPorts = RecordPorts & {
  readonly streams: Ports['streams'] & PrivateParts
  readonly archive: Ports['archive'] & ArchiveErasure
  readonly landing: Ports['landing'] & LandingErasure
}

const actor: Actor = { by: 'system', name: 'EraseContent' }

/** A mail that two persons have decided to erase, under every key its words are known by. */
interface Erasing {
  readonly mailKey: string
  readonly erasure: Erasure
  /** Its own key; that of the OK which made it count, whose receipt repeats it; another key it has in an inbox. */
  readonly keys: readonly string[]
  /** Keys of the archive that hold the mail itself; named by the stream that keeps the mail. */
  readonly files: readonly string[]
}

/**
 * Does the erasures that two persons have decided in a stream: in every stream that the mail was ever named in,
 * whatever its events declare to be taken from it, and every archived letter that answers it. What goes is put on
 * the record first, then taken away; the stream that decided it comes last, so that a crash in between leaves it
 * to be done. Safe to repeat.
 */
export const eraseContent = async (ports: ErasingPorts, stream: StreamId): Promise<void> => {
  if (streamKind(stream) === 'inbox') await eraseInInbox(ports, stream)
  else if (takesMail(stream)) await eraseInCase(ports, stream)
}

const eraseInCase = (ports: ErasingPorts, stream: StreamId): Promise<void> =>
  withMails(stream, async (kind, { facts }) => {
    const { mails, agreement } = facts((await loadCase(ports, kind, stream)).state)
    for (const mail of erasuresToDo(mails)) {
      if (mail.erasure === undefined) continue
      const inbox = inboxStream(mail.receivedAt)
      const kept = (await loadCase(ports, inboxCase, inbox)).state.mails
      // One that could not be read when it came has another key there, and the same bytes.
      const inInbox = kept.filter(
        ({ mailKey, rawSha256 }) => mailKey === mail.mailKey || rawSha256 === mail.rawSha256,
      )
      const keys = [mail.mailKey, ...inInbox.map(({ mailKey }) => mailKey)]
      const erasing: Erasing = {
        mailKey: mail.mailKey,
        erasure: mail.erasure,
        keys: [...new Set([...keys, ...(mail.confirmedBy === null ? [] : [mail.confirmedBy])])],
        files: [],
      }
      const elsewhere = await namedIn(ports, inbox, keys, agreement)
      for (const other of elsewhere) if (other !== stream) await eraseIn(ports, other, erasing)
      if (inInbox.length > 0) await eraseIn(ports, inbox, { ...erasing, keys })
      await eraseIn(ports, stream, { ...erasing, files: [`mail/${mail.rawSha256}`] })
    }
    await takeAway(ports, stream)
  })

const eraseInInbox = async (ports: ErasingPorts, inbox: StreamId): Promise<void> => {
  const { state } = await loadCase(ports, inboxCase, inbox)
  for (const { mailKey, erasure, rawSha256 } of erasuresToDo(state.mails)) {
    if (erasure === undefined) continue
    const erasing: Erasing = { mailKey, erasure, keys: [mailKey], files: [] }
    for (const home of await namedIn(ports, inbox, [mailKey], null)) await eraseIn(ports, home, erasing)
    await eraseIn(ports, inbox, { ...erasing, files: [`mail/${rawSha256}`] })
  }
  await takeAway(ports, inbox)
}

/**
 * The streams beside its own in which a mail may be named: every case an inbox ever told of it, and what its wish
 * or figures may have reached: the agreement and its renegotiations.
 */
const namedIn = async (
  ports: ErasingPorts,
  inbox: StreamId,
  keys: readonly string[],
  agreement: AgreementId | null,
): Promise<readonly StreamId[]> => {
  const commits = await ports.streams.load(inbox)
  const homes = commits.flatMap(({ events }) =>
    events
      .map(inboxCase.read)
      .flatMap((event): readonly InboxHome[] =>
        (event.type === 'InboxMailHeld' || event.type === 'InboxMailReread') && keys.includes(event.mailKey)
          ? event.homes
          : [],
      ),
  )
  const agreements = [...homes.map((home) => home.agreement), ...(agreement === null ? [] : [agreement])]
  const ofAgreements = await Promise.all(
    [...new Set(agreements)].map(async (id) => {
      const { state } = await loadCase(ports, agreementCase, agreementStream(id))
      return [agreementStream(id), ...state.questions.map(({ seq }) => renegotiationStream(id, seq))]
    }),
  )
  return [...new Set([...homes.map((home) => home.stream), ...ofAgreements.flat()])]
}

/** Names what of the mail goes in this stream, and takes it away; nothing where the stream repeats nothing of it. */
const eraseIn = async (ports: ErasingPorts, stream: StreamId, erasing: Erasing): Promise<void> => {
  const goes = whatGoes(await ports.streams.load(stream), erasing)
  if (goes.commits.length + goes.files.length === 0) return
  const { mailKey, erasure } = erasing
  const erased: MailErased = {
    type: 'MailErased',
    v: 1,
    mailKey,
    ground: erasure.ground,
    askedBy: personIdSchema.parse(erasure.askedBy),
    confirmedBy: personIdSchema.parse(erasure.confirmedBy),
    ...goes,
  }
  const id = `erased/${mailKey}`
  await withErasure(stream, (kind, asEvent) =>
    perform(ports, kind, stream, { id, actor, decide: () => accept(asEvent(erased)) }),
  )
  await takeAway(ports, stream)
}

/** The commits whose private part repeats the mail, and the letters among them with their sheets. */
const whatGoes = (
  commits: readonly StoredCommit[],
  { keys, files }: Erasing,
): Pick<MailErased, 'commits' | 'files'> => {
  const repeats = (event: BaseEvent): boolean => mailsRepeatedIn(event).some((key) => keys.includes(key))
  const letters = commits.flatMap(({ events }) =>
    events.flatMap((event) =>
      event.type === 'LetterSent' && repeats(event) && 'rawSha256' in event
        ? [`letters/${String(event.rawSha256)}`, `letters/${String(event.rawSha256)}.json`]
        : [],
    ),
  )
  return {
    commits: commits.filter(({ events }) => events.some(repeats)).map(({ meta }) => meta.seq),
    files: [...files, ...letters],
  }
}

/** Whatever the stream names as erased. */
const takeAway = async (ports: ErasingPorts, stream: StreamId): Promise<void> => {
  const commits = await ports.streams.load(stream)
  const named = commits.flatMap((commit) =>
    commit.events.flatMap((event) => {
      const read = mailErasedSchema.safeParse(event)
      return read.success ? [read.data] : []
    }),
  )
  for (const { files, commits: seqs } of named) {
    for (const key of files) {
      const bytes = await ports.archive.get(key)
      if (bytes === null) continue
      // While the archive still has it, so that a repetition knows what to look for.
      if (key.startsWith('mail/')) await ports.landing.eraseTwins(bytes)
      await ports.archive.erase(key)
    }
    for (const seq of seqs) await ports.streams.erase(stream, seq)
  }
}
