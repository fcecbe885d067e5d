import { describe, expect, it } from 'vitest'
import type { ExecutionEvent } from '../../../functions/domain/execution/execution.ts'
import { graphOf } from '../../../functions/domain/execution/graph.ts'
import { executionLines } from '../../../infra/cli/execution-text.ts'

const definition = {
  StartAt: 'Plan',
  States: {
    Plan: { Type: 'Task', Next: 'Wait for reply' },
    'Wait for reply': {
      Type: 'Task',
      Next: 'Done',
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Plan' }],
    },
    Done: { Type: 'Succeed' },
  },
}
const event = (id: number, type: string, more: Partial<ExecutionEvent> = {}): ExecutionEvent => ({
  id,
  previousId: id - 1,
  at: `2015-01-15T08:00:0${id}.000Z`,
  type,
  state: null,
  input: null,
  output: null,
  error: null,
  cause: null,
  resource: null,
  timeoutSeconds: null,
  ...more,
})
const waits = [
  event(1, 'ExecutionStarted'),
  event(2, 'TaskStateEntered', { state: 'Plan' }),
  event(3, 'TaskStateExited', { state: 'Plan' }),
  event(4, 'TaskStateEntered', { state: 'Wait for reply' }),
  event(5, 'TaskScheduled', {
    resource: 'invoke.waitForTaskToken',
    timeoutSeconds: 3600,
    input: '{"Payload":{"token":"AQC4secret","kind":"reply"}}',
  }),
]
const lines = (events: readonly ExecutionEvent[]): readonly string[] =>
  executionLines({
    graph: graphOf(definition),
    events,
    description: {
      machine: 'agreement-review',
      name: 'review-2014-x-a1',
      status: 'RUNNING',
      startedAt: '2015-01-15T08:00:01.000Z',
      endedAt: null,
      input: '{"taskToken":"AQC4secret","year":2014}',
      output: null,
      error: null,
      cause: null,
    },
  })

describe('an execution as text', () => {
  it('shows each state of its graph with what became of it, and the ways on', () => {
    const text = lines(waits).join('\n')
    expect(text).toMatch(/\+ Plan +Task +succeeded\n +-> Wait for reply/)
    expect(text).toMatch(/> Wait for reply +Task +waiting\n +-> Done\n +-> Plan \(caught: States.Timeout\)/)
    expect(text).toMatch(/ {2}Done +Succeed +not reached\n +\(end\)/)
  })

  it('tells what it waits for, since when and until when', () => {
    expect(lines(waits)).toContain(
      '  Wait for reply: waits for reply since 2015-01-15T08:00:05.000Z, until 2015-01-15T09:00:05.000Z at the latest',
    )
  })

  it('tells the history in order, and hides task tokens', () => {
    const shown = lines(waits)
    const history = shown.slice(shown.indexOf('History') + 1)
    expect(history.map((line) => Number(line.trim().split(' ')[0]))).toEqual([1, 2, 3, 4, 5])
    expect(shown.join('\n')).toContain('"year": 2014')
    expect(shown.join('\n')).not.toContain('AQC4secret')
  })
})
