import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { join } from 'node:path'
import { makeRegister } from '../../functions/adapters/dynamodb/register.ts'
import { makeStreamStore } from '../../functions/adapters/dynamodb/stream-store.ts'
import { makeTable } from '../../functions/adapters/dynamodb/table.ts'
import type { AgreementState, AgreementEvent } from '../../functions/domain/agreement/state.ts'
import type { RenegotiationState, RenegotiationEvent } from '../../functions/domain/renegotiation/state.ts'
import type { ReviewState, ReviewEvent } from '../../functions/domain/review/state.ts'
import {
  type StreamId,
  agreementStream,
  streamKind,
  renegotiationStream,
  reviewStream,
  runStream,
} from '../../functions/domain/base/stream-id.ts'
import type { BaseEvent, CommitMeta } from '../../functions/domain/base/stream.ts'
import type { AgreementId } from '../../functions/domain/base/values.ts'
import type { RunState, RunEvent } from '../../functions/domain/year-run/state.ts'
import type { InboxEvent, InboxState } from '../../functions/domain/inbox/inbox.ts'
import {
  agreementCase,
  inboxCase,
  renegotiationCase,
  reviewCase,
  runCase,
} from '../../functions/handlers/streams/cases.ts'
import type { CaseKind } from '../../functions/handlers/record/case-kind.ts'
import { loadCase } from '../../functions/handlers/record/perform.ts'
import type { Ports } from '../../functions/ports/ports.ts'
import { startTable } from '../../infra/local/table.ts'

/** An event with when and by whom it was committed. */
export type Dated<E> = E & { readonly meta: CommitMeta }

export interface ReadStream<S, E> {
  readonly stream: StreamId
  readonly state: S
  readonly events: readonly Dated<E>[]
}

export interface RecordedAgreement {
  readonly id: AgreementId
  readonly agreement: ReadStream<AgreementState, AgreementEvent>
  readonly review: ReadStream<ReviewState, ReviewEvent>
  readonly renegotiations: readonly ReadStream<RenegotiationState, RenegotiationEvent>[]
}

/** The whole record of a year as it lies on disk, folded. */
export interface YearRecord {
  readonly run: ReadStream<RunState, RunEvent>
  readonly agreements: ReadonlyMap<string, RecordedAgreement>
  readonly inbox: readonly ReadStream<InboxState, InboxEvent>[]
  /** Every stream of the register's own list. */
  readonly streams: readonly StreamId[]
  /** Waits that are still open, `<stream> <kind>`. */
  readonly openWaits: readonly string[]
}

type Reading = Pick<Ports, 'streams'>

const readStream = async <S, E extends BaseEvent>(
  ports: Reading,
  kind: CaseKind<S, E>,
  stream: StreamId,
): Promise<ReadStream<S, E>> => {
  const { state } = await loadCase(ports, kind, stream)
  const commits = await ports.streams.load(stream)
  const events = commits.flatMap((commit) =>
    commit.events.map((event) => ({ ...kind.read(event), meta: commit.meta })),
  )
  return { stream, state, events }
}

/**
 * Reads the record of a data folder nobody runs on, with the product's own adapters on the product's own
 * table, and folds it with the product's own folds. Verifies the chains on the way, as the store does.
 */
export async function readYearRecord(folder: string, year: number): Promise<YearRecord> {
  const table = await startTable({ folder: join(folder, 'table'), tableName: 'aarshjul-local' })
  const client = new DynamoDBClient({
    endpoint: table.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  try {
    const items = makeTable(client, table.tableName)
    const streams = makeStreamStore(items)
    const ports: Reading = { streams }
    const agreements = new Map<string, RecordedAgreement>()
    for (const id of await makeRegister(items).agreements()) {
      const agreement = await readStream(ports, agreementCase, agreementStream(id))
      const renegotiations = []
      for (const { seq } of agreement.state.questions)
        renegotiations.push(await readStream(ports, renegotiationCase, renegotiationStream(id, seq)))
      const review = await readStream(ports, reviewCase, reviewStream(year, id))
      agreements.set(id, { id, agreement, review, renegotiations })
    }
    const all = await streams.streams()
    const inbox = []
    const openWaits: string[] = []
    for (const stream of all) {
      if (streamKind(stream) === 'inbox') inbox.push(await readStream(ports, inboxCase, stream))
      const waits = await items.query({
        where: '#PK = :PK AND begins_with(#SK, :wait)',
        names: ['PK', 'SK'],
        values: { PK: `WAITS#${stream}`, wait: 'WAIT#' },
      })
      for (const wait of waits) openWaits.push(`${stream} ${String(wait['SK']).split('#')[1]}`)
    }
    return {
      run: await readStream(ports, runCase, runStream(year)),
      agreements,
      inbox,
      streams: all,
      openWaits,
    }
  } finally {
    client.destroy()
    await table.close()
  }
}

/** The streams that letters are recorded in. */
export const lettersByStream = (record: YearRecord): ReadonlyMap<StreamId, ReviewState['letters']> =>
  new Map(
    [
      record.run,
      ...[...record.agreements.values()].flatMap(({ review, renegotiations }) => [review, ...renegotiations]),
    ].map(({ stream, state }) => [stream, state.letters] as const),
  )
