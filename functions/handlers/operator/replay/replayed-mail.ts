import type { Ports } from '../../../ports/ports.ts'
import type { StreamRegister, StoredCommit } from '../../../ports/record.ts'
import type { ReadingPorts } from '../../intake/read-mail.ts'
import type { MailReceived, MailRecord, Vouched } from '../../../domain/casefile/mails.ts'
import type { BaseEvent } from '../../../domain/base/stream.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import { stateAfter } from '../../record/perform.ts'
import type { CaseKind } from '../../record/case-kind.ts'
import * as z from 'zod'
import { readingDifference, type ReadingDifference } from '../../../domain/casefile/reading-difference.ts'
import type { MailReading } from '../../../domain/casefile/mail-reading.ts'

/** What replaying needs: reading as the intake does, every stream, and the commands no queue repeats. */
export type ReplayPorts = ReadingPorts &
  Pick<Ports, 'outbox'> & { readonly streams: Ports['streams'] & StreamRegister }

/** Which mails are read again, and what for. */
export interface ReplayOf {
  readonly isMeant: (mail: {
    readonly mailKey: string
    readonly rawSha256: string
    readonly receivedAt: string
  }) => boolean
  /** Enters what they say now; otherwise nothing is written. */
  readonly apply: boolean
  /** Who asks for it. */
  readonly by: string
}

/** A mail on a case's record, with the case as it was just before the mail came. */
export interface StoredMail<S> {
  readonly stream: StreamId
  readonly received: MailReceived
  readonly before: S
  /** A person had placed it here from an inbox, as this; null: it found its own way. */
  readonly vouched: Vouched | null
  /** As it stands now. */
  readonly record: MailRecord
}

/** Every mail of a stream, the oldest first. What was typed in by a person is none. */
export const storedMails = <S, E extends BaseEvent>(
  kind: CaseKind<S, E>,
  stream: StreamId,
  commits: readonly StoredCommit[],
  mails: readonly MailRecord[],
  receivedIn: (event: E) => MailReceived | null,
): readonly StoredMail<S>[] =>
  commits.flatMap((commit, at) =>
    commit.events.flatMap((event): readonly StoredMail<S>[] => {
      const received = receivedIn(kind.read(event))
      const record = mails.find(({ mailKey }) => mailKey === received?.mailKey)
      return received === null || record === undefined
        ? []
        : [
            {
              stream,
              received,
              before: stateAfter(kind, commits.slice(0, at)),
              vouched: vouchedIn(commit, received.mailKey),
              record,
            },
          ]
    }),
  )

const vouchedIn = ({ events }: StoredCommit, mailKey: string): Vouched | null => {
  const decided = events.find(
    (event) => event.type === 'HeldMailDecided' && 'mailKey' in event && event.mailKey === mailKey,
  )
  if (decided === undefined || !('decision' in decided)) return null
  return decided.decision === 'provisional' ? { as: 'provisional', reason: '' } : { as: 'counts', reason: '' }
}

const reasoned = z.strictObject({ standing: z.string(), reason: z.string(), reader: z.string() })

/** What became, or would become, of one stored mail that was read again. */
const replayOutcomes = [
  'same', // it says what it said
  'would-change', // it says something else; nothing was written
  'would-note', // so too, in a case that is over: it would only be noted
  'changed', // entered on the record
  'noted', // noted for a person; the case is over
  'left', // it stays as it was decided, whatever it is read as
  'refused', // the record did not take it
  'unreadable', // the reader gives up
  'lost', // its bytes are not in the archive
] as const

/** One mail of a replay: ids, hashes, keys and values; no words of the mail and no address. */
export const replayedMailSchema = z.strictObject({
  stream: z.string(),
  mailKey: z.string(),
  rawSha256: z.string(),
  receivedAt: z.string(),
  party: z.string().nullable(),
  /** The registered contact it is from; null: nobody registered. */
  contact: z.string().nullable(),
  outcome: z.enum(replayOutcomes),
  /** Why it is left, refused or unreadable; empty otherwise. */
  because: z.string(),
  before: reasoned,
  after: reasoned.nullable(),
  changes: z.array(
    z.strictObject({
      key: z.string(),
      is: z.enum(['added', 'changed', 'gone', 'moved']),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  same: z.array(z.string()),
  doubtsAdded: z.array(z.string()),
  doubtsGone: z.array(z.string()),
  others: z.array(z.string()),
  /** The municipality gets a receipt of it again. */
  tells: z.boolean(),
})
export type ReplayedMail = z.infer<typeof replayedMailSchema>
export type ReplayOutcome = ReplayedMail['outcome']

const none: ReadingDifference = { changes: [], same: [], doubtsAdded: [], doubtsGone: [], others: [] }

const reasonedOf = ({ standing, reason, reader }: MailReading) => ({ standing, reason, reader: reader ?? '' })

/**
 * One line of a replay of a case.
 * @param known what the mail was taken for so far; null: for what it is now
 */
export const replayedMail = (input: {
  readonly stream: StreamId
  readonly received: MailReceived
  readonly record: MailRecord
  readonly known: MailReading
  readonly fresh: MailReading | null
  readonly outcome: ReplayOutcome
  readonly because?: string
  readonly tells?: boolean
}): ReplayedMail => {
  const { stream, received, known, fresh, outcome } = input
  const difference = fresh === null ? none : readingDifference(known, fresh)
  return {
    stream,
    mailKey: received.mailKey,
    rawSha256: received.rawSha256,
    receivedAt: received.receivedAt,
    party: received.party,
    contact: known.contactId,
    outcome,
    because: input.because ?? '',
    before: { ...reasonedOf(known), standing: input.record.standing },
    after: fresh === null ? null : reasonedOf(fresh),
    changes: difference.changes.map((change) => ({ ...change })),
    same: [...difference.same],
    doubtsAdded: [...difference.doubtsAdded],
    doubtsGone: [...difference.doubtsGone],
    others: [...difference.others],
    tells: input.tells ?? false,
  }
}
