import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { toldFailure } from '../../../functions/lambda/told-failure.ts'
import { LetterUncertain, NothingToDo } from '../../../workflows/errors.ts'
import { entry } from '../../../functions/lambda/wiring.ts'

const address = 'mette.proeve@svendborg-kommune.example'
const everythingOf = (error: Error): string =>
  `${JSON.stringify(error, Object.getOwnPropertyNames(error))} ${error.stack ?? ''} ${String(error.cause)}`

describe('a failure as it leaves a function', () => {
  it('of a service is its name, its status and its request: the words hold what was asked', () => {
    const refusal = Object.assign(new Error(`Email address is not verified: ${address}, Mette Prøve`), {
      name: 'MessageRejected',
      $metadata: { httpStatusCode: 400, requestId: 'r-1' },
      CancellationReasons: [{ Item: { from: { S: address } } }],
    })
    const told = toldFailure(refusal)
    expect(told.name).toBe('MessageRejected')
    expect(told.message).toBe('refused by the service (status 400, request r-1)')
    expect(everythingOf(told)).not.toMatch(/mette|prøve/iu)
  })

  it('of a parser does not quote the text', () => {
    const parse = () => JSON.parse(`Kære ${address}`) as unknown
    expect(parse).toThrow(SyntaxError)
    try {
      parse()
    } catch (error) {
      expect(everythingOf(toldFailure(error))).not.toContain('Kære')
    }
  })

  it('of a schema names what and where, without addresses in it', () => {
    const read = z
      .object({ letters: z.record(z.string(), z.number()) })
      .safeParse({ letters: { [address]: 'x' } })
    const told = toldFailure(read.error)
    expect(told.message).toBe('…: Invalid input: expected number, received string')
    expect(told.name).toBe('ZodError')
  })

  it('of ours keeps its name, its words and where it happened, and names its causes', () => {
    class LetterNotRecorded extends Error {
      override readonly name = 'LetterNotRecorded'
    }
    const cause = Object.assign(new Error(address), { name: 'TimeoutError' })
    const told = toldFailure(new LetterNotRecorded('letter 12ab is not on the record yet', { cause }))
    expect(told.name).toBe('LetterNotRecorded')
    expect(told.message).toBe('letter 12ab is not on the record yet (caused by TimeoutError)')
    expect(told.stack).toMatch(/^LetterNotRecorded: letter 12ab .*\n {4}at /u)
    expect(told.cause).toBeUndefined()
  })

  it('is an error, whatever was thrown', () => {
    for (const thrown of ['text', null, undefined, { message: address }])
      expect(everythingOf(toldFailure(thrown))).not.toContain('@')
  })

  it('holds no address, whatever stands about it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (before, after, isCoded) => {
        const written = isCoded ? encodeURIComponent(address) : address
        const told = toldFailure(new Error(`${before}${written}${after}`))
        expect(everythingOf(told)).not.toContain('svendborg-kommune')
      }),
    )
  })
})

it('a failure that no workflow expects is counted in the log, where CloudWatch finds it; an expected one is not', async () => {
  vi.stubEnv('PLATFORM', 'aws')
  vi.stubEnv('STAGE', 'test')
  const lines: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line))
    return true
  })
  const failingWith = async (error: Error): Promise<unknown> => {
    const handler = entry(async () => {
      await Promise.resolve()
      throw error
    })
    const called: Promise<unknown> = Reflect.apply(handler, undefined, [{}, {}])
    return called.catch((thrown: unknown) => thrown)
  }
  await failingWith(new NothingToDo('a higher attempt is attached'))
  await failingWith(new LetterUncertain('it may have gone'))
  const expected = [...lines]
  await failingWith(new TypeError('x is undefined'))
  write.mockRestore()
  vi.unstubAllEnvs()
  expect(expected).toEqual([])
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    FunctionFailed: 1,
    _aws: {
      CloudWatchMetrics: [
        { Namespace: 'Aarshjul/test', Dimensions: [[]], Metrics: [{ Name: 'FunctionFailed' }] },
      ],
    },
  })
})

it('a function throws what may be told, and nothing hangs on it', async () => {
  const refusal = Object.assign(new Error(`rejected: ${address}`), { name: 'MessageRejected', to: address })
  const handler = entry(async () => {
    await Promise.resolve()
    throw refusal
  })
  const called: Promise<unknown> = Reflect.apply(handler, undefined, [{}, {}])
  const thrown = await called.catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(Error)
  expect(Reflect.get(Object(thrown), 'name')).toBe('MessageRejected')
  expect(everythingOf(thrown instanceof Error ? thrown : new Error())).not.toContain('svendborg')
})
