import {
  erasuresToDo,
  mailErasedSchema,
  type Erasure,
  type ErasureEvent,
  type MailErased,
} from '../../domain/casefile/erasures.ts'
import type { MailRecord } from '../../domain/casefile/mails.ts'
import type { LetterRecord } from '../../domain/casefile/letters.ts'
import { accept, type Actor, type BaseEvent } from '../../domain/base/stream.ts'
import { inboxStream, type StreamId } from '../../domain/base/stream-id.ts'
import { personIdSchema } from '../../domain/base/values.ts'
import type { Ports, StoredCommit } from '../../ports/ports.ts'
import type { ArchiveErasure, LandingErasure, PrivateParts } from '../../ports/record.ts'
import { inboxCase } from '../streams/inbox-case.ts'
import { withMailCase } from '../streams/mail-case.ts'
import { loadCase, perform, type RecordPorts } from './perform.ts'

export type ErasingPorts = RecordPorts & {
  readonly streams: Ports['streams'] & PrivateParts
  readonly archive: Ports['archive'] & ArchiveErasure
  readonly landing: Ports['landing'] & LandingErasure
}

const actor: Actor = { by: 'system', name: 'EraseContent' }

/** Events whose private part is taken from a mail of theirs, or typed from it: never a person's own decision. */
const takenFromMail: readonly string[] = [
  'MailReceived',
  'MailReread',
  'MailReread',
  'InboxMailHeld',
  'InboxMailReread',
  'FiguresTyped',
  'DisseminationReported',
  'FactCheckAnswered',
  'PartyDeclined',
  'CounterProposed',
]

const isTakenFrom = (event: BaseEvent, mailKey: string): boolean =>
  takenFromMail.includes(event.type) && 'mailKey' in event && event.mailKey === mailKey

/** Answers to it repeat what it says; so does the receipt of the OK that confirmed it. */
const lettersWithIt = (letters: readonly LetterRecord[], mail: MailRecord): readonly LetterRecord[] =>
  letters.filter(
    ({ order }) =>
      order.kind !== 'citizen-data-notice' &&
      order.kind !== 'mail-erased' &&
      (order.about === mail.mailKey || (mail.confirmedBy !== null && order.about === mail.confirmedBy)),
  )

const namedLetter = (event: BaseEvent, letters: readonly LetterRecord[]): boolean =>
  event.type === 'LetterSent' &&
  'letterKey' in event &&
  letters.some((letter) => letter.letterKey === event.letterKey)

const commitsWith = (
  commits: readonly StoredCommit[],
  holds: (event: BaseEvent) => boolean,
): readonly number[] => commits.filter((commit) => commit.events.some(holds)).map(({ meta }) => meta.seq)

const erasedEvent = (
  mailKey: string,
  { ground, askedBy, confirmedBy }: Erasure,
  what: Pick<MailErased, 'commits' | 'files'>,
): MailErased => ({
  type: 'MailErased',
  v: 1,
  mailKey,
  ground,
  askedBy: personIdSchema.parse(askedBy),
  confirmedBy: personIdSchema.parse(confirmedBy),
  ...what,
})

/** What of a mail lies in its case: its words, what was taken from them, the mail itself, the answers to it. */
const whatGoes = (
  commits: readonly StoredCommit[],
  mail: MailRecord,
  letters: readonly LetterRecord[],
): Pick<MailErased, 'commits' | 'files'> => {
  const answering = lettersWithIt(letters, mail)
  return {
    commits: [
      ...commitsWith(commits, (event) => isTakenFrom(event, mail.mailKey) || namedLetter(event, answering)),
    ],
    files: [
      `mail/${mail.rawSha256}`,
      ...answering.flatMap(({ rawSha256 }) => [`letters/${rawSha256}`, `letters/${rawSha256}.json`]),
    ],
  }
}

/**
 * Does the erasures that two persons have decided in a stream. What goes is put on the record first, then taken
 * away, so that a crash leaves what a verification finds and the next call takes away. Safe to repeat.
 */
export const eraseContent = async (ports: ErasingPorts, stream: StreamId): Promise<void> => {
  if (stream.startsWith('INBOX#')) await nameInInbox(ports, stream)
  else if (stream.startsWith('REVIEW#') || stream.startsWith('RENEGOTIATION#'))
    await nameInCase(ports, stream)
  else return
  await takeAway(ports, stream)
}

const nameInCase = (ports: ErasingPorts, stream: StreamId): Promise<void> =>
  withMailCase(stream, async ({ kind, seen, own }) => {
    const { state } = await loadCase(ports, kind, stream)
    const { mails, letters } = seen(state)
    for (const mail of erasuresToDo(mails)) {
      const { erasure } = mail
      if (erasure === undefined) continue
      const goes = whatGoes(await ports.streams.load(stream), mail, letters)
      await perform(ports, kind, stream, {
        id: `erased/${mail.mailKey}`,
        actor,
        decide: () => own(accept<ErasureEvent>(erasedEvent(mail.mailKey, erasure, goes))),
      })
      await alsoInInbox(ports, mail, erasure)
    }
  })

/** It may have come by way of an inbox, which knows its sender and subject. */
const alsoInInbox = async (ports: ErasingPorts, mail: MailRecord, erasure: Erasure): Promise<void> => {
  const inbox = inboxStream(mail.receivedAt)
  const { state } = await loadCase(ports, inboxCase, inbox)
  // One that could not be read when it came has another key there, and the same bytes.
  const same = state.mails.filter(
    ({ mailKey, rawSha256 }) => mailKey === mail.mailKey || rawSha256 === mail.rawSha256,
  )
  for (const { mailKey } of same) await nameInboxMail(ports, inbox, mailKey, erasure, [])
  if (same.length > 0) await takeAway(ports, inbox)
}

const nameInInbox = async (ports: ErasingPorts, inbox: StreamId): Promise<void> => {
  const { state } = await loadCase(ports, inboxCase, inbox)
  for (const mail of erasuresToDo(state.mails))
    if (mail.erasure !== undefined)
      await nameInboxMail(ports, inbox, mail.mailKey, mail.erasure, [`mail/${mail.rawSha256}`])
}

const nameInboxMail = async (
  ports: ErasingPorts,
  inbox: StreamId,
  mailKey: string,
  erasure: Erasure,
  files: readonly string[],
): Promise<void> => {
  const commits = await ports.streams.load(inbox)
  await perform(ports, inboxCase, inbox, {
    id: `erased/${mailKey}`,
    actor,
    decide: () =>
      accept(
        erasedEvent(mailKey, erasure, {
          commits: [...commitsWith(commits, (event) => isTakenFrom(event, mailKey))],
          files: [...files],
        }),
      ),
  })
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
