import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { crashRun } from './crash-run.ts'
import { makeBench, task, waitForToken, withFolder } from './support.ts'

describe('the store', () => {
  it('carries tokens, timers and variables over a restart', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      const before = makeBench({}, { file })
      const states = {
        Set: { Type: 'Pass', Assign: { kept: 'yes' }, Next: 'Wait' },
        Wait: waitForToken({ TimeoutSeconds: 100, Next: 'Pause' }),
        Pause: { Type: 'Wait', Seconds: 10, Output: '{% $kept %}', End: true },
      }
      before.put('m', states)
      const answered = await before.start('m', 'answered')
      const silent = await before.start('m', 'silent')
      await before.quiet()
      const due = before.engine.nextDue()
      await before.engine.close()

      const bench = makeBench({}, { file })
      bench.engine.start()
      expect(bench.engine.nextDue()).toBe(due)
      await bench.engine.sendTaskSuccess({ taskToken: before.tokens[0]!, output: '{}' })
      await bench.pass(10)
      expect(await bench.engine.describeExecution({ executionArn: answered })).toMatchObject({
        output: '"yes"',
      })
      await bench.pass(90)
      expect(await bench.engine.describeExecution({ executionArn: silent })).toMatchObject({
        error: 'States.Timeout',
      })
      await bench.engine.close()
    }))

  it('makes a call again that was out when the process ended, and takes one result', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      const before = makeBench({ call: () => new Promise(() => {}) }, { file })
      before.put('m', { Call: { ...task('call'), End: true } })
      const executionArn = await before.start('m')
      while (before.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      await before.engine.close()

      const bench = makeBench({ call: () => 'again' }, { file })
      bench.engine.start()
      await bench.quiet()
      expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({ output: '"again"' })
      expect((await bench.types(executionArn)).filter((type) => type === 'TaskScheduled')).toHaveLength(1)
      await bench.engine.close()
    }))

  it('honours an answer that came before the function returned and before the process ended', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      const before = makeBench({ register: () => new Promise(() => {}) }, { file })
      before.put('m', { Wait: waitForToken({ End: true }) })
      const executionArn = await before.start('m')
      while (before.tokens.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
      await before.engine.sendTaskSuccess({ taskToken: before.tokens[0]!, output: '{"early":true}' })
      await before.engine.close()

      const bench = makeBench({}, { file })
      bench.engine.start()
      await bench.quiet()
      expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
        output: '{"early":true}',
      })
      expect(bench.calls).toEqual([])
      await bench.engine.close()
    }))

  it('delivers a change of status again that nobody took before the end', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      const before = makeBench({}, { file, onStatusChange: () => new Promise(() => {}) })
      before.put('m', { End: { Type: 'Succeed' } })
      await before.start('m')
      await before.engine.close()
      const told: string[] = []
      const bench = makeBench({}, { file, onStatusChange: (event) => void told.push(event.status) })
      bench.engine.start()
      await bench.quiet()
      expect(told).toEqual(['RUNNING', 'SUCCEEDED'])
      await bench.engine.close()
    }))

  it('is opened by one process at a time', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      const bench = makeBench({}, { file })
      expect(() => makeBench({}, { file })).toThrow(/in use by another process/)
      await bench.engine.close()
      const again = makeBench({}, { file })
      expect(again.engine.idle()).toBe(true)
      await again.engine.close()
    }))

  it('refuses a file that is no store and leaves it as it is', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      writeFileSync(file, 'This is no database, but a text of some length.'.repeat(100))
      expect(() => makeBench({}, { file })).toThrow(/cannot be opened/)
    }))
})

describe('kill -9', () => {
  it('loses nothing, runs nothing again that has ended, and leaves nothing stuck', { timeout: 120_000 }, () =>
    withFolder(async (folder) => {
      const seed = Date.now() % 1_000_000
      const report = await crashRun(join(folder, 'states.sqlite'), { executions: 40, kills: 12, seed })
      expect(report.problems, `seed ${seed}`).toEqual([])
      expect(report.kills, `seed ${seed}`).toBeGreaterThan(3)
    }),
  )
})
