import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FunctionFailure } from '../../../infra/local/function-failure.ts'
import {
  fileNameOf,
  type InvocationLine,
  makeFunctionsRuntime,
} from '../../../infra/local/functions-runtime.ts'

/** A runtime over a folder with one function, and a clock that lists what is held. */
function runtimeWith(name: string, source: string, timeoutMs?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'functions-'))
  writeFileSync(join(folder, `${name}.ts`), source)
  const held = new Set<string>()
  const lines: InvocationLine[] = []
  const runtime = makeFunctionsRuntime({
    folder,
    clock: {
      nowIso: () => '2015-01-15T08:00:00.000Z',
      hold: (reason) => {
        held.add(reason)
        return () => held.delete(reason)
      },
    },
    ...(timeoutMs === undefined ? {} : { timeoutsMs: { [name]: timeoutMs } }),
    log: (line) => lines.push(line),
  })
  return { ...runtime, held, lines }
}
const failureOf = async (invoked: Promise<unknown>) => {
  const failed: unknown = await invoked.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(failed instanceof FunctionFailure)) throw new Error('It did not fail as a function does')
  return failed
}

describe("a function's name", () => {
  it.each([
    ['SendReminder', 'send-reminder'],
    ['PlanNext', 'plan-next'],
    ['Console', 'console'],
    ['send-reminder', 'send-reminder'],
    ['StartYear2', 'start-year2'],
    ['TakeInSESEvent', 'take-in-ses-event'],
  ])('%s is found in %s.ts', (task, file) => {
    expect(fileNameOf(task)).toBe(file)
  })

  it('is refused when it is none, so that no event reaches another path', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let file: string | undefined
        try {
          file = fileNameOf(text)
        } catch {
          file = undefined
        }
        expect(file === undefined || /^[a-z][a-z0-9-]*$/.test(file)).toBe(true)
      }),
    )
    for (const bad of ['../x', 'a/b', '', 'arn:aws:x', 'a.b', 'a--b'])
      expect(() => fileNameOf(bad)).toThrow('Not a function')
  })
})

describe('an invocation', () => {
  it('copies event and answer through JSON, as AWS does', async () => {
    const { invoke } = runtimeWith(
      'echo',
      'export const handler = async (event) => ({ event, when: new Date(0), none: undefined, map: new Map([[1, 2]]) })',
    )

    const answer = await invoke('Echo', { at: new Date(1000), left: undefined })

    expect(answer).toEqual({
      event: { at: '1970-01-01T00:00:01.000Z' },
      when: '1970-01-01T00:00:00.000Z',
      map: {},
    })
  })

  it('answers null where a handler answers nothing', async () => {
    const { invoke } = runtimeWith('silent', 'export const handler = async () => {}')

    await expect(invoke('Silent', {})).resolves.toBeNull()
  })

  it("gives Lambda's context", async () => {
    const { invoke } = runtimeWith(
      'look',
      `export const handler = async (_event, context) =>
        ({ name: context.functionName, id: context.awsRequestId, left: context.getRemainingTimeInMillis() })`,
      5000,
    )

    const seen = await invoke('Look', {})

    expect(seen).toMatchObject({ name: 'aarshjul-local-look', id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(seen).toMatchObject({ left: expect.toSatisfy((left: number) => left > 4000 && left <= 5000) })
  })

  it('loads the module once', async () => {
    const { invoke } = runtimeWith('count', 'let n = 0; export const handler = async () => (n += 1)')

    await invoke('Count', {})

    await expect(invoke('Count', {})).resolves.toBe(2)
  })

  it('fails with the name that Retry and Catch match, and the payload that Lambda answers', async () => {
    const { invoke } = runtimeWith(
      'refuse',
      `class AlreadySatisfied extends Error { name = 'AlreadySatisfied' }
       export const handler = async () => { throw new AlreadySatisfied('the reply is there') }`,
    )

    const failed = await failureOf(invoke('Refuse', {}))

    expect(failed).toMatchObject({ name: 'AlreadySatisfied', message: 'the reply is there' })
    expect(JSON.parse(failed.payload)).toMatchObject({
      errorType: 'AlreadySatisfied',
      errorMessage: 'the reply is there',
      trace: expect.arrayContaining([expect.stringContaining('AlreadySatisfied')]),
    })
  })

  it('fails with the type of what is thrown when that is no error', async () => {
    const { invoke } = runtimeWith('odd', "export const handler = () => { throw 'a word' }")

    const failed = await failureOf(invoke('Odd', {}))

    expect(failed.failure).toEqual({ errorType: 'string', errorMessage: 'a word', trace: [] })
  })

  it.each([
    ['export const handler = async () => ({ n: 1n })', 'Runtime.MarshalError'],
    ['export const other = 1', 'Runtime.HandlerNotFound'],
    ["export const handler = async () => 'x'.repeat(7_000_000)", 'Function.ResponseSizeTooLarge'],
    ["throw new TypeError('no table name')", 'TypeError'],
  ])('of %s fails with %s', async (source, errorType) => {
    const { invoke } = runtimeWith('bad', source)

    expect(await failureOf(invoke('Bad', {}))).toMatchObject({ name: errorType })
  })

  it('of a function that is not there says which file is missing', async () => {
    const { invoke } = runtimeWith('one', 'export const handler = async () => 1')

    expect(await failureOf(invoke('Two', {}))).toMatchObject({
      name: 'Runtime.ImportModuleError',
      message: expect.stringContaining('two.ts'),
    })
  })

  it('ends at its timeout as Lambda ends it', async () => {
    const { invoke, held } = runtimeWith('slow', 'export const handler = () => new Promise(() => {})', 20)

    const failed = await failureOf(invoke('Slow', {}))

    expect(failed.name).toBe('Sandbox.Timedout')
    expect(failed.message).toMatch(/^RequestId: \S+ Error: Task timed out after 0\.02 seconds$/)
    expect(held.size).toBe(0)
  })

  it('holds the clock while it is in flight, and lets go of it whatever the end', async () => {
    const { invoke, held } = runtimeWith(
      'work',
      `export const handler = async (event) => {
         await new Promise((resolve) => setImmediate(resolve))
         if (event.fail) throw new Error('failed')
       }`,
    )

    const good = invoke('Work', {})
    expect([...held]).toEqual(['function work'])
    await good
    expect(held.size).toBe(0)

    await failureOf(invoke('Work', { fail: true }))
    expect(held.size).toBe(0)
  })

  it('is counted, and logged with ids and times only', async () => {
    const { invoke, lines, statistics } = runtimeWith(
      'take',
      "export const handler = async (event) => { if (event.secret === 'x') throw new Error('x is the secret') }",
    )

    await invoke('Take', { secret: 'a figure' }, 'queue')
    await failureOf(invoke('Take', { secret: 'x' }, 'states'))

    expect(statistics.list()).toMatchObject([{ function: 'take', count: 2, errors: 1, timeouts: 0 }])
    expect(lines).toMatchObject([
      { function: 'take', by: 'queue', outcome: 'ok', businessAt: '2015-01-15T08:00:00.000Z' },
      { function: 'take', by: 'states', outcome: 'error', errorType: 'Error' },
    ])
    expect(JSON.stringify(lines)).not.toMatch(/figure|secret/)
  })
})
