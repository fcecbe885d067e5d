import * as z from 'zod'
import {
  agreementStream,
  isStreamId,
  renegotiationStream,
  reviewStream,
  runStream,
  type StreamId,
} from '../../domain/base/stream-id.ts'
import { decideAgreement } from '../../domain/agreement/decide.ts'
import { agreementIdSchema } from '../../domain/base/values.ts'
import { agreementCase, reviewCase, runCase } from '../streams/cases.ts'
import { makeRaiseQuestion } from '../record/raise-question.ts'
import { loadCase, type RecordPorts, perform, startAttempt } from '../record/perform.ts'
import { attemptOf } from '../../domain/execution/execution.ts'
import { performOwedActs, performOwedLetters, withLetters, withWorkflow } from '../streams.ts'
import { addMs, compareInstants, isAfter, todayInCopenhagen } from '../../domain/base/time.ts'
import { isForLater } from '../../../workflows/errors.ts'
import type { Ports } from '../../ports/ports.ts'
import { type DayWorks, owedDay } from './owed-to-day.ts'
import type { ReadingPorts } from '../intake/read-mail.ts'
import { eraseContent, type ErasingPorts } from '../record/erase-content.ts'
import { askCollected, releaseHeldAnswers } from '../letters/answers.ts'

const runEntrySchema = z.object({ year: z.int(), status: z.string() })
const reviewEntrySchema = z.object({ agreement: agreementIdSchema, status: z.string() })
const agreementEntrySchema = z.object({
  agreement: agreementIdSchema,
  status: z.string(),
  expiresOn: z.string(),
  openQuestion: z.boolean(),
})

/**
 * Starts what the record says was started and no execution has ever taken up: a run that was opened, a review
 * that the run started, a question that an agreement raised. An execution that was lost is not started again: it
 * is shown as stuck, and a person resumes it. Reads lists to find where to look, and decides by the streams.
 * @returns the streams whose first execution was started, or is running and has not attached yet
 */
const startMissingExecutions = async (ports: RecordPorts): Promise<readonly StreamId[]> => {
  const started: StreamId[] = []
  for (const { summary } of await ports.listEntries.list('runs')) {
    const entry = runEntrySchema.safeParse(summary)
    if (entry.success && entry.data.status !== 'frozen')
      started.push(...(await inRun(ports, entry.data.year)))
  }
  for (const { summary } of await ports.listEntries.list('agreements')) {
    const entry = agreementEntrySchema.safeParse(summary)
    if (!entry.success || !entry.data.openQuestion) continue
    const { raised } = await makeRaiseQuestion(ports)(entry.data.agreement)
    started.push(...raised)
  }
  return started
}

/**
 * Puts the end of agreements on the record whose term has run out. What a rule asks is the last day itself, so that
 * nothing changes by the hour at which this comes; lists and readers of the record are told.
 */
const expireAgreements = async (ports: RecordPorts): Promise<void> => {
  const today = todayInCopenhagen(ports.clock.now())
  for (const { summary } of await ports.listEntries.list('agreements')) {
    const entry = agreementEntrySchema.safeParse(summary)
    if (!entry.success || entry.data.status !== 'signed' || !isAfter(today, entry.data.expiresOn)) continue
    await perform(ports, agreementCase, agreementStream(entry.data.agreement), {
      id: `expire/${entry.data.expiresOn}`,
      actor: { by: 'system', name: 'Reconcile' },
      decide: (state, now) =>
        decideAgreement(
          state,
          { do: 'expire', on: todayInCopenhagen(now) },
          { today: todayInCopenhagen(now), finalYears: [] },
        ),
    })
  }
}

const inRun = async (ports: RecordPorts, year: number): Promise<readonly StreamId[]> => {
  const stream = runStream(year)
  const { state: run } = await loadCase(ports, runCase, stream)
  if (run.status === 'none') return []
  if (run.attempts.attached === 0) {
    await startAttempt(ports, stream, 1)
    return [stream]
  }
  const started: StreamId[] = []
  for (const { summary } of await ports.listEntries.list(`reviews-${year}`)) {
    const entry = reviewEntrySchema.safeParse(summary)
    if (!entry.success || entry.data.status !== 'preparing') continue
    if (!run.started.includes(entry.data.agreement)) continue
    const review = reviewStream(year, entry.data.agreement)
    const { state } = await loadCase(ports, reviewCase, review)
    if (state.status !== 'preparing' || state.attempts.attached > 0) continue
    await startAttempt(ports, review, 1)
    started.push(review)
  }
  return started
}

const holdingEntrySchema = z.object({
  agreement: agreementIdSchema,
  held: z.int().positive(),
  year: z.int(),
  seq: z.int().optional(),
})

/**
 * Asks the contacts of each case that holds mails about those of strangers, once an hour has passed since they were
 * asked last. A case of a year that is frozen asks nobody.
 * @throws AggregateError of what went wrong in some cases, after the others are done
 */
const askAboutStrangers = async (ports: ReadingPorts): Promise<void> => {
  const runs = (await ports.listEntries.list('runs')).flatMap(({ summary }) => {
    const entry = runEntrySchema.safeParse(summary)
    return entry.success && entry.data.status !== 'frozen' ? [`reviews-${entry.data.year}`] : []
  })
  const failures: unknown[] = []
  for (const list of [...runs, 'renegotiations'])
    for (const { summary } of await ports.listEntries.list(list)) {
      const entry = holdingEntrySchema.safeParse(summary)
      if (!entry.success) continue
      const { agreement, year, seq } = entry.data
      const stream = seq === undefined ? reviewStream(year, agreement) : renegotiationStream(agreement, seq)
      await withLetters(stream, (composer) => askCollected(ports, composer, stream)).catch(
        (error: unknown) => {
          // The next sweep finds it over.
          if (!isForLater(error)) failures.push(error)
        },
      )
    }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} cases could not be asked`)
}

/** The event of EventBridge's rule on failed, timed-out and aborted executions; only the fields used. */
export const executionLostSchema = z.object({
  detail: z.object({
    executionArn: z.string(),
    name: z.string(),
    status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
    input: z.string(),
  }),
})

const inputOf = (text: string): { stream: StreamId; attempt: number } | null => {
  const parsed = z.object({ stream: z.string(), attempt: z.int() }).safeParse(JSON.parse(text))
  return parsed.success && isStreamId(parsed.data.stream)
    ? { stream: parsed.data.stream, attempt: parsed.data.attempt }
    : null
}

/** Commits the loss to the stream: shown as stuck, alarmed; the year goes on without it. */
export const makeRecordExecutionLost =
  (ports: RecordPorts & Pick<Ports, 'meter'>) =>
  async ({ detail }: z.infer<typeof executionLostSchema>): Promise<void> => {
    ports.meter.count('ExecutionLost')
    const input = inputOf(detail.input)
    if (input === null) return
    const lost = {
      attempt: input.attempt || attemptOf(detail.name),
      execution: detail.executionArn,
      status: detail.status,
    }
    const command = {
      id: `lost/${detail.executionArn}`,
      actor: { by: 'system', name: 'RecordExecutionLost' },
    } as const
    await withWorkflow(input.stream, (kind, recordLost) =>
      perform(ports, kind, input.stream, { ...command, decide: (state) => recordLost(state, lost) }),
    )
  }

export const reconcileInputSchema = z
  .object({
    /**
     * Also looks for executions that were to be started and never were, for strangers' mails that nobody was asked
     * about, and for terms that have run out; reads all lists.
     */
    sweep: z.boolean().default(false),
  })
  .nullish()
  .transform((input) => ({ sweep: input?.sweep ?? false }))
type ReconcileInput = z.infer<typeof reconcileInputSchema>

interface Reconciled {
  /** Commands on the record whose acts are done now. */
  readonly done: readonly string[]
  /** Commands that were never committed: there is nothing to do. */
  readonly dropped: readonly string[]
  /** Left for the next time: perhaps still under way, or a letter that may have gone. */
  readonly left: readonly string[]
  /** Executions that were missing. */
  readonly started: readonly StreamId[]
}

/** Reading mail, doing what is owed, and erasing what two persons have decided to erase. */
type ReconcilePorts = ReadingPorts & ErasingPorts & Pick<Ports, 'outbox'>

/** A command that is still under way has noted itself and not committed yet; none takes so long. */
const underWayMs = 60 * 1000

/**
 * Takes up what a crash left: commands that noted themselves (`TODO#<command id>`) and did not take the note away.
 * Whether the commit is there decides, never the note: there = do the acts, not there = delete the note once the
 * command cannot be under way any more. Answers held back go out, once a person has let them. A schedule's work that
 * is owed to its day is done. Two queries when there is nothing.
 * @param works what is done of a schedule's day
 */
export const makeReconcile =
  (ports: ReconcilePorts, works: Partial<DayWorks> = {}) =>
  async ({ sweep }: ReconcileInput): Promise<Reconciled> => {
    const done: string[] = []
    const dropped: string[] = []
    const left: string[] = []
    const failures: unknown[] = []
    for (const todo of await ports.outbox.list()) {
      const { commandId } = todo
      try {
        const outcome = await takeUp(ports, works, todo)
        if (outcome !== 'left') await ports.outbox.remove(commandId)
        const list = { done, dropped, left }[outcome]
        list.push(commandId)
      } catch (error) {
        // Time mends it, and the next call may find it over; anything else is told after the rest is done.
        if (isForLater(error)) left.push(commandId)
        else failures.push(error)
      }
    }
    await releaseHeldAnswers(ports, performOwedLetters).catch((error: unknown) => failures.push(error))
    if (sweep) await askAboutStrangers(ports).catch((error: unknown) => failures.push(error))
    const started = sweep ? await startMissingExecutions(ports) : []
    if (sweep) await expireAgreements(ports).catch((error: unknown) => failures.push(error))
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} commands could not be taken up`)
    return { done, dropped, left, started }
  }

const takeUp = async (
  ports: ReadingPorts & ErasingPorts,
  works: Partial<DayWorks>,
  todo: { readonly commandId: string; readonly stream: StreamId; readonly at: string },
): Promise<'done' | 'dropped' | 'left'> => {
  const owed = owedDay(todo.commandId)
  if (owed !== null) {
    const work = works[owed.schedule]
    if (work === undefined) return 'left'
    await work(owed.day)
    return 'done'
  }
  const commits = await ports.streams.load(todo.stream)
  if (commits.some((commit) => commit.meta.commandId === todo.commandId)) {
    // Here alone: what faces the internet may not erase.
    await eraseContent(ports, todo.stream)
    await performOwedActs(ports, todo.stream, todo.commandId)
    return 'done'
  }
  return compareInstants(addMs(todo.at, underWayMs), ports.clock.now()) <= 0 ? 'dropped' : 'left'
}
