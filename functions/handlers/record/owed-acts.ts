import { executionName, machineOf } from '../../domain/casefile/execution-name.ts'
import type { BaseEvent } from '../../domain/base/stream.ts'
import { answersStream, commitmentsStream, type StreamId } from '../../domain/base/stream-id.ts'
import { agreementIdSchema } from '../../domain/base/values.ts'
import { agreementCase } from '../streams/agreement-case.ts'
import { answeringCase } from '../streams/answering-case.ts'
import { withCase } from '../streams/cases.ts'
import { commitmentsCase } from '../streams/commitments-case.ts'
import { inboxCase } from '../streams/inbox-case.ts'
import type { ReadingPorts } from '../intake/read-mail.ts'
import { settleInbox } from '../intake/settle-inbox-mail.ts'
import { reviewCase } from '../streams/review-case.ts'
import { enterContacts } from './enter-contacts.ts'
import { releaseHeldAnswers } from '../letters/held-answers.ts'
import { performOwedLetters } from '../letters/owed.ts'
import { observeReply } from './observe-reply.ts'
import { closeOpenReview } from './open-reviews.ts'
import { makeRaiseQuestion } from './raise-question.ts'
import { sendCorrectionSheets } from '../report/correction-letters.ts'
import { tellReport } from '../report/note-corrections.ts'
import type { CaseKind } from './case-kind.ts'
import { loadCase, settle, type RecordPorts } from './perform.ts'

/** Whoever lets answers go on waits for so many cases at most; reconcile answers the others. */
const atOnceHeld = 40

/**
 * Does whatever a stream's state owes, from the record alone: waits that are over, the head, answers that go at
 * once, the run told of a review that is over, questions carried on, the attempt after a reopening. Each act is
 * keyed and idempotent, so this may run at any time and any number of times.
 */
export const performOwedActs = async (ports: ReadingPorts, stream: StreamId): Promise<void> => {
  if (stream.startsWith('AGREEMENT#')) {
    await settleNow(ports, agreementCase, stream)
    await makeRaiseQuestion(ports)(agreementIdSchema.parse(stream.slice('AGREEMENT#'.length)))
    return
  }
  if (stream.startsWith('INBOX#')) {
    await settleNow(ports, inboxCase, stream)
    await settleInbox(ports, stream)
    return
  }
  if (stream === answersStream) {
    await settleNow(ports, answeringCase, stream)
    await releaseHeldAnswers(ports, atOnceHeld)
    return
  }
  if (stream === commitmentsStream) return settleNow(ports, commitmentsCase, stream)
  await withCase(stream, (kind) => settleNow(ports, kind, stream))
  if (stream.startsWith('RUN#')) return sendCorrectionSheets(ports, stream)
  if (stream.startsWith('REVIEW#'))
    await enterContacts(ports, (await loadCase(ports, reviewCase, stream)).state)
  await performOwedLetters(ports, stream)
  if (stream.startsWith('REVIEW#')) await afterReview(ports, stream)
}

const settleNow = async <S, E extends BaseEvent>(
  ports: RecordPorts,
  kind: CaseKind<S, E>,
  stream: StreamId,
): Promise<void> => settle(ports, kind, stream, await loadCase(ports, kind, stream))

/**
 * What its mails say of the agreement is told, those released just now too. A review that is over leaves the run's open items; one that was reopened after its execution goes on.
 */
const afterReview = async (ports: ReadingPorts, stream: StreamId): Promise<void> => {
  const { state } = await loadCase(ports, reviewCase, stream)
  await observeReply(ports, state)
  await tellReport(ports, state)
  const over = state.status === 'stopped' || state.finals.length > 0
  if (over && state.agreement !== null) await closeOpenReview(ports, state.year, state.agreement)
  const types = (await ports.streams.load(stream)).flatMap((commit) =>
    commit.events.map((event) => event.type),
  )
  if (types.lastIndexOf('Reopened') <= types.lastIndexOf('ExecutionAttached')) return
  const attempt = state.attempts.attached + 1
  await ports.workflows.start(machineOf(stream), executionName(stream, attempt), { stream, attempt })
}
