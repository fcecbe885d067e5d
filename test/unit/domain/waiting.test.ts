import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addWorkingDays,
  factCheckDay,
  hearingEnd,
  isWorkingDay,
  latestHearingDay,
  pressingHearingDay,
} from '../../../functions/domain/base/calendar.ts'
import {
  isWarningDay,
  toldDaily,
  warnedOf,
  type Waiting,
} from '../../../functions/domain/casefile/waiting.ts'
import { directoryOf, person } from '../../support/ministry.ts'

const directory = directoryOf(
  person('sofie', ['caseworker']),
  person('karl', ['caseworker']),
  person('anders', ['approver']),
  person('inhabil', ['approver'], { barredFrom: ['479'] }),
  person('birgit', ['approver'], { deputy: true }),
  person('ida', ['administrator']),
)
const since = '2015-03-02'
const waiting = (of: Partial<Waiting>): Waiting => ({
  waitsFor: 'approver',
  sinceOn: since,
  municipalities: ['479'],
  caseworker: 'sofie',
  notBy: [],
  ...of,
})
const told = (item: Waiting, days: number): readonly string[] =>
  toldDaily(directory, item, addWorkingDays(since, days)).map(({ id }) => id)

describe('who is told of what waits', () => {
  test('the case’s own caseworker, and every caseworker where it is nobody’s', () => {
    expect(told(waiting({ waitsFor: 'caseworker' }), 0)).toEqual(['sofie'])
    expect(told(waiting({ waitsFor: 'caseworker', caseworker: null }), 0)).toEqual(['sofie', 'karl'])
  })

  test('approvers who may decide it; their deputies from five working days', () => {
    expect(told(waiting({}), 0)).toEqual(['anders'])
    expect(told(waiting({}), 4)).toEqual(['anders'])
    expect(told(waiting({}), 5)).toEqual(['anders', 'birgit'])
    expect(told(waiting({ municipalities: ['461'] }), 0)).toEqual(['anders', 'inhabil'])
  })

  test('the deputy at once when no approver is left who may act', () => {
    expect(told(waiting({ notBy: ['anders'] }), 0)).toEqual(['birgit'])
  })

  test('the approvers, where no caseworker is left who may act', () => {
    expect(told(waiting({ waitsFor: 'caseworker', notBy: ['sofie'] }), 0)).toEqual(['karl'])
    expect(told(waiting({ waitsFor: 'caseworker', notBy: ['sofie', 'karl'] }), 0)).toEqual(['anders'])
  })

  test('nobody who may not act, whatever waits and however long', () => {
    const ids = directory.people.map(({ id }) => id)
    fc.assert(
      fc.property(fc.subarray(ids), fc.integer({ min: 0, max: 40 }), (notBy, days) => {
        for (const waitsFor of ['caseworker', 'approver'] as const)
          for (const id of told(waiting({ waitsFor, notBy }), days))
            expect([...notBy, 'inhabil']).not.toContain(id)
        expect(told(waiting({ notBy: ids }), days)).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('that it waits too long: caseworker 5, team lead 10; approver 3, deputy 5, next level 10', () => {
    const days = (item: Waiting) =>
      Object.fromEntries(warnedOf(directory, item).map((one) => [one.person.id, one.afterDays]))
    expect(days(waiting({ waitsFor: 'caseworker' }))).toEqual({ sofie: 5, birgit: 10 })
    expect(days(waiting({}))).toEqual({ anders: 3, birgit: 5, ida: 10 })
  })

  test('when the time is reached, and then once a week', () => {
    const all = Array.from({ length: 16 }, (_, days) => days)
    expect(all.filter((days) => isWarningDay(days, 3))).toEqual([3, 8, 13])
  })
})

describe('the last day for a hearing', () => {
  test('ends before the fact check, and a day later would not', () => {
    for (let year = 2012; year <= 2030; year += 1) {
      const latest = latestHearingDay(year)
      expect(isWorkingDay(latest)).toBe(true)
      expect(hearingEnd(latest) < factCheckDay(year)).toBe(true)
      expect(hearingEnd(addWorkingDays(latest, 1)) < factCheckDay(year)).toBe(false)
    }
  })

  test('is said when it presses', () => {
    const latest = latestHearingDay(2014)
    expect(pressingHearingDay(2014, '2015-03-10')).toBeNull()
    expect(pressingHearingDay(2014, latest)).toBe(latest)
    expect(pressingHearingDay(2014, addWorkingDays(latest, -15))).toBe(latest)
    expect(pressingHearingDay(2014, addWorkingDays(latest, -16))).toBeNull()
  })
})
