import { describe, expect, it } from 'vitest'
import { todayInCopenhagen } from '../../../functions/domain/base/time.ts'
import { openTasks } from '../../../functions/domain/renegotiation/open-tasks.ts'
import { anders, karl, sofie } from '../../support/ministry.ts'
import { ground, Machine, parties } from './machine.ts'

const tasksOf = ({ state, now }: Machine) => openTasks(state, todayInCopenhagen(now))

const opened = (): Machine => {
  const machine = new Machine().raise()
  machine.person({ do: 'open-renegotiation', targets: ['M1'], text: '' }, anders)
  return machine
}
const drafted = (): Machine => {
  const machine = opened()
  machine.draft(sofie)
  return machine
}
const approve = (machine: Machine, who: typeof sofie): Machine => {
  machine.person({ do: 'approve-proposal', subject: machine.state.proposal?.subject ?? '' }, who)
  return machine
}

describe('what a renegotiation waits for', () => {
  it('is one decision of its matter, the last that joined it, since that was observed', () => {
    const machine = new Machine().raise(ground('own', { matterId: null }))
    expect(tasksOf(machine)).toMatchObject([
      { kind: 'matter', turn: ['approver'], about: 'sag:svendborg-rk:1' },
    ])
    machine.now = '2015-04-20T08:00:00.000Z'
    machine.join(ground('quota'))
    expect(tasksOf(machine)).toMatchObject([
      { kind: 'matter', about: 'kommunekvoter-2015', since: '2015-04-20T08:00:00.000Z' },
    ])
  })

  it('is a draft, then two approvals by others than the drafter: a colleague first, one of the two an approver', () => {
    expect(tasksOf(opened())).toMatchObject([{ kind: 'rider-draft', turn: ['caseworker'] }])
    expect(tasksOf(drafted())).toMatchObject([
      { kind: 'rider-approval', turn: ['caseworker'], roles: ['caseworker', 'approver'], notBy: ['sofie'] },
    ])
    expect(tasksOf(approve(drafted(), karl))).toMatchObject([
      { kind: 'rider-approval', turn: ['approver'], roles: ['approver'], notBy: ['sofie', 'karl'] },
    ])
    expect(tasksOf(approve(drafted(), anders))).toMatchObject([
      { turn: ['approver', 'caseworker'], roles: ['caseworker', 'approver'], notBy: ['sofie', 'anders'] },
    ])
  })

  it('is a held mail beside whatever else it waits for', () => {
    const machine = opened()
    machine.mail(parties[0], true, {}, 'held')
    expect(tasksOf(machine).map(({ kind }) => kind)).toEqual(['held-mail', 'rider-draft'])
  })
})
