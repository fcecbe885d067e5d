import type { MailReceived, MailRecord, Vouched } from '../../../domain/casefile/mails.ts'
import type { BaseEvent } from '../../../domain/base/stream.ts'
import type { StreamId } from '../../../domain/base/stream-id.ts'
import type { StoredCommit } from '../../../ports/record.ts'
import { stateAfter } from '../../record/perform.ts'
import type { CaseKind } from '../../record/case-kind.ts'

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
