import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isComplete } from '../../../functions/domain/review/asked.ts'
import { isBlocked } from '../../../functions/domain/review/collection.ts'
import { close, makeDraft, assessFinally } from '../../../functions/domain/review/decide/machine.ts'
import type { ReviewCommand } from '../../../functions/domain/review/commands.ts'
import { owedAnswer } from '../../../functions/domain/review/owed.ts'
import { planReview } from '../../../functions/domain/review/plan.ts'
import {
  openTasks,
  reviewHolds,
  turnOf as turnOfReview,
} from '../../../functions/domain/review/open-tasks.ts'
import { entrySchema, entryTurn, waitsHeld } from '../../../functions/domain/casefile/open-task.ts'
import { reviewListEntry } from '../../../functions/domain/review/list-entry.ts'
import { letterOrderId } from '../../../functions/domain/casefile/letters.ts'
import { expectation } from '../../../functions/domain/casefile/plan.ts'
import { addDays, addMs, secondsBetween, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { partnership, withLaterFigure } from './partnership.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { allFigures, finished, number, on, requested, ReviewWorld } from './review-world.ts'
import { svendborg } from '../../fixtures/agreements/svendborg.ts'
import { partyOf } from '../../../functions/domain/review/slices/figures.ts'
import { openQuestions } from '../../../functions/domain/review/slices/questions.ts'

const keys = Object.keys(allFigures) as (keyof typeof allFigures)[]
const party = fc.constantFrom('479', '450')

const standings = ['counts', 'counts', 'counts', 'provisional', 'held', 'automatic', 'set-aside'] as const

/** What may happen to a review, in any order: time passes, mails come, people decide. */
const anyAction = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass'), hours: fc.integer({ min: 1, max: 700 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('mail'),
      party,
      standing: fc.constantFrom(...standings),
      keys: fc.oneof(fc.constant(keys), fc.subarray(keys)),
      shift: fc.integer({ min: 0, max: 2 }),
      finished: fc.boolean(),
      doubt: fc.option(fc.constantFrom(...keys), { freq: 6 }),
      confirms: fc.boolean(),
      hearing: fc.constantFrom('none', 'comments', 'text', 'nothing'),
      extension: fc.integer({ min: 0, max: 9 }),
      kind: fc.constantFrom('request', 'question', 'hearing', 'held-mail-notice'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bounce'), permanent: fc.boolean() }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('proceed'), as: fc.nat() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'release',
        'extension',
        'recommend',
        'change',
        'approve',
        'send-back',
        'ask',
        'mark',
        'answer',
        'reopen',
        'leave',
        'stop',
      ),
      as: fc.nat(),
    }),
  },
)
type Action = typeof anyAction extends fc.Arbitrary<infer A> ? A : never
const agreements = fc.constantFrom(
  svendborg.agreement,
  partnership,
  withLaterFigure(['M2', '2015-02-02'], ['M3', '2015-05-09']),
)
const stage = fc.constantFrom('asked', 'drafted', 'hearing', 'assessed')
const anyHistory = fc.tuple(
  agreements,
  stage,
  fc.array(anyAction, { minLength: 1, maxLength: 25, size: 'max' }),
)
type History = typeof anyHistory extends fc.Arbitrary<infer H> ? H : never

/** A review brought to the stage where the history begins. */
const begin = ([content, from]: History): ReviewWorld => {
  const world = requested(content)
  if (from === 'asked') return world
  for (const { municipality } of content.parties)
    world.mail({ party: municipality, values: { ...allFigures, ...finished } })
  world.pass(on('2015-05-20', '09:00'))
  if (from === 'drafted') return world
  world.recommend().approve().work()
  return from === 'hearing' ? world : world.pass(on('2015-07-30', '09:00'))
}

/** What the ministry has to do next, if anything. */
const turnOf = ({ state }: ReviewWorld, as: number): string => {
  if (state.mails.some((mail) => mail.standing === 'held')) return 'release'
  if (state.extensions.some((request) => request.decided === null)) return 'extension'
  if (state.status === 'drafted') return as % 5 === 0 ? 'ask' : as % 3 === 0 ? 'change' : 'recommend'
  if (state.status === 'recommended') return as % 5 === 0 ? 'send-back' : 'approve'
  if (state.hearing?.answers.some((answer) => answer.answer === 'unmarked') === true) return 'mark'
  if (state.status === 'hearing') return 'answer'
  return state.reopen?.decided === false ? 'reopen' : 'pass'
}

const commandOf = (world: ReviewWorld, name: string, as: number): ReviewCommand | null => {
  const { state, subject } = world
  const of = <T>(list: readonly T[]): T | undefined => list[as % Math.max(1, list.length)]
  const held = of(state.mails.filter((mail) => mail.standing === 'held'))
  const wish = of(state.extensions.filter((request) => request.decided === null))
  const unmarked = of(state.hearing?.answers.filter((answer) => answer.answer === 'unmarked') ?? [])
  const target = of(state.draft?.assessment.targets ?? [])
  switch (name) {
    case 'release':
      return held === undefined
        ? null
        : {
            do: 'decide-held-mail',
            mailKey: held.mailKey,
            as:
              held.party === null
                ? 'rejected'
                : (of(['counts', 'provisional', 'rejected'] as const) ?? 'counts'),
            reason: 'set efter',
          }
    case 'extension':
      return wish === undefined
        ? null
        : {
            do: 'decide-extension',
            mailKey: wish.mailKey,
            grant: as % 2 === 0,
            dueOn: addDays(todayInCopenhagen(world.now), 14 + (as % 30)),
            reason: 'udvalg',
          }
    case 'recommend':
      return { do: 'recommend', subject, changes: [], externalFactors: [], text: '' }
    case 'change':
      return target === undefined
        ? null
        : {
            do: 'recommend',
            subject,
            changes: [{ target: target.key, verdict: as % 2 === 0 ? 'met' : 'partly-met', reason: 'skøn' }],
            externalFactors: [],
            text: '',
          }
    case 'approve':
      return { do: 'approve', subject }
    case 'send-back':
      return { do: 'send-back', subject, reason: 'se på mål 2' }
    case 'ask':
      return { do: 'ask', questionId: `q${as}`, party: '479', keys: ['M2'], text: 'Hvordan er M2 gjort op?' }
    case 'mark':
      return unmarked === undefined
        ? null
        : {
            do: 'mark-hearing-answer',
            mailKey: unmarked.mailKey,
            as: of(['none', 'comments', 'courtesy'] as const) ?? 'none',
          }
    case 'answer':
      return {
        do: 'answer-comments',
        subject,
        answers: (state.hearing?.answers ?? []).map(({ mailKey }) => ({ mailKey, text: 'noteret' })),
      }
    case 'reopen':
      return { do: 'reopen', reason: 'fejl i tallet' }
    case 'leave':
      return { do: 'leave-closed', reason: 'ingen betydning' }
    case 'stop':
      return as % 7 === 0 ? { do: 'stop', reason: 'kontrakten er ophævet' } : null
    default:
      return null
  }
}

const act = (world: ReviewWorld, action: Action): void => {
  if (action.do === 'pass' && 'hours' in action) world.pass(addMs(world.now, action.hours * 3_600_000))
  else if ('keys' in action) {
    const answersOrder =
      world.state.letters.some((letter) => letter.order.kind === action.kind) ||
      action.kind === 'held-mail-notice'
        ? {
            kind: action.kind,
            about: world.state.mails.find((mail) => mail.standing === 'held')?.mailKey ?? '',
          }
        : null
    world.mail({
      party: partyOf(world.state, action.party) === null ? '479' : action.party,
      standing: action.standing,
      values: {
        ...Object.fromEntries(
          action.keys.map((key) => [key, key === 'M2' ? number(20 + action.shift) : allFigures[key]]),
        ),
        ...(action.finished ? finished : {}),
        ...(action.hearing === 'none' || action.hearing === 'comments'
          ? { Høringssvar: { is: 'hearing-reply', comments: action.hearing === 'comments' } }
          : {}),
      },
      freeText: action.hearing === 'text' ? 'Tak for udkastet.' : '',
      doubts: action.doubt === null ? [] : [{ kind: 'hedged', key: action.doubt }],
      confirms: action.confirms,
      extension: action.extension === 0 ? { until: null, byKey: false } : null,
      answersOrder,
    })
  } else if ('permanent' in action) {
    const letter = world.state.letters.at(-1)
    if (letter !== undefined)
      world.bounced(letter.order, { permanent: action.permanent, recipient: letter.recipients[0] ?? '' })
  } else if ('as' in action) {
    const turn = action.do === 'proceed' ? turnOf(world, action.as) : action.do
    if (turn === 'pass' || (action.do === 'proceed' && turn === 'answer'))
      world.pass(addMs(world.now, 20 * 86_400_000))
    const command = commandOf(world, turn, action.as)
    if (command === null) return
    const decision = world.decide(command, ['approve', 'send-back', 'stop'].includes(turn) ? anders : sofie)
    if (decision.ok) world.commit(decision)
  }
  world.work()
}

/** Plays a history, looking at the review before and after each thing that happens. */
const play = (history: History, look: (world: ReviewWorld) => void = () => undefined): ReviewWorld => {
  const world = begin(history)
  look(world)
  for (const action of history[2]) {
    act(world, action)
    look(world)
  }
  return world
}

it('plans the same until the moment it names, and for ever when it names none', () => {
  fc.assert(
    fc.property(anyHistory, fc.double({ min: 0, max: 0.999, noNaN: true }), (history, share) => {
      play(history, (world) => {
        const plan = world.plan()
        expect(plan.next, 'the machine has done its work').not.toBe('step')
        if (plan.next !== 'wait') return
        const seconds = plan.until === null ? 90 * 86_400 : secondsBetween(world.now, plan.until)
        expect(seconds, 'a wait is for a moment to come').toBeGreaterThan(0)
        const later = addMs(world.now, Math.floor(seconds * 1000 * share))
        expect(expectation(world.plan(later))).toBe(expectation(plan))
      })
    }),
    { numRuns: 100 },
  )
})

it('reminds nobody who has answered, whose mail is held or who waits for our answer', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const world = play(history)
      const again = new ReviewWorld({ content: history[0] })
      for (const { at, event } of world.events) {
        if (event.type === 'LetterSent' && /^(courtesy|reminder)/.test(event.order.kind)) {
          const asked = partyOf(again.state, event.order.party ?? '')
          expect(asked === null || isComplete(again.state, asked)).toBe(false)
          expect(isBlocked(again.state, event.order.party ?? '')).toBe(false)
        }
        again.until(at).commit({ ok: true, events: [event] })
      }
      expect(again.state.letters).toEqual(world.state.letters)
    }),
    { numRuns: 100 },
  )
})

it('sends no letter twice, and answers a mail with one receipt at most', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const world = play(history, (seen) => {
        for (const mail of seen.state.mails)
          for (const kind of owedAnswer(seen.state, mail)) {
            const order = { kind, party: mail.party, seq: 1, about: mail.mailKey }
            if (!seen.state.letters.some((letter) => letterOrderId(letter.order) === letterOrderId(order)))
              seen.send(order)
          }
      })
      const ids = world.state.letters.map((letter) => letterOrderId(letter.order))
      expect(new Set(ids).size).toBe(ids.length)
      for (const mail of world.state.mails) {
        const answers = world.state.letters.filter(
          ({ order }) =>
            order.about === mail.mailKey &&
            ['receipt', 'hearing-receipt', 'extension-received'].includes(order.kind),
        )
        expect(answers.length).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 100 },
  )
})

it('never calls silence "not met"', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const world = play(history)
      for (const { event } of world.events) {
        if (event.type !== 'DraftMade') continue
        const { input, targets } = event.assessment
        for (const target of targets) {
          const given = input.figures.filter((figure) => figure.target === target.key)
          if (given.some((figure) => figure.given.given !== 'measured'))
            expect(target.verdict).toBe('not-assessable')
        }
      }
      expect(world.state.status).not.toBe('none')
    }),
    { numRuns: 100 },
  )
})

it('does a task of the machine once, however often it runs', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      play(history, (world) => {
        const { state, now } = world
        const assessment = state.draft?.assessment ?? state.heard
        if (assessment !== null && assessment !== undefined)
          expect(makeDraft(state, { assessment, subject: 'c'.repeat(64), attempt: null }, now)).toEqual({
            ok: true,
            events: [],
          })
        expect(assessFinally(state, null, now)).toEqual({ ok: true, events: [] })
        expect(close(state, null, now)).toEqual({ ok: true, events: [] })
      })
    }),
    { numRuns: 100 },
  )
})

it('answers every comment that was made to a draft, whatever became of the draft', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const world = play(history)
      const again = new ReviewWorld({ content: history[0] })
      let comments = new Set<string>()
      for (const { at, event } of world.events) {
        if (event.type === 'HearingAnswered' && event.answer === 'comments') comments.add(event.mailKey)
        if (event.type === 'HearingAnswerMarked') {
          if (event.as === 'comments') comments.add(event.mailKey)
          else comments.delete(event.mailKey)
        }
        if (event.type === 'Assessed') {
          const answered = again.state.commentAnswers.map(({ mailKey }) => mailKey)
          expect(answered).toEqual(expect.arrayContaining([...comments]))
          expect(event.comments === 'answered').toBe(comments.size > 0)
          comments = new Set()
        }
        again.until(at).commit({ ok: true, events: [event] })
      }
      expect(again.state.finals).toEqual(world.state.finals)
    }),
    { numRuns: 100 },
  )
})

it('ends no hearing by time without proof of delivery, and assesses no draft that was not heard', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const world = play(history)
      const again = new ReviewWorld({ content: history[0] })
      for (const { at, event } of world.events) {
        if (event.type === 'Assessed' && again.state.status === 'hearing') {
          const { hearing } = again.state
          const early = again.state.parties.every((one) =>
            hearing?.answers.some(
              ({ party: of, answer, toEarlier }) =>
                of === one.municipality && answer === 'none' && !toEarlier,
            ),
          )
          const begun = hearing?.begunAt ?? ''
          expect(early || secondsBetween(begun, at) >= 13 * 86_400).toBe(true)
          expect(early || todayInCopenhagen(at) > (hearing?.endsOn ?? '')).toBe(true)
          expect(again.state.mails.some((mail) => mail.standing === 'held')).toBe(false)
        }
        if (event.type === 'Assessed') expect(again.state.approval?.subject).toBe(event.subject)
        again.until(at).commit({ ok: true, events: [event] })
      }
      expect(openQuestions(again.state).length).toBeLessThanOrEqual(again.state.questions.length)
    }),
    { numRuns: 100 },
  )
})

/** Tasks of which each is a wait of the plan's own. */
const decisions = ['recommend', 'approve', 'comments', 'objection']

it('waits for the ministry exactly when a task is open, and lists and pages have one turn', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      play(history, ({ state, now }) => {
        const today = todayInCopenhagen(now)
        const plan = planReview(state, now)
        const open = openTasks(state, today)
        const holding = open.map(({ kind }) => reviewHolds[kind])
        if (plan.next === 'wait' && waitsHeld(reviewHolds).includes(plan.kind))
          expect(holding).toContain(plan.kind)
        for (const { kind } of open.filter((task) => decisions.includes(task.kind)))
          expect(plan, `${kind} is open`).toMatchObject({ next: 'wait', kind: reviewHolds[kind] })
        if (open.some(({ kind }) => kind === 'dispute')) expect(plan).not.toMatchObject({ step: 'draft' })
        const { summary } = reviewListEntry(state)
        expect(entryTurn(entrySchema.parse(summary), today)).toBe(turnOfReview(state, today))
      })
    }),
    { numRuns: 100 },
  )
})
