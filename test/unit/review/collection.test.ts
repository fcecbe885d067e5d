import { describe, expect, it } from 'vitest'
import { dueOnOf } from '../../../functions/domain/review/collection.ts'
import { isComplete, missingFields } from '../../../functions/domain/review/asked.ts'
import { partnership, withLaterFigure } from './partnership.ts'
import { anders } from '../../support/ministry.ts'
import { allFigures, finished, number, on, requested, ReviewWorld } from './review-world.ts'
import { partyOf } from '../../../functions/domain/review/slices/figures.ts'

const { 'M1 i alt': total, ...withoutTotal } = allFigures
const reminders = (world: ReviewWorld, party: string | null = null): readonly string[] =>
  world.letters(party).filter((letter) => /^(courtesy|reminder)/.test(letter))

describe('the collection of the sample run', () => {
  it('asks, reminds and goes on with what there is on the days the letters print', () => {
    const world = requested().pass(on('2015-04-10'))
    expect(world.letters()).toEqual([
      'request@2015-01-15',
      'courtesy-notice@2015-02-16',
      'reminder-1@2015-03-03',
      'reminder-2@2015-03-18',
      'collection-closed@2015-03-26',
    ])
    expect(world.state.letters.map((letter) => letter.dueOn)).toEqual([
      '2015-03-02',
      null,
      '2015-03-17',
      '2015-03-25',
      null,
    ])
    expect(world.state.letters.every((letter) => letter.sentAt === on(letter.datedOn, '09:00'))).toBe(true)
    expect(world.state.status).toBe('drafted')
    expect(world.state.draft?.madeAt).toBe(on('2015-03-26', '09:00'))
  })

  it('asks nothing before the request day, however early it is released', () => {
    const world = new ReviewWorld().prepare().work()
    expect(world.plan()).toEqual({ next: 'wait', kind: 'reply', until: on('2015-01-15', '09:00') })
  })

  it('asks at 9.00 on the next working day when it is released in the evening', () => {
    const world = new ReviewWorld({ at: on('2015-01-16', '17:00') }).prepare().work()
    expect(world.plan()).toMatchObject({ until: on('2015-01-19', '09:00') })
    expect(world.pass(on('2015-01-19')).letters()).toEqual(['request@2015-01-19'])
  })

  it('makes the draft at the end of the due day when everything is there', () => {
    const world = requested().until(on('2015-02-10', '14:20')).mail({ values: allFigures })
    expect(world.plan()).toEqual({ next: 'wait', kind: 'reply', until: on('2015-03-03', '00:00') })
    expect(world.pass(on('2015-03-02', '23:59')).state.status).toBe('collecting')
    expect(world.pass(on('2015-03-03', '00:00')).state.status).toBe('drafted')
    expect(reminders(world)).toEqual([])
  })

  it('makes the draft five working days after a complete reply that says it is finished', () => {
    const world = requested()
      .until(on('2015-02-10', '14:20'))
      .mail({ values: { ...allFigures, ...finished } })
    expect(world.plan()).toMatchObject({ until: on('2015-02-18', '00:00') })
    world.until(on('2015-02-12', '10:00')).mail({ values: { M2: number(25) } })
    expect(world.plan(), 'a correction starts the five days again').toMatchObject({
      until: on('2015-02-20', '00:00'),
    })
    world.until(on('2015-02-13', '10:00')).mail({ values: { Færdig: { is: 'yes-no', yes: false } } })
    expect(world.plan()).toMatchObject({ until: on('2015-03-03', '00:00') })
  })

  it('does not call finished what is incomplete', () => {
    const world = requested()
      .until(on('2015-02-10', '14:20'))
      .mail({ values: { ...withoutTotal, ...finished } })
    expect(partyOf(world.state, '479')).toSatisfy(
      (party) => party !== null && !isComplete(world.state, party),
    )
    expect(world.pass(on('2015-03-03', '12:00')).letters()).toContain('reminder-1@2015-03-03')
  })

  it('takes a figure that cannot be had as an answer, and asks for its sibling no more', () => {
    const world = requested()
      .until(on('2015-02-10'))
      .mail({ values: { ...allFigures, 'M1 i alt': { is: 'not-available' }, 'M1 heraf': number(3) } })
    const party = partyOf(world.state, '479')
    expect(party === null ? null : missingFields(world.state, party, '2015-02-10')).toEqual([])
  })

  it('reminds nobody any more after a reply to the first reminder', () => {
    const world = requested().pass(on('2015-03-10', '11:00')).mail({ values: allFigures })
    world.pass(on('2015-04-30'))
    expect(reminders(world)).toEqual(['courtesy-notice@2015-02-16', 'reminder-1@2015-03-03'])
    expect(world.state.draft?.madeAt).toBe(on('2015-03-18', '00:00'))
  })

  it('asks on for the one figure that is doubtful, and not when it is settled', () => {
    const doubtful = requested()
      .until(on('2015-02-10'))
      .mail({ values: withoutTotal, doubts: [{ kind: 'hedged', key: 'M1 i alt' }] })
    expect(doubtful.pass(on('2015-02-16', '12:00')).letters()).toContain('courtesy-notice@2015-02-16')
    doubtful.mail({ values: { 'M1 i alt': total } })
    expect(partyOf(doubtful.state, '479')?.doubts).toEqual([])
    expect(doubtful.pass(on('2015-03-03', '10:00')).state.status).toBe('drafted')
  })
})

describe('nobody is reminded while', () => {
  it('a mail is held, and for five working days after its release', () => {
    const world = requested().pass(on('2015-02-27', '15:00'))
    world.mail({ key: 'held', standing: 'held', contactId: null, values: allFigures })
    expect(world.plan()).toEqual({ next: 'wait', kind: 'reply', until: null })
    expect(reminders(world.pass(on('2015-03-04', '14:00')))).toEqual(['courtesy-notice@2015-02-16'])
    world.person({ do: 'decide-held-mail', mailKey: 'held', as: 'rejected', reason: 'reklame' })
    expect(world.plan()).toMatchObject({ until: on('2015-03-11', '09:00') })
    expect(reminders(world.pass(on('2015-03-11', '10:00')))).toEqual([
      'courtesy-notice@2015-02-16',
      'reminder-1@2015-03-11',
    ])
  })

  it('a mail is held that names no party', () => {
    const world = requested().until(on('2015-02-27')).mail({ standing: 'held', party: null, contactId: null })
    expect(world.plan(on('2015-03-20'))).toEqual({ next: 'wait', kind: 'reply', until: null })
  })

  it('more time is asked for and not decided; then by the date decided', () => {
    const world = requested().pass(on('2015-02-27', '10:00'))
    world.mail({ key: 'wish', extension: { until: '2015-03-13', byKey: true } })
    expect(world.plan(on('2015-03-05'))).toEqual({ next: 'wait', kind: 'reply', until: null })
    world.until(on('2015-02-27', '15:00'))
    world.person({
      do: 'decide-extension',
      mailKey: 'wish',
      grant: true,
      dueOn: '2015-03-13',
      reason: 'udvalg',
    })
    expect(dueOnOf(world.state, '479')).toBe('2015-03-13')
    expect(reminders(world.pass(on('2015-03-16', '12:00')))).toEqual([
      'courtesy-notice@2015-02-16',
      'reminder-1@2015-03-16',
    ])
  })

  it('a refused wish keeps the old date, or gets another one', () => {
    const refused = requested().pass(on('2015-02-27', '10:00'))
    refused.mail({ key: 'wish', extension: { until: '2015-05-01', byKey: true } })
    refused.person({
      do: 'decide-extension',
      mailKey: 'wish',
      grant: false,
      dueOn: '2015-03-05',
      reason: 'nej',
    })
    expect(dueOnOf(refused.state, '479')).toBe('2015-03-05')
    expect(reminders(refused.pass(on('2015-03-06', '12:00')))).toContain('reminder-1@2015-03-06')
  })

  it('a decision made after a reminder crossed the wish is in force before its letter has gone', () => {
    const world = requested().pass(on('2015-03-03', '08:30'))
    world.mail({ key: 'wish', extension: { until: null, byKey: false } })
    world.until(on('2015-03-03', '09:00'))
    world.send({ kind: 'reminder-1', party: '479', seq: 1, about: '' })
    world.until(on('2015-03-03', '11:00'))
    world.person(
      { do: 'decide-extension', mailKey: 'wish', grant: true, dueOn: '2015-04-10', reason: 'udvalg' },
      anders,
    )
    expect(dueOnOf(world.state, '479')).toBe('2015-04-10')
  })

  it('a release long before the courtesy notice does not take the notice away', () => {
    const world = requested().until(on('2015-01-20')).mail({ key: 'held', standing: 'held', contactId: null })
    world.person({ do: 'decide-held-mail', mailKey: 'held', as: 'rejected', reason: 'reklame' })
    expect(reminders(world.pass(on('2015-02-16', '09:30')))).toEqual(['courtesy-notice@2015-02-16'])
  })
})

describe('a request that comes back', () => {
  const request = { kind: 'request', party: '479', seq: 1, about: '' } as const
  const world = () => {
    const made = new ReviewWorld().prepare().until(on('2015-01-15', '09:00')).open()
    return made.send(request, { delivered: false }).until(on('2015-01-20', '11:00'))
  }

  it('goes to the next contact, who has as many days as the first', () => {
    const bounced = world().bounced(request)
    expect(bounced.plan()).toMatchObject({ until: on('2015-01-21', '09:00') })
    bounced.pass(on('2015-01-21', '10:00'))
    expect(bounced.letters()).toEqual(['request@2015-01-15', 'to-deputy@2015-01-21'])
    expect(dueOnOf(bounced.state, '479')).toBe('2015-03-08')
    expect(reminders(bounced.pass(on('2015-03-09', '10:00')))).toEqual(['reminder-1@2015-03-09'])
  })

  it('is tried with the next whenever it comes back; who is left is found when it is sent', () => {
    const bounced = world().bounced(request).pass(on('2015-01-21', '10:00'))
    bounced.bounced({ kind: 'to-deputy', party: '479', seq: 1, about: 'bounced' })
    bounced.pass(on('2015-01-22', '10:00'))
    bounced.bounced({ kind: 'to-deputy', party: '479', seq: 2, about: 'bounced' })
    expect(bounced.pass(on('2015-01-30')).letters().slice(1)).toEqual([
      'to-deputy@2015-01-21',
      'to-deputy@2015-01-22',
      'to-deputy@2015-01-23',
    ])
  })

  it('stays where it is when only the copy or a passing trouble came back, until it comes back for good', () => {
    const copy = world().bounced(request, { recipient: 'post-479' })
    expect(copy.pass(on('2015-01-21', '10:00')).letters()).toEqual(['request@2015-01-15'])
    const passing = world().bounced(request, { permanent: false })
    expect(passing.pass(on('2015-01-21', '10:00')).letters()).toEqual(['request@2015-01-15'])
    expect(passing.bounced(request).pass(on('2015-01-22', '10:00')).letters()).toContain(
      'to-deputy@2015-01-22',
    )
  })
})

describe('a figure that exists only later', () => {
  const { M2, ...others } = allFigures

  it('is asked for on its day with its own time, and nobody is reminded of it at once', () => {
    const world = requested(withLaterFigure(['M2', '2015-05-04']))
    world.until(on('2015-02-10')).mail({ values: others })
    expect(world.pass(on('2015-04-30')).state.status).toBe('collecting')
    expect(world.letters()).toEqual(['request@2015-01-15'])
    world.pass(on('2015-05-04', '09:00'))
    expect(world.letters()).toEqual(['request@2015-01-15', 'later-figure@2015-05-04'])
    expect(dueOnOf(world.state, '479')).toBe('2015-05-19')
    world.until(on('2015-05-11')).mail({ values: { M2 } })
    expect(world.pass(on('2015-05-20', '00:00')).state.status).toBe('drafted')
    expect(reminders(world)).toEqual([])
  })

  it('is reminded of after its own time', () => {
    const world = requested(withLaterFigure(['M2', '2015-05-04']))
    world.until(on('2015-02-10')).mail({ values: others })
    expect(reminders(world.pass(on('2015-05-20', '10:00')))).toEqual(['reminder-1@2015-05-20'])
  })

  it('never takes time from the rest', () => {
    const world = requested(withLaterFigure(['M2', '2015-02-02'])).pass(on('2015-02-02', '10:00'))
    expect(world.letters()).toEqual(['request@2015-01-15', 'later-figure@2015-02-02'])
    expect(dueOnOf(world.state, '479')).toBe('2015-03-02')
  })

  it('gets a letter each when two come on the same day', () => {
    const world = requested(withLaterFigure(['M1', '2015-05-04'], ['M2', '2015-05-04']))
    const { M3, FS2, 'H1 udgift': cost, Formidling } = allFigures
    world.until(on('2015-02-10')).mail({ values: { M3, FS2, 'H1 udgift': cost, Formidling } })
    world.pass(on('2015-05-04', '10:00'))
    expect(world.state.letters.slice(1).map((letter) => letter.order)).toEqual([
      { kind: 'later-figure', party: '479', seq: 1, about: 'M1' },
      { kind: 'later-figure', party: '479', seq: 1, about: 'M2' },
    ])
  })
})

describe('a partnership', () => {
  const { 'M1 i alt': all, 'M1 heraf': ofWhich, M2, M3, ...lead } = allFigures

  it('reminds only the silent member, and nobody waits for longer than it takes', () => {
    const world = requested(partnership)
    expect(world.letters('450')).toEqual(['request@2015-01-15'])
    world.until(on('2015-02-10')).mail({
      party: '479',
      values: { 'M1 i alt': all, 'M1 heraf': ofWhich, M2, ...lead },
    })
    world.pass(on('2015-03-30'))
    expect(reminders(world, '479')).toEqual([])
    expect(world.letters('450')).toEqual([
      'request@2015-01-15',
      'courtesy-notice@2015-02-16',
      'reminder-1@2015-03-03',
      'reminder-2@2015-03-18',
      'collection-closed@2015-03-26',
    ])
    expect(world.state.draft?.madeAt).toBe(on('2015-03-26', '09:00'))
    const verdict = (key: string) =>
      world.state.draft?.assessment.targets.find((target) => target.key === key)?.verdict
    expect(verdict('M2')).toBe('met')
    expect(verdict('M3'), 'silence is never "not met"').toBe('not-assessable')
  })

  it('blocks the reminders of the party alone whose mail is held', () => {
    const world = requested(partnership).until(on('2015-02-27'))
    world.mail({ party: '450', standing: 'held', contactId: null })
    world.pass(on('2015-03-03', '10:00'))
    expect(reminders(world, '479')).toContain('reminder-1@2015-03-03')
    expect(reminders(world, '450')).not.toContain('reminder-1@2015-03-03')
    expect(M3.met).toBe(true)
  })
})
