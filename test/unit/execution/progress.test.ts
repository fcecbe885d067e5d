import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { progressOf, openWaits } from '../../../functions/domain/execution/progress.ts'
import { entered, exited, historyOf, scheduled, token, waitScheduled } from './history.ts'

const ends = (progress: ReturnType<typeof progressOf>) =>
  progress.visits.map(({ state, end }) => [state, end] as const)

describe('what an execution has done', () => {
  it('is its visits in order, with what went in and out and how often each step was taken', () => {
    const events = historyOf(
      { type: 'ExecutionStarted' },
      { ...entered('Plan next'), input: '{"a":1}' },
      scheduled(),
      { type: 'TaskSucceeded' },
      { ...exited('Plan next'), output: '{"b":2}' },
      entered('What is next?', 'Choice'),
      exited('What is next?', 'Choice'),
      entered('Plan next'),
    )
    const progress = progressOf(events, 'RUNNING')
    expect(ends(progress)).toEqual([
      ['Plan next', 'succeeded'],
      ['What is next?', 'succeeded'],
      ['Plan next', 'working'],
    ])
    expect(progress.visits[0]).toMatchObject({ input: '{"a":1}', output: '{"b":2}', tries: 1 })
    expect(progress.steps).toEqual([
      { from: 'Plan next', to: 'What is next?', times: 1 },
      { from: 'What is next?', to: 'Plan next', times: 1 },
    ])
    expect(progress.stateOfEvent.get(4)).toBe('Plan next')
    expect(progress.stateOfEvent.has(1)).toBe(false)
  })

  it('counts tries, and tells an error that was retried from one that was caught', () => {
    const failed = { type: 'TaskFailed', error: 'Lambda.TooManyRequestsException' }
    const retried = progressOf(
      historyOf(
        entered('Send letter'),
        scheduled(),
        failed,
        scheduled(),
        { type: 'TaskSucceeded' },
        exited('Send letter'),
      ),
      'RUNNING',
    ).visits[0]
    expect(retried).toMatchObject({ tries: 2, end: 'succeeded', failures: [{ error: failed.error }] })
    const caught = progressOf(
      historyOf(
        entered('Wait'),
        waitScheduled('wait/reply/'),
        { type: 'TaskTimedOut', error: 'States.Timeout' },
        exited('Wait'),
      ),
      'RUNNING',
    ).visits[0]
    expect(caught).toMatchObject({ end: 'caught', wait: null, failures: [{ error: 'States.Timeout' }] })
  })

  it('failed where a failure ended it, and was aborted where somebody stopped it', () => {
    const events = historyOf(entered('Make draft'), scheduled(), { type: 'TaskFailed', error: 'E' })
    expect(ends(progressOf(events, 'FAILED'))).toEqual([['Make draft', 'failed']])
    expect(ends(progressOf(historyOf(entered('Wait'), waitScheduled('wait/reply/')), 'ABORTED'))).toEqual([
      ['Wait', 'aborted'],
    ])
  })

  it('tells branches side by side apart by the event each event follows', () => {
    const progress = progressOf(
      historyOf(
        entered('Both', 'Parallel'),
        { type: 'ParallelStateStarted' },
        { ...entered('Left'), previousId: 2 },
        { ...entered('Right'), previousId: 2 },
        { ...scheduled(), previousId: 3 },
        { ...scheduled(), previousId: 4 },
        { type: 'TaskFailed', error: 'E', previousId: 6 },
        { ...exited('Left'), previousId: 5 },
      ),
      'RUNNING',
    )
    expect(progress.visits.map(({ state, tries, failures }) => [state, tries, failures.length])).toEqual([
      ['Both', 0, 0],
      ['Left', 1, 0],
      ['Right', 1, 1],
    ])
  })

  it('has as many visits as states were entered, whatever the history', () => {
    const event = fc.constantFrom(
      entered('A'),
      exited('A'),
      entered('B', 'Choice'),
      exited('B', 'Choice'),
      scheduled(),
      waitScheduled('wait/reply/'),
      { type: 'TaskFailed', error: 'E' },
      { type: 'TaskSucceeded' },
    )
    fc.assert(
      fc.property(fc.array(event), fc.constantFrom('RUNNING', 'SUCCEEDED', 'FAILED'), (events, status) => {
        const { visits, steps } = progressOf(historyOf(...events), status)
        expect(visits.length).toBe(events.filter(({ type }) => type.endsWith('StateEntered')).length)
        expect(steps.reduce((sum, step) => sum + step.times, 0)).toBeLessThan(Math.max(1, visits.length))
        if (status !== 'RUNNING') expect(visits.every((visit) => visit.wait === null)).toBe(true)
      }),
    )
  })
})

describe('an open wait', () => {
  const until = '2015-03-02T23:00:00.000Z'
  const waiting = historyOf(entered('Wait for the municipality'), waitScheduled(`wait/reply/${until}`, 3600))

  it('says for what, since when, until when, when it looks again, and whether the record knows it', () => {
    const progress = progressOf(waiting, 'RUNNING')
    expect(progress.visits[0]?.end).toBe('waiting')
    const expected = {
      state: 'Wait for the municipality',
      since: '2015-01-15T08:01:00.000Z',
      looksAgainAt: '2015-01-15T09:01:00.000Z',
      kind: 'reply',
      until,
    }
    const wait = { kind: 'reply', expects: `wait/reply/${until}`, token }
    expect(openWaits(progress, [wait])).toEqual([{ ...expected, registered: true }])
    expect(openWaits(progress, [{ ...wait, token: 'another' }])).toEqual([{ ...expected, registered: false }])
  })

  it('is over when the execution is, or its task has failed', () => {
    expect(openWaits(progressOf(waiting, 'ABORTED'), [])).toEqual([])
    const failed = [...waiting, ...historyOf({ type: 'TaskTimedOut', id: 3, previousId: 2 })]
    expect(openWaits(progressOf(failed, 'RUNNING'), [])).toEqual([])
  })

  it('has no moment where it waits for a person, and no limit where its task has none', () => {
    const person = historyOf(entered('Wait'), { ...waitScheduled('wait/approval/'), timeoutSeconds: null })
    expect(openWaits(progressOf(person, 'RUNNING'), [])).toMatchObject([
      { kind: 'approval', until: null, looksAgainAt: null },
    ])
  })

  it('is told also when its arguments are not readable', () => {
    const unreadable = historyOf(entered('Wait'), { ...waitScheduled('wait/approval/'), input: 'no JSON' })
    expect(openWaits(progressOf(unreadable, 'RUNNING'), [])).toMatchObject([{ kind: '', registered: false }])
  })
})
