import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  answerBucket,
  answering,
  answeringCommands,
  isAnswerByMachine,
  stopAnswers,
  type AnsweringEvent,
  type AnsweringState,
} from '../../../functions/domain/answering/answer-stop.ts'
import type { Decider } from '../../../functions/domain/base/command.ts'
import type { Decision } from '../../../functions/domain/base/stream.ts'
import { ministryRoles, personIdSchema } from '../../../functions/domain/base/values.ts'
import { answeringCase } from '../../../functions/handlers/streams/cases.ts'

const at = '2015-02-24T13:07:00.000Z'
const system = { by: 'system', name: 'test' } as const
const after = (state: AnsweringState, events: readonly AnsweringEvent[], when = at): AnsweringState =>
  events.reduce(
    (folded, event) => answering.evolve(folded, event, { seq: 1, at: when, actor: system, commandId: 'one' }),
    state,
  )
const decided = (decision: Decision<AnsweringEvent>) => (decision.ok ? decision.events : [])
const { initial } = answering
const administrator = { id: personIdSchema.parse('aase'), roles: ['administrator'], barredFrom: [] } as const
const resume = (state: AnsweringState, reason: string, who: Decider = administrator) =>
  answeringCommands.decide(state, { do: 'resume-answers', reason }, who, at, {})

const lineSchema = z.object({ at: z.string(), event: z.object({ type: z.string(), v: z.int() }).loose() })
const stored = readFileSync(new URL('../../fixtures/events/answers.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => lineSchema.parse(JSON.parse(line)))

describe('the events of the breaker', () => {
  it('keeps one of every type', () => {
    const types = answering.eventTypes
    expect(stored.map(({ event }) => event.type).sort()).toEqual(types.toSorted())
  })
  it('folds them to the state they always folded to, also without the private part', () => {
    const fold = (events: readonly AnsweringEvent[]) => after(initial, events)
    const events = stored.map(({ event }) => answeringCase.read(event))
    expect(fold(events)).toMatchObject({
      stoppedAt: null,
      resumptions: 1,
      journal: [
        { change: { is: 'stopped', hour: '2015-02-24T13', mostAnHour: 200 } },
        { change: { is: 'resumed', reason: 'sløjfen er brudt' } },
      ],
    })
    const erased = fold(events.map(({ ...event }) => ({ ...event, private: undefined }) as AnsweringEvent))
    expect(erased.journal.at(-1)?.change).toEqual({ is: 'resumed', reason: '' })
  })
})

describe('the breaker over all answers', () => {
  it('counts by the hour of business time, and anew after each resumption', () => {
    expect(answerBucket(initial, '2015-02-24T13:59:59.999Z')).toEqual({
      hour: '2015-02-24T13',
      resumptions: 0,
      until: '2015-02-26T13:00:00.000Z',
    })
    expect(answerBucket({ ...initial, resumptions: 2 }, '2015-02-24T14:00:00.000Z')).toMatchObject({
      hour: '2015-02-24T14',
      resumptions: 2,
    })
  })
  it('is resumed by those who keep the system and by caseworkers, with a reason, and only while stopped', () => {
    const stopped = after(initial, decided(stopAnswers(initial, answerBucket(initial, at), 200)))
    expect(stopped.stoppedAt).toBe(at)
    for (const role of ministryRoles) {
      const outcome = resume(stopped, 'set', { ...administrator, roles: [role] })
      expect(outcome.ok, role).toBe(answeringCommands.rolesFor('resume-answers').includes(role))
    }
    const refusalOf = (state: AnsweringState, reason: string) => {
      const outcome = resume(state, reason)
      return outcome.ok ? null : outcome.refusal.kind
    }
    expect(refusalOf(stopped, ' ')).toBe('reason')
    expect(refusalOf(initial, 'set')).toBe('not-stopped')
  })
  it('takes receipts and notices for answers, and what a person decided for none', () => {
    const order = (kind: 'receipt' | 'held-mail-notice' | 'extension-granted' | 'contact-changed', seq = 1) =>
      isAnswerByMachine({ kind, party: '479', seq, about: 'mail-1' })
    expect(order('receipt')).toBe(true)
    expect(order('held-mail-notice')).toBe(true)
    expect(order('extension-granted')).toBe(false)
    expect(order('contact-changed')).toBe(false)
    expect(order('receipt', 2)).toBe(false)
  })
  it('stops once however many find one answer too many, and a late one never undoes a resumption', () => {
    const step = fc.oneof(
      fc.record({ is: fc.constant('stop' as const), behind: fc.nat({ max: 2 }) }),
      fc.constant({ is: 'resume' as const, behind: 0 }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = initial
        for (const { is, behind } of steps) {
          const bucket = { ...answerBucket(state, at), resumptions: state.resumptions - behind }
          const events = decided(is === 'stop' ? stopAnswers(state, bucket, 200) : resume(state, 'set'))
          expect(events.length).toBeLessThanOrEqual(1)
          if (is === 'stop' && behind > 0) expect(events).toEqual([])
          state = after(state, events)
        }
        const stops = state.journal.filter(({ change }) => change.is === 'stopped').length
        expect(stops - state.resumptions).toBe(state.stoppedAt === null ? 0 : 1)
      }),
    )
  })
})
