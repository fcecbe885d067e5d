import * as z from 'zod'
import { keptMs, retention } from '../base/retention.ts'
import { compose, slice, type EventOfSlices } from '../base/slice.ts'
import { decidedByPerson } from '../casefile/answer-budget.ts'
import type { LetterOrder } from '../casefile/letters.ts'
import { accept, refuse, type Actor, type Decision, event } from '../base/stream.ts'
import { addMs } from '../base/time.ts'
import { commandsOf, commandTable, requiredText } from '../base/command.ts'

/**
 * The breaker over all answers (MAIL security 18): where more go out in an hour than can be meant, none goes out
 * until a person has looked. What is owed meanwhile stays owed on its case's record. Letters that the ministry
 * sends of its own accord, and those a person has decided on, are no answers.
 */
const hourTextSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}$/, 'an hour, as 2015-02-24T13 (UTC)')

const answersStoppedSchema = event('AnswersStopped', {
  /** The hour of business time, UTC, in which one more answer was owed than may go out. */
  hour: hourTextSchema,
  /** So many an hour were allowed. */
  mostAnHour: z.int().positive(),
})
const answersResumedSchema = event('AnswersResumed', {
  private: z.strictObject({ reason: z.string() }).optional(),
})

/** One line of the breaker's journal. */
export interface AnsweringChange {
  readonly at: string
  readonly actor: Actor
  readonly change:
    | { readonly is: 'stopped'; readonly hour: string; readonly mostAnHour: number }
    | { readonly is: 'resumed'; readonly reason: string }
}

export interface AnsweringState {
  /** When it was stopped; null while answers go out. */
  readonly stoppedAt: string | null
  /** How often it was let go on: what is counted begins anew with each. */
  readonly resumptions: number
  /** In order. */
  readonly journal: readonly AnsweringChange[]
}

const initial: AnsweringState = { stoppedAt: null, resumptions: 0, journal: [] }
const answeringSlice = slice({
  initial,
  events: [answersStoppedSchema, answersResumedSchema],
  fold: {
    AnswersStopped: ({ journal }, { hour, mostAnHour }, { at, actor }) => ({
      stoppedAt: at,
      journal: [...journal, { at, actor, change: { is: 'stopped' as const, hour, mostAnHour } }],
    }),
    AnswersResumed: ({ journal, resumptions }, { private: own }, { at, actor }) => ({
      stoppedAt: null,
      resumptions: resumptions + 1,
      journal: [...journal, { at, actor, change: { is: 'resumed' as const, reason: own?.reason ?? '' } }],
    }),
  },
})
const slices = [answeringSlice] as const
export type AnsweringEvent = EventOfSlices<typeof slices>
export const answering = compose(slices)

/** The hour of an instant, UTC: `2015-02-24T13`. */
const hourOf = (instant: string): string => instant.slice(0, 13)

/** Where an answer given now is counted: its hour, anew after each resumption. */
export interface AnswerBucket {
  readonly hour: string
  readonly resumptions: number
  /** After this instant nobody asks for it any more. */
  readonly until: string
}

const bucketKeptMs = keptMs(retention['answer-counter'])

/** @param now UTC instant of business time */
export const answerBucket = (state: AnsweringState, now: string): AnswerBucket => ({
  hour: hourOf(now),
  resumptions: state.resumptions,
  until: addMs(`${hourOf(now)}:00:00.000Z`, bucketKeptMs),
})

/**
 * Does a letter that a case owes at once answer a mail by machine? The second receipt of a mail confirms what a
 * caseworker has decided.
 */
export const isAnswerByMachine = (order: LetterOrder): boolean =>
  order.seq === 1 && !decidedByPerson.includes(order.kind)

const strangersNotices: readonly LetterOrder['kind'][] = ['held-mail-notice', 'neutral-notice']

/** What a mail that nobody has vouched for makes us write: whoever can make us write it stops no answer to anybody. */
export const isStrangersNotice = ({ kind }: LetterOrder): boolean => strangersNotices.includes(kind)

/** Where such a notice is counted: beside the answers of its hour. */
export const noticeBucket = (state: AnsweringState, now: string): AnswerBucket => {
  const bucket = answerBucket(state, now)
  return { ...bucket, hour: `${bucket.hour}/notices` }
}

/** One answer too many was owed in this bucket; nothing to do where it is stopped, or was resumed meanwhile. */
export const stopAnswers = (
  state: AnsweringState,
  { hour, resumptions }: AnswerBucket,
  mostAnHour: number,
): Decision<AnsweringEvent> =>
  state.stoppedAt !== null || state.resumptions !== resumptions
    ? accept()
    : accept<AnsweringEvent>({ type: 'AnswersStopped', v: 1, hour, mostAnHour })

const command = commandsOf<AnsweringState, AnsweringEvent>({
  status: () => 'open',
  municipalities: () => [],
})

/** A person has looked and lets answers go out again, those held back first. */
const resumeAnswers = command('resume-answers', {
  input: z.object({ reason: requiredText('Skriv, hvorfor svarene kan sendes igen.') }),
  // Who keeps the system running, and the caseworkers, whose answers they are.
  roles: ['administrator', 'caseworker'],
  label: { da: 'Send svarene', en: 'Send the answers' },
  done: {
    da: 'Svarene sendes igen, de tilbageholdte først. Er der mange, er de ude inden for fem minutter.',
    en: 'The answers are sent again, those held back first. If there are many, within five minutes.',
  },
  decide: (state, { reason }) =>
    state.stoppedAt === null
      ? refuse('not-stopped', 'answers are not stopped any more')
      : accept<AnsweringEvent>({ type: 'AnswersResumed', v: 1, private: { reason } }),
})

/** What people decide on the breaker over all answers. */
export const answeringCommands = commandTable([resumeAnswers])
