type States = Record<string, unknown>

/** Five of the same state in a row. */
const five = (state: States): States => ({
  StartAt: 'S0',
  States: Object.fromEntries(
    [0, 1, 2, 3, 4].map((index) => [
      `S${index}`,
      { ...state, ...(index < 4 ? { Next: `S${index + 1}` } : { End: true }) },
    ]),
  ),
})
const aFunction = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:111111111111:function:f' }

/** What the engine runs, in JSONata. */
const inJsonata: Record<string, States> = {
  pass: five({ Type: 'Pass' }),
  build: five({ Type: 'Pass', Output: { a: '{% $states.input.a %}' } }),
  task: five(aFunction),
  token: {
    StartAt: 'Wait',
    States: {
      Wait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
        TimeoutSeconds: 600,
        End: true,
      },
    },
  },
  hang: { StartAt: 'Call', States: { Call: { ...aFunction, End: true } } },
  map: {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: '{% $states.input.items %}',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'One',
          States: { One: { Type: 'Pass', End: true } },
        },
        End: true,
      },
    },
  },
}

export const machines = Object.fromEntries(
  Object.entries(inJsonata).map(([name, machine]) => [name, { QueryLanguage: 'JSONata', ...machine }]),
)

/** The same for an engine that knows JSONPath alone. */
export const pathMachines: Readonly<Record<string, States>> = {
  pass: five({ Type: 'Pass' }),
  build: five({ Type: 'Pass', Parameters: { 'a.$': '$.a' } }),
  task: five(aFunction),
  map: {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
        End: true,
      },
    },
  },
}
