import { describe, expect, test } from 'vitest'
import { personIdSchema } from '../../../../functions/domain/base/values.ts'
import { planReview } from '../../../../functions/domain/review/plan.ts'
import { tasksOfReview } from '../../../../functions/web/review/review-tasks.ts'
import { partnership } from '../../review/partnership.ts'
import { anders, sofie } from '../../../support/ministry.ts'
import { allFigures, inHearing, number, on, requested, type ReviewWorld } from '../../review/review-world.ts'
import { commentsToShare } from '../../../../functions/domain/review/slices/comments.ts'
import { partyOf } from '../../../../functions/domain/review/slices/figures.ts'

const comments = { Høringssvar: { is: 'hearing-reply', comments: true } }
const none = { Høringssvar: { is: 'hearing-reply', comments: false } }
const drafted = () => requested().mail({ values: allFigures }).pass(on('2015-03-03', '09:10'))
const assessed = () => inHearing().pass(on('2015-03-25', '00:00'))
const kindOf = (world: ReviewWorld, ...how: Parameters<ReviewWorld['decide']>): string => {
  const decision = world.decide(...how)
  return decision.ok ? 'accepted' : decision.refusal.kind
}
/** Both members’ figures, the draft recommended and approved: the hearing of a partnership. */
const bothHeard = () => {
  const world = requested(partnership).until(on('2015-02-10', '11:00'))
  const { 'M1 i alt': total, 'M1 heraf': ofWhich, M2, M3, ...rest } = allFigures
  world.mail({ party: '479', values: { 'M1 i alt': total, 'M1 heraf': ofWhich, M2, ...rest } })
  world.mail({ party: '450', values: { 'M1 i alt': number(80), 'M1 heraf': number(40), M3 } })
  world.pass(on('2015-03-10', '09:00'))
  return world.recommend().approve().work()
}

describe('numbered edge cases: hearing and final word', () => {
  test('Edge case 2: figures after the final assessment ask a person whether to reopen; yes makes a new version, the old one stays', () => {
    const world = assessed().mail({ key: 'sent', values: { M2: number(40) } })
    expect(world.state).toMatchObject({ reopen: { mailKey: 'sent', decided: false } })
    expect(world.state.finals).toHaveLength(1)
    const first = world.state.finals[0]
    world.person({ do: 'reopen', reason: 'tallet var forkert' }, anders)
    world.work().recommend().approve()
    world.pass(on('2015-05-20'))
    expect(world.state.finals.map((one) => one.version)).toEqual([1, 2])
    expect(world.state.finals[0]).toEqual(first)
    const m2 = world.state.finals.at(-1)?.assessment.targets.find((one) => one.key === 'M2')
    expect([m2?.actual, m2?.verdict]).toEqual(['40', 'not-met'])
  })

  test('Edge case 17: an objection in time is answered point by point before anything is final', () => {
    const world = inHearing().mail({ key: 'indsigelse', values: comments })
    world.pass(on('2015-04-10'))
    expect(world.state.finals).toEqual([])
    expect(world.plan()).toMatchObject({ next: 'wait', kind: 'comments', until: null })
  })

  test('Edge case 31: dissemination holds back "closed", never "assessed"', () => {
    const { Formidling: _place, ...others } = allFigures
    const world = requested().until(on('2015-02-10')).mail({ values: others }).pass(on('2015-04-01'))
    world.recommend().approve().pass(on('2015-06-15'))
    expect(world.state.status).toBe('assessed')
    expect(world.pass(on('2015-08-20')).state.status).toBe('assessed')
    expect(world.letters()).toContain('dissemination@2015-08-03')
    world.mail({
      values: { Formidling: { is: 'text' } },
      texts: { Formidling: 'www.erfaringsbasen.example' },
    })
    expect(world.work().state.status).toBe('closed')
  })

  test('Edge case 39: a hearing mail without delivery: the hearing has not begun, and silence counts for nothing', () => {
    const world = requested().until(on('2015-02-10')).mail({ values: allFigures }).pass(on('2015-03-10'))
    world.recommend().approve().work({ delivered: false })
    expect(world.state).toMatchObject({ status: 'approved', hearing: null })
    expect(world.pass(on('2015-06-10')).plan()).toEqual({ next: 'wait', kind: 'delivery', until: null })
    expect(world.state.finals).toEqual([])
  })

  test('Edge case 40: silence in a hearing is "none received", and is never called accepted', () => {
    const world = assessed()
    expect(world.state.finals).toMatchObject([{ comments: 'none-received' }])
    expect(JSON.stringify(world.events).toLowerCase()).not.toMatch(/accept/)
    expect(inHearing().mail({ values: none }).work().state.finals).toMatchObject([{ comments: 'none' }])
  })

  test('Edge case 41: thanks for the draft: a caseworker says what it is, and nothing is concluded meanwhile', () => {
    const world = inHearing()
    world.mail({
      key: 'tak',
      freeText: 'Tak for udkastet, god weekend',
      answersOrder: { kind: 'hearing', about: '' },
    })
    expect(world.pass(on('2015-04-20')).plan()).toMatchObject({ kind: 'held-mail', until: null })
    world.person({ do: 'mark-hearing-answer', mailKey: 'tak', as: 'courtesy' }).work()
    expect(world.state.finals).toMatchObject([{ comments: 'none-received' }])
  })

  test('Edge case 55: nobody decides: a draft waits for ever, no time approves it', () => {
    const world = drafted()
    for (const day of ['2015-04-01', '2015-08-31', '2019-01-01'])
      expect(planReview(world.state, on(day))).toEqual({ next: 'wait', kind: 'recommendation', until: null })
    world.recommend()
    for (const day of ['2015-04-01', '2019-01-01'])
      expect(planReview(world.state, on(day))).toEqual({ next: 'wait', kind: 'approval', until: null })
  })

  test('Edge case 59: figures sent with reservation for political approval are taken in; a later change is a correction', () => {
    const world = requested().until(on('2015-02-10'))
    world.mail({
      values: { ...allFigures, Forbehold: { is: 'text' } },
      texts: { Forbehold: 'udvalget mødes 3. marts' },
    })
    const party = () => partyOf(world.state, '479')!
    expect(party().figures['Forbehold']?.text).toBe('udvalget mødes 3. marts')
    expect(world.pass(on('2015-03-03', '09:00')).state.status).toBe('drafted')
    world.mail({ values: { M2: number(27) } })
    expect(world.state.status).toBe('collected')
    expect(party().figures['M2']?.before).toEqual(allFigures.M2)
  })

  test('Edge case 63: a person barred from the municipality’s case decides neither step of it', () => {
    const barred = { ...sofie, barredFrom: ['479'] }
    const both = { id: personIdSchema.parse('nogen'), roles: ['approver'] as const, barredFrom: ['479'] }
    const world = drafted()
    const { subject } = world
    const recommend = { do: 'recommend', subject, changes: [], externalFactors: [], text: '' } as const
    expect(kindOf(world, recommend, barred)).toBe('barred')
    expect(kindOf(world.recommend(), { do: 'approve', subject }, both)).toBe('barred')
    expect(kindOf(world, { do: 'approve', subject }, anders)).toBe('accepted')
  })

  test('Edge case 67: a partnership’s hearing ends when all have answered, or by time', () => {
    const early = bothHeard().mail({ party: '479', values: none }).work()
    expect(early.state.status).toBe('hearing')
    expect(early.mail({ party: '450', values: none }).work().state.finals).toMatchObject([
      { comments: 'none' },
    ])
    const byTime = bothHeard().mail({ party: '479', values: none }).pass(on('2015-04-20'))
    expect(byTime.state.finals).toMatchObject([{ version: 1 }])
  })
})

describe('numbered invariants: hearing and final word', () => {
  test('Invariant I2: one final assessment is current, the ones before it are kept', () => {
    const world = assessed()
    // Each turns the verdict, so that each may be reopened for.
    const rounds = [
      ['2015-05-25', 40],
      ['2015-06-25', 20],
      ['2015-09-25', 41],
    ] as const
    for (const [round, [day, weeks]] of rounds.entries()) {
      world.mail({ key: `ret-${round}`, values: { M2: number(weeks) } })
      world.person({ do: 'reopen', reason: 'rettet tal' }, anders)
      world.work().recommend().approve()
      world.pass(on(day))
    }
    expect(world.state.finals.map((one) => one.version)).toEqual([1, 2, 3, 4])
    expect(new Set(world.state.finals.map((one) => one.subject)).size).toBe(4)
  })

  test('Invariant I13: no hearing ends by time without proof of delivery to every party', () => {
    const world = requested(partnership).until(on('2015-02-10')).mail({ party: '479', values: allFigures })
    world.pass(on('2015-04-10')).recommend().approve().work({ delivered: false })
    const order = { kind: 'hearing', party: '479', seq: 1, about: world.subject } as const
    world.delivered(order)
    expect(world.state.hearing, 'one of two has it').toBeNull()
    expect(world.pass(on('2015-09-01')).plan()).toEqual({ next: 'wait', kind: 'delivery', until: null })
    world.delivered({ ...order, party: '450' })
    expect(world.state.hearing).toMatchObject({ endsOn: '2015-09-15' })
  })

  test('Invariant I18: no time limit approves, recommends or reopens', () => {
    for (const world of [drafted(), drafted().recommend(), assessed().mail({ values: { M2: number(40) } })]) {
      const before = [world.state.recommendation, world.state.approval, world.state.finals.length]
      world.pass(on('2018-01-01'))
      expect([world.state.recommendation, world.state.approval, world.state.finals.length]).toEqual(before)
    }
  })

  test('the ministry’s own promises are answered for the year: not kept takes a reason, the latest answer holds', () => {
    const world = drafted()
    const answer = (kept: boolean, reason = '') =>
      ({ do: 'answer-promise', promise: 'L1', kept, reason }) as const
    expect(kindOf(world, answer(false))).toBe('reason')
    expect(kindOf(world, { ...answer(true), promise: 'L9' })).toBe('unknown-promise')
    expect(kindOf(world, answer(true), anders)).toBe('role')
    world.person(answer(true)).person(answer(false, 'Mødet blev aflyst.'))
    expect(world.state.promiseAnswers).toEqual([{ promise: 'L1', kept: false, text: 'Mødet blev aflyst.' }])
    world.recommend().approve().pass(on('2015-04-01'))
    expect(world.state.status).toBe('assessed')
  })

  test('Edge case 67: while the hearing runs the others are told a member’s objection, once, in a caseworker’s words', () => {
    const world = bothHeard().until(on('2015-03-12'))
    world.mail({ key: 'indsigelse', party: '450', values: comments })
    const share = (substance: string) => ({ do: 'share-comment', mailKey: 'indsigelse', substance }) as const
    const tasks = () =>
      tasksOfReview(world.state, { today: '2015-03-12', caseworker: 'sofie', href: '/x' }).filter(
        ({ kind }) => kind === 'hearing-comment',
      )
    expect(tasks().map(({ what }) => what)).toEqual([
      'bemærkning fra Nyborg: de andre parter skal have den i hovedtræk inden 24. marts 2015',
    ])
    expect(kindOf(world, share('tallet var 40 af 80'))).toBe('figures')
    expect(kindOf(world, share(' '))).toBe('reason')
    world.person(share('målgruppen til mål 1 er for snæver.'), sofie).work()
    expect(tasks()).toEqual([])
    expect(kindOf(world, share('igen'))).toBe('not-to-share')
    const told = world.state.letters.filter(({ order }) => order.kind === 'hearing-comment')
    expect(told.map(({ order, datedOn }) => [order.party, datedOn])).toEqual([['479', '2015-03-12']])
    expect(world.state.status).toBe('hearing')
    expect(world.state.sharedComments).toEqual([
      { mailKey: 'indsigelse', text: 'målgruppen til mål 1 er for snæver' },
    ])
  })

  test('Edge case 67: nothing is told after the hearing’s end, and nobody in a contract of one', () => {
    const world = bothHeard().until(on('2015-03-24', '16:30'))
    world.mail({ key: 'indsigelse', party: '450', values: comments })
    world.person({ do: 'share-comment', mailKey: 'indsigelse', substance: 'målgruppen er for snæver' }, sofie)
    world.pass(on('2015-03-26'))
    expect(world.state.letters.some(({ order }) => order.kind === 'hearing-comment')).toBe(false)
    const alone = inHearing().mail({ key: 'alene', values: comments })
    expect(commentsToShare(alone.state)).toEqual([])
  })

  test('Edge case 67: a member’s objection is put in substance for the others, without its figures', () => {
    const world = bothHeard().until(on('2015-03-12'))
    world.mail({ key: 'indsigelse', party: '450', values: comments }).pass(on('2015-03-26'))
    const answered = (substance: string) =>
      ({
        do: 'answer-comments',
        subject: world.subject,
        answers: [{ mailKey: 'indsigelse', text: 'tallet er rigtigt', substance }],
      }) as const
    expect(kindOf(world, answered('tallet var 40 af 80'))).toBe('figures')
    world.person(answered('målgruppen til mål 1 er for snæver')).work()
    expect(world.state.status).toBe('assessed')
    expect(world.state.commentAnswers[0]?.substance).toBe('målgruppen til mål 1 er for snæver')
  })
})
