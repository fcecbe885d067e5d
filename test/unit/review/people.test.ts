import { describe, expect, it } from 'vitest'
import { reviewCommands, type ReviewCommand } from '../../../functions/domain/review/commands.ts'
import { personIdSchema, type MinistryRole } from '../../../functions/domain/base/values.ts'
import { anders, sofie } from '../../support/ministry.ts'
import { allFigures, inHearing, on, requested, type ReviewWorld } from './review-world.ts'
import type { Decider } from '../../../functions/domain/base/command.ts'

const someone = (roles: readonly MinistryRole[], barredFrom: readonly string[] = []): Decider => ({
  id: personIdSchema.parse('nogen'),
  roles,
  barredFrom,
})
const kindOf = (world: ReviewWorld, command: ReviewCommand, who: Decider = sofie): string => {
  const decision = world.decide(command, who)
  return decision.ok ? 'accepted' : decision.refusal.kind
}
const drafted = () => requested().mail({ values: allFigures }).pass(on('2015-03-03', '09:10'))
const recommend = (world: ReviewWorld, subject = world.subject): ReviewCommand => ({
  do: 'recommend',
  subject,
  changes: [],
  externalFactors: [],
  text: '',
})
const wish = () =>
  requested()
    .pass(on('2015-02-27', '10:00'))
    .mail({ key: 'tid', extension: { until: null, byKey: true } })
const grant = (dueOn: string, reason = 'udvalget mødes'): ReviewCommand => ({
  do: 'decide-extension',
  mailKey: 'tid',
  grant: true,
  dueOn,
  reason,
})

describe('who may decide', () => {
  it('a person without the role, an auditor or a barred one never', () => {
    const world = drafted()
    const commands: ReviewCommand[] = [recommend(world), { do: 'note', about: 'phone', text: 'x' }]
    for (const command of commands) {
      expect(kindOf(world, command, someone(['auditor']))).toBe('role')
      expect(kindOf(world, command, someone(reviewCommands.rolesFor(command.do), ['479']))).toBe('barred')
      expect(kindOf(world, command, someone(reviewCommands.rolesFor(command.do), ['450']))).toBe('accepted')
    }
  })

  it('two different persons recommend and approve, whatever roles one has', () => {
    const both = someone(['caseworker', 'approver'])
    const world = drafted()
    expect(kindOf(world, recommend(world), anders)).toBe('role')
    world.person(recommend(world), both)
    const approve = { do: 'approve', subject: world.subject } as const
    expect(kindOf(world, approve, both)).toBe('same-person')
    expect(kindOf(world, approve, sofie)).toBe('role')
    expect(kindOf(world, approve, anders)).toBe('accepted')
  })
})

describe('what may be decided', () => {
  it('only the draft on the record, in its time', () => {
    const world = drafted()
    expect(kindOf(world, recommend(world, 'f'.repeat(64)))).toBe('superseded')
    expect(kindOf(world, { do: 'approve', subject: world.subject }, anders)).toBe('status')
    expect(kindOf(requested(), recommend(world))).toBe('status')
    expect(kindOf(world.recommend(), recommend(world))).toBe('status')
  })

  it('a changed verdict with a reason, for a target of the draft', () => {
    const world = drafted()
    const change = (target: string, reason: string): ReviewCommand => ({
      do: 'recommend',
      subject: world.subject,
      changes: [{ target, verdict: 'met', reason }],
      externalFactors: [],
      text: '',
    })
    expect(kindOf(world, change('M1', ' '))).toBe('reason')
    expect(kindOf(world, change('M9', 'skøn'))).toBe('target')
    expect(kindOf(world, change('M1', 'skøn'))).toBe('accepted')
  })

  it('sending back, stopping and reopening take a reason', () => {
    const world = drafted().recommend()
    expect(kindOf(world, { do: 'send-back', subject: world.subject, reason: '' }, anders)).toBe('reason')
    expect(kindOf(world, { do: 'stop', reason: '' }, anders)).toBe('reason')
    expect(kindOf(world, { do: 'reopen', reason: 'x' })).toBe('nothing-raised')
    world.person({ do: 'send-back', subject: world.subject, reason: 'begrund mål 1' }, anders)
    expect(world.state).toMatchObject({ status: 'drafted', recommendation: null, sentBack: { by: 'anders' } })
    world.person({ do: 'stop', reason: 'ophævet' }, anders)
    expect(kindOf(world, { do: 'stop', reason: 'igen' }, anders)).toBe('status')
  })

  it('a question on a draft, to a party, with its keys and words', () => {
    const ask = (party: string, keys: readonly string[], text = 'Hvordan?'): ReviewCommand => ({
      do: 'ask',
      questionId: 'q',
      party,
      keys,
      text,
    })
    expect(kindOf(requested(), ask('479', ['M2']))).toBe('status')
    expect(kindOf(drafted(), ask('450', ['M2']))).toBe('party')
    expect(kindOf(drafted(), ask('479', []))).toBe('reason')
    expect(kindOf(drafted(), ask('479', ['M2'], ' '))).toBe('reason')
    expect(kindOf(drafted().recommend(), ask('479', ['M2']), anders)).toBe('accepted')
  })

  it.each([
    ['07:30', '2015-03-17'],
    ['09:20', '2015-03-17'],
    ['14:00', '2015-03-18'],
  ])('a question asked at %s is due when its letter says, %s', (time, dueOn) => {
    const world = drafted().until(on('2015-03-10', time))
    world.person({ do: 'ask', questionId: 'q', party: '479', keys: ['M2'], text: 'Hvordan?' })
    expect(world.state.questions[0]?.dueOn).toBe(dueOn)
    world.pass(on('2015-03-11', '09:30'))
    expect(world.state.letters.find(({ order }) => order.kind === 'question')?.dueOn).toBe(dueOn)
  })
})

describe('more time', () => {
  it('up to ten working days is the caseworker to give, beyond that the approver', () => {
    expect(kindOf(wish(), grant('2015-03-16'))).toBe('accepted')
    expect(kindOf(wish(), grant('2015-03-17'))).toBe('role')
    expect(kindOf(wish(), grant('2015-03-17'), anders)).toBe('accepted')
  })

  it('moves to a working day, and never before the date in force', () => {
    const world = wish().person(grant('2015-03-14'))
    expect(world.state.extensions).toMatchObject([{ decided: { dueOn: '2015-03-16' } }])
    expect(kindOf(wish(), grant('2015-02-27'))).toBe('earlier')
    expect(kindOf(wish(), grant('2015-03-10', ' '))).toBe('reason')
    expect(kindOf(world, grant('2015-03-20'))).toBe('no-request')
  })
})

describe('a held mail', () => {
  const decide = (as: 'counts' | 'rejected', mailKey = 'held'): ReviewCommand => ({
    do: 'decide-held-mail',
    mailKey,
    as,
    reason: 'set efter',
  })
  it('is decided once, and one that names no party can only be rejected', () => {
    const world = requested().mail({ key: 'held', standing: 'held', contactId: null, values: allFigures })
    expect(kindOf(world, decide('counts', 'unknown'))).toBe('not-held')
    world.person(decide('counts'))
    expect(kindOf(world, decide('rejected'))).toBe('not-held')
    const homeless = requested().mail({ key: 'held', standing: 'held', party: null, contactId: null })
    expect(kindOf(homeless, decide('counts'))).toBe('no-party')
    expect(kindOf(homeless, decide('rejected'))).toBe('accepted')
  })
})

describe('comments in a hearing', () => {
  const commented = () =>
    inHearing().mail({ key: 'svar', values: { Høringssvar: { is: 'hearing-reply', comments: true } } })
  const answer = (world: ReviewWorld, text = 'taget med'): ReviewCommand => ({
    do: 'answer-comments',
    subject: world.subject,
    answers: [{ mailKey: 'svar', text }],
  })

  it('are answered one by one when the hearing is over, never before', () => {
    const world = commented()
    expect(kindOf(world, answer(world))).toBe('hearing-open')
    world.pass(on('2015-03-25', '09:00'))
    expect(kindOf(world, answer(world, ' '))).toBe('unanswered')
    world.person(answer(world)).work()
    expect(world.state.finals).toMatchObject([{ comments: 'answered' }])
    expect(world.state.commentAnswers).toEqual([{ mailKey: 'svar', text: 'taget med', changed: false }])
  })

  it('wait for an answer that is not marked yet', () => {
    const world = commented().mail({
      key: 'tekst',
      freeText: 'Endnu en ting',
      answersOrder: { kind: 'hearing', about: '' },
    })
    world.pass(on('2015-03-25', '09:00'))
    expect(kindOf(world, answer(world))).toBe('hearing-open')
    expect(kindOf(world, { do: 'mark-hearing-answer', mailKey: 'other', as: 'none' })).toBe('unknown-mail')
    world.person({ do: 'mark-hearing-answer', mailKey: 'tekst', as: 'courtesy' })
    expect(kindOf(world, answer(world))).toBe('accepted')
  })
})
