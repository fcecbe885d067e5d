import { type MailErased, accept, type BaseEvent, type Decision } from '../domain/base/stream.ts'
import { executionLost } from '../domain/casefile/attempts.ts'
import type { RenegotiationEvent, RenegotiationState } from '../domain/renegotiation/state.ts'
import { owedToRun } from '../domain/review/owed.ts'
import type { ReviewEvent, ReviewState } from '../domain/review/state.ts'
import { isForLater } from '../../workflows/errors.ts'
import { parseStreamId, streamKind, type StreamId } from '../domain/base/stream-id.ts'
import { caseFacts, type MailCase, type WithMails } from './intake/mail-case.ts'
import { intoRenegotiation } from './intake/into-renegotiation.ts'
import { intoReview } from './intake/into-review.ts'
import type { ReadingPorts } from './intake/read-mail.ts'
import { settleMail, withinNotices } from './intake/settle-inbox-mail.ts'
import { releaseHeldAnswers, sendOwed } from './letters/answers.ts'
import type { LetterComposer, Writing } from './letters/letter-composer.ts'
import type { LetterPorts } from './letters/send-once.ts'
import { renegotiationComposer, reviewComposer } from './letters/composers.ts'
import { renegotiationReplay, reviewReplay, type ReplayKind } from './operator/replay/read-again.ts'
import type { CaseKind } from './record/case-kind.ts'
import { enterContacts, closeOpenReview } from './record/owed-to-others.ts'
import { observeReply } from './record/observe-reply.ts'
import { loadCase, settle, startAttempt } from './record/perform.ts'
import { makeRaiseQuestion } from './record/raise-question.ts'
import { sendCorrectionSheets, tellReport } from './report/tell-report.ts'
import {
  agreementCase,
  answeringCase,
  commitmentsCase,
  inboxCase,
  renegotiationCase,
  reviewCase,
  runCase,
} from './streams/cases.ts'

/**
 * The registry of streams: what handlers ask by a stream's identity, a column for each question, in each a row for
 * every kind that has an answer. It is the top of the handlers: its cells are the rooms' parts, and what a part
 * needs of another kind's cell it is handed. The columns stand apart because what a function can reach is what its
 * role must allow: whoever asks how a stream folds does not reach the letters.
 */

/** Calls `use` with how a stream folds, what comes next in it and how it stands in lists. */
const withKind = <R>(stream: StreamId, use: <S, E extends BaseEvent>(kind: CaseKind<S, E>) => R): R => {
  const kind = streamKind(stream)
  switch (kind) {
    case 'agreement':
      return use(agreementCase)
    case 'review':
      return use(reviewCase)
    case 'renegotiation':
      return use(renegotiationCase)
    case 'run':
      return use(runCase)
    case 'inbox':
      return use(inboxCase)
    case 'answers':
      return use(answeringCase)
    case 'commitments':
      return use(commitmentsCase)
    default:
      return kind satisfies never
  }
}

type RecordLost<S, E> = (state: S, lost: Parameters<typeof executionLost>[1]) => Decision<E>

/** Calls `use` with the kind of a stream that a workflow runs. @throws RangeError for any other */
export const withWorkflow = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(kind: CaseKind<S, E>, recordLost: RecordLost<S, E>) => R,
): R => {
  switch (streamKind(stream)) {
    case 'review':
      return use(reviewCase, executionLost)
    case 'renegotiation':
      return use(renegotiationCase, executionLost)
    case 'run':
      return use(runCase, executionLost)
    default:
      throw new RangeError(`${stream} is no stream that a workflow runs`)
  }
}

/** Calls `use` with the letters of a stream that writes to municipalities. @throws RangeError for any other */
export const withLetters = <R>(
  stream: StreamId,
  use: <S extends Writing, E extends BaseEvent>(composer: LetterComposer<S, E>) => R,
): R => {
  switch (streamKind(stream)) {
    case 'review':
      return use(reviewComposer)
    case 'renegotiation':
      return use(renegotiationComposer)
    default:
      throw new RangeError(`${stream} sends no letters to municipalities`)
  }
}

const reviewMails: MailCase<ReviewState, ReviewEvent> = {
  named: '',
  facts: caseFacts,
  isOfOneYear: true,
  take: intoReview,
  note: (state, event) => accept<ReviewEvent>(withinNotices(state, event)),
  document: (event) => event,
  own: (decision) => decision,
}

const renegotiationMails: MailCase<RenegotiationState, RenegotiationEvent> = {
  named: 'Genforhandling: ',
  facts: caseFacts,
  isOfOneYear: false,
  take: intoRenegotiation,
  note: (_state, event) => accept<RenegotiationEvent>(event),
  document: (event) => event,
  own: (decision) => decision,
}

type UseReplay<R> = <S, E extends BaseEvent>(
  kind: CaseKind<S, E>,
  mails: MailCase<S, E>,
  replay: ReplayKind<S, E>,
) => R

const replayOr = <R>(stream: StreamId, use: UseReplay<R>, otherwise: () => R): R => {
  switch (streamKind(stream)) {
    case 'review':
      return use(reviewCase, reviewMails, reviewReplay)
    case 'renegotiation':
      return use(renegotiationCase, renegotiationMails, renegotiationReplay)
    default:
      return otherwise()
  }
}

/** Calls `use` with the kind of a stream that mails are taken into, and read again. @throws RangeError for any other */
export const withReplay = <R>(stream: StreamId, use: UseReplay<R>): R =>
  replayOr(stream, use, () => {
    throw new RangeError(`${stream} takes in no mail`)
  })

/** The same, for whoever reads none of them again. */
export const withMails: WithMails = (stream, use) => withReplay(stream, (kind, mails) => use(kind, mails))

export const takesMail = (stream: StreamId): boolean =>
  replayOr(
    stream,
    () => true,
    () => false,
  )

/** Calls `use` with the kind of a stream that a mail may be erased from. @throws RangeError for any other */
export const withErasure = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(kind: CaseKind<S, E>, asEvent: (erased: MailErased) => E) => R,
): R => {
  switch (streamKind(stream)) {
    case 'agreement':
      return use(agreementCase, (erased) => erased)
    case 'review':
      return use(reviewCase, (erased) => erased)
    case 'renegotiation':
      return use(renegotiationCase, (erased) => erased)
    case 'inbox':
      return use(inboxCase, (erased) => erased)
    case 'run':
      return use(runCase, (erased) => erased)
    default:
      throw new RangeError(`${stream} holds nothing of a mail`)
  }
}

/**
 * Sends the answers a case owes at once. Safe to repeat.
 * @returns the keys of those held back, while answers are stopped
 */
export const performOwedLetters = (ports: LetterPorts, stream: StreamId): Promise<ReadonlySet<string>> =>
  withLetters(stream, (composer) => sendOwed(ports, composer, stream))

/** What a mail of an inbox owes to the cases it may belong to; see `settleMail`. */
export const settleInboxMail = (ports: ReadingPorts, inbox: StreamId, mailKey: string): Promise<void> =>
  settleMail(ports, withMails, inbox, mailKey)

/** The mails of an inbox that a command was about; every one of them where it is not known which command it was. */
const mailsAbout = async (
  ports: ReadingPorts,
  inbox: StreamId,
  commandId: string | null,
): Promise<ReadonlySet<string>> => {
  const commits = await ports.streams.load(inbox)
  const about = commits.filter(({ meta }) => commandId === null || meta.commandId === commandId)
  return new Set(about.flatMap(({ events }) => events.map((one) => inboxCase.read(one).mailKey)))
}

/**
 * What the mails of an inbox owe that a command was about: a month may hold thousands, and each command has its own
 * note until its acts are done. One that fails keeps no other from its acts.
 * @throws AggregateError of what went wrong with some mails, after the others are done
 */
const settleInbox = async (ports: ReadingPorts, inbox: StreamId, commandId: string | null): Promise<void> => {
  const failures: unknown[] = []
  for (const mailKey of await mailsAbout(ports, inbox, commandId))
    await settleInboxMail(ports, inbox, mailKey).catch((error: unknown) => failures.push(error))
  // Expected, and reconcile looks again.
  if (failures.length > 0 && failures.every(isForLater)) throw failures[0]
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} mails could not be settled`)
}

/**
 * Does whatever a stream's state owes, from the record alone: waits that are over, the list entry, answers that go
 * at once, the run told of a review that is over, questions carried on, the attempt after a reopening. Each act is
 * keyed and idempotent, so this may run at any time and any number of times.
 * @param commandId whose acts they are: of an inbox only its mails are looked at; null: those of every mail
 */
export const performOwedActs = async (
  ports: ReadingPorts,
  stream: StreamId,
  commandId: string | null = null,
): Promise<void> => {
  await withKind(stream, async (kind) => settle(ports, kind, stream, await loadCase(ports, kind, stream)))
  const parsed = parseStreamId(stream)
  switch (parsed.kind) {
    case 'agreement':
      await makeRaiseQuestion(ports)(parsed.agreement)
      return
    case 'review':
      await enterContacts(ports, (await loadCase(ports, reviewCase, stream)).state)
      await performOwedLetters(ports, stream)
      return afterReview(ports, stream)
    case 'renegotiation':
      await performOwedLetters(ports, stream)
      return
    case 'run':
      return sendCorrectionSheets(ports, stream)
    case 'inbox':
      return settleInbox(ports, stream, commandId)
    case 'answers':
      return releaseHeldAnswers(ports, performOwedLetters, atOnceHeld)
    case 'commitments':
      return
    default:
      return parsed satisfies never
  }
}

/** Whoever lets answers go on waits for so many cases at most; reconcile answers the others. */
const atOnceHeld = 40

/**
 * What its mails say of the agreement is told, those released just now too. A review that is over leaves the run's
 * open items; one that was reopened after its execution goes on.
 */
const afterReview = async (ports: ReadingPorts, stream: StreamId): Promise<void> => {
  const { state } = await loadCase(ports, reviewCase, stream)
  await observeReply(ports, state)
  await tellReport(ports, state)
  const { isOver, attempt } = owedToRun(state)
  if (isOver && state.agreement !== null) await closeOpenReview(ports, state.year, state.agreement)
  if (attempt !== null) await startAttempt(ports, stream, attempt)
}
