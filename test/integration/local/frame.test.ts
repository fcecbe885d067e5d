import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openQueues } from '../../../infra/local/aws/sqs-queues.ts'
import { LocalClock } from '../../../infra/local/clock.ts'
import { startEventSources } from '../../../infra/local/event-sources.ts'
import { makeFunctionsRuntime } from '../../../infra/local/functions-runtime.ts'
import { makeScheduler } from '../../../infra/local/scheduler.ts'

const start = '2015-01-15T08:00:00.000Z'
const closers: (() => void)[] = []

/** The clock, the queues, a runtime with two functions, the mappings and a schedule, on one folder. */
function frame(folder = mkdtempSync(join(tmpdir(), 'frame-')), failures = 0) {
  writeFileSync(
    join(folder, 'take-in.ts'),
    `let left = ${failures}
     export const handler = async (event) => {
       await new Promise((resolve) => setImmediate(resolve))
       const said = globalThis[Symbol.for('aarshjul.clock')].now()
       globalThis.seenByTakeIn?.push([event.Records[0].body, new Date(said).toISOString()])
       if (left > 0) { left -= 1; throw new Error('the archive is away') }
     }`,
  )
  writeFileSync(
    join(folder, 'send-daily.ts'),
    'export const handler = async (event) => { await globalThis.onDaily?.(event.at) }',
  )
  const clock = new LocalClock({
    mode: 'moved',
    startMs: Date.parse(start),
    file: join(folder, 'clock.json'),
  })
  const queues = openQueues({
    file: join(folder, 'queues.db'),
    queues: {
      intake: { visibilityTimeoutSeconds: 180, maxReceiveCount: 3, deadLetterQueue: 'intake-dead' },
      'intake-dead': { visibilityTimeoutSeconds: 180 },
    },
    clock,
  })
  clock.attach({ name: 'queues', nextDue: () => queues.nextDue(), fireDue: () => queues.clockMoved() })
  const { invoke, statistics } = makeFunctionsRuntime({ folder, clock })
  const faults: unknown[] = []
  const stop = startEventSources({
    mappings: [{ queue: 'intake', functionName: 'TakeIn', concurrency: 2 }],
    queues,
    invoke,
    clock,
    onFault: (error) => faults.push(error),
  })
  const scheduler = makeScheduler({
    schedules: [
      {
        name: 'daily',
        rule: { kind: 'daily', time: '09:00' },
        functionName: 'SendDaily',
        input: { at: '<aws.scheduler.scheduled-time>' },
      },
    ],
    clock,
    invoke,
    file: join(folder, 'schedules.json'),
    onGivenUp: (_schedule, error) => faults.push(error),
  })
  closers.push(() => {
    clock.stop()
    void stop().then(() => queues.close())
  })
  return { folder, clock, queues, scheduler, statistics, faults }
}
const remember = () => {
  const seen: [string, string][] = []
  Object.assign(globalThis, { seenByTakeIn: seen })
  return seen
}

afterEach(() => {
  for (const close of closers.splice(0)) close()
  Object.assign(globalThis, { seenByTakeIn: undefined, onDaily: undefined })
})

describe('the frame of the local system', () => {
  it('works through everything a day brings before the next day comes', async () => {
    const seen = remember()
    const { clock, queues, scheduler, faults } = frame()
    Object.assign(globalThis, {
      onDaily: (at: string) => {
        for (let n = 0; n < 5; n += 1) queues.send('intake', `mail ${n} of ${at}`)
      },
    })
    await scheduler.start()

    await clock.run(() => seen.length === 15)

    expect(faults).toEqual([])
    for (const [body, at] of seen) expect(body).toContain(at.replace('.000Z', 'Z'))
    expect(new Set(seen.map(([, at]) => at))).toEqual(
      new Set(['2015-01-16', '2015-01-17', '2015-01-18'].map((day) => `${day}T08:00:00.000Z`)),
    )
  })

  it('delivers a failed message again after its visibility timeout, and to the dead-letter queue in the end', async () => {
    const seen = remember()
    const { clock, queues, statistics } = frame(undefined, 3)
    queues.send('intake', 'poison')

    await clock.run(() => queues.count('intake-dead').visible === 1)

    expect(seen.map(([, at]) => at)).toEqual([
      '2015-01-15T08:00:00.000Z',
      '2015-01-15T08:03:00.000Z',
      '2015-01-15T08:06:00.000Z',
    ])
    expect(statistics.list()).toMatchObject([{ function: 'take-in', count: 3, errors: 3 }])
  })

  it('goes on after a restart from the time it had, with the messages it had', async () => {
    const seen = remember()
    const first = frame()
    await first.scheduler.start()
    await first.clock.run(() => first.clock.now() >= Date.parse('2015-01-17T08:00:00Z'))
    first.queues.close()
    closers.splice(0)

    const again = frame(first.folder)
    expect(again.clock.nowIso()).toBe('2015-01-17T08:00:00.000Z')
    again.queues.send('intake', 'after the restart')
    await again.scheduler.start()
    await again.clock.run(() => seen.length === 1)

    expect(seen).toEqual([['after the restart', '2015-01-17T08:00:00.000Z']])
  })
})
