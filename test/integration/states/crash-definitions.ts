const call = (FunctionName: string): Record<string, unknown> => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName, Payload: { id: '{% $states.input.id %}' } },
  Output: '{% $states.result.Payload %}',
})

/** A load with a token, a timer, a retry, a Map and a nested execution. */
export const definitions: Record<string, unknown> = {
  load: {
    QueryLanguage: 'JSONata',
    StartAt: 'First',
    States: {
      First: { ...call('first'), Next: 'Token' },
      Token: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: {
          FunctionName: 'register',
          Payload: { id: '{% $states.input.id %}', token: '{% $states.context.Task.Token %}' },
        },
        TimeoutSeconds: 1000,
        // A kill can swallow the answer: the wait looks again, as the product's waits do.
        Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 50 }],
        Next: 'Flaky',
      },
      Flaky: {
        ...call('flaky'),
        Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 100 }],
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        Items: '{% [1..3] %}',
        ItemSelector: { id: "{% $states.input.id & '/' & $states.context.Map.Item.Value %}" },
        ItemProcessor: {
          StartAt: 'Item',
          States: {
            Item: { ...call('item'), Next: 'Pause' },
            Pause: { Type: 'Wait', Seconds: 3, End: true },
          },
        },
        Output: "{% {'id': $states.input.id, 'items': $states.result.id} %}",
        Next: 'Nested',
      },
      Nested: {
        Type: 'Task',
        Resource: 'arn:aws:states:::states:startExecution.sync:2',
        Arguments: {
          StateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:child',
          Input: '{% $states.input %}',
        },
        Output: '{% $states.result.Output %}',
        End: true,
      },
    },
  },
  child: {
    QueryLanguage: 'JSONata',
    StartAt: 'Rest',
    States: {
      Rest: { Type: 'Wait', Seconds: 2, Next: 'Last' },
      Last: { ...call('last'), Output: '{% $states.input %}', End: true },
    },
  },
}
