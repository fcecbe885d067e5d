import { describe, expect, it } from 'vitest'
import { caseworkerOf, directorySchema } from '../../../functions/domain/directory/directory.ts'
import { renegotiationCommands } from '../../../functions/domain/renegotiation/commands.ts'
import { reviewCommands } from '../../../functions/domain/review/commands.ts'
import { everyTask } from '../../../functions/web/every-task.ts'
import { anders, decider, sofie } from '../../support/ministry.ts'
import { Machine } from '../renegotiation/machine.ts'
import { allFigures, on, requested, type ReviewWorld } from './review-world.ts'

const person = (id: string, roles = ['caseworker'], barredFrom: readonly string[] = []) => ({
  id,
  name: id,
  title: 'fuldmægtig',
  email: `${id}@ministeriet.example`,
  phone: '00 00 00 00',
  roles,
  deputy: false,
  barredFrom,
})
const directoryOf = (...people: readonly ReturnType<typeof person>[]) =>
  directorySchema.parse({
    people,
    ministry: {
      domains: [
        { from: '2013-08-09', replyDomain: 'svar.ministeriet.example', domain: 'ministeriet.example' },
      ],
      officeHead: [{ from: '2013-08-09', name: 'Anders', title: 'kontorchef' }],
      privacyPolicy: 'ministeriet.example/privatlivspolitik',
      complaint: '',
    },
  })
const directory = directoryOf(
  person('sofie'),
  person('bo'),
  person('ida', ['caseworker'], ['479']),
  person('anders', ['approver']),
)
const give = (world: ReviewWorld, to: string, who = anders) =>
  reviewCommands.decide(world.state, { do: 'take-over-case', person: to }, who, world.now, {
    people: directory.people,
  })
const drafted = () => requested().mail({ values: allFigures }).pass(on('2015-03-03', '09:10'))

describe('the caseworker of a case', () => {
  it('is whoever took it over or was given it, and nobody comes in between when a third joins', () => {
    const world = drafted()
    for (const [to, who] of [
      ['bo', anders],
      ['sofie', sofie],
    ] as const) {
      world.commit(give(world, to, who))
      expect(caseworkerOf(directory, world.state).id).toBe(to)
      for (const third of ['a', 'b', 'c', 'd'])
        expect(caseworkerOf(directoryOf(...directory.people, person(third)), world.state).id).toBe(to)
    }
  })

  it('has its tasks', () => {
    const world = drafted()
    const whose = () =>
      everyTask(
        { reviews: [world.state], renegotiations: [], inboxes: [], runs: [] },
        directory,
        '2015-03-03',
      ).flatMap(({ kind, caseworker }) => (kind === 'recommend' ? [caseworker] : []))
    for (const to of ['bo', 'sofie']) {
      world.commit(give(world, to))
      expect(whose()).toEqual([to])
    }
  })

  it('is a caseworker who is not barred; whoever may not have it any more gives it back to the spread', () => {
    const world = drafted()
    for (const to of ['ida', 'anders', 'nobody'])
      expect(give(world, to)).toMatchObject({ ok: false, refusal: { kind: 'fields' } })
    world.commit(give(world, 'bo'))
    expect(give(world, 'bo'), 'it is theirs already').toEqual({ ok: true, events: [] })
    expect(caseworkerOf(directoryOf(person('sofie'), person('bo', ['auditor'])), world.state).id).toBe(
      'sofie',
    )
  })

  it('is a renegotiation’s own: its review stays where it is', () => {
    const review = drafted()
    review.commit(give(review, 'sofie'))
    const machine = new Machine().raise()
    machine.person({ do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
    const take = (to: string, who = anders) =>
      machine.take(
        renegotiationCommands.decide(
          machine.state,
          { do: 'take-over-renegotiation', person: to },
          who,
          machine.now,
          { people: directory.people },
        ),
      )
    const whose = () =>
      everyTask(
        { reviews: [review.state], renegotiations: [machine.state], inboxes: [], runs: [] },
        directory,
        '2015-04-13',
      ).map(({ kind, caseworker }) => [kind, caseworker])
    for (const to of ['bo', 'sofie', 'bo']) {
      expect(take(to)).toBe(1)
      expect(whose()).toContainEqual(['rider-draft', to])
      expect(whose()).toContainEqual(['recommend', 'sofie'])
    }
    expect(take('ida')).toBe('fields')
    expect(take('bo', decider('ole', 'auditor'))).toBe('role')
  })
})
