import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeChance } from '../../../infra/local/states/values/chance.ts'
import { compileExpression, type Scope } from '../../../infra/local/states/expressions/expression.ts'
import type { Json, JsonObject } from '../../../infra/local/states/values/json.ts'
import { compileTemplate } from '../../../infra/local/states/expressions/template.ts'

const NOW = Date.UTC(2015, 0, 15, 8)
const scope = (input: Json = {}, variables: JsonObject = {}): Scope => ({
  states: { input },
  context: () => ({ State: { Name: 'A' } }),
  variables,
  now: NOW,
  chance: makeChance('test'),
})
const evaluate = (source: string, input?: Json, variables?: JsonObject): Promise<Json> =>
  compileExpression(`{% ${source} %}`).evaluate(scope(input, variables), 'Output')

describe('expressions', () => {
  it('see $states and the variables', async () => {
    expect(await evaluate('$states.input.a + $b', { a: 1 }, { b: 2 })).toBe(3)
  })

  it('see the context object when they read it, and not else', async () => {
    expect(await evaluate('$states.context.State.Name')).toBe('A')
    expect(await evaluate('$keys($states)')).toEqual(['input', 'context'])
    const silent = { ...scope({ a: 1 }), context: () => expect.unreachable() }
    expect(
      await compileExpression('{% [$states.input.a, $states.input] %}').evaluate(silent, 'Output'),
    ).toEqual([1, { a: 1 }])
  })

  it('give the same for a plain path as the library does for the longer way', async () => {
    const key = fc.constantFrom('a', 'b', 'toString')
    const value = fc
      .jsonValue({ maxDepth: 3 })
      .chain((leaf) => fc.dictionary(key, fc.oneof(fc.constant(leaf), fc.dictionary(key, fc.jsonValue()))))
    await fc.assert(
      fc.asyncProperty(
        value,
        fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }),
        async (input, path) => {
          const json = JSON.parse(JSON.stringify(input)) as Json
          const result = (source: string): Promise<unknown> => evaluate(source, json).catch(() => 'nothing')
          expect(await result(`$states.input.${path.join('.')}`)).toEqual(
            await result(`($states.input.${path.join('.')})`),
          )
        },
      ),
    )
  })

  it('read the engine’s clock', async () => {
    expect(await evaluate('[$now(), $millis(), $now("[Y]"), $now("[H01]:[m01]", "+0100")]')).toEqual([
      '2015-01-15T08:00:00.000Z',
      NOW,
      '2015',
      '09:00',
    ])
  })

  it('have the functions that Step Functions adds', async () => {
    expect(await evaluate('$partition([1,2,3,4,5], 2)')).toEqual([[1, 2], [3, 4], [5]])
    expect(await evaluate('$range(1, 9, 2)')).toEqual([1, 3, 5, 7, 9])
    expect(await evaluate('$range(3, 0, -1)')).toEqual([3, 2, 1, 0])
    expect(await evaluate('$hash("input data", "SHA-1")')).toBe('aaff4a450a104cd177d28d18d74485e8cae074b7')
    expect(await evaluate('$parse("{\\"a\\":[1]}").a[0]')).toBe(1)
    expect(await evaluate('$uuid()')).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
    expect(await evaluate('$random(7) = $random(7)')).toBe(true)
  })

  it('throw dice the same way for the same seed', async () => {
    const draw = '[$random(), $random(), $uuid(), $shuffle([1..20])]'
    expect(await evaluate(draw)).toEqual(await evaluate(draw))
  })

  it('give plain arrays without the library’s marks', async () => {
    const value = await evaluate('$states.input.list.n', { list: [{ n: 1 }, { n: 2 }] })
    expect(Object.getOwnPropertyNames(value)).toEqual(['0', '1', 'length'])
  })

  it.each([
    [
      '$nothing',
      "The JSONata expression '$nothing' specified for the field 'Output' returned nothing (undefined).",
    ],
    [
      '$states.input.no',
      "The JSONata expression '$states.input.no' specified for the field 'Output' returned nothing (undefined).",
    ],
    [
      'function($x){$x}',
      "The JSONata expression 'function($x){$x}' specified for the field 'Output' returned an unsupported result type.",
    ],
    [
      '$sum',
      "The JSONata expression '$sum' specified for the field 'Output' returned an unsupported result type.",
    ],
    [
      '1 + "a"',
      'The JSONata expression \'1 + "a"\' specified for the field \'Output\' threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number',
    ],
  ])('fail without a value: %s', async (source, message) => {
    await expect(evaluate(source)).rejects.toMatchObject({ message, location: 'Output' })
  })

  it.each([
    ['$eval("1")', /no \$eval/],
    ['$', /not available at the top level/],
    ['$$.a', /\$\$ is not available/],
    ['a.b', /belongs to nothing/],
    ['[a]', /belongs to nothing/],
    ['{"x": a}', /belongs to nothing/],
    ['$sum(a)', /belongs to nothing/],
    ['*', /top level/],
    ['a ?? 5', /not JSONata 2\.0\.6/],
    ['a ?: 5', /not JSONata 2\.0\.6/],
    ['1 +', /not JSONata 2\.0\.6/],
    ['$states.result', /does not exist in this field/],
    ['$states.errorOutput', /does not exist in this field/],
    ['$states.inputs', /does not exist in this field/],
  ])('are refused at load: %s', (source, reason) => {
    expect(() => compileExpression(`{% ${source} %}`)).toThrow(reason)
  })

  it.each([
    '$states.input.list[n = 1]',
    '$states.input.list.(n * 2)',
    '$map($states.input.list, function($v) { $v.n })',
    '$states.input.list^(n)',
    '$states.input.list{$string(n): $count(n)}',
    '$states.input ~> |list|{"n": 2}|',
    '($x := $states.input; $x.list)',
  ])('may use names below $states and variables: %s', async (source) => {
    expect(await evaluate(source, { list: [{ n: 1 }] })).toBeDefined()
  })
})

describe('templates', () => {
  const compile = (value: Json): ReturnType<typeof compileTemplate> =>
    compileTemplate(value, 'Output', (location, why) => {
      throw new Error(`${location}: ${why}`)
    })

  it('give any JSON without expressions back unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json
        fc.pre(!JSON.stringify(json).includes('{%') && !JSON.stringify(json).includes('%}'))
        expect(await compile(json).evaluate(scope())).toEqual(json)
      }),
    )
  })

  it('evaluate expressions at any depth and name the place of a failure', async () => {
    const template = compile({ a: [{ b: '{% $states.input.x %}' }, 1], c: 'text {% no %} text' })
    expect(await template.evaluate(scope({ x: 5 }))).toEqual({ a: [{ b: 5 }, 1], c: 'text {% no %} text' })
    await expect(template.evaluate(scope())).rejects.toMatchObject({ location: 'Output/a[0]/b' })
  })

  it('refuse a text that has one end of an expression only', () => {
    expect(() => compile({ a: '{% 1' })).toThrow('Output/a')
    expect(() => compile(['1 %}'])).toThrow('Output[0]')
  })
})
