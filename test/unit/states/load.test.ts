import { describe, expect, it } from 'vitest'
import { DefinitionError } from '../../../infra/local/states/values/errors.ts'
import { loadMachine } from '../../../infra/local/states/language/load.ts'
import type { Machine } from '../../../infra/local/states/language/machine.ts'

const load = (definition: unknown, definitionSubstitutions?: Record<string, string>): Machine =>
  loadMachine(
    {
      name: 'm',
      definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
      ...(definitionSubstitutions === undefined ? {} : { definitionSubstitutions }),
    },
    'arn:m',
    { lambda: () => Promise.resolve({}), services: { 'sqs:sendMessage': () => Promise.resolve({}) } },
  )
const problems = (definition: unknown): string[] => {
  try {
    load(definition)
    return []
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return error.problems.map(({ state, field }) => `${state ?? '-'} ${field}`)
  }
}
const machine = (states: Record<string, unknown>, more: Record<string, unknown> = {}): unknown => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...more,
})
const lambda = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f' },
  End: true,
}
const end = { Type: 'Pass', End: true }

describe('a definition', () => {
  it('is loaded with its placeholders filled', () => {
    const definition = machine({ A: { ...lambda, Arguments: { FunctionName: '${Fn}' } } })
    expect(load(definition, { Fn: 'say "hello"' }).definition).toMatchObject({
      States: { A: { Arguments: { FunctionName: 'say "hello"' } } },
    })
    expect(() => load(definition)).toThrow(/\$\{Fn\}: has no value/)
  })

  it.each<[string, unknown, string]>([
    ['no query language', { StartAt: 'A', States: { A: end } }, '- QueryLanguage'],
    ['JSONPath at the top', machine({ A: end }, { QueryLanguage: 'JSONPath' }), '- QueryLanguage'],
    ['JSONPath in a state', machine({ A: { ...end, QueryLanguage: 'JSONPath' } }), 'A QueryLanguage'],
    ['an unknown field at the top', machine({ A: end }, { Retries: 1 }), '- Retries'],
    ['an unknown start', machine({ A: end }, { StartAt: 'B' }), '- StartAt'],
    ['a fractional timeout', machine({ A: end }, { TimeoutSeconds: 1.5 }), '- TimeoutSeconds'],
    ['an unknown type', machine({ A: { Type: 'Loop' } }), 'A Type'],
    ['JSONPath fields', machine({ A: { ...end, Parameters: {} } }), 'A Parameters'],
    ['a result path', machine({ A: { ...end, ResultPath: '$.a' } }), 'A ResultPath'],
    ['neither Next nor End', machine({ A: { Type: 'Pass' } }), 'A Next'],
    ['both Next and End', machine({ A: { ...end, Next: 'A' } }), 'A Next'],
    ['a Next that leads nowhere', machine({ A: { Type: 'Pass', Next: 'B' } }), 'A Next'],
    ['an unreachable state', machine({ A: end, B: end }), 'B Next'],
    [
      'a Default that leads nowhere',
      machine({
        A: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'B' }], Default: 'C' },
        B: end,
      }),
      'A Default',
    ],
    [
      'a Condition that is no expression',
      machine({ A: { Type: 'Choice', Choices: [{ Condition: '$x', Next: 'B' }] }, B: end }),
      'A Choices[0].Condition',
    ],
    [
      'an unregistered service',
      machine({ A: { ...lambda, Resource: 'arn:aws:states:::sns:publish' } }),
      'A Resource',
    ],
    [
      'another .sync service',
      machine({ A: { ...lambda, Resource: 'arn:aws:states:::ecs:runTask.sync' } }),
      'A Resource',
    ],
    [
      'an activity',
      machine({ A: { ...lambda, Resource: 'arn:aws:states:us-east-1:111111111111:activity:a' } }),
      'A Resource',
    ],
    [
      'an unknown argument',
      machine({ A: { ...lambda, Arguments: { FunctionName: 'f', Qualifier: '1' } } }),
      'A Arguments.Qualifier',
    ],
    ['a missing argument', machine({ A: { ...lambda, Arguments: {} } }), 'A Arguments.FunctionName'],
    [
      'a computed timeout that is no expression',
      machine({ A: { ...lambda, TimeoutSeconds: '5' } }),
      'A TimeoutSeconds',
    ],
    ['no seconds', machine({ A: { ...lambda, TimeoutSeconds: 0 } }), 'A TimeoutSeconds'],
    [
      'a heartbeat longer than the timeout',
      machine({ A: { ...lambda, TimeoutSeconds: 5, HeartbeatSeconds: 5 } }),
      'A HeartbeatSeconds',
    ],
    [
      'an unknown field of a retrier',
      machine({ A: { ...lambda, Retry: [{ ErrorEquals: ['E'], Delay: 1 }] } }),
      'A Retry[0].Delay',
    ],
    [
      'a backoff below one',
      machine({ A: { ...lambda, Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] } }),
      'A Retry[0].BackoffRate',
    ],
    [
      'States.ALL before others',
      machine({ A: { ...lambda, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] } }),
      'A Retry[0].ErrorEquals',
    ],
    [
      'States.ALL among others',
      machine({ A: { ...lambda, Catch: [{ ErrorEquals: ['States.ALL', 'E'], Next: 'B' }] }, B: end }),
      'A Catch[0].ErrorEquals',
    ],
    [
      'an error name that is not reserved',
      machine({ A: { ...lambda, Retry: [{ ErrorEquals: ['States.Timeouts'] }] } }),
      'A Retry[0].ErrorEquals',
    ],
    [
      'a maximum delay below the interval',
      machine({ A: { ...lambda, Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] } }),
      'A Retry[0].MaxDelaySeconds',
    ],
    [
      'two times in a Wait',
      machine({ A: { Type: 'Wait', Seconds: 1, Timestamp: '2015-01-01T00:00:00Z', End: true } }),
      'A Seconds',
    ],
    [
      'a Wait until no time',
      machine({ A: { Type: 'Wait', Timestamp: '2015-02-30T00:00:00Z', End: true } }),
      'A Timestamp',
    ],
    [
      'an expression that does not parse',
      machine({ A: { ...end, Output: { x: ['{% 1 + %}'] } } }),
      'A Output/x[0]',
    ],
    [
      'a result where there is none',
      machine({ A: { ...lambda, Arguments: { FunctionName: '{% $states.result %}' } } }),
      'A Arguments/FunctionName',
    ],
    [
      'an error output outside Catch',
      machine({ A: { ...lambda, Output: '{% $states.errorOutput %}' } }),
      'A Output',
    ],
    ['a reserved variable', machine({ A: { ...end, Assign: { states: 1 } } }), 'A Assign.states'],
    ['a name that is none', machine({ A: { ...end, Assign: { 'a-b': 1 } } }), 'A Assign.a-b'],
    ['a long name of a state', machine({ ['A'.repeat(81)]: end }), `${'A'.repeat(81)} name`],
    [
      'a reader of items',
      machine({
        A: { Type: 'Map', ItemReader: {}, ItemProcessor: { StartAt: 'B', States: { B: end } }, End: true },
      }),
      'A ItemReader',
    ],
    [
      'a label of an inline Map',
      machine({
        A: { Type: 'Map', Label: 'x', ItemProcessor: { StartAt: 'B', States: { B: end } }, End: true },
      }),
      'A Label',
    ],
    [
      'the same name in a branch',
      machine({ A: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: end } }], End: true } }),
      'A name',
    ],
    [
      'a way out of a branch',
      machine({
        A: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', Next: 'C' } } }],
          Next: 'C',
        },
        C: end,
      }),
      'B Next',
    ],
    [
      'an outer variable assigned inside',
      machine({
        V: { Type: 'Pass', Assign: { v: 1 }, Next: 'A' },
        A: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'B', States: { B: { ...end, Assign: { v: 2 } } } }],
          End: true,
        },
      }),
      'B Assign.v',
    ],
    ['no JSON', '{', '- definition'],
  ])('is refused with state and field: %s', (_, definition, expected) => {
    expect(problems(definition)).toContain(expected)
  })

  // Every field of the language in JSONPath, and every one that JSONata has and this engine has not.
  const inTask = ['InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'ResultSelector']
  const processor = { StartAt: 'B', States: { B: end } }
  it.each<[string, Record<string, unknown>]>([
    ...inTask.map((field): [string, Record<string, unknown>] => [field, lambda]),
    ['TimeoutSecondsPath', lambda],
    ['HeartbeatSecondsPath', lambda],
    ['Result', end],
    ['InputPath', end],
    ['SecondsPath', { Type: 'Wait', Seconds: 1, End: true }],
    ['TimestampPath', { Type: 'Wait', Seconds: 1, End: true }],
    ['ErrorPath', { Type: 'Fail' }],
    ['CausePath', { Type: 'Fail' }],
    ['InputPath', { Type: 'Succeed' }],
    ['ItemsPath', { Type: 'Map', ItemProcessor: processor, End: true }],
    ['Iterator', { Type: 'Map', ItemProcessor: processor, End: true }],
    ['Parameters', { Type: 'Map', ItemProcessor: processor, End: true }],
    ['MaxConcurrencyPath', { Type: 'Map', ItemProcessor: processor, End: true }],
    ['ToleratedFailureCountPath', { Type: 'Map', ItemProcessor: processor, End: true }],
    ['ItemReader', { Type: 'Map', ItemProcessor: processor, End: true }],
    ['ItemBatcher', { Type: 'Map', ItemProcessor: processor, End: true }],
    ['ResultWriter', { Type: 'Map', ItemProcessor: processor, End: true }],
    ['ResultSelector', { Type: 'Parallel', Branches: [processor], End: true }],
  ])('is refused for the field %s, by name and state', (field, state) => {
    expect(problems(machine({ A: { ...state, [field]: '$' } }))).toContain(`A ${field}`)
  })

  it('is refused for a Choice in JSONPath, by its field', () => {
    const rule = { Variable: '$.a', IsPresent: true, Next: 'B' }
    expect(problems(machine({ A: { Type: 'Choice', Choices: [rule], Default: 'B' }, B: end }))).toEqual(
      expect.arrayContaining(['A Choices[0].Variable', 'A Choices[0].IsPresent']),
    )
  })

  it('is refused with all reasons at once', () => {
    expect(
      problems(machine({ A: { Type: 'Pass', InputPath: '$' }, B: { Type: 'Wait', End: true } })),
    ).toEqual(expect.arrayContaining(['A InputPath', 'B Seconds']))
  })

  it('may name its query language in every state instead of at the top', () => {
    const states = {
      A: { Type: 'Pass', QueryLanguage: 'JSONata', Next: 'B' },
      B: { Type: 'Succeed', QueryLanguage: 'JSONata' },
    }
    expect(load({ StartAt: 'A', States: states }).states.size).toBe(2)
  })
})
