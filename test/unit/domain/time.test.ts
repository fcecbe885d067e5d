import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
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
  yearOf,
} from '../../../functions/domain/base/time.ts'

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

  test('what is computed without Temporal is what Temporal says', () => {
    const days = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })
      .map((one) => one.toISOString().slice(0, 10))
    const instants = fc
      .date({ min: new Date('1960-01-01'), max: new Date('2037-12-31'), noInvalidDate: true })
      .map((one) => one.toISOString())
    fc.assert(
      fc.property(days, days, fc.integer({ min: -40_000, max: 40_000 }), (a, b, count) => {
        const date = Temporal.PlainDate.from(a)
        expect(addDays(a, count)).toBe(date.add({ days: count }).toString())
        expect(daysBetween(a, b)).toBe(date.until(Temporal.PlainDate.from(b), { largestUnit: 'days' }).days)
        expect([weekday(a), isoWeek(a), yearOf(a)]).toEqual([date.dayOfWeek, date.weekOfYear, date.year])
      }),
    )
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        const [one, other] = [Temporal.Instant.from(a), Temporal.Instant.from(b)]
        expect(todayInCopenhagen(a)).toBe(
          one.toZonedDateTimeISO('Europe/Copenhagen').toPlainDate().toString(),
        )
        expect(compareInstants(a, b)).toBe(Temporal.Instant.compare(one, other))
        expect(secondsBetween(a, b)).toBe(Math.ceil((other.epochMilliseconds - one.epochMilliseconds) / 1000))
      }),
    )
  })

  test('the hours in which summer time begins and ends fall on the days they should', () => {
    for (const hour of ['2015-03-29T00', '2015-03-29T01', '2015-10-25T00', '2015-10-25T01', '2014-12-31T23'])
      for (const minute of ['00', '30', '59']) {
        const instant = `${hour}:${minute}:59.999Z`
        expect(todayInCopenhagen(instant)).toBe(
          Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Copenhagen').toPlainDate().toString(),
        )
      }
  })

  test('what is no date or no instant is refused', () => {
    expect(() => addDays('2015-02-30', 1)).toThrow(RangeError)
    expect(() => addDays('2015-02-28', 0.5)).toThrow(RangeError)
    expect(() => weekday('2015-13-01')).toThrow(RangeError)
    expect(() => todayInCopenhagen('2015-02-31T10:00:00.000Z')).toThrow(RangeError)
    expect(() => secondsBetween('2015-01-01T00:00:00.000Z', 'soon')).toThrow(RangeError)
  })
})
