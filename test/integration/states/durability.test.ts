import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { crashRun } from './crash-run.ts'
import { machineArn, makeBench, task, turns, waitForToken, withFolder } from './support.ts'

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
      while (before.calls.length === 0) await turns(1)
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
      while (before.tokens.length === 0) await turns(1)
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

  it('carries on a store of the version before', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      const before = makeBench({}, { file })
      before.put('m', { Set: { Type: 'Pass', Next: 'Wait' }, Wait: waitForToken({ End: true }) })
      const executionArn = await before.start('m')
      await before.quiet()
      const history = await before.history(executionArn)
      await before.engine.close()
      const db = new DatabaseSync(file)
      db.exec(`ALTER TABLE events RENAME TO newer;
        CREATE TABLE events (execution INTEGER NOT NULL, first INTEGER NOT NULL, body TEXT NOT NULL,
          PRIMARY KEY (execution, first)) STRICT, WITHOUT ROWID;
        INSERT INTO events SELECT execution, first, body FROM newer;
        DROP TABLE newer;
        UPDATE executions SET event_count = ${history.length}, frame_count = 1;
        UPDATE meta SET value = '1' WHERE key = 'version';`)
      db.close()

      const bench = makeBench({}, { file })
      bench.engine.start()
      expect(await bench.history(executionArn)).toEqual(history)
      await bench.engine.sendTaskSuccess({ taskToken: before.tokens[0]!, output: '"done"' })
      await bench.quiet()
      expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({ output: '"done"' })
      expect((await bench.history(executionArn)).map(({ id }) => id)).toEqual(
        Array.from({ length: history.length + 3 }, (_, index) => index + 1),
      )
      await bench.engine.close()
    }))

  it('refuses a store of a newer version and leaves it as it is', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      await makeBench({}, { file }).engine.close()
      const db = new DatabaseSync(file)
      db.exec("UPDATE meta SET value = '99' WHERE key = 'version'")
      db.close()
      const content = readFileSync(file)
      expect(() => makeBench({}, { file })).toThrow(/has version 99; this engine reads versions up to/)
      expect(readFileSync(file).equals(content)).toBe(true)
    }))

  it('refuses a damaged file, says so, and leaves it as it is', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      const bench = makeBench({}, { file })
      bench.put('m', { Set: { Type: 'Pass', End: true } })
      for (let index = 0; index < 200; index += 1) await bench.start('m', `e${index}`)
      await bench.engine.close()
      const whole = readFileSync(file)
      const fresh = Buffer.from(whole)
      // Not its head, which says what the file is, but pages further on.
      fresh.fill(0xa5, Math.floor(whole.length / 2), Math.floor(whole.length / 2) + 8192)
      const cut = whole.subarray(0, Math.floor(whole.length / 2))
      for (const damaged of [fresh, cut]) {
        writeFileSync(file, damaged)
        expect(() => makeBench({}, { file })).toThrow(/workflow store .* cannot be opened/)
        expect(readFileSync(file).equals(damaged)).toBe(true)
      }
      writeFileSync(file, whole)
      const again = makeBench({}, { file })
      const { executions } = await again.engine.listExecutions({
        stateMachineArn: machineArn('m'),
        maxResults: 1000,
      })
      expect(executions).toHaveLength(200)
      await again.engine.close()
    }))

  it('refuses a file that is no store and leaves it as it is', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'states.sqlite')
      const text = 'This is no database, but a text of some length.'.repeat(100)
      writeFileSync(file, text)
      expect(() => makeBench({}, { file })).toThrow(/cannot be opened/)
      expect(readFileSync(file, 'utf8')).toBe(text)
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
