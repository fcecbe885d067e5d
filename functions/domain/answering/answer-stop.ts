import * as z from 'zod'
import { decidedByPerson } from '../casefile/answer-budget.ts'
import type { LetterOrder } from '../casefile/letters.ts'
import { accept, refuse, type Actor, type CommitMeta, type Decision, type Folding } from '../base/stream.ts'
import { addMs } from '../base/time.ts'
import { commandsOf, commandTable } from '../base/command.ts'
import { requiredText } from '../base/fields.ts'

/**
 * The breaker over all answers (MAIL security 18): where more go out in an hour than can be meant, none goes out
 * until a person has looked. What is owed meanwhile stays owed on its case's record. Letters that the ministry
 * sends of its own accord, and those a person has decided on, are no answers.
 */
const hourTextSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}$/, 'an hour, as 2015-02-24T13 (UTC)')

export const answersStoppedSchema = z.strictObject({
  type: z.literal('AnswersStopped'),
  v: z.literal(1),
  /** The hour of business time, UTC, in which one more answer was owed than may go out. */
  hour: hourTextSchema,
  /** So many an hour were allowed. */
  mostAnHour: z.int().positive(),
})
export const answersResumedSchema = z.strictObject({
  type: z.literal('AnswersResumed'),
  v: z.literal(1),
  private: z.strictObject({ reason: z.string() }).optional(),
})
export const answeringEventSchema = z.discriminatedUnion('type', [answersStoppedSchema, answersResumedSchema])
export type AnsweringEvent = z.infer<typeof answeringEventSchema>

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

const evolve = (state: AnsweringState, event: AnsweringEvent, { at, actor }: CommitMeta): AnsweringState => {
  const journal = (change: AnsweringChange['change']) => [...state.journal, { at, actor, change }]
  return event.type === 'AnswersStopped'
    ? {
        ...state,
        stoppedAt: at,
        journal: journal({ is: 'stopped', hour: event.hour, mostAnHour: event.mostAnHour }),
      }
    : {
        stoppedAt: null,
        resumptions: state.resumptions + 1,
        journal: journal({ is: 'resumed', reason: event.private?.reason ?? '' }),
      }
}

export const answeringFolding: Folding<AnsweringState, AnsweringEvent> = {
  initial: { stoppedAt: null, resumptions: 0, journal: [] },
  evolve,
}

/** The hour of an instant, UTC: `2015-02-24T13`. */
const hourOf = (instant: string): string => instant.slice(0, 13)

/** Where an answer given now is counted: its hour, anew after each resumption. */
export interface AnswerBucket {
  readonly hour: string
  readonly resumptions: number
  /** After this instant nobody asks for it any more. */
  readonly until: string
}

const bucketKeptMs = 48 * 60 * 60 * 1000

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
