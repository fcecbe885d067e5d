import { describe, expect, test, it } from 'vitest'
import { personIdSchema } from '../../../functions/domain/base/values.ts'
import { planReview } from '../../../functions/domain/review/plan.ts'
import { tasksOfReview } from '../../../functions/web/review/review-tasks.ts'
import { partnership } from './partnership.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { allFigures, inHearing, number, on, requested, type ReviewWorld } from './review-world.ts'
import { commentsToShare, distinctComments } from '../../../functions/domain/review/slices/comments.ts'
import { partyOf } from '../../../functions/domain/review/slices/figures.ts'
import { owedAnswer } from '../../../functions/domain/review/owed.ts'
import { provisionalAnswers } from '../../../functions/domain/review/slices/hearing.ts'
import { turnOf } from '../../../functions/domain/review/open-tasks.ts'
import { entrySchema, entryTurn } from '../../../functions/domain/casefile/open-task.ts'
import { reviewListEntry } from '../../../functions/domain/review/list-entry.ts'
import { addDays, todayInCopenhagen } from '../../../functions/domain/base/time.ts'

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
const anew = (world: ReviewWorld): ReviewWorld => world.work().recommend().approve().work()
const comment = { 'M1 bemærkning': { is: 'text' } } as const
const hearings = (world: ReviewWorld) =>
  world.events.flatMap(({ event }) => (event.type === 'HearingBegun' ? [event] : []))
const letters = (world: ReviewWorld) =>
  world.state.letters.filter(({ order }) => order.kind === 'hearing').length

describe('numbered edge cases: hearing and final word', () => {
  test('Edge case 2: figures after the final assessment ask a person whether to reopen; yes makes a new version, the old one stays', () => {
    const world = assessed().mail({ key: 'sent', values: { M2: number(40) } })
    expect(world.state).toMatchObject({ status: 'assessed', reopen: { mailKey: 'sent', decided: false } })
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
    expect(world.plan()).toMatchObject({ kind: 'hearing' })
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
    const order = { kind: 'hearing', party: '479', seq: 1, about: world.subject } as const
    // The main mailbox has it, the addressee not.
    world.delivered(order, 'post-479')
    expect(world.pass(on('2015-06-10')).plan()).toEqual({ next: 'wait', kind: 'delivery', until: null })
    expect(world.state.finals).toEqual([])
    world.bounced(order).pass(on('2015-06-12', '10:00'))
    expect(world.state.letters.at(-1)?.order).toEqual({ ...order, seq: 2 })
    expect(world.state).toMatchObject({ status: 'hearing', hearing: { endsOn: '2015-06-24' } })
  })

  test('Edge case 40: silence in a hearing is "none received", and is never called accepted', () => {
    const world = assessed()
    expect(world.state.finals).toMatchObject([{ version: 1, comments: 'none-received' }])
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

describe('a correction in the municipality’s favour while a hearing runs', () => {
  it('leaves the hearing its end: the new draft is assessed when it is over, and not before', () => {
    const world = inHearing()
    expect(world.state).toMatchObject({ status: 'hearing', hearing: { endsOn: '2015-03-24' } })
    const { subject } = world
    world.until(on('2015-03-12', '10:00')).mail({ values: { M2: number(20) } })
    world.until(on('2015-03-16'))
    anew(world)
    expect(hearings(world)[1]).toEqual({
      type: 'HearingBegun',
      v: 1,
      subject: world.subject,
      endsOn: '2015-03-24',
      continues: subject,
    })
    expect(letters(world)).toBe(1)
    expect(world.pass(on('2015-03-24', '23:59')).state.finals).toEqual([])
    expect(world.pass(on('2015-03-25')).state.finals).toMatchObject([
      { subject: world.subject, comments: 'none-received' },
    ])
  })

  it('keeps the comments made before it and while it was worked on: all are answered', () => {
    const world = inHearing().mail({ key: 'først', values: comment })
    world.until(on('2015-03-12', '10:00')).mail({ values: { M2: number(20) } })
    world.work().until(on('2015-03-13', '10:00')).mail({ key: 'imens', values: comment })
    expect(owedAnswer(world.state, world.state.mails.at(-1)!)).toEqual(['hearing-receipt'])
    anew(world).pass(on('2015-03-25'))
    const answer = (...keys: string[]) => ({
      do: 'answer-comments' as const,
      subject: world.subject,
      answers: keys.map((mailKey) => ({ mailKey, text: 'noteret' })),
    })
    expect(world.decide(answer('først'))).toMatchObject({ refusal: { kind: 'unanswered' } })
    world.person(answer('først', 'imens')).work()
    expect(world.state.finals).toMatchObject([{ comments: 'answered' }])
  })

  it('is over at once when every party has said that it has no comments, also in the correcting mail', () => {
    const later = () => inHearing().until(on('2015-03-12', '10:00'))
    expect(later().mail({ values: none }).work().state.finals).toMatchObject([{ comments: 'none' }])
    const world = later().mail({ values: { M2: number(20), ...none } })
    expect(anew(world).state.finals).toMatchObject([{ comments: 'none' }])
  })

  it('is compared with what was heard: a step back that is still better is not heard again', () => {
    const world = inHearing().mail({ values: { M2: number(18) } })
    anew(world).mail({ values: { M2: number(20) } })
    anew(world)
    expect(hearings(world).map(({ continues }) => continues)).toEqual([
      null,
      hearings(world)[0]?.subject,
      hearings(world)[0]?.subject,
    ])
    expect(world.state.hearing).toMatchObject({ endsOn: '2015-03-24', subject: world.subject })
  })

  it('that makes any target worse is heard in full; comments remain, »ingen bemærkninger« lapses', () => {
    const world = inHearing(partnership)
    world.mail({ party: '479', key: 'ingen', values: none })
    world.until(on('2015-03-12', '10:00'))
    world.mail({ party: '450', key: 'rettet', values: { 'M1 heraf': number(10), ...comment } })
    anew(world).pass(on('2015-03-13'))
    expect(world.state.hearing).toMatchObject({
      endsOn: '2015-03-27',
      answers: [{ mailKey: 'rettet', answer: 'comments', toEarlier: true }],
    })
    expect(letters(world)).toBe(4)
    world.mail({ party: '450', values: none }).mail({ party: '479', values: none })
    expect(world.plan()).toMatchObject({ kind: 'hearing' })
    world.pass(on('2015-03-28')).person({
      do: 'answer-comments',
      subject: world.subject,
      answers: [{ mailKey: 'rettet', text: 'noteret', changed: true }],
    })
    expect(world.state.commentAnswers).toEqual([{ mailKey: 'rettet', text: 'noteret', changed: true }])
  })
})

describe('a comment made again when a new draft is heard', () => {
  const said = { 'M1 bemærkning': 'Tre personer er talt med to gange.' }
  const again = { 'M1 bemærkning': 'Tre personer  er talt med to gange. ' }
  const heardAnew = (second: Readonly<Record<string, string>>): ReviewWorld => {
    const world = inHearing().mail({ key: 'først', values: comment, texts: said })
    world.until(on('2015-03-12', '10:00')).mail({ values: { M2: number(30) } })
    world.until(on('2015-03-16'))
    anew(world).mail({ key: 'igen', values: comment, texts: second })
    expect(world.state.hearing?.answers.map(({ mailKey, toEarlier }) => [mailKey, toEarlier])).toEqual([
      ['først', true],
      ['igen', false],
    ])
    return world.pass(on('2015-04-10'))
  }
  const answering = (world: ReviewWorld, ...keys: string[]) =>
    world.decide({
      do: 'answer-comments',
      subject: world.subject,
      answers: keys.map((mailKey) => ({ mailKey, text: 'det er rettet' })),
    })

  it('is one comment with one answer, and one task; both mails stay on the record', () => {
    const world = heardAnew(again)
    expect(distinctComments(world.state)).toMatchObject([
      { answer: { mailKey: 'igen' }, mailKeys: ['først', 'igen'] },
    ])
    const tasks = tasksOfReview(world.state, { today: '2015-04-10', caseworker: 'sofie', href: '' })
    expect(tasks.find(({ kind }) => kind === 'comments')?.what).toBe('høringssvar med bemærkninger: 1')
    expect(answering(world, 'først')).toMatchObject({ refusal: { kind: 'unanswered' } })
    expect(world.commit(answering(world, 'igen')).work().state.finals).toMatchObject([
      { comments: 'answered' },
    ])
  })

  it('with other words is another comment, and so is one whose words are erased', () => {
    const world = heardAnew({ 'M1 bemærkning': 'Nu er det fire personer.' })
    expect(answering(world, 'igen')).toMatchObject({ refusal: { kind: 'unanswered' } })
    expect(answering(world, 'først', 'igen').ok).toBe(true)
    const mails = heardAnew(again).state.mails.map((mail) => ({ ...mail, details: null }))
    expect(distinctComments({ ...world.state, mails })).toHaveLength(2)
  })
})

describe('a mail with a figure and a comment', () => {
  it('supersedes the draft and is a comment, answered by a receipt of its figures and in the end', () => {
    const world = inHearing().mail({ key: 'begge', values: { M2: number(20), ...comment } })
    expect(world.events.slice(-2).map(({ event }) => event.type)).toEqual([
      'DraftSuperseded',
      'HearingAnswered',
    ])
    expect(owedAnswer(world.state, world.state.mails.at(-1)!)).toEqual(['receipt'])
    anew(world).pass(on('2015-03-25'))
    expect(world.plan()).toMatchObject({ kind: 'comments' })
  })

  it('of a figure that stands already is a comment alone', () => {
    const world = inHearing().mail({ values: { M2: allFigures.M2, ...comment } })
    expect(world.state).toMatchObject({ status: 'hearing', hearing: { answers: [{ answer: 'comments' }] } })
  })

  it('in free text waits for a caseworker, before the new draft as well', () => {
    const world = inHearing().mail({
      key: 'fri',
      values: { M2: number(20) },
      freeText: 'Vi er uenige i mål 1.',
      answersOrder: { kind: 'hearing', about: '' },
    })
    expect(turnOf(world.state, todayInCopenhagen(world.now))).toBe('caseworker')
    world.person({ do: 'mark-hearing-answer', mailKey: 'fri', as: 'comments' })
    anew(world).pass(on('2015-03-25'))
    expect(world.plan()).toMatchObject({ kind: 'comments' })
  })

  it('an answer to a question is no comment in the hearing', () => {
    const world = inHearing()
      .mail({ values: { M2: number(20) } })
      .work()
    world.person({ do: 'ask', questionId: 'q-1', party: '479', keys: ['M2'], text: 'Hvordan?' }).work()
    world.pass(on('2015-03-11', '10:00')).mail({
      values: { 'M2 bemærkning': { is: 'text' } },
      answersOrder: { kind: 'question', about: 'q-1' },
    })
    expect(world.state.questions[0]?.answeredBy).not.toBeNull()
    expect(world.state.hearing?.answers).toEqual([])
  })
})

describe('an answer before every party has the draft', () => {
  it('is answered too when it came with a correction that took the draft away before its hearing', () => {
    const world = requested().until(on('2015-02-10')).mail({ values: allFigures })
    world.pass(on('2015-03-10')).recommend().approve()
    world.mail({ key: 'begge', values: { M2: number(20), ...comment } }).work()
    expect(world.state.earlyAnswers).toMatchObject([{ mailKey: 'begge', toEarlier: true }])
    world.recommend().approve().work().pass(on('2015-04-20'))
    expect(world.plan()).toMatchObject({ kind: 'comments' })
  })

  it('belongs to the hearing about to begin', () => {
    const world = requested(partnership).until(on('2015-02-10'))
    for (const party of ['479', '450']) world.mail({ party, values: allFigures })
    world.pass(on('2015-03-10')).recommend().approve().work({ delivered: false })
    const order = (party: string) => ({ kind: 'hearing', party, seq: 1, about: world.subject }) as const
    world.delivered(order('479')).mail({ party: '479', key: 'tidligt', values: none })
    expect(owedAnswer(world.state, world.state.mails.at(-1)!)).toEqual(['hearing-receipt'])
    world.delivered(order('450'))
    expect(world.state.hearing?.answers).toMatchObject([{ mailKey: 'tidligt', answer: 'none' }])
    world.mail({ party: '450', values: none }).work()
    expect(world.state.finals).toMatchObject([{ comments: 'none' }])
  })
})

describe('a hearing with comments', () => {
  it('is the municipality’s turn until it is over, then the caseworker’s, by the list entry as it was written', () => {
    const world = inHearing().mail({ values: comment })
    const { endsOn } = world.state.hearing!
    const entry = entrySchema.parse(reviewListEntry(world.state).summary)
    expect([entryTurn(entry, endsOn), turnOf(world.state, endsOn)]).toEqual(['municipality', 'municipality'])
    const after = addDays(endsOn, 1)
    expect([entryTurn(entry, after), turnOf(world.state, after)]).toEqual(['caseworker', 'caseworker'])
  })
})

describe('a colleague’s answer that no contact has confirmed', () => {
  const withColleague = () =>
    inHearing().mail({ key: 'kollega', standing: 'provisional', contactId: null, values: comment })

  it('concludes no silence: until the end the OK is awaited, then a caseworker asks', () => {
    const world = withColleague()
    expect(world.plan()).toMatchObject({ kind: 'hearing' })
    const tasks = () =>
      tasksOfReview(world.state, {
        today: todayInCopenhagen(world.now),
        caseworker: 'sofie',
        href: '',
      }).filter(({ kind }) => kind !== 'promise')
    expect(tasks()).toEqual([])
    expect(world.pass(on('2015-06-01')).plan()).toEqual({ next: 'wait', kind: 'held-mail', until: null })
    expect(tasks()).toMatchObject([{ kind: 'held-mail', roles: ['caseworker', 'approver'] }])
    expect(turnOf(world.state, todayInCopenhagen(world.now))).toBe('caseworker')
    expect(world.state.finals).toEqual([])
  })

  it('is a comment once the contact says OK', () => {
    const world = withColleague().mail({ confirms: true }).pass(on('2015-03-25'))
    expect(world.state.hearing?.answers).toMatchObject([{ mailKey: 'kollega', answer: 'comments' }])
    expect(world.plan()).toMatchObject({ kind: 'comments' })
  })

  it('is decided by a caseworker, once: the municipality’s, or not', () => {
    const decide = (as: 'counts' | 'rejected' | 'provisional') =>
      ({ do: 'decide-held-mail', mailKey: 'kollega', as, reason: 'talt med kontakten' }) as const
    const counted = withColleague().pass(on('2015-03-25'))
    expect(counted.decide(decide('provisional'))).toMatchObject({ refusal: { kind: 'not-held' } })
    counted.person(decide('counts'), sofie)
    expect(counted.plan()).toMatchObject({ kind: 'comments' })
    expect(counted.decide(decide('rejected'), anders)).toMatchObject({ refusal: { kind: 'not-held' } })
    const rejected = withColleague().pass(on('2015-03-25')).person(decide('rejected')).work()
    expect(rejected.state.finals).toMatchObject([{ comments: 'none-received' }])
  })

  it('from before the hearing is none of its answers', () => {
    const world = requested().until(on('2015-02-10')).mail({ values: allFigures })
    world.mail({ standing: 'provisional', contactId: null, values: { M2: number(30) } })
    world.pass(on('2015-03-10')).recommend().approve().work()
    expect(provisionalAnswers(world.state)).toEqual([])
    expect(world.pass(on('2015-03-25')).state.finals).toHaveLength(1)
  })
})
