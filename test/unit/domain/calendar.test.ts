import Holidays from 'date-holidays'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addWorkingDays,
  confirmationDueDay,
  courtesyNoticeDay,
  disseminationDay,
  dueDay,
  factCheckDay,
  hearingEnd,
  holidays,
  isWorkingDay,
  moveDeadline,
  nextWorkingDay,
  openingDay,
  proposalEnd,
  reportingDay,
  requestDay,
  workingDaysBetween,
} from '../../../functions/domain/base/calendar.ts'
import { isoWeek } from '../../../functions/domain/base/time.ts'

const dates = fc
  .date({ min: new Date('2005-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10))

describe('the Danish calendar', () => {
  test('has the public holidays that date-holidays has, 2014 to 2026', () => {
    const oracle = new Holidays('DK')
    for (let year = 2014; year <= 2026; year += 1) {
      const theirs = oracle
        .getHolidays(year)
        .filter((one) => one.type === 'public')
        .map((one) => one.date.slice(0, 10))
      expect([...holidays(year).keys()].sort()).toEqual([...new Set(theirs)].sort())
    }
  })

  test('store bededag is a holiday until and including 2023', () => {
    expect(isWorkingDay('2023-05-05')).toBe(false)
    expect(isWorkingDay('2024-04-26')).toBe(true)
  })

  test('Grundlovsdag, Christmas Eve and New Year’s Eve carry no deadline', () => {
    expect(['2015-06-05', '2014-12-24', '2014-12-31'].map(isWorkingDay)).toEqual([false, false, false])
    expect(moveDeadline('2014-12-24')).toBe('2014-12-29')
  })

  test('1 March on a weekend is moved, 2014 and 2015', () => {
    expect([2013, 2014].map(dueDay)).toEqual(['2014-03-03', '2015-03-02'])
  })

  test('the run for 2014 has exactly the dates of its letters', () => {
    const due = dueDay(2014)
    const reminder1 = nextWorkingDay(due)
    const newDate = addWorkingDays(reminder1, 10)
    const reminder2 = nextWorkingDay(newDate)
    const lastDate = addWorkingDays(reminder2, 5)
    expect({
      opens: openingDay(2014),
      confirmBy: confirmationDueDay(2014),
      request: requestDay(2014),
      courtesyNotice: courtesyNoticeDay(due),
      due,
      reminder1,
      newDate,
      reminder2,
      lastDate,
      goesOn: nextWorkingDay(lastDate),
      hearing: hearingEnd('2015-03-10'),
      hearingOverEaster: hearingEnd('2015-03-19'),
      proposal: proposalEnd('2015-04-20'),
      firstLetterUnderNewName: moveDeadline('2015-06-28'),
      dissemination: disseminationDay(2014),
      factCheck: factCheckDay(2014),
      factCheckDue: addWorkingDays(factCheckDay(2014), 10),
      report: reportingDay(2014),
      finalReturn: moveDeadline('2016-03-01'),
      finalAccount: moveDeadline('2016-04-01'),
    }).toEqual({
      opens: '2014-12-01',
      confirmBy: '2014-12-15',
      request: '2015-01-15',
      courtesyNotice: '2015-02-16',
      due: '2015-03-02',
      reminder1: '2015-03-03',
      newDate: '2015-03-17',
      reminder2: '2015-03-18',
      lastDate: '2015-03-25',
      goesOn: '2015-03-26',
      hearing: '2015-03-24',
      hearingOverEaster: '2015-04-13',
      proposal: '2015-06-01',
      firstLetterUnderNewName: '2015-06-29',
      dissemination: '2015-08-03',
      factCheck: '2015-08-10',
      factCheckDue: '2015-08-24',
      report: '2015-09-01',
      finalReturn: '2016-03-01',
      finalAccount: '2016-04-01',
    })
  })

  test('no hearing ends in a quiet week or on a day off, and all last two weeks', () => {
    fc.assert(
      fc.property(dates, (start) => {
        const end = hearingEnd(start)
        expect([7, 8, 28, 29, 30, 42]).not.toContain(isoWeek(end))
        expect(isWorkingDay(end)).toBe(true)
        expect(Date.parse(end) - Date.parse(start)).toBeGreaterThanOrEqual(14 * 86_400_000)
      }),
    )
  })

  test('no courtesy notice goes in week 7', () => {
    fc.assert(
      fc.property(dates, (due) => {
        expect(isoWeek(courtesyNoticeDay(due))).not.toBe(7)
      }),
    )
    expect(courtesyNoticeDay('2016-03-01')).toBe('2016-02-22')
  })

  test('working days added are working days counted, forwards and back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (date, count) => {
        expect(workingDaysBetween(date, addWorkingDays(date, count))).toBe(count)
        const workday = moveDeadline(date)
        expect(addWorkingDays(addWorkingDays(workday, count), -count)).toBe(workday)
      }),
    )
  })
})
