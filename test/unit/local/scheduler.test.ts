import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LocalClock } from '../../../infra/local/clock.ts'
import { lastOccurrence, nextOccurrence } from '../../../infra/local/schedule-rule.ts'
import type { ScheduleRule } from '../../../workflows/tasks.ts'
import { makeScheduler, type Schedule } from '../../../infra/local/scheduler.ts'

const ms = (iso: string) => Date.parse(iso)
const next = (rule: ScheduleRule, after: string) => new Date(nextOccurrence(rule, ms(after))).toISOString()
const rules: fc.Arbitrary<ScheduleRule> = fc.oneof(
  fc.record({ kind: fc.constant('every' as const), minutes: fc.integer({ min: 1, max: 1440 }) }),
  fc.record({
    kind: fc.constantFrom('daily' as const, 'weekdays' as const),
    time: fc.constantFrom('00:00', '02:30', '09:00'),
  }),
  fc.record({
    kind: fc.constant('yearly' as const),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    time: fc.constantFrom('02:30', '09:00'),
  }),
) as fc.Arbitrary<ScheduleRule>

describe("a rule's next time", () => {
  const yearly = { kind: 'yearly', month: 12, day: 1, time: '09:00' } as const
  const daily = (time: `${number}:${number}`) => ({ kind: 'daily', time }) as const
  const weekdays = { kind: 'weekdays', time: '07:00' } as const
  it.each([
    ['a yearly one', yearly, '2014-11-30T12:00:00Z', '2014-12-01T08:00:00.000Z'],
    ['a yearly one that was today', yearly, '2014-12-01T08:00:00Z', '2015-12-01T08:00:00.000Z'],
    ['a daily one in winter', daily('06:00'), '2015-01-15T05:00:00Z', '2015-01-16T05:00:00.000Z'],
    ['a daily one in summer', daily('06:00'), '2015-07-15T03:59:59Z', '2015-07-15T04:00:00.000Z'],
    ['a weekday one on a Friday', weekdays, '2015-02-27T06:00:00Z', '2015-03-02T06:00:00.000Z'],
    ['a weekday one on a Sunday', weekdays, '2015-03-01T12:00:00Z', '2015-03-02T06:00:00.000Z'],
    ['every five minutes', { kind: 'every', minutes: 5 }, '2015-03-01T12:03:00Z', '2015-03-01T12:05:00.000Z'],
    ['a time that summer time skips', daily('02:30'), '2015-03-28T12:00:00Z', '2015-03-30T00:30:00.000Z'],
    ['a time that comes twice, first', daily('02:30'), '2015-10-24T12:00:00Z', '2015-10-25T00:30:00.000Z'],
    [
      'a time that comes twice, after the first',
      daily('02:30'),
      '2015-10-25T00:30:00Z',
      '2015-10-26T01:30:00.000Z',
    ],
  ] as const)('of %s', (_name, rule, after, expected) => {
    expect(next(rule, after)).toBe(expected)
  })

  it('is after the time asked from, and is the last one before the one that follows', () => {
    const instants = fc.integer({ min: ms('2014-01-01T00:00:00Z'), max: ms('2016-12-31T00:00:00Z') })
    fc.assert(
      fc.property(rules, instants, (rule, after) => {
        const first = nextOccurrence(rule, after)
        const second = nextOccurrence(rule, first)
        expect(first).toBeGreaterThan(after)
        expect(second).toBeGreaterThan(first)
        expect(lastOccurrence(rule, after, second - 1)).toBe(first)
        expect(lastOccurrence(rule, after, first - 1)).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })
})

describe('the scheduler', () => {
  const yearly: Schedule = {
    name: 'start-year',
    rule: { kind: 'yearly', month: 12, day: 1, time: '09:00' },
    functionName: 'StartYear',
    input: { scheduledAt: '<aws.scheduler.scheduled-time>' },
  }
  const nightly: Schedule = {
    name: 'anchor',
    rule: { kind: 'daily', time: '03:00' },
    functionName: 'Anchor',
    input: { night: '<aws.scheduler.scheduled-time>' },
  }
  const reconcile: Schedule = {
    name: 'reconcile',
    rule: { kind: 'every', minutes: 5 },
    functionName: 'Reconcile',
    input: {},
    quiet: true,
  }
  const newFile = () => join(mkdtempSync(join(tmpdir(), 'scheduler-')), 'schedules.json')

  function scheduled(
    schedules: Schedule[],
    start: string,
    options: { file?: string; fails?: (n: number) => boolean; answers?: (n: number) => unknown } = {},
  ) {
    const clock = new LocalClock({ mode: 'manual', startMs: ms(start) })
    const calls: { name: string; event: unknown; at: string }[] = []
    const givenUp: string[] = []
    const scheduler = makeScheduler({
      schedules,
      clock,
      file: options.file ?? newFile(),
      invoke: async (name, event) => {
        calls.push({ name, event, at: clock.nowIso() })
        await new Promise((resolve) => setImmediate(resolve))
        if (options.fails?.(calls.length) === true) throw new Error('down')
        return options.answers?.(calls.length)
      },
      onGivenUp: (schedule) => givenUp.push(schedule),
    })
    return { clock, calls, scheduler, givenUp }
  }

  it('fires at its time, with that time in its input', async () => {
    const { clock, calls, scheduler } = scheduled([yearly], '2014-11-30T12:00:00Z')
    await scheduler.start()

    await clock.moveTo('2015-12-02T00:00:00Z')

    expect(calls).toEqual([
      { name: 'StartYear', event: { scheduledAt: '2014-12-01T08:00:00Z' }, at: '2014-12-01T08:00:00.000Z' },
      { name: 'StartYear', event: { scheduledAt: '2015-12-01T08:00:00Z' }, at: '2015-12-01T08:00:00.000Z' },
    ])
  })

  it('fires what it missed once, with the last time missed, and does not fire again what it fired', async () => {
    const file = newFile()
    const before = scheduled([nightly], '2015-01-10T12:00:00Z', { file })
    await before.scheduler.start()
    await before.clock.moveTo('2015-01-11T12:00:00Z')
    expect(before.calls).toHaveLength(1)

    const after = scheduled([nightly], '2015-01-14T12:00:00Z', { file })
    await after.scheduler.start()
    await after.clock.moveTo('2015-01-14T12:00:01Z')

    expect(after.calls).toEqual([
      { name: 'Anchor', event: { night: '2015-01-14T02:00:00Z' }, at: '2015-01-14T12:00:00.000Z' },
    ])
  })

  it('tries again after a failure, after one minute and two more, and is done when it succeeds', async () => {
    const { clock, calls, scheduler } = scheduled([nightly], '2015-01-10T12:00:00Z', { fails: (n) => n <= 2 })
    await scheduler.start()

    await clock.moveTo('2015-01-11T12:00:00Z')

    expect(calls.map(({ at }) => at)).toEqual(
      ['02:00', '02:01', '02:03'].map((time) => `2015-01-11T${time}:00.000Z`),
    )
    expect(new Set(calls.map(({ event }) => JSON.stringify(event))).size).toBe(1)
  })

  it('gives a time up after the third failure, as Lambda does, tells, and goes on with the next', async () => {
    const { clock, calls, scheduler, givenUp } = scheduled([nightly], '2015-01-10T12:00:00Z', {
      fails: () => true,
    })
    await scheduler.start()

    await clock.moveTo('2015-01-12T12:00:00Z')

    expect(givenUp).toEqual(['anchor', 'anchor'])
    expect(calls.map(({ event }) => event)).toEqual(
      ['2015-01-11T02:00:00Z', '2015-01-12T02:00:00Z'].flatMap((due) =>
        Array.from({ length: 3 }, () => ({ night: due })),
      ),
    )
  })

  it('fires a quiet one at start and before each move that would pass it, and never stops the clock for it', async () => {
    const { clock, calls, scheduler } = scheduled([reconcile, nightly], '2015-01-10T12:00:00Z')
    const moves: string[] = []
    clock.onMove((to) => moves.push(new Date(to).toISOString()))
    await scheduler.start()
    expect(calls.map(({ name, at }) => [name, at])).toEqual([['Reconcile', '2015-01-10T12:00:00.000Z']])

    await clock.moveTo('2015-01-11T12:00:00Z')

    expect(moves).toEqual(['2015-01-11T02:00:00.000Z', '2015-01-11T12:00:00.000Z'])
    expect(calls.map(({ name, at }) => [name, at])).toEqual([
      ['Reconcile', '2015-01-10T12:00:00.000Z'],
      ['Reconcile', '2015-01-10T12:00:00.000Z'],
      ['Anchor', '2015-01-11T02:00:00.000Z'],
      ['Reconcile', '2015-01-11T02:00:00.000Z'],
    ])
  })

  it('fires a quiet one that has causes again when they change, or while its answer names something', async () => {
    let causes = 0
    const { clock, calls, scheduler } = scheduled(
      [{ ...reconcile, causes: () => causes }],
      '2015-01-10T12:00:00Z',
      { answers: (n) => ({ done: n === 2 ? ['a-decision'] : [], left: [] }) },
    )
    await scheduler.start()
    const fired: number[] = []
    for (const time of ['12:10', '12:20', '12:30', '12:40']) {
      if (time === '12:20') causes += 1
      await clock.moveTo(`2015-01-10T${time}:00.000Z`)
      fired.push(calls.length)
    }

    expect(fired).toEqual([1, 2, 3, 3])
  })

  it('fires a quiet one again when another has left something', async () => {
    const { clock, calls, scheduler } = scheduled(
      [{ ...reconcile, causes: () => 0 }, nightly],
      '2015-01-10T12:00:00Z',
      { answers: (n) => ({ left: n === 2 ? ['a-day'] : [] }) },
    )
    await scheduler.start()
    await clock.moveTo('2015-01-11T12:00:00Z')
    await clock.moveTo('2015-01-11T13:00:00Z')

    expect(calls.map(({ name }) => name)).toEqual(['Reconcile', 'Anchor', 'Reconcile'])
  })

  it('does not let the clock pass a quiet one that fails', async () => {
    const { clock, scheduler } = scheduled([reconcile], '2015-01-10T12:00:00Z', { fails: (n) => n > 1 })
    await scheduler.start()

    await expect(clock.moveTo('2015-01-11T12:00:00Z')).rejects.toThrow('reconcile fails')
    expect(clock.nowIso()).toBe('2015-01-10T12:00:00.000Z')
  })

  it('refuses a placeholder that it does not fill', () => {
    const odd = { ...yearly, input: { arn: '<aws.scheduler.schedule-arn>' } }

    expect(() => scheduled([odd], '2015-01-10T12:00:00Z')).toThrow('start-year')
  })

  it('tells when each fired and will fire', async () => {
    const { scheduler } = scheduled([yearly], '2014-11-30T12:00:00Z')

    expect(scheduler.list()).toEqual([
      { name: 'start-year', lastAt: '2014-11-30T12:00:00.000Z', nextAt: '2014-12-01T08:00:00.000Z' },
    ])
  })
})
