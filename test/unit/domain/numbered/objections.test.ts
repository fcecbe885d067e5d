import { todayInCopenhagen } from '../../../../functions/domain/base/time.ts'
import { describe, expect, test } from 'vitest'
import { warnedOf } from '../../../../functions/domain/casefile/waiting.ts'
import { turnOf } from '../../../../functions/domain/review/open-tasks.ts'
import { tasksOfReview } from '../../../../functions/web/review/review-tasks.ts'
import people from '../../../../infra/local/sample/ministry-people.json' with { type: 'json' }
import { anders, directoryOf, sofie, vibeke } from '../../../support/ministry.ts'
import { inHearing, on, type ReviewWorld } from '../../review/review-world.ts'
import type { Decider } from '../../../../functions/domain/base/command.ts'

const comments = { Høringssvar: { is: 'hearing-reply', comments: true } }
/** The hearing is over, the objection answered, and it stands. */
const disputed = (): ReviewWorld => {
  const world = inHearing().mail({ key: 'indsigelse', values: comments })
  world.pass(on('2015-04-10'))
  world.person({
    do: 'answer-comments',
    subject: world.state.draft?.subject ?? '',
    answers: [{ mailKey: 'indsigelse', text: 'tallet følger målemetoden', unresolved: true }],
  })
  return world.work()
}

const decision = (world: ReviewWorld, outcome: 'upheld' | 'changed', reason = 'målemetoden er aftalt') =>
  ({
    do: 'decide-objection',
    subject: world.state.draft?.subject ?? '',
    mailKey: 'indsigelse',
    outcome,
    reason,
  }) as const

const kindOf = (world: ReviewWorld, ...how: Parameters<ReviewWorld['decide']>): string => {
  const decided = world.decide(...how)
  return decided.ok ? 'accepted' : decided.refusal.kind
}

describe('numbered edge cases: a disputed assessment', () => {
  test('Edge case 17: an objection that the answer does not settle waits for the approver’s superior; no time decides it', () => {
    const world = disputed()
    for (const day of ['2015-04-11', '2015-08-31', '2019-01-01'])
      expect(world.pass(on(day)).plan()).toEqual({ next: 'wait', kind: 'superior', until: null })
    expect(world.state.finals).toEqual([])
    expect(turnOf(world.state, todayInCopenhagen(world.now))).toBe('superior')
    const [task] = tasksOfReview(world.state, { today: '2019-01-01', caseworker: 'sofie', href: '/r' })
    expect(task).toMatchObject({ kind: 'objection', roles: ['head-of-department'], caseworker: null })
  })

  test('Edge case 17: it is decided with a reason, by neither who recommended nor who approved, whatever their roles', () => {
    const world = disputed()
    const all: Decider['roles'] = ['caseworker', 'approver', 'head-of-department']
    expect(kindOf(world, decision(world, 'upheld'), anders)).toBe('role')
    expect(kindOf(world, decision(world, 'upheld'), { ...anders, roles: all })).toBe('same-superior')
    expect(kindOf(world, decision(world, 'upheld'), { ...sofie, roles: all })).toBe('same-superior')
    expect(kindOf(world, decision(world, 'upheld'), { ...vibeke, barredFrom: ['479'] })).toBe('barred')
    expect(kindOf(world, decision(world, 'upheld', ' '), vibeke)).toBe('reason')
    expect(kindOf(world, { ...decision(world, 'upheld'), mailKey: 'another' }, vibeke)).toBe('no-objection')
    expect(kindOf(world, decision(world, 'upheld'), vibeke)).toBe('accepted')
  })

  test('Edge case 17: upheld, the assessment becomes final with the superior’s words on the record', () => {
    const world = disputed()
    world.person(decision(world, 'upheld'), vibeke).work()
    expect(world.state.finals).toMatchObject([{ version: 1, comments: 'answered' }])
    expect(world.state.objections).toMatchObject([
      { mailKey: 'indsigelse', decided: { outcome: 'upheld', by: 'vibeke', text: 'målemetoden er aftalt' } },
    ])
    expect(kindOf(world, decision(world, 'upheld'), vibeke)).toBe('status')
  })

  test('Edge case 17: changed, a new draft is recommended and approved anew; the same objection is not put up twice', () => {
    const world = disputed()
    const first = world.state.draft?.subject
    world.person(decision(world, 'changed'), vibeke).work()
    expect(world.state.status).toBe('drafted')
    expect(world.state.draft?.subject).not.toBe(first)
    world.recommend().approve().pass(on('2015-06-01'))
    world.person({
      do: 'answer-comments',
      subject: world.state.draft?.subject ?? '',
      answers: [{ mailKey: 'indsigelse', text: 'nu ændret', unresolved: true }],
    })
    world.work()
    expect(world.state.finals).toHaveLength(1)
  })

  test('Edge case 17: a correction takes an undecided objection away with the draft it was about', () => {
    const world = disputed().mail({
      key: 'rettelse',
      values: { M2: { is: 'number', value: '20' } },
      texts: { M2: 'fejl i opgørelsen' },
    })
    expect(world.state.objections).toEqual([])
    expect(kindOf(world, decision(world, 'upheld'), vibeke)).not.toBe('accepted')
  })

  test('Edge case 17, Edge case 55: above the approvers the head of department is told, the deputy of the office waits no longer alone', () => {
    const directory = directoryOf(...people)
    const told = (waitsFor: 'approver' | 'head-of-department', staff = directory) =>
      warnedOf(staff, {
        waitsFor,
        sinceOn: '2015-03-02',
        municipalities: ['479'],
        caseworker: null,
        notBy: [],
      }).map(({ person, afterDays }) => [person.id, afterDays])
    expect(told('approver')).toEqual([
      ['anders-proevesen', 3],
      ['birgit-eksempelgaard', 5],
      ['vibeke-proevelykke', 10],
    ])
    expect(told('head-of-department')).toEqual([
      ['vibeke-proevelykke', 3],
      ['jens-stikproeve', 5],
      ['ida-moenstersen', 10],
    ])
    const without = {
      ...directory,
      people: directory.people.filter((person) => !person.roles.includes('head-of-department')),
    }
    expect(told('approver', without).at(-1)).toEqual(['ida-moenstersen', 10])
  })
})
