import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { noReview, type ReviewState, review } from '../../../functions/domain/review/state.ts'
import { reviewCase } from '../../../functions/handlers/streams/cases.ts'

const lineSchema = z.object({ at: z.string(), event: z.object({ type: z.string(), v: z.int() }).loose() })
const stored = readFileSync(new URL('../../fixtures/events/review.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => lineSchema.parse(JSON.parse(line)))

const fold = (withPrivate: boolean): ReviewState =>
  stored.reduce((state, { at, event }, index) => {
    const { private: own, ...rest } = event
    return review.evolve(
      state,
      reviewCase.read(withPrivate && own !== undefined ? { ...rest, private: own } : rest),
      {
        seq: index + 1,
        at,
        actor: { by: 'system', name: 'test' },
        commandId: String(index),
      },
    )
  }, noReview)

it('keeps one event of every type of a review', () => {
  const types = review.eventTypes
  expect([...new Set(stored.map(({ event }) => event.type))].sort()).toEqual(types.toSorted())
})

it('folds them to the state they always folded to', () => {
  const state = fold(true)
  expect(state).toMatchObject({
    status: 'stopped',
    year: 2014,
    agreement: 'svendborg-rk',
    requestOn: '2015-01-15',
    dueOn: '2015-03-02',
    attempts: { attached: 2, lost: false },
    rounds: 3,
    dissemination: { done: true, mailKey: 'done-1' },
    reopen: { mailKey: 'late-2', decided: true },
    stopReason: 'kontrakten er ophævet',
    extensions: [{ decided: { granted: true, dueOn: '2015-03-06', text: 'udvalget mødes den 4. marts' } }],
    questions: [{ questionId: 'q-1', answeredBy: 'answer-1', dueOn: '2015-03-17' }],
    wishes: [{ mailKey: 'wish-2', assumptionKeys: ['FS1'] }],
    factChecks: [{ mailKey: 'check-1', ok: true }],
    commentAnswers: [{ mailKey: 'hearing-2', text: 'praktik er talt med' }],
    notes: [{ by: 'sofie', about: 'phone', text: 'Talt med Mette Prøve.' }],
  })
  expect(state.finals.map(({ version, comments }) => [version, comments])).toEqual([[1, 'answered']])
  expect(state.parties[0]).toMatchObject({
    contactsConfirmed: true,
    doubts: [],
    figures: {
      M2: { value: { is: 'number', value: '25' }, mailKey: 'late-2' },
      'M9 typed': {
        value: { is: 'number', value: '7' },
        mailKey: 'typed-1',
        at: { part: 'typed', page: 'side 2' },
      },
      'M9 prose': { value: { is: 'number', value: '8' }, mailKey: 'prose-1', written: '8 uger' },
    },
  })
  expect(state.mails.find((mail) => mail.mailKey === 'held-1')).toMatchObject({ standing: 'counts' })
  expect(state.mails.find((mail) => mail.mailKey === 'late-1')).toMatchObject({
    values: [{ key: 'M2', value: { value: '21' } }],
    reading: { reader: 'l2' },
    rereads: [
      { by: 'drift', outcome: 'applied' },
      { outcome: 'noted', after: { values: [{ value: { value: '22' } }] } },
    ],
  })
})

it('folds them without their private parts: what is erased changes no decision', () => {
  const [whole, erased] = [fold(true), fold(false)]
  expect(erased.status).toBe(whole.status)
  expect(erased.finals).toEqual(whole.finals)
  expect(erased.letters.map(({ order, dueOn, delivered }) => ({ order, dueOn, delivered }))).toEqual(
    whole.letters.map(({ order, dueOn, delivered }) => ({ order, dueOn, delivered })),
  )
  expect(erased.stopReason).toBe('')
  expect(erased.letters.every((letter) => letter.text === null)).toBe(true)
})

it('names an event it does not know instead of passing over it', () => {
  expect(() => reviewCase.read({ type: 'Draft', v: 7 })).toThrow('review event Draft v7 cannot be read')
})
