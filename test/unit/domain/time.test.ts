import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMs,
  atCopenhagen,
  clockInCopenhagen,
  compareInstants,
  daysBetween,
  endOfDay,
  isOnTime,
  isoWeek,
  overlap,
  secondsBetween,
  todayInCopenhagen,
  weekday,
} from '../../../functions/domain/time.ts'

const dates = fc
  .date({ min: new Date('2005-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10))

describe('Danish time', () => {
  test('the date in Copenhagen changes at local midnight, winter and summer', () => {
    expect(todayInCopenhagen('2015-03-02T22:59:59Z')).toBe('2015-03-02')
    expect(todayInCopenhagen('2015-03-02T23:00:00Z')).toBe('2015-03-03')
    expect(todayInCopenhagen('2015-06-28T22:00:00.000Z')).toBe('2015-06-29')
  })

  test('a local time becomes an instant with Z', () => {
    expect(atCopenhagen('2015-01-15', '09:00')).toBe('2015-01-15T08:00:00.000Z')
    expect(atCopenhagen('2015-07-01', '09:00')).toBe('2015-07-01T07:00:00.000Z')
    expect(clockInCopenhagen('2015-02-24T13:07:40Z')).toBe('14:07')
  })

  test('half past two on 29 March 2015 does not exist and is moved an hour on', () => {
    expect(atCopenhagen('2015-03-29', '02:30')).toBe('2015-03-29T01:30:00.000Z')
    expect(clockInCopenhagen(atCopenhagen('2015-03-29', '02:30'))).toBe('03:30')
  })

  test('a reply is on time before 24.00 on the due date and late from then', () => {
    expect(endOfDay('2015-03-02')).toBe('2015-03-02T23:00:00.000Z')
    expect(isOnTime('2015-03-02T22:59:59.999Z', '2015-03-02')).toBe(true)
    expect(isOnTime('2015-03-02T23:00:00Z', '2015-03-02')).toBe(false)
  })

  test('weekdays and weeks are the ISO ones', () => {
    expect([weekday('2015-03-01'), weekday('2015-03-02')]).toEqual([7, 1])
    expect([isoWeek('2015-02-16'), isoWeek('2015-02-15'), isoWeek('2016-01-03')]).toEqual([8, 7, 53])
  })

  test('instants compare by time, not by text', () => {
    expect(compareInstants('2015-03-02T23:00:00Z', '2015-03-02T23:00:00.000Z')).toBe(0)
    expect(secondsBetween('2015-03-02T23:00:00Z', '2015-03-02T23:00:01.001Z')).toBe(2)
    expect(addMs('2015-03-02T23:00:00Z', 1500)).toBe('2015-03-02T23:00:01.500Z')
  })

  test('periods overlap when they share a day', () => {
    const year = { from: '2014-01-01', to: '2014-12-31' }
    expect(overlap(year, { from: '2014-12-31', to: null })).toBe(true)
    expect(overlap(year, { from: '2015-01-01', to: '2015-12-31' })).toBe(false)
  })

  test('adding days and counting them are inverse', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -900, max: 900 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      }),
    )
  })

  test('the end of a day belongs to the next day', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(todayInCopenhagen(endOfDay(date))).toBe(addDays(date, 1))
      }),
    )
  })
})
