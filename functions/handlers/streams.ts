import type { UnplacedMailEvent } from '../domain/casefile/unplaced-mails.ts'
import type { MailErased } from '../domain/base/mail-erased.ts'
import { executionLost as renegotiationLost } from '../domain/renegotiation/decide/machine.ts'
import type { RenegotiationEvent, RenegotiationState } from '../domain/renegotiation/state.ts'
import { executionLost } from '../domain/review/decide/machine.ts'
import type { ReviewEvent, ReviewState } from '../domain/review/state.ts'
import { accept, type BaseEvent, type Decision } from '../domain/base/stream.ts'
import { parseStreamId, type StreamId } from '../domain/base/stream-id.ts'
import { runExecutionLost } from '../domain/year-run/decide.ts'
import { caseFacts, type MailCase, type WithMails } from './intake/mail-case.ts'
import { intoRenegotiation } from './intake/into-renegotiation.ts'
import { intoReview } from './intake/into-review.ts'
import type { ReadingPorts } from './intake/read-mail.ts'
import { settleMail, withinNotices } from './intake/settle-inbox-mail.ts'
import { releaseHeldAnswers } from './letters/held-answers.ts'
import type { LetterComposer } from './letters/letter-composer.ts'
import { sendOwed } from './letters/owed.ts'
import { renegotiationComposer, reviewComposer } from './letters/composers.ts'
import type { LetterPorts } from './letters/send-once.ts'
import { renegotiationReplay, reviewReplay, type ReplayKind } from './operator/replay/read-again.ts'
import type { CaseKind } from './record/case-kind.ts'
import { enterContacts } from './record/enter-contacts.ts'
import { observeReply } from './record/observe-reply.ts'
import { closeOpenReview } from './record/open-reviews.ts'
import { loadCase, settle } from './record/perform.ts'
import { makeRaiseQuestion } from './record/raise-question.ts'
import { startAttempt } from './record/start-attempt.ts'
import { sendCorrectionSheets } from './report/correction-letters.ts'
import { tellReport } from './report/note-corrections.ts'
import { agreementCase } from './streams/agreement-case.ts'
import { answeringCase } from './streams/answering-case.ts'
import { commitmentsCase } from './streams/commitments-case.ts'
import { inboxCase } from './streams/inbox-case.ts'
import { renegotiationCase } from './streams/renegotiation-case.ts'
import { reviewCase } from './streams/review-case.ts'
import { runCase } from './streams/run-case.ts'

/**
 * The registry of streams: a row for each kind, with everything that handlers ask by a stream's identity. It is the
 * top of the handlers: rows are made of the rooms' parts, and whatever the parts need of another kind's row they
 * are handed.
 */
interface StreamRow<S, E extends BaseEvent> {
  /** How it folds, what comes next in it, how it stands in lists. */
  readonly kind: CaseKind<S, E>
  /** What a workflow's loss of it commits; null for a kind that no workflow runs. */
  readonly lost: ((state: S, lost: Parameters<typeof executionLost>[1]) => Decision<E>) | null
  /** The letters it sends to municipalities; null for a kind that sends none. */
  readonly letters: LetterComposer<S, E> | null
  /** Mails taken into it, and those read again; null for a kind that takes in none. */
  readonly mails: { readonly intake: MailCase<S, E>; readonly replay: ReplayKind<S, E> } | null
  /** That what it took from a mail is erased, as an event of its own; null for a kind that holds nothing of mails. */
  readonly erased: ((erased: MailErased) => E) | null
  /** What its state owes beside waits and its list entry: keyed and idempotent, from the record alone. */
  readonly acts: (ports: ReadingPorts, stream: StreamId) => Promise<void>
}

/** A row of a kind that only folds and stands in lists. */
const plain = <S, E extends BaseEvent>(
  kind: CaseKind<S, E>,
  acts: StreamRow<S, E>['acts'],
): StreamRow<S, E> => ({ kind, lost: null, letters: null, mails: null, erased: null, acts })

const reviews: StreamRow<ReviewState, ReviewEvent> = {
  kind: reviewCase,
  lost: executionLost,
  letters: reviewComposer,
  mails: {
    intake: {
      named: '',
      facts: caseFacts,
      isOfOneYear: true,
      take: intoReview,
      note: (state, event: UnplacedMailEvent) => accept<ReviewEvent>(withinNotices(state, event)),
      document: (event) => event,
      own: (decision) => decision,
    },
    replay: reviewReplay,
  },
  erased: (erased) => erased,
  acts: async (ports, stream) => {
    await enterContacts(ports, (await loadCase(ports, reviewCase, stream)).state)
    await sendOwed(ports, reviewComposer, stream)
    await afterReview(ports, stream)
  },
}

const renegotiations: StreamRow<RenegotiationState, RenegotiationEvent> = {
  kind: renegotiationCase,
  lost: renegotiationLost,
  letters: renegotiationComposer,
  mails: {
    intake: {
      named: 'Genforhandling: ',
      facts: caseFacts,
      isOfOneYear: false,
      take: intoRenegotiation,
      note: (_state, event: UnplacedMailEvent) => accept<RenegotiationEvent>(event),
      document: (event) => event,
      own: (decision) => decision,
    },
    replay: renegotiationReplay,
  },
  erased: (erased) => erased,
  acts: async (ports, stream) => {
    await sendOwed(ports, renegotiationComposer, stream)
  },
}

/** Whoever lets answers go on waits for so many cases at most; reconcile answers the others. */
const atOnceHeld = 40

const withStream = <R>(stream: StreamId, use: <S, E extends BaseEvent>(row: StreamRow<S, E>) => R): R => {
  const parsed = parseStreamId(stream)
  switch (parsed.kind) {
    case 'agreement':
      return use({
        ...plain(agreementCase, async (ports) => {
          await makeRaiseQuestion(ports)(parsed.agreement)
        }),
        erased: (erased) => erased,
      })
    case 'review':
      return use(reviews)
    case 'renegotiation':
      return use(renegotiations)
    case 'run':
      return use({ ...plain(runCase, sendCorrectionSheets), lost: runExecutionLost })
    case 'inbox':
      return use({ ...plain(inboxCase, settleInbox), erased: (erased) => erased })
    case 'answers':
      return use(plain(answeringCase, (ports) => releaseHeldAnswers(ports, performOwedLetters, atOnceHeld)))
    case 'commitments':
      return use(plain(commitmentsCase, () => Promise.resolve()))
    default:
      return parsed satisfies never
  }
}

/** Calls `use` with the kind of a stream that a workflow runs. @throws Error for any other */
export const withWorkflow = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(kind: CaseKind<S, E>, lost: NonNullable<StreamRow<S, E>['lost']>) => R,
): R =>
  withStream(stream, ({ kind, lost }) => {
    if (lost === null) throw new Error(`${stream} is no stream that a workflow runs`)
    return use(kind, lost)
  })

export const hasWorkflow = (stream: StreamId): boolean => withStream(stream, ({ lost }) => lost !== null)

/** Calls `use` with the letters of a stream that writes to municipalities. @throws Error for any other */
export const withLetters = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(composer: LetterComposer<S, E>) => R,
): R =>
  withStream(stream, ({ letters }) => {
    if (letters === null) throw new Error(`${stream} sends no letters to municipalities`)
    return use(letters)
  })

/** Calls `use` with the kind of a stream that mails are taken into. @throws Error for any other */
export const withReplay = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(kind: CaseKind<S, E>, mails: MailCase<S, E>, replay: ReplayKind<S, E>) => R,
): R =>
  withStream(stream, ({ kind, mails }) => {
    if (mails === null) throw new Error(`${stream} takes in no mail`)
    return use(kind, mails.intake, mails.replay)
  })
export const withMails: WithMails = withReplay

/** Calls `use` with the kind of a stream that a mail may be erased from. @throws Error for any other */
export const withErasure = <R>(
  stream: StreamId,
  use: <S, E extends BaseEvent>(kind: CaseKind<S, E>, asEvent: (erased: MailErased) => E) => R,
): R =>
  withStream(stream, ({ kind, erased }) => {
    if (erased === null) throw new Error(`${stream} holds nothing of a mail`)
    return use(kind, erased)
  })

export const takesMail = (stream: StreamId): boolean => withStream(stream, ({ mails }) => mails !== null)

/**
 * Sends the answers a case owes at once. Safe to repeat.
 * @returns the keys of those held back, while answers are stopped
 */
export const performOwedLetters = (ports: LetterPorts, stream: StreamId): Promise<ReadonlySet<string>> =>
  withLetters(stream, (composer) => sendOwed(ports, composer, stream))

/** What a mail of an inbox owes to the cases it may belong to; see `settleMail`. */
export const settleInboxMail = (ports: ReadingPorts, inbox: StreamId, mailKey: string): Promise<void> =>
  settleMail(ports, withMails, inbox, mailKey)

/** All mails of an inbox, for whoever takes up what was left. */
const settleInbox = async (ports: ReadingPorts, inbox: StreamId): Promise<void> => {
  const { state } = await loadCase(ports, inboxCase, inbox)
  for (const { mailKey } of state.mails) await settleInboxMail(ports, inbox, mailKey)
}

/**
 * Does whatever a stream's state owes, from the record alone: waits that are over, the list entry, answers that go
 * at once, the run told of a review that is over, questions carried on, the attempt after a reopening. Each act is
 * keyed and idempotent, so this may run at any time and any number of times.
 */
export const performOwedActs = (ports: ReadingPorts, stream: StreamId): Promise<void> =>
  withStream(stream, async ({ kind, acts }) => {
    await settle(ports, kind, stream, await loadCase(ports, kind, stream))
    await acts(ports, stream)
  })

/**
 * What its mails say of the agreement is told, those released just now too. A review that is over leaves the run's
 * open items; one that was reopened after its execution goes on.
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
  await startAttempt(ports, stream, state.attempts.attached + 1)
}
