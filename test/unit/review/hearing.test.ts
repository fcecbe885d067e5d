import { describe, expect, it } from 'vitest'
import { owedAnswer } from '../../../functions/domain/review/owed.ts'
import { provisionalAnswers } from '../../../functions/domain/review/slices/hearing.ts'
import { turnOf } from '../../../functions/domain/review/open-tasks.ts'
import { entrySchema, entryTurn } from '../../../functions/domain/casefile/open-task.ts'
import { reviewListEntry } from '../../../functions/domain/review/list-entry.ts'
import { addDays, todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { tasksOfReview } from '../../../functions/web/review/review-tasks.ts'
import { partnership } from './partnership.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { allFigures, number, on, requested, type ReviewWorld } from './review-world.ts'
import { distinctComments } from '../../../functions/domain/review/slices/comments.ts'

/** The draft is delivered on 10 March 2015: its hearing ends on 24 March. */
const inHearing = (content?: Parameters<typeof requested>[0]): ReviewWorld => {
  const world = requested(content).until(on('2015-02-10'))
  for (const { municipality } of world.content.parties)
    world.mail({ party: municipality, values: allFigures })
  world.pass(on('2015-03-10')).recommend().approve().work()
  expect(world.state).toMatchObject({ status: 'hearing', hearing: { endsOn: '2015-03-24' } })
  return world
}
const anew = (world: ReviewWorld): ReviewWorld => world.work().recommend().approve().work()
const comment = { 'M1 bemærkning': { is: 'text' } } as const
const none = { Høringssvar: { is: 'hearing-reply', comments: false } } as const
const hearings = (world: ReviewWorld) =>
  world.events.flatMap(({ event }) => (event.type === 'HearingBegun' ? [event] : []))
const letters = (world: ReviewWorld) =>
  world.state.letters.filter(({ order }) => order.kind === 'hearing').length

describe('a correction in the municipality’s favour while a hearing runs', () => {
  it('leaves the hearing its end: the new draft is assessed when it is over, and not before', () => {
    const world = inHearing()
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
    const world = inHearing()
    world.until(on('2015-03-12', '10:00')).mail({ values: { M2: number(20), ...none } })
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
